"""Each bound of the pay files and of a scheme on both sides, each column and each kind once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fujing.law.formats.documents import DocumentError
from fujing.law.formats.pay import MONTHS_COLUMNS, PEOPLE_COLUMNS, read_pay_files
from fujing.law.formats.pay_scheme import read_scheme
from fujing.law.formats.schemas import SCHEMAS
from tests.law.pay.tools import written
from tests.law.schema_validator import faults as schema_faults

PERSON: dict[str, Any] = {"id": "P1", "hired_on": "2020-01-01"}
YUAN = "应为不小于0的金额（元），如 5,000.00"
SCHEME: dict[str, Any] = {
    "organ": "510722000000",
    "effective": "2026-01-01",
    "items": [{"code": "base", "name": "基本工资", "kind": "fixed", "amount": 1800}],
    "absence": {"sick_rate": 0.6},
    "contributions": [],
    "minimum_wage": 2200,
}
BOUNDS = [
    *((key, 0, 9_999_999, "money") for key in ("social_base", "housing_base", "special_deductions", "recovery_due")),
    *((key, 0, 31, "count") for key in ("night_shifts", "duty_days", "personal_leave_days", "sick_leave_days")),
    *((key, 0, 744, "count") for key in ("overtime_weekday", "overtime_restday", "overtime_holiday")),
    ("back_pay", -9_999_999, 9_999_999, "signed"),
]


def faults_of(folder: Path, people: list[dict[str, Any]], months: list[dict[str, Any]]) -> list[str]:
    written(folder, SCHEME, people, months)
    try:
        read_pay_files(folder / "people.csv", folder / "months.csv", 2026)
    except DocumentError as error:
        return [str(fault).replace(f"{folder}/", "") for fault in error.faults]
    return []


def with_cell(folder: Path, key: str, value: object) -> list[str]:
    if any(column.key == key for column in PEOPLE_COLUMNS):
        return faults_of(folder, [PERSON | {key: value}], [])
    return faults_of(folder, [PERSON], [{"id": "P1", "month": "2026-01", key: value}])


def test_every_number_has_its_bounds_here() -> None:
    numbers = {each.key for each in (*PEOPLE_COLUMNS, *MONTHS_COLUMNS) if each.kind in ("money", "decimal")}
    assert numbers == {key for key, *_ in BOUNDS}


@pytest.mark.parametrize(("key", "low", "high", "kind"), BOUNDS, ids=[each[0] for each in BOUNDS])
def test_a_number_is_read_up_to_its_bounds_and_refused_beyond(
    tmp_path: Path, key: str, low: int, high: int, kind: str
) -> None:
    assert with_cell(tmp_path, key, low) == with_cell(tmp_path, key, high) == []
    for beyond in (low - 1, high + 1):
        (fault,) = with_cell(tmp_path, key, beyond)
        expected = {"money": YUAN, "signed": "应为金额（元），扣回写负数，如 -120.50", "count": f"{high}"}[kind]
        assert f"“{beyond}”" in fault
        assert expected in fault
    places = with_cell(tmp_path, key, "1.005")
    assert [fault.partition("，")[2] for fault in places] == ([] if kind == "count" else ["最多两位小数"])
    assert with_cell(tmp_path, key, "1.05") == []


@pytest.mark.parametrize("key", [each.key for each in (*PEOPLE_COLUMNS, *MONTHS_COLUMNS)])
def test_only_the_number_and_the_month_must_be_filled(tmp_path: Path, key: str) -> None:
    month = {"id": "P1", "month": "2026-01", "night_shifts": "1"}
    found = faults_of(
        tmp_path, [PERSON | ({} if key == "month" else {key: ""})], [month | ({key: ""} if key != "id" else {})]
    )
    assert bool(found) is (key in ("id", "month"))
    if key != "id":
        return
    assert any("people.csv" in fault and "人员编号" in fault for fault in found)


def test_codes_are_read_in_plain_characters_and_keep_their_zeros(tmp_path: Path) -> None:
    wide, plain = "０７", "07"
    codes = ("id", "tier", "post_grade", "appraisal", "category")
    written(tmp_path, SCHEME, [PERSON | dict.fromkeys(codes, wide)], [{"id": wide, "month": "２０２６－０１"}])
    files = read_pay_files(tmp_path / "people.csv", tmp_path / "months.csv", 2026)
    row = files.people.to_dicts()[0]
    assert [row[key] for key in codes] == [plain] * 5
    assert files.months.select("id", "month").rows() == [(plain, date(2026, 1, 1))]


def test_a_people_file_of_a_header_only_has_nobody(tmp_path: Path) -> None:
    assert faults_of(tmp_path, [], []) == ["people.csv：“人员编号” 没有人，表头下应至少有一行"]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("2026-01", None),
        ("2026-12", None),
        ("2026-1", None),
        ("2026/3/01", None),
        ("2026.3.1", None),
        ("2026年3月", None),
        ("2026-00", "应为月份，如 2026-05"),
        ("2026-13", "应为月份，如 2026-05"),
        ("2026-03-02", "应为月份，如 2026-05"),
        ("三月", "应为月份，如 2026-05"),
        ("2025-12", "应为2026年的月份，如 2026-05"),
        ("2027-01", "应为2026年的月份，如 2026-05"),
    ],
)
def test_a_month_is_one_of_the_year_in_a_form_that_excel_writes(tmp_path: Path, said: str, fault: str | None) -> None:
    found = faults_of(tmp_path, [PERSON], [{"id": "P1", "month": said}])
    assert [each.partition("，")[2] or each for each in found] == ([] if fault is None else [fault])


@pytest.mark.parametrize(
    ("hired", "left", "month", "service"),
    [
        ("2026-03-31", None, "2026-03", None),
        ("2026-04-01", None, "2026-03", "2026-04-01入职"),
        ("2020-01-01", "2026-03-02", "2026-03", None),
        ("2020-01-01", "2026-03-01", "2026-03", "2020-01-01入职、2026-03-01离职"),
        (None, "2026-03-01", "2026-03", "不详入职、2026-03-01离职"),
        (None, None, "2026-03", None),
    ],
)
def test_a_month_outside_of_service_is_refused(
    tmp_path: Path, hired: str | None, left: str | None, month: str, service: str | None
) -> None:
    found = faults_of(tmp_path, [{"id": "P1", "hired_on": hired, "left_on": left}], [{"id": "P1", "month": month}])
    expected = [f"months.csv：第2行“月份” 的值是“{month}”，这个月不在职（{service}）"] if service else []
    assert found == expected


@pytest.mark.parametrize(
    ("hired", "left", "fault"), [("2026-03-02", "2026-03-01", True), ("2026-03-02", "2026-03-02", False)]
)
def test_nobody_leaves_before_being_hired(tmp_path: Path, hired: str, left: str, fault: bool) -> None:
    found = faults_of(tmp_path, [{"id": "P1", "hired_on": hired, "left_on": left}], [])
    assert found == ([f"people.csv：第2行“离职日期” 的值是“{left}”，早于入职日期{hired}"] if fault else [])


def item(**changed: Any) -> dict[str, Any]:
    return {"items": [SCHEME["items"][0] | changed]}


def contribution(**changed: Any) -> dict[str, Any]:
    values = {"from": "2026-01", "employer": 0.16, "person": 0.08} | changed
    return {
        "contributions": [
            {"code": "pension", "name": "养老保险", "base": "social", "month_rule": "any_day", "values": [values]}
        ]
    }


SIDES = [
    *(({"absence": {"sick_rate": rate}}, good) for rate, good in ((0, True), (1, True), (1.0001, False), (-0.01, False))),
    *((contribution(**{part: rate}), good) for part in ("person", "employer") for rate, good in ((0, True), (1, True), (1.01, False), (-1, False))),
    *((item(kind="seniority", cap_years=years), good) for years, good in ((0, True), (99, True), (100, False), (-1, False))),
    *((item(kind="once", month=month), good) for month, good in ((1, True), (12, True), (0, False), (13, False))),
    (item(amount=0), True),
    (item(amount=-0.01), False),
    ({"items": []}, False),
    ({"items": [{"code": "base", "name": "绩效", "kind": "table", "by": "tier", "table": {}}]}, False),
    ({"items": [{"code": "base", "name": "绩效", "kind": "table", "by": "tier", "table": {"七级": 1}}]}, True),
    ({"items": [{"code": "base", "name": "绩效", "kind": "appraisal", "amount": 1, "factors": {}}]}, False),
    ({"items": [{"code": "base", "name": "绩效", "kind": "appraisal", "amount": 1, "factors": {"称职": 1}}]}, True),
    ({"minimum_wage": 0}, True),
    ({"minimum_wage": -1}, False),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "good"), SIDES)
def test_the_scheme_and_its_schema_accept_and_refuse_the_same(
    tmp_path: Path, changed: dict[str, Any], good: bool
) -> None:
    scheme = SCHEME | changed
    written(tmp_path, scheme, [], [])
    schema = SCHEMAS["pay_scheme"]()
    assert (schema_faults({"pay_scheme": scheme}, schema, schema) == []) is good
    if good:
        assert read_scheme(tmp_path / "scheme.yaml", 2026).organ
        return
    with pytest.raises(DocumentError) as refused:
        read_scheme(tmp_path / "scheme.yaml", 2026)
    assert len(refused.value.faults) == 1


@pytest.mark.parametrize(("effective", "good"), [("2026-01-01", True), ("2026-01-02", False)])
def test_a_scheme_is_in_force_from_the_first_of_january(tmp_path: Path, effective: str, good: bool) -> None:
    written(tmp_path, SCHEME | {"effective": effective}, [], [])
    try:
        assert str(read_scheme(tmp_path / "scheme.yaml", 2026).effective) == effective
        assert good
    except DocumentError as error:
        assert not good
        (fault,) = error.faults
        assert str(fault).endswith("pay_scheme.effective 的值是“2026-01-02”，方案自这一天起施行，不能核算2026年全年")
