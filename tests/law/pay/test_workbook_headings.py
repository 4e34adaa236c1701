"""Where the headings of a sheet stand, what stands above them, and which rows below are people, sums or notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from fujing.kernel.excel import Grid, Merge
from fujing.law.pay.workbook.tables import PayTable, understood
from tests.law.pay.workbooks.sheets import understood_as

PERSON = ["王甲", 100, 100]


def table(*rows: Sequence[Any], merges: Sequence[Merge] = ()) -> PayTable | None:
    width = max(map(len, rows))
    filled = [["" if cell is None else cell for cell in [*row, *[None] * (width - len(row))]] for row in rows]
    return next(iter(understood("表", {"表": Grid(filled, list(merges), {}, [])}).tables), None)


def titles(*rows: Sequence[Any], merges: Sequence[Merge] = ()) -> list[str] | None:
    found = table(*rows, merges=merges)
    return [each.title for each in found.headings] if found else None


LEAVES = ["姓名", "岗位工资", "养老", "实发"]


@pytest.mark.parametrize(
    ("row", "known"),
    [
        (["姓名", "实发", "基本工资"], True),
        (["姓名", "实发", "基本工资" + "甲" * 20], True),
        (["姓名", "实发", "基本工资" + "甲" * 21], False),
        (["姓名", "实发", "实发"], False),
        (["姓名", "实发", "合计"], False),
        (["姓名", "实发", "某某"], False),
        (["姓名", "实发", "基本工资", 5], False),
        (["姓名", "实发", "基本工资", True], False),
        (["姓名", "部门", "工号", "专项附加扣除"], False),
        (["姓名", "部门", "工号", "合计"], False),
        (["姓名", "部门", "工号", "某某"], False),
        (["姓名", "部门", "工号", "个税"], True),
        (["部门", "实发", "基本工资"], False),
    ],
)
def test_three_different_known_headings_with_a_name_and_money_make_a_table(row: list[Any], known: bool) -> None:
    assert (table(row, PERSON) is not None) == known


def test_a_sheet_of_nothing_but_headings_has_nobody_and_an_empty_one_no_table() -> None:
    found = table(LEAVES)
    assert found is not None
    assert (found.rows, found.heading_row) == ([], 0)
    assert understood("表", {"表": Grid([], [], {}, [])}).passed == ["表"]
    two = table(["姓名", "应发工资", "应发合计", "实发"], [None, "基本工资", "绩效工资", None])
    assert two is not None
    assert (two.rows, two.heading_row) == ([], 1)


@pytest.mark.parametrize(
    "role", ["基本工资", "事假扣款", "工会费", "养老", "五险", "个税", "应发合计", "扣款合计", "实发", "社保基数"]
)
def test_any_money_makes_a_pay_table(role: str) -> None:
    assert table(["姓名", "部门", role], ["王甲", "巡警", 1]) is not None


def test_of_rows_with_as_many_headings_the_first_counts() -> None:
    found = table(["说明"], LEAVES, ["王甲", 1, 1, 1], LEAVES, ["王乙", 1, 1, 1])
    assert found is not None
    assert (found.heading_row, [row.name for row in found.people]) == (1, ["王甲", "王乙"])


@pytest.mark.parametrize(
    ("below", "heads"),
    [
        ([None, "基本工资", "绩效工资", None], 2),
        ([None, "基本工资", "某某", None], 1),
        ([None, "基本工资", "基本工资", None], 1),
        ([None, "基本工资", "绩效工资", 5], 1),
    ],
)
def test_a_row_of_two_known_headings_below_belongs_to_them(below: list[Any], heads: int) -> None:
    found = table(["姓名", "应发工资", "应发合计", "实发"], below, ["王甲", 1, 1, 1])
    assert found is not None
    assert found.heading_row == heads - 1


def test_headings_of_three_rows() -> None:
    merges = [((0, 0), (2, 0)), ((0, 1), (0, 3)), ((1, 1), (1, 2)), ((1, 3), (2, 3)), ((0, 4), (2, 4))]
    rows = [
        ["姓名", "应发", None, None, "实发"],
        [None, "津贴", None, "加班", None],
        [None, "夜班", "高温", None, None],
    ]
    found = table(*rows, ["王甲", 1, 2, 3, 6], merges=merges)
    assert found is not None
    assert [each.title for each in found.headings] == ["姓名", "应发·津贴·夜班", "应发·津贴·高温", "应发·加班", "实发"]
    assert (found.heading_row, [row.name for row in found.people]) == (2, ["王甲"])


@pytest.mark.parametrize(
    ("above", "group"),
    [
        # Several texts, of which two are known or name a section.
        ([None, "应发", "代扣", None], True),
        (["姓名", None, "代扣", None], True),
        ([None, "应发", "某某", None], False),
        (["编制", "应发", "代扣", "某某"], True),
        ([None, "应发", "应发", None], True),
        ([None, "应发", "代扣", 5], False),
        ([None, "应发：", "代扣：", None], False),
        ([None, "应发", "代扣" + "某" * 22, None], True),
        ([None, "应发", "代扣" + "某" * 23, None], True),
        ([None, "姓名", "代扣" + "某" * 23, None], False),
        # One text, which names a section of some of the columns and isn't the title of the sheet.
        ([None, "应发", None, None], True),
        ([None, "应发工资应发工资", None, None], True),
        ([None, "应发工资应发工资项", None, None], False),
        ([None, "某某", None, None], False),
        ([None, "应发表", None, None], False),
        ([None, "应发清单", None, None], False),
        ([None, "1月应发", None, None], False),
        ([None, "2026年应发", None, None], False),
        (["应发", "应发", "应发", None], True),
        (["应发", "应发", "应发", "应发"], False),
        ([None, "应发", None, 5], False),
        ([None, None, None, None], False),
    ],
)
def test_what_stands_above_the_headings_is_a_section_or_a_title(above: list[Any], group: bool) -> None:
    found = table(["三台县公安局"], above, LEAVES, ["王甲", 10, 8, 2])
    assert found is not None
    grouped = [f"{over}·{leaf}" if over and over != leaf else leaf for over, leaf in zip(above, LEAVES, strict=True)]
    assert [each.title for each in found.headings] == (grouped if group else LEAVES)
    texts = [text for text in above if isinstance(text, str)]
    assert [text for row, _, text in found.titles if row == 1] == ([] if group else texts)
    assert found.titles[0] == (0, 0, "三台县公安局")


def test_two_rows_of_sections_and_none_below() -> None:
    above = [None, "应发", "代扣", None]
    assert titles(above, [None, "工资", "保险", None], LEAVES, ["王甲", 10, 8, 2]) == [
        "姓名",
        "应发·工资·岗位工资",
        "代扣·保险·养老",
        "实发",
    ]
    assert titles(LEAVES, ["王甲", 10, 8, 2], above) == LEAVES
    again = titles([None, "应发", "养老", None], [None, "工资", "代扣", None], LEAVES, ["王甲", 10, 8, 2])
    assert again == ["姓名", "应发·工资·岗位工资", "养老·代扣·养老", "实发"]


@pytest.mark.parametrize(
    ("title", "values", "role"),
    [
        ("绩效工资", ["一级", "二级", "三级", 100, 100], "text"),
        ("绩效工资", ["一级", "二级", 100, 100], "earning"),
        ("绩效工资", ["一级", "二级"], "text"),
        ("绩效工资", ["１００", "一级"], "earning"),
        ("绩效工资", [], "earning"),
        ("神秘", ["甲", "乙", 1], "text"),
        ("工会费", ["甲", "乙", 1], "text"),
        ("养老", ["甲", "乙", 1], "contribution"),
        ("层级", [100, 200], "earning"),
        ("层级", [100, "一级"], "text"),
        ("层级", [], "text"),
        ("职级", [100, 200], "text"),
        ("事假", [0.5, 31, 0], "absence_days"),
        ("事假", [0.4], "absence"),
        ("事假", [31.5], "absence"),
        ("事假", [-0.5], "absence"),
        ("事假", [0.75], "absence"),
        ("事假", ["一天", 1], "absence_days"),
    ],
)
def test_a_column_is_what_stands_in_it(title: str, values: list[Any], role: str) -> None:
    rows = [[f"王{number}", 9, value, 9] for number, value in enumerate(values)]
    found = table(["姓名", "应发合计", title, "实发"], *rows, ["李甲", 9, None, 9])
    assert found is not None
    assert [each.role for each in found.headings] == ["name", "gross", role, "net"]


def test_headings_repeated_below_are_no_values() -> None:
    found = table([None, "应发", "代扣", None], LEAVES, ["王甲", 10, 8, 2], LEAVES, LEAVES)
    assert found is not None
    assert [each.role for each in found.headings] == ["name", "earning", "contribution", "net"]


def test_headings_are_looked_for_in_the_first_twenty_five_rows() -> None:
    assert titles(*[["某某"]] * 24, LEAVES, ["王甲", 1, 1, 1]) == LEAVES
    assert titles(*[["某某"]] * 25, LEAVES, ["王甲", 1, 1, 1]) is None


def test_a_merged_cell_stands_in_all_its_places_and_no_other() -> None:
    rows = [
        ["姓名", "应发", None, "代扣", None, "实发"],
        [None, "基本", "绩效", "养老", "医疗", None],
        ["王甲", 1, 2, 3, 4, 5],
    ]
    merges: list[Merge] = [((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (0, 4)), ((0, 5), (1, 5))]
    assert titles(*rows, merges=merges) == ["姓名", "应发·基本", "应发·绩效", "代扣·养老", "代扣·医疗", "实发"]
    assert titles(*rows) == ["姓名", "应发·基本", "绩效", "代扣·养老", "医疗", "实发"]
    below: Merge = ((2, 0), (30, 2))
    assert titles(*rows, merges=[*merges, below]) == [
        "姓名",
        "应发·基本",
        "应发·绩效",
        "代扣·养老",
        "代扣·医疗",
        "实发",
    ]


HEAD = ["序号", "部门", "姓名", "身份证号", "工号", "月份", "应发合计", "实发"]


def row(*cells: Any) -> Any:
    """What becomes of one row below the headings: `name number code month` of a person, `= label` of sums, or a note."""
    (found,) = understood_as({"表": [HEAD, list(cells)]}).tables
    if not found.rows:
        return [text for _, _, text in found.texts]
    (one,) = found.rows
    return f"= {one.summed}" if one.summed else f"{one.name} {one.number} {one.code} {one.month}"


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        ((1, "甲队", "王 甲", "x 1", "Ａ1", "2026年1月", 5, 5), "王甲 X1 A1 2026-01"),
        ((None, None, "王甲", None, None, None, None, 5), "王甲   None"),
        ((1, None, "王甲"), "王甲   None"),
        (("一", None, "王甲"), ["一", "王甲"]),
        ((None, None, "王甲", None, None, None, "待定"), "王甲   None"),
        ((None, None, "王甲"), ["王甲"]),
        ((1, None, "制表王甲"), ["制表王甲"]),
        ((1, None, "12"), ["12"]),
        ((1, None, "王、甲"), ["王、甲"]),
        ((1, None, "甲" * 20), f"{'甲' * 20}   None"),
        ((1, None, "甲" * 21), ["甲" * 21]),
        # Without a name: paid a hundred or more, and nobody signs there.
        ((1, None, None, None, None, None, 100), "   None"),
        ((None, None, None, None, None, None, None, 100), "   None"),
        ((1, None, None, "x", "y", "1月", 100), " X Y 1月"),
        ((1, None, None, None, None, None, -100), "   None"),
        ((1, "甲队", None, None, None, None, 99.99, 99.99), ["甲队"]),
        ((1, "审核", None, None, None, None, 100), ["审核"]),
        ((1, "2026-01-05", None, None, None, None, 100), "   None"),
        ((1, "日期2026-01-05", None, None, None, None, 100), ["日期2026-01-05"]),
        ((None, "甲队", None, None, None, None, "待定"), ["甲队", "待定"]),
        # Sums.
        (("合计", None, None, None, None, None, 5, 5), "= 合计"),
        (("合计",), ["合计"]),
        ((None, "甲队小计", None, None, None, None, 5), "= 甲队小计"),
        ((None, None, "合计", None, None, None, 5), "= 合计"),
        ((1, "小计", "王甲"), "王甲   None"),
        ((None, "小计", "王甲", None, None, None, 5), "= 小计"),
        ((None, "某某", "王甲", None, None, None, "合计"), "王甲   None"),
        ((None, None, None, None, None, None, 5, "合计"), ["合计"]),
        ((None, None, None, None, None, None, "合计", 5), ["合计"]),
        # Headings again.
        (("序号", "部门", "姓名"), []),
        ((1, "部门", "姓名", None, None, None, 5), "姓名   None"),
        ((), []),
    ],
)
def test_a_row_is_a_person_sums_or_a_note(cells: Sequence[Any], meant: Any) -> None:
    assert row(*cells) == meant


def test_a_row_of_sums_and_its_texts_are_both_kept() -> None:
    (found,) = understood_as(
        {"表": [HEAD, ["合计", "共1人", None, None, None, None, 5, 5], [1, None, "王甲", None, None, None, 5]]}
    ).tables
    sums, one = found.rows
    assert (sums.summed, sums.name, sums.number, sums.code, sums.key, sums.month) == ("合计", "", "", "", "", None)
    assert found.texts == [(1, 0, "合计"), (1, 1, "共1人")]
    assert (one.summed, one.key, one.row, one.subject) == ("", "王甲", 2, "王甲")
    assert found.people == [one]
    assert [one.known(place) for place in (6, 7, 5)] == [5_000_000, 0, 0]


@pytest.mark.parametrize(
    ("headings", "gross", "deductions"),
    [
        ("基本 合计 养老 合计 实发", 2, 4),
        ("基本 合计 养老 实发 合计", 2, None),
        ("基本 养老 合计 实发", None, 3),
        ("基本 养老 合计 合计 实发", None, 3),
        ("基本 扣款合计 合计 实发", None, 2),
        ("基本 单位养老 合计 实发", 3, None),
        ("基本 个税 合计 实发", None, 3),
        ("基本 房租 合计 实发", None, 3),
        ("基本 实发 合计 养老", None, None),
        ("基本 合计 养老 合计", 2, 4),
        ("应发 应发合计 实发 应发工资", 2, None),
        ("实发 应发 应发合计", 3, None),
        ("基本 应发 合计 个税 合计 合计 实发", 2, 5),
    ],
)
def test_which_sum_is_which(headings: str, gross: int | None, deductions: int | None) -> None:
    names = headings.split()
    (found,) = understood_as({"表": [["姓名", *names], ["王甲", *[1] * len(names)]]}).tables
    found_gross, found_deductions = found.one("gross"), found.one("deductions")
    assert (found_gross and found_gross.place, found_deductions and found_deductions.place) == (gross, deductions)
    assert len(found.of("gross")) == (gross is not None)
    assert len(found.of("deductions")) == (deductions is not None)
    assert not found.of("sum")


def test_columns_are_asked_for_by_what_they_mean() -> None:
    (found,) = understood_as(
        {"表": [["姓名", "养老个人", "养老单位", "医疗个人", "实发"], ["王甲", 1, 2, 3, 4]]}
    ).tables
    assert [each.place for each in found.of("contribution")] == [1, 2, 3]
    assert [each.place for each in found.of("contribution", code="pension")] == [1, 2]
    assert [each.place for each in found.of("contribution", side="person")] == [1, 3]
    assert [each.place for each in found.of("contribution", code="medical", side="employer")] == []
    assert [each.place for each in found.of("net", "contribution", side="employer")] == [2]
    assert found.one("contribution", "medical") == found.headings[3]
    assert found.one("gross") is None


@pytest.mark.parametrize(
    ("file", "sheet", "title", "given", "month"),
    [
        ("2026年", "1月", "", None, "2026-01"),
        ("表", "1月", "2026年度", None, "2026-01"),
        ("2026年", "1月", "2026年度", None, "2026-01"),
        ("2026年", "1月", "2025年度", None, "1月"),
        ("2026年", "1月", "2025年度", 2024, "2024-01"),
        ("表", "1月", "", None, "1月"),
        ("表", "1月", "", 2024, "2024-01"),
        ("表", "2025年1月", "", 2024, "2025-01"),
    ],
)
def test_the_year_is_given_or_the_only_one_that_is_said(file: str, sheet: str, title: str, given: int | None, month: str) -> None:  # fmt: skip
    rows = [[title, *[""] * 7], HEAD, [1, "", "王甲", "", "", "", 5.0, 5.0]]
    (found,) = understood(f"{file}.xlsx", {sheet: Grid([list(each) for each in rows], [], {}, [])}, given).tables
    assert (str(found.month), str(found.rows[0].month)) == (month, "None")
    bare = [[*each[:5], *each[6:]] for each in rows]
    (found,) = understood(f"{file}.xlsx", {sheet: Grid(bare, [], {}, [])}, given).tables
    assert str(found.rows[0].month) == month


def test_rows_of_their_own_months_have_the_years_of_the_workbook() -> None:
    rows = [
        HEAD,
        [1, None, "王甲", None, None, "3月", 5],
        [2, None, "王甲", None, None, "2025年4月", 5],
        ["合计", None, None, None, None, None, 10],
    ]
    (found,) = understood_as({"2026年2月": rows}).tables
    assert [str(each.month) for each in found.rows] == ["2026-03", "2025-04", "2026-02"]


@pytest.mark.parametrize(
    ("people", "keys"),
    [
        ([("110101199003070011", "a", "王甲")], ["110101199003070011"]),
        ([("110101199003070012", "a", "王甲")], ["A"]),
        ([("110101199003070012", None, "王甲")], ["王甲"]),
        ([(None, "a", "王甲"), (None, None, "王甲")], ["A", "A"]),
        ([(None, None, "王甲"), (None, "a", "王甲")], ["A", "A"]),
        ([(None, "a", "王甲"), (None, "b", "王甲"), (None, None, "王甲")], ["A", "B", "王甲"]),
        ([(None, "a", None), (None, None, None)], ["A", "表·2"]),
        ([(None, "a", "王甲"), (None, None, "王乙")], ["A", "王乙"]),
    ],
)
def test_who_somebody_is_on_all_sheets(people: list[Sequence[Any]], keys: list[str]) -> None:
    rows = [HEAD, *([1, None, name, number, code, None, 500] for number, code, name in people)]
    (found,) = understood_as({"表": rows}).tables
    assert [each.key for each in found.people] == keys
