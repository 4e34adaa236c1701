"""What may stand in a cell: each word with what it means, numbers on both sides of their bounds, codes as meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fujing.kernel.exchange import Column, Forgiving, Table, read_table
from fujing.law import education
from fujing.law.formats import applicants, roster
from tests.law.test_headings import HEADINGS, sheet

LEVELS = {
    "小学": "primary",
    "初中": "junior_middle",
    **dict.fromkeys(["高中", "普通高中", "中专", "职高", "职业高中", "技校"], "high_school"),
    **dict.fromkeys(["大专", "专科", "大学专科"], "junior_college"),
    **dict.fromkeys(["本科", "大学本科"], "bachelor"),
    **dict.fromkeys(["硕士", "硕士研究生"], "master"),
    **dict.fromkeys(["博士", "博士研究生"], "doctor"),
}
LEVELS |= {level: level for level in LEVELS.values()}
VERDICT = {"合格": True, "不合格": False}
WORDS: list[tuple[str, str, dict[str, Any]]] = [
    ("报名表", "sex", {"男": "male", "女": "female", "male": "male", "female": "female"}),
    ("报名表", "education", LEVELS),
    *(("报名表", key, VERDICT) for key in ("conduct", "medical", "psychological")),
    *(("报名表", key, {"是": True, "否": False}) for key in (*applicants.CONDITIONS, *applicants.GROUNDS)),
    ("花名册", "education", LEVELS),
    ("花名册", "employment", {"直接聘用": "direct", "购买服务": "purchased"}),
    ("花名册", "contract_kind", {"固定期限": "fixed", "无固定期限": "open", "未签": "unsigned"}),
    *(("花名册", f"insured_{key}", {"是": True, "否": False}) for key in roster.INSURANCE),
    ("派勤", "drives", {"是": True, "否": False}),
    ("派勤", "restraint", {"是": True, "否": False}),
    ("请假", "kind", {"请假": "leave", "停职": "suspension", "回避": "recusal"}),
    ("工资人员", "first_job", {"是": True, "否": False}),
    ("层级人员", "further", {"是": True, "否": False}),
    ("层级人员", "came_by", {"招聘": "hired", "调入": "transferred", "hired": "hired", "transferred": "transferred"}),
]
DATES = {
    "报名表": "birth_date registered_on",
    "花名册": "hired_on contract_from contract_to probation_to inducted_on educated_political educated_discipline "
    "educated_integrity educated_secrecy trained_on card_valid_to left_on returned_card returned_uniform "
    "returned_insignia",
    "派勤": "date",
    "请假": "from to",
    "工资人员": "hired_on left_on",
    "层级人员": "since hired_on left_on trainee_until",
    "表彰奖励": "on",
}
YUAN, NUMBER = "应为不小于0的金额（元），如 5,000.00", "应为数字，最多六位小数"
BOUNDS: list[tuple[str, str, str, str, str]] = [
    ("报名表", "height_cm", "50", "250", "应为厘米数，50至250"),
    ("报名表", "weight_kg", "20", "300", "应为公斤数，20至300"),
    ("报名表", "naked_vision", "0", "6", "应为视力数值，如 4.8"),
    ("报名表", "corrected_vision", "0", "6", "应为视力数值，如 5.0"),
    ("报名表", "choice", "1", "9", "应为志愿的先后，1为第一志愿"),
    ("报名表", "bonus_points", "0", "100", "应为核定的加分，0至100"),
    ("花名册", "contract_count", "0", "99", "应为整数，0至99，或者 无"),
    ("机关", "quota", "0", "999999", "应为整数，0至999999"),
    ("机关", "planned", "0", "999999", "应为整数，0至999999"),
    *(("工资人员", key, "0", "9999999", YUAN) for key in ("social_base", "housing_base", "special_deductions")),
    ("工资月份", "recovery_due", "0", "9999999", YUAN),
    ("工资月份", "back_pay", "-9999999", "9999999", "应为金额（元），扣回写负数，如 -120.50"),
    *(("工资月份", key, "0", "31", f"{NUMBER}，0至31") for key in ("night_shifts", "duty_days")),
    *(("工资月份", f"{key}_leave_days", "0", "31", f"{NUMBER}，0至31") for key in ("personal", "sick")),
    *(("工资月份", f"overtime_{key}", "0", "744", f"{NUMBER}，0至744") for key in ("weekday", "restday", "holiday")),
    ("层级人员", "score", "0", "1000", f"{NUMBER}，0至1000"),
    ("年度考核", "year", "1980", "2199", "应为整数，1980至2199"),
]
CODES = {
    "报名表": {"id", "id_number", "position"},
    "成绩表": {"id", "stage", "score"},
    "花名册": {"id_number", "category", "organ_code", "tier", "appraisal", "card_number"},
    "机关": {"code"},
    "派勤": {"id", "id_number", "start", "end", "item"},
    "请假": {"id_number"},
    "工资人员": {"id", "category", "tier", "post_grade", "appraisal"},
    "工资月份": {"id", "month"},
    "层级人员": {"id", "tier", "education", "target"},
    "年度考核": {"id", "grade"},
    "表彰奖励": {"id", "honour"},
}
STATED = {
    "无": "contract_from contract_to contract_count probation_to inducted_on educated_political educated_discipline "
    "educated_integrity educated_secrecy trained_on card_valid_to left_on",
    "未收回": "returned_card returned_uniform returned_insignia",
}


def columns(table: str) -> dict[str, Column]:
    return {column.key: column for column in HEADINGS[table][0]}


def read(folder: Path, table: str, key: str, *cells: str, forgiving: Forgiving | None = None) -> Table:
    column = columns(table)[key]
    path = sheet(folder / "一列.csv", [column.label], *([cell] for cell in cells))
    return read_table(path, [column], forgiving=forgiving)


@pytest.mark.parametrize(("table", "key", "words"), WORDS)
def test_each_word_stands_for_its_value(table: str, key: str, words: dict[str, Any], tmp_path: Path) -> None:
    assert read(tmp_path, table, key, *words).frame[key].to_list() == list(words.values())
    assert [fault.row for fault in read(tmp_path, table, key, "其他", next(iter(words))).faults] == [2]


@pytest.mark.parametrize(("table", "key"), [(table, key) for table, keys in DATES.items() for key in keys.split()])
def test_a_date_is_read_as_a_date_and_nothing_else_is(table: str, key: str, tmp_path: Path) -> None:
    column = read(tmp_path, table, key, "2026-01-22").frame[key]
    assert [str(each) for each in column] == ["2026-01-22"]
    assert str(column.dtype) == "Date"
    assert [fault.row for fault in read(tmp_path, table, key, "2026-01-22", "1月").faults] == [3]


@pytest.mark.parametrize(("table", "key", "low", "high", "expected"), BOUNDS)
def test_a_number_is_taken_within_its_bounds_and_the_fault_names_them(
    table: str, key: str, low: str, high: str, expected: str, tmp_path: Path
) -> None:
    below, above = str(int(low) - 1), str(int(high) + 1)
    read_one = read(tmp_path, table, key, low, high, below, above)
    assert [(fault.row, fault.value, fault.expected) for fault in read_one.faults] == [
        (4, below, expected),
        (5, above, expected),
    ]
    assert [str(int(each)) for each in read_one.frame[key][:2]] == [low, high]
    assert read_one.frame[key].dtype.is_numeric()


@pytest.mark.parametrize("table", CODES)
def test_in_a_code_full_width_characters_and_spaces_mean_nothing(table: str, tmp_path: Path) -> None:
    texts = [key for key, column in columns(table).items() if column.kind == "text"]
    found = {key: read(tmp_path, table, key, "Ａ １", forgiving=roster.FORGIVING).frame[key][0] for key in texts}
    assert {key for key, cell in found.items() if cell == "A1"} == CODES[table]


@pytest.mark.parametrize("word", STATED)
def test_a_statement_may_stand_in_place_of_the_value_only_where_it_makes_sense(word: str, tmp_path: Path) -> None:
    keys = [key for key, column in columns("花名册").items() if column.kind in ("date", "integer")]
    taken = {key: read(tmp_path, "花名册", key, word).frame for key in keys}
    said = {key for key, frame in taken.items() if f"{key}_said" in frame.columns and frame[f"{key}_said"][0] == word}
    assert said == set(STATED[word].split())


def test_levels_of_education_are_ordered_and_named() -> None:
    assert " ".join(education.LEVELS) == "primary junior_middle high_school junior_college bachelor master doctor"
    assert "".join(education.EDUCATION_LABEL.values()) == "小学初中高中大专本科硕士博士"


def test_every_table_and_every_bound_is_covered() -> None:
    assert set(CODES) == set(HEADINGS)
    bounded = {(table, key) for table in HEADINGS for key, each in columns(table).items() if each.low is not None}
    assert bounded == {(table, key) for table, key, *_ in BOUNDS}
