"""Training, appraisal, work card and certificates (Articles 12, 24, 25, 26)."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from fujing.law.appraisal.grades import POOR
from fujing.law.engine import Row, Rule, one_of, rule
from fujing.law.formats.roster import EDUCATIONS, NONE
from fujing.law.parameters import Parameters
from fujing.law.rulebooks.people.facts import EFFECTIVE, Auxiliary, under_the_measures

NOT_APPRAISED = ("未考核", NONE)


def _last_year(p: Parameters) -> int:
    return p.day.year - 1


@rule(
    "24",
    id="roster.induction",
    remedy="补办岗前培训，合格后再上岗",
    matter="inducted_on",
    needs=("hired_on",),
    shows=("inducted_on", "inducted_on_said", "hired_on"),
)
def induction(a: Auxiliary, p: Parameters) -> pl.Expr:
    """对警务辅助人员进行岗前培训。"""
    return under_the_measures(a, a.inducted_on.is_not_null() | (a.inducted_on_said != NONE))


@induction.violation
def _(row: Row, p: Parameters) -> str:
    return f"{row['hired_on']}入职，没有岗前培训"


@induction.missing
def _(row: Row, p: Parameters) -> str:
    if row["inducted_on_said"]:
        return "没有岗前培训，入职日期空白，是否在本办法施行后聘用待核实"
    return "岗前培训日期空白，待核实"


def _afterwards(row: Row, p: Parameters) -> str:
    return f"岗前培训日期{row['inducted_on']}晚于入职日期{row['hired_on']}，培训前是否已经上岗请核对"


@induction.advises(_afterwards, remedy="核对培训之前是否已经上岗")
def _(a: Auxiliary, p: Parameters) -> pl.Expr:
    return (a.inducted_on > a.hired_on) & (a.hired_on >= EFFECTIVE)


def _yearly(key: str, label: str, name: str) -> Rule:
    """One of the educations, or the training, owed each calendar year."""

    def done(a: Auxiliary, p: Parameters) -> pl.Expr:
        """对警务辅助人员进行政治教育、纪律教育、廉洁教育、保密教育和岗前培训、年度培训、专项培训。"""
        began = date(_last_year(p), 1, 1)
        last, said = getattr(a, key), getattr(a, f"{key}_said")
        lacking = last.is_null() | (last < began)
        empty = last.is_null() & said.is_null()
        return pl.when(~empty).then(~(lacking & (a.hired_on < began)))

    made = rule(
        "24",
        id=f"roster.{name}",
        remedy=f"补办{label}并记入档案",
        matter=key,
        needs=("hired_on",),
        shows=(key, f"{key}_said", "hired_on"),
    )(done)

    def said(row: Row) -> str:
        return f"上次{label}是{row[key]}" if row[key] else f"没有参加过{label}"

    @made.violation
    def _(row: Row, p: Parameters) -> str:
        return f"{row['hired_on']}入职，{said(row)}，{_last_year(p)}年以来没有开展"

    @made.missing
    def _(row: Row, p: Parameters) -> str:
        if row[key] or row[f"{key}_said"]:
            return f"{said(row)}，入职日期空白，是否在{_last_year(p)}年以前入职待核实"
        return f"{label}日期空白，待核实"

    def due(row: Row, p: Parameters) -> str:
        return f"{said(row)}，应在{p.day.year}年12月31日前开展"

    @made.advises(due, remedy=f"年底前安排{label}")
    def _(a: Auxiliary, p: Parameters) -> pl.Expr:
        last, never = getattr(a, key), getattr(a, f"{key}_said") == NONE
        began = date(_last_year(p), 1, 1)
        return (last.dt.year() == _last_year(p)) | (never & (a.hired_on >= began))

    return made


EDUCATION_RULES = tuple(_yearly(f"educated_{key}", label, f"education_{key}") for key, label in EDUCATIONS.items())
annual_training = _yearly("trained_on", "年度培训", "annual_training")


@rule(
    "25",
    id="roster.appraisal",
    remedy="补做上年度考核，公示结果",
    matter="appraisal",
    needs=("hired_on",),
    shows=("appraisal", "hired_on"),
)
def appraisal(a: Auxiliary, p: Parameters) -> pl.Expr:
    """对警务辅助人员的履职情况、工作绩效、遵章守纪、教育培训等进行考核。"""
    whole_year = a.hired_on <= date(_last_year(p), 1, 1)
    return pl.when(a.appraisal.is_not_null()).then(~(one_of(a.appraisal, *NOT_APPRAISED) & whole_year))


@appraisal.violation
def _(row: Row, p: Parameters) -> str:
    return f"{_last_year(p)}年全年在职，没有考核"


@appraisal.missing
def _(row: Row, p: Parameters) -> str:
    if row["appraisal"]:
        return f"没有考核，入职日期空白，{_last_year(p)}年是否全年在职待核实"
    return "上年度考核空白，待核实"


def _poor(row: Row, p: Parameters) -> str:
    return f"上年度考核为{row['appraisal']}，应先培训或者调整岗位（第三十二条第（二）项）"


@appraisal.advises(_poor, remedy="安排培训或者调整工作岗位，再作考核")
def _(a: Auxiliary, p: Parameters) -> pl.Expr:
    return one_of(a.appraisal, *POOR)


@rule(
    "26",
    id="roster.card",
    remedy="配发或者换发有效的工作证，一人一号；换发前不上岗",
    matter="card_held",
    shows=("card_number", "card_valid_to", "same_card_rows"),
)
def card(a: Auxiliary, p: Parameters) -> pl.Expr:
    """警务辅助人员应当按照规定配发统一的工作证件，统一着装、统一标识，持证上岗。"""
    bad = (a.card_number == NONE) | (a.card_valid_to < p.day) | a.same_card_rows.is_not_null()
    empty = a.empty("card_number", "card_valid_to")
    return pl.when(bad.fill_null(value=False)).then(False).when(~empty).then(True)


@card.violation
def _(row: Row, p: Parameters) -> str:
    if row["card_number"] == NONE:
        return "没有配发工作证"
    said = []
    if row["card_valid_to"] and row["card_valid_to"] < p.day:
        said.append(f"工作证已于{row['card_valid_to']}过期")
    if row["same_card_rows"]:
        said.append(f"工作证号{row['card_number']}与第{row['same_card_rows']}行相同")
    return "；".join(said)


@card.missing
def _(row: Row, p: Parameters) -> str:
    empty = [
        label for key, label in (("card_number", "工作证号"), ("card_valid_to", "工作证有效期")) if row[key] is None
    ]
    return f"{'、'.join(empty)}空白，待核实"


def _expires(row: Row, p: Parameters) -> str:
    return f"工作证{row['card_valid_to']}到期，距{p.day}还有{(row['card_valid_to'] - p.day).days}天"


@card.advises(_expires, remedy="到期前换发工作证")
def _(a: Auxiliary, p: Parameters) -> pl.Expr:
    days = p["card.expiry.notice_days"]
    if days is None:
        return pl.lit(value=False)
    return a.card_valid_to.is_between(p.day, p.day + timedelta(days=days))


@rule(
    "12",
    id="roster.qualification",
    remedy="核对证书原件，写明有效期",
    matter="qualifications",
    shows=("qualifications", "undated_qualifications", "expired_qualifications"),
)
def qualification(a: Auxiliary, p: Parameters) -> pl.Expr:
    """警务辅助人员从事的相关工作依法需要具备相应资质的，应当取得相应资质证书。"""
    return pl.when(a.undated_qualifications.is_null()).then(True)


@qualification.missing
def _(row: Row, p: Parameters) -> str:
    return f"资质证书{row['undated_qualifications']}没有写明可以读出的有效期，待核实"


def _expired(row: Row, p: Parameters) -> str:
    return f"资质证书{row['expired_qualifications']}已过期，不得从事需要该证书的工作"


@qualification.advises(_expired, remedy="换证以前不安排需要该证书的工作")
def _(a: Auxiliary, p: Parameters) -> pl.Expr:
    return a.expired_qualifications.is_not_null()


RULES = (induction, *EDUCATION_RULES, annual_training, appraisal, card, qualification)
YEARLY = frozenset(each.id for each in (*EDUCATION_RULES, annual_training, appraisal))
"""Rules that ask for something of each calendar year: what was verified for one year says nothing of the next."""
