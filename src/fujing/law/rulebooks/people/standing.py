"""Who is an auxiliary, of which organ, and whether joining was lawful (Articles 2, 3, 5, 17, 18, 45)."""

from __future__ import annotations

import polars as pl

from fujing.law.catalogue import LABELS as CATEGORY
from fujing.law.citizen_numbers import birth_of, is_well_formed
from fujing.law.education import EDUCATION_LABEL, LEVELS
from fujing.law.engine import Row, one_of, rule
from fujing.law.formats.roster import LABELS
from fujing.law.jurisdiction import PROVINCE_CODE, divisions
from fujing.law.parameters import Parameters
from fujing.law.rulebooks.applicant import floor
from fujing.law.rulebooks.people.facts import EFFECTIVE, Auxiliary, under_the_measures

EXCLUDED = ("治安联防", "治安志愿者", "护村队", "护校队", "群防群治", "膳食", "食堂", "炊事", "保洁", "后勤服务人员")
"""Words of people who are not auxiliaries (3.p3)."""
SAYING = ("post", "category", "unit")
"""Columns in which such words count."""


@rule(
    "3.p3",
    id="roster.excluded",
    remedy="从警务辅助人员花名册中移出，不占用人额度",
    matter="excluded_words",
    shows=("excluded_words", *SAYING),
)
def excluded(a: Auxiliary, p: Parameters) -> pl.Expr:
    """治安联防、治安志愿者、护村队、护校队等社会群防群治力量以及从事膳食、保洁等后勤工作的人员，不属于警务辅助人员。"""
    return a.excluded_words == ""


@excluded.violation
def _(row: Row, p: Parameters) -> str:
    where = "、".join(LABELS[key] for key in SAYING if any(word in (row.get(key) or "") for word in EXCLUDED))
    return f"{where}写有“{row['excluded_words']}”，不属于警务辅助人员"


@rule("3.p2", id="roster.category", remedy="按岗位定为文职或者勤务", matter="category")
def category(a: Auxiliary, p: Parameters) -> pl.Expr:
    """警务辅助人员包括文职警务辅助人员和勤务警务辅助人员。"""
    return one_of(a.category, *CATEGORY.values())


@category.violation
def _(row: Row, p: Parameters) -> str:
    return f"类别为“{row['category']}”，应为文职或者勤务"


@rule("2", id="roster.jurisdiction", remedy="核对管理机关代码；外省机关的人员不列入", matter="organ_code")
def jurisdiction(a: Auxiliary, p: Parameters) -> pl.Expr:
    """本省行政区域内公安机关警务辅助人员的招聘、使用、监督、保障等管理工作适用本办法。

    An empty code is told once, by the rule on the organ.
    """
    inside = a.organ_code.str.starts_with(PROVINCE_CODE)
    listed = a.organ_code.str.slice(0, 6).is_in(list(divisions()))
    return pl.when(a.organ_code.is_null() | (inside & listed)).then(True).when(~inside).then(False)


@jurisdiction.violation
def _(row: Row, p: Parameters) -> str:
    return f"管理机关代码{row['organ_code']}不以{PROVINCE_CODE}开头，不是四川省的机关"


@jurisdiction.missing
def _(row: Row, p: Parameters) -> str:
    return f"管理机关代码{row['organ_code']}的前六位{row['organ_code'][:6]}不在四川省行政区划表内，待核实"


@rule("17.p2", id="roster.organ", remedy="劳动合同改由县级以上公安机关订立，管理机关填该机关代码", matter="organ_code")
def organ(a: Auxiliary, p: Parameters) -> pl.Expr:
    """公安机关内设机构、派出机构不得自行聘用警务辅助人员。"""
    return a.organ_code.str.ends_with("000000")


@organ.violation
def _(row: Row, p: Parameters) -> str:
    return f"管理机关代码{row['organ_code']}的后六位不是000000，是内设机构或者派出机构"


@rule(
    "5.p1",
    id="roster.identity",
    remedy="核对是否同一人；一人只由一个机关管理，只保留一行",
    matter="id_number",
    shows=("id_number", "same_number_rows"),
)
def identity(a: Auxiliary, p: Parameters) -> pl.Expr:
    """谁使用、谁管理、谁负责：一人只由一个机关管理。"""
    return pl.when(a.same_number_rows.is_not_null()).then(False).when(a.born <= p.day).then(True)


@identity.violation
def _(row: Row, p: Parameters) -> str:
    return f"公民身份号码与第{row['same_number_rows']}行相同，都在职"


@identity.missing
def _(row: Row, p: Parameters) -> str:
    number = row["id_number"]
    if number is None:
        return "公民身份号码空白，待核实"
    if len(number) == 15:
        return f"公民身份号码{number}是十五位旧号码，应填十八位，待核实"
    if not is_well_formed(number):
        return f"公民身份号码{number}的位数或者校验位不对，待核实"
    return f"公民身份号码{number}中的出生日期不对，待核实"


@rule("5.p1", id="roster.unit", remedy="写明使用人员的单位", matter="unit")
def unit(a: Auxiliary, p: Parameters) -> pl.Expr:
    """谁使用、谁管理、谁负责：写明用人单位。"""
    return pl.when(a.unit.is_not_null()).then(True)


@rule(
    "18.3",
    id="roster.age",
    remedy="核对聘用时的年龄；未满18周岁聘用的，停止使用并依法处理",
    matter="id_number",
    needs=("hired_on",),
)
def age(a: Auxiliary, p: Parameters) -> pl.Expr:
    """年满18周岁、不超过35周岁；急需的专业技术、专门技能人员可以适当放宽。"""
    low, high = p.literal("recruitment.age.min"), p.literal("recruitment.age.max")
    known = pl.when(a.born <= p.day).then(a.age_when_hired)
    within = pl.when(known < low).then(False).when((known >= low) & (known <= high)).then(True)
    return under_the_measures(a, within)


@age.violation
def _(row: Row, p: Parameters) -> str:
    return f"入职日期{row['hired_on']}时未满{p['recruitment.age.min']}周岁"


@age.missing
def _(row: Row, p: Parameters) -> str:
    if row["hired_on"] is None:
        return "入职日期空白，无法计算入职时的年龄，待核实"
    born, low, high = birth_of(row["id_number"] or ""), p["recruitment.age.min"], p["recruitment.age.max"]
    if born is None or born > p.day:
        return "公民身份号码空白或者不对，不知道出生日期，待核实"
    if low is None or high is None:
        return f"缺{p.day}适用的年龄标准，待核实"
    return f"入职日期{row['hired_on']}时已超过{high}周岁，是否为急需的专业技术、专门技能人员，花名册没有写，待核实"


@rule(
    "18.4",
    id="roster.education",
    remedy="核对学历证书；低于底线的，依法终止或者调整到相应类别",
    matter="education",
    needs=("hired_on",),
    shows=("education", "category", "hired_on"),
)
def education(a: Auxiliary, p: Parameters) -> pl.Expr:
    """具有高中以上学历；文职警务辅助人员具有大专以上学历。"""
    civil = (a.category == CATEGORY["civil"]).fill_null(value=False)
    lowest, civil_lowest = floor(p, "recruitment.education.min"), floor(p, "recruitment.education.civil_min")
    enough = (a.level >= lowest) & (~civil | (a.level >= civil_lowest))
    return under_the_measures(a, pl.when(a.education.is_not_null()).then(enough))


@education.violation
def _(row: Row, p: Parameters) -> str:
    mine, lowest = row["education"], p["recruitment.education.min"]
    if LEVELS.index(mine) < LEVELS.index(lowest):
        return f"学历为{EDUCATION_LABEL[mine]}，低于{EDUCATION_LABEL[lowest]}"
    return f"文职人员学历为{EDUCATION_LABEL[mine]}，低于{EDUCATION_LABEL[p['recruitment.education.civil_min']]}"


@education.missing
def _(row: Row, p: Parameters) -> str:
    if row["education"] is None:
        return "学历空白，待核实"
    if p["recruitment.education.min"] is None or p["recruitment.education.civil_min"] is None:
        return "缺学历标准，待核实"
    return f"学历为{EDUCATION_LABEL[row['education']]}，低于底线，入职日期空白，是否在本办法施行后聘用待核实"


@rule(
    "45.p2",
    id="roster.purchased",
    remedy="本办法施行后新增的，改为按用人计划直接聘用",
    matter="employment",
    needs=("hired_on",),
)
def purchased(a: Auxiliary, p: Parameters) -> pl.Expr:
    """本办法实施前，公安机关采取向社会力量购买服务方式使用的警务辅助人员，按照本办法进行管理。"""
    return pl.when(a.employment.is_not_null()).then((a.employment != "purchased") | (a.hired_on < EFFECTIVE))


@purchased.violation
def _(row: Row, p: Parameters) -> str:
    return f"{row['hired_on']}起以购买服务方式使用，不早于本办法施行之日{EFFECTIVE}"


@purchased.missing
def _(row: Row, p: Parameters) -> str:
    if row["employment"] is None:
        return "用工方式空白，待核实"
    return f"购买服务人员的入职日期空白，是否在{EFFECTIVE}以前使用待核实"


RULES = (category, jurisdiction, organ, identity, unit, age, education, purchased)
