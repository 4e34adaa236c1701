"""Sentences of the age and education rules, with the numbers and dates that decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from fujing.kernel.numbers import bare
from fujing.law.ages import age_on, reckoned_age
from fujing.law.education import EDUCATION_LABEL, LEVELS
from fujing.law.engine import Row
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.parameters import Parameters
from fujing.law.rulebooks.applicant import ALLOWED_EVERYONE

SEX = {"male": "男", "female": "女"}
CATEGORY = {"civil": "文职", "field": "勤务"}


def number(value: Decimal | float) -> str:
    """A measure without needless zeros: 168.000000 → 168."""
    return bare(Decimal(str(value)))


def _lawful(row: Row, p: Parameters) -> int:
    """The Measures' upper limit for this person: a scarce post's own where it applies."""
    lawful: int = p["recruitment.age.max"]
    raised = lawful < row["post_age_max"] < ALLOWED_EVERYONE
    if row["post_scarce"] and row["post_age_scarce"] and (raised or row.get("scarce_skill")):
        scarce: int = row["post_age_scarce"]
        return scarce
    return lawful


def _stated(row: Row) -> int:
    """The announcement's own upper limit for this person."""
    relaxed = row.get("post_age_relaxed") or {}
    return max([row["post_age_max"], *(limit for group, limit in relaxed.items() if row.get(group))])


def met(label: str, mine: str, asked: str) -> Callable[[Row, Parameters], str]:
    """What is said of a text condition that is met, also where the post states none."""

    def say(row: Row, p: Parameters) -> str:
        if not row[asked]:
            return f"岗位对{label}没有要求"
        return f"{label}为{row[mine]}，符合岗位要求的{row[asked]}"

    return say


def age_satisfied(row: Row, p: Parameters) -> str:
    """How old, on which day, inside the Measures' limits; the announcement's narrower ones are `post_age`."""
    age, upper = age_on(row["birth_date"], row["cutoff"]), _lawful(row, p)
    relaxed = "（急需岗位放宽）" if upper != p["recruitment.age.max"] else ""
    return f"截至{row['cutoff']}为{age}周岁，规定为{p['recruitment.age.min']}至{upper}周岁{relaxed}"


def education_satisfied(row: Row, p: Parameters) -> str:
    """The level, and the higher of the post's floor and the Measures'."""
    needed = max(_floor(row, p), row["education_floor"])
    return f"学历为{EDUCATION_LABEL[row['education']]}，岗位要求{EDUCATION_LABEL[LEVELS[needed]]}以上"


def age_violated(row: Row, p: Parameters) -> str:
    """Too young or too old by the Measures, on which day."""
    age = age_on(row["birth_date"], row["cutoff"])
    if age < p["recruitment.age.min"]:
        return f"截至{row['cutoff']}为{age}周岁，未满{p['recruitment.age.min']}周岁"
    return _too_old(row, age, _lawful(row, p), "")


def age_remedy(row: Row, p: Parameters) -> str:
    """A relaxation is for those who are too old."""
    if age_on(row["birth_date"], row["cutoff"]) < p["recruitment.age.min"]:
        return f"未满{p['recruitment.age.min']}周岁不能放宽，资格审查不予通过"
    return "资格审查不予通过；确属急需技能人员的，改报放宽年龄的急需岗位"


def _too_old(row: Row, age: int, limit: int, whose: str) -> str:
    if age > limit:
        return f"截至{row['cutoff']}已满{age}周岁，超过{whose}{limit}周岁上限"
    return f"截至{row['cutoff']}已过{age}周岁生日，超过{whose}{limit}周岁上限（生日当日为最后一日）"


def age_undetermined(row: Row, p: Parameters) -> str:
    """What is missing: birth date, cut-off, reading, the parameter, or the mark that would relax the limit."""
    if row.get("birth_date") is None:
        return "缺出生日期，待核实"
    if row.get("cutoff") is None:
        return "缺报名日期，无法计算年龄，待核实" if row.get("by_registration") else "公告未写年龄计算截止日，待核实"
    if p["recruitment.age.max"] is None or p["recruitment.age.min"] is None:
        return f"缺{row['cutoff']}适用的年龄标准，待核实"
    scarce = row["post_age_scarce"] if row["post_scarce"] and row.get("scarce_skill") is None else 0
    return _perhaps(row, _lawful(row, p), {"scarce_skill": scarce}, "")


def _perhaps(row: Row, upper: int, relaxed: Mapping[str, int], whose: str) -> str:
    """Beyond the limit unless a mark that isn't known holds, or unless the reading that isn't printed allows it."""
    age = age_on(row["birth_date"], row["cutoff"])
    reckoned = reckoned_age(row["birth_date"], row["cutoff"], row["age_reading"] or "completed_years")
    unknown = [
        CONDITIONS[group]
        for group, limit in relaxed.items()
        if row.get(group) is None and limit > upper and reckoned <= limit
    ]
    if unknown:
        marks = "、".join(unknown)
        return f"截至{row['cutoff']}已满{age}周岁，超过{whose}{upper}周岁上限，是否可以放宽缺{marks}，待核实"
    return f"截至{row['cutoff']}已满{age}周岁，公告未写年龄读法，生日之后是否超龄待核实"


def post_age_satisfied(row: Row, p: Parameters) -> str:
    """Inside the announcement's own limits, where it has any."""
    if not row["post_age_min"] and _stated(row) >= ALLOWED_EVERYONE:
        return "公告没有另定年龄范围"
    if row.get("birth_date") is None or row.get("cutoff") is None:
        return "年龄待核实，见第十八条第（三）项"
    age = age_on(row["birth_date"], row["cutoff"])
    upper = "" if _stated(row) >= ALLOWED_EVERYONE else f"{_stated(row)}周岁以下"
    lower = f"{row['post_age_min']}周岁以上" if row["post_age_min"] else ""
    return f"截至{row['cutoff']}为{age}周岁，公告要求{'、'.join(filter(None, (lower, upper)))}"


def post_age_violated(row: Row, p: Parameters) -> str:
    """Too young or too old for what the announcement itself asks."""
    age = age_on(row["birth_date"], row["cutoff"])
    if age < row["post_age_min"]:
        return f"截至{row['cutoff']}为{age}周岁，未满公告所定的{row['post_age_min']}周岁"
    return _too_old(row, age, _stated(row), "公告所定的")


def post_age_undetermined(row: Row, p: Parameters) -> str:
    """A mark that would relax the announcement's limit, or its reading."""
    return _perhaps(row, _stated(row), row.get("post_age_relaxed") or {}, "公告所定的")


def body_mass(row: Row) -> str:
    """Kilograms by square metres, to two places."""
    return f"{float(row['weight_kg']) * 10_000 / float(row['height_cm']) ** 2:.2f}"


def body_mass_asked(row: Row) -> str:
    """The post's limits in words, both inclusive."""
    low, high = (number(row[end]) if row[end] else "" for end in ("post_bmi_min", "post_bmi_max"))
    return f"{low}至{high}" if low and high else f"不低于{low}" if low else f"不高于{high}"


def education_violated(row: Row, p: Parameters) -> str:
    """Below the Measures' floor or below the post's."""
    floor, stated, mine = _floor(row, p), row["education_floor"], LEVELS.index(row["education"])
    category = CATEGORY[row["post_category"]]
    if mine < floor:
        return f"学历为{EDUCATION_LABEL[row['education']]}，低于{category}人员{EDUCATION_LABEL[LEVELS[floor]]}底线"
    return f"学历为{EDUCATION_LABEL[row['education']]}，低于岗位要求的{EDUCATION_LABEL[LEVELS[stated]]}"


def education_undetermined(row: Row, p: Parameters) -> str:
    """The level itself, the parameter, or a mark that would relax the post's own floor."""
    if row.get("education") is None:
        return "缺学历，待核实"
    if p["recruitment.education.min"] is None or p["recruitment.education.civil_min"] is None:
        return "缺学历标准，待核实"
    marks = [
        label
        for group, label in CONDITIONS.items()
        if row.get(group) is None and row["post_education_relaxed"][group] <= LEVELS.index(row["education"])
    ]
    needed = EDUCATION_LABEL[LEVELS[row["education_floor"]]]
    return (
        f"学历为{EDUCATION_LABEL[row['education']]}，低于岗位要求的{needed}，是否可以放宽缺{'、'.join(marks)}，待核实"
    )


def _floor(row: Row, p: Parameters) -> int:
    key = "recruitment.education.civil_min" if row["post_category"] == "civil" else "recruitment.education.min"
    return LEVELS.index(p[key])
