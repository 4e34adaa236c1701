"""The facts that the rules on people in service name: the roster's columns, and what a whole roster tells of a row."""

from __future__ import annotations

import polars as pl

from fujing.kernel.exchange import DECIMAL
from fujing.law.ages import age_expression, march_steps
from fujing.law.citizen_numbers import birth_expression
from fujing.law.engine import Fact, Facts
from fujing.law.formats.roster import LABELS
from fujing.law.provisions import measures
from fujing.law.rulebooks.applicant import rank

EFFECTIVE = measures().effective


def _column(key: str, dtype: pl.DataType | type[pl.DataType]) -> Fact:
    return Fact(LABELS[key], dtype)


class Auxiliary(Facts):
    """One person of a roster on a day. `<column>_said` is the statement (无, 未收回) that stands in a date's place."""

    id_number = _column("id_number", pl.String)
    category = _column("category", pl.String)
    organ_code = _column("organ_code", pl.String)
    unit = _column("unit", pl.String)
    post = _column("post", pl.String)
    education = _column("education", pl.String)
    employment = _column("employment", pl.String)
    hired_on = _column("hired_on", pl.Date)
    contract_kind = _column("contract_kind", pl.String)
    contract_from = _column("contract_from", pl.Date)
    contract_to = _column("contract_to", pl.Date)
    contract_count = _column("contract_count", pl.Int64)
    probation_to = _column("probation_to", pl.Date)
    tier = _column("tier", pl.String)
    monthly_pay = _column("monthly_pay", DECIMAL)
    insured_pension = _column("insured_pension", pl.Boolean)
    insured_medical = _column("insured_medical", pl.Boolean)
    insured_unemployment = _column("insured_unemployment", pl.Boolean)
    insured_injury = _column("insured_injury", pl.Boolean)
    insured_housing = _column("insured_housing", pl.Boolean)
    insured_accident = _column("insured_accident", pl.Boolean)
    inducted_on = _column("inducted_on", pl.Date)
    inducted_on_said = _column("inducted_on", pl.String)
    educated_political = _column("educated_political", pl.Date)
    educated_political_said = _column("educated_political", pl.String)
    educated_discipline = _column("educated_discipline", pl.Date)
    educated_discipline_said = _column("educated_discipline", pl.String)
    educated_integrity = _column("educated_integrity", pl.Date)
    educated_integrity_said = _column("educated_integrity", pl.String)
    educated_secrecy = _column("educated_secrecy", pl.Date)
    educated_secrecy_said = _column("educated_secrecy", pl.String)
    trained_on = _column("trained_on", pl.Date)
    trained_on_said = _column("trained_on", pl.String)
    appraisal = _column("appraisal", pl.String)
    card_number = _column("card_number", pl.String)
    card_valid_to = _column("card_valid_to", pl.Date)
    qualifications = _column("qualifications", pl.String)
    left_on = _column("left_on", pl.Date)
    returned_card = _column("returned_card", pl.Date)
    returned_card_said = _column("returned_card", pl.String)
    returned_uniform = _column("returned_uniform", pl.Date)
    returned_uniform_said = _column("returned_uniform", pl.String)
    returned_insignia = _column("returned_insignia", pl.Date)
    returned_insignia_said = _column("returned_insignia", pl.String)

    excluded_words = Fact("不属于警务辅助人员的字样", pl.String)
    same_number_rows = Fact("号码相同的行", pl.String)
    same_card_rows = Fact("工作证号相同的行", pl.String)
    undated_qualifications = Fact("没有写明有效期的证书", pl.String)
    expired_qualifications = Fact("已过期的证书", pl.String)
    organ_income = Fact("上年度城镇居民人均可支配收入", DECIMAL)

    @property
    def born(self) -> pl.Expr:
        """The birth date that a valid citizen number has."""
        return pl.col("born")

    @property
    def age_when_hired(self) -> pl.Expr:
        """Completed years on the day of joining."""
        return pl.col("age_when_hired")

    @property
    def level(self) -> pl.Expr:
        """Education as a rank."""
        return pl.col("level")

    def derived(self) -> list[dict[str, pl.Expr]]:
        """Birth date, age when hired and education rank."""
        born, day = ((pl.col(f"{name}_year"), pl.col(f"{name}_day")) for name in ("born", "hired"))
        dates = zip(march_steps("born", pl.col("born")), march_steps("hired", self.hired_on), strict=True)
        return [
            {"born": birth_expression(self.id_number), "level": rank(self.education)},
            *(one | other for one, other in dates),
            {"age_when_hired": age_expression(born, day)},
        ]


def under_the_measures(a: Auxiliary, met: pl.Expr) -> pl.Expr:
    """★: met, or joined before the Measures; a violation of somebody whose joining day is unknown is undetermined."""
    return met | (a.hired_on < EFFECTIVE)
