"""Sentences of the age and education rules, with the numbers and dates that decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from fujing.law.ages import age_on, reckoned_age
from fujing.law.engine import Row
from fujing.law.formats.applicants import CONDITIONS, EDUCATION_LABEL, LEVELS
from fujing.law.parameters import Parameters
from fujing.law.rulebooks.applicant import ALLOWED_EVERYONE

SEX = {"male": "男", "female": "女"}
CATEGORY = {"civil": "文职", "field": "勤务"}


def number(value: Decimal | float) -> str:
    """A measure without needless zeros: 168.000000 → 168."""
    return f"{Decimal(str(value)).normalize():f}"


def _limits(row: Row, p: Parameters) -> Iterator[tuple[int, str | None]]:
    """Upper age limits with the group that each is for; None is everybody."""
    lawful = p["recruitment.age.max"]
    raised = lawful < row["post_age_max"] < ALLOWED_EVERYONE
    relaxed = row.get("post_age_relaxed") or {}
    for group in (None, *CONDITIONS):
        stated = relaxed.get(group, row["post_age_max"])
        if row["post_scarce"] and group == "scarce_skill":
            yield row["post_age_scarce"] or min(stated, lawful), group
        elif row["post_scarce"] and raised:
            yield min(stated, row["post_age_scarce"]), group
        else:
            yield min(stated, lawful), group


def _upper(row: Row, p: Parameters) -> int:
    return max(limit for limit, group in _limits(row, p) if group is None or row.get(group))


def met(label: str, mine: str, asked: str) -> Callable[[Row, Parameters], str]:
    """What is said of a text condition that is met, also where the post states none."""

    def say(row: Row, p: Parameters) -> str:
        if not row[asked]:
            return f"岗位对{label}没有要求"
        return f"{label}为{row[mine]}，符合岗位要求的{row[asked]}"

    return say


def age_satisfied(row: Row, p: Parameters) -> str:
    """How old, on which day, inside which limits."""
    lowest = max(row["post_age_min"], p["recruitment.age.min"])
    age = age_on(row["birth_date"], row["cutoff"])
    return f"截至{row['cutoff']}为{age}周岁，岗位要求{lowest}至{_upper(row, p)}周岁"


def education_satisfied(row: Row, p: Parameters) -> str:
    """The level, and the higher of the post's floor and the Measures'."""
    needed = max(_floor(row, p), row["education_floor"])
    return f"学历为{EDUCATION_LABEL[row['education']]}，岗位要求{EDUCATION_LABEL[LEVELS[needed]]}以上"


def age_violated(row: Row, p: Parameters) -> str:
    """Too young or too old, on which day, by which limit."""
    age = age_on(row["birth_date"], row["cutoff"])
    lowest = max(row["post_age_min"], p["recruitment.age.min"])
    if age < lowest:
        return f"截至{row['cutoff']}为{age}周岁，未满{lowest}周岁"
    limit = _upper(row, p)
    if age > limit:
        return f"截至{row['cutoff']}已满{age}周岁，超过{limit}周岁上限"
    return f"截至{row['cutoff']}已过{age}周岁生日，超过{limit}周岁上限（生日当日为最后一日）"


def age_undetermined(row: Row, p: Parameters) -> str:
    """What is missing: birth date, cut-off, reading, the parameter, or a mark that would relax the limit."""
    if row.get("birth_date") is None:
        return "缺出生日期，待核实"
    if row.get("cutoff") is None:
        return "缺报名日期，无法计算年龄，待核实" if row.get("by_registration") else "公告未写年龄计算截止日，待核实"
    if p["recruitment.age.max"] is None or p["recruitment.age.min"] is None:
        return f"缺{row['cutoff']}适用的年龄参数，待核实"
    age, upper = age_on(row["birth_date"], row["cutoff"]), _upper(row, p)
    unknown = [
        group
        for limit, group in _limits(row, p)
        if group
        and row.get(group) is None
        and limit > upper
        and reckoned_age(row["birth_date"], row["cutoff"], row["age_reading"] or "completed_years") <= limit
    ]
    if unknown:
        marks = "、".join(CONDITIONS[group] for group in unknown)
        return f"截至{row['cutoff']}已满{age}周岁，超过{upper}周岁上限，是否可以放宽缺{marks}，待核实"
    return f"截至{row['cutoff']}已满{age}周岁，公告未写年龄读法，生日之后是否超龄待核实"


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
        return "缺学历参数，待核实"
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
