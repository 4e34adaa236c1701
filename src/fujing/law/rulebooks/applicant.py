"""The facts that the recruitment rules name: the applicant's, and those of the post applied for."""

from __future__ import annotations

import polars as pl

from fujing.kernel.exchange import DECIMAL
from fujing.law.ages import age_expression, age_on, march_steps, reckoned_age, reckoned_expression
from fujing.law.education import LEVELS
from fujing.law.engine import Fact, Facts, Row, when
from fujing.law.parameters import Parameters

ALLOWED_EVERYONE = 200
"""An age that nobody reaches: the post states no upper limit of its own."""


class Applicant(Facts):
    """One applicant on one post. `post_` facts come from the announcement and are always known."""

    nationality = Fact("国籍", pl.String)
    conduct = Fact("品行考察", pl.Boolean)
    birth_date = Fact("出生日期", pl.Date)
    sex = Fact("性别", pl.String)
    education = Fact("学历", pl.String)
    height_cm = Fact("身高", DECIMAL)
    naked_vision = Fact("裸眼视力", DECIMAL)
    corrected_vision = Fact("矫正视力", DECIMAL)
    weight_kg = Fact("体重", DECIMAL)
    medical = Fact("体检", pl.Boolean)
    psychological = Fact("心理", pl.Boolean)
    id_number = Fact("公民身份号码", pl.String)
    scarce_skill = Fact("急需技能", pl.Boolean)
    ground_20_1 = Fact("考察20.1", pl.Boolean)
    ground_20_2 = Fact("考察20.2", pl.Boolean)
    ground_20_3 = Fact("考察20.3", pl.Boolean)
    ground_20_4 = Fact("考察20.4", pl.Boolean)
    ground_20_5 = Fact("考察20.5", pl.Boolean)
    ground_20_6 = Fact("考察20.6", pl.Boolean)
    ground_20_7 = Fact("考察20.7", pl.Boolean)
    ground_20_8 = Fact("考察20.8", pl.Boolean)
    ground_20_9 = Fact("考察20.9", pl.Boolean)

    household = Fact("户籍", pl.String)
    household_met = Fact("户籍是否在岗位范围内", pl.Boolean)
    certificates = Fact("证书", pl.String)
    certificates_met = Fact("证书是否具备", pl.Boolean)
    major = Fact("专业", pl.String)
    major_met = Fact("专业是否符合", pl.Boolean)

    pool_met = Fact("是否属于岗位面向的人员", pl.Boolean)

    event_date = Fact("报名日期", pl.Date)
    cutoff = Fact("年龄计算截止日", pl.Date)
    age_reading = Fact("年龄读法", pl.String)

    post_category = Fact("岗位类别", pl.String)
    post_sex = Fact("岗位性别", pl.String)
    post_scarce = Fact("急需岗位", pl.Boolean)
    post_age_min = Fact("岗位年龄下限", pl.Int32)
    post_age_max = Fact("岗位年龄上限", pl.Int32)
    post_age_scarce = Fact("急需技能人员年龄上限", pl.Int32)
    age_limit = Fact("适用的年龄上限", pl.Int32)
    age_limit_possible = Fact("可能适用的年龄上限", pl.Int32)
    education_floor = Fact("适用的学历下限", pl.Int32)
    education_floor_possible = Fact("可能适用的学历下限", pl.Int32)
    post_height_male = Fact("男身高下限", DECIMAL)
    post_height_female = Fact("女身高下限", DECIMAL)
    post_vision = Fact("裸眼视力下限", DECIMAL)
    post_corrected_vision = Fact("矫正视力下限", DECIMAL)
    post_bmi_min = Fact("体重指数下限", DECIMAL)
    post_bmi_max = Fact("体重指数上限", DECIMAL)
    post_window_from = Fact("所印最早出生日", pl.Date)
    post_window_to = Fact("所印最晚出生日", pl.Date)

    @property
    def age(self) -> pl.Expr:
        """Completed years on the cut-off."""
        return self.named("age")

    @property
    def level(self) -> pl.Expr:
        """Education as a rank."""
        return self.named("level")

    def derived(self) -> list[dict[str, pl.Expr]]:
        """Age, education rank, and the lowest and highest age that an upper limit may be compared with."""
        age, inclusive = pl.col("age"), pl.col("inclusive")
        born, day = ((pl.col(f"{name}_year"), pl.col(f"{name}_day")) for name in ("born", "cutoff"))
        dates = zip(march_steps("born", self.birth_date), march_steps("cutoff", self.cutoff), strict=True)
        return [
            {"level": rank(self.education)},
            *(one | other for one, other in dates),
            {"age": age_expression(born, day)},
            {"inclusive": reckoned_expression(age, born[1], day)},
            {
                "age_from": pl.when(self.age_reading == "birthday_inclusive").then(inclusive).otherwise(age),
                "age_to": pl.when(self.age_reading == "completed_years").then(age).otherwise(inclusive),
            },
        ]

    @classmethod
    def reckoned(cls, row: Row) -> Row:
        """Age, education rank, and the ages to compare, of one applicant."""
        born, cutoff, reading, level = (row[name] for name in ("birth_date", "cutoff", "age_reading", "education"))
        found = {"level": LEVELS.index(level) if level in LEVELS else None}
        if born is None or cutoff is None:
            return found | dict.fromkeys(("age", "age_from", "age_to"))
        age, inclusive = age_on(born, cutoff), reckoned_age(born, cutoff, "birthday_inclusive")
        lowest = inclusive if reading == "birthday_inclusive" else age
        highest = age if reading == "completed_years" else inclusive
        return found | {"age": age, "age_from": lowest, "age_to": highest}

    def within(self, maximum: pl.Expr, possible: pl.Expr | None = None) -> pl.Expr:
        """Not beyond an upper age limit, or one that may be higher (`possible`) if an unknown mark holds."""
        highest = maximum if possible is None else possible
        return when(self.named("age_to") <= maximum).then(True).when(self.named("age_from") > highest).then(False)

    def reaches(self, floor: pl.Expr, possible: pl.Expr | None = None) -> pl.Expr:
        """Not below an education level, or one that may be lower (`possible`) if an unknown mark holds."""
        lowest = floor if possible is None else possible
        return when(self.level >= floor).then(True).when(self.level < lowest).then(False)


def rank(education: pl.Expr) -> pl.Expr:
    """Place of a level in the order 小学 < 初中 < 高中 < 大专 < 本科 < 硕士 < 博士; null if unknown."""
    return education.cast(pl.Enum(LEVELS), strict=False).to_physical().cast(pl.Int32)


def floor(p: Parameters, key: str) -> pl.Expr:
    """A level named by a parameter, as a rank; null if the parameter has no value."""
    return p.literal(key, LEVELS.index)
