"""Who is paid, and single cells: numbers, accounts, dates, text in the place of amounts, what is said of them and where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from fujing.law.findings import Outcome
from fujing.law.pay.workbook import Figures, PayBook, WorkbookCheck, check_workbook, read_workbook
from fujing.law.pay.workbook.annotated import write_annotated
from fujing.law.pay.workbook.telling import CellFinding, Findings
from tests.law.pay.workbooks.sheets import MONTH, cells, found, understood_as
from tests.law.roster_tools import id_number

GOOD, OTHER = id_number("1990-01-01", 1), id_number("1991-01-01", 2)
FEBRUARY = "2026年2月"
HEAD = ["身份证号", "工号", "姓名", "应发合计", "实发工资"]


def rows(*people: Sequence[Any], head: Sequence[str] = HEAD) -> list[list[Any]]:
    return [list(head), *([*each, *[3000] * (len(head) - len(each))] for each in people)]


def told(sheets: dict[str, list[list[Any]]], rule: str) -> list[tuple[str | None, str | None, str, str]]:
    return [
        (each.sheet, each.cell, each.outcome.value, each.message.removeprefix("待核实："))
        for each in found(sheets, rule)
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (None, "待核实：没有填写身份证号"),
        (510722199001010000.0, "待核实：身份证号以数字保存，末几位已丢失"),
        (1e15, "待核实：身份证号以数字保存，末几位已丢失"),
        (999_999_999_999_999.0, "身份证号999999999999999有15位，应为18位"),
        (GOOD[:-1], f"身份证号{GOOD[:-1]}有17位，应为18位"),
        (id_number("1990-02-30"), f"身份证号{id_number('1990-02-30')}中的出生日期不存在"),
        (f" {GOOD[:6]} {GOOD[6:]}", None),
    ],
)
def test_what_is_wrong_with_a_citizen_number(number: Any, said: str | None) -> None:
    made = found({MONTH: rows((number, "a1", "王甲"))}, "person.number")
    assert [each.message for each in made] == [said] * bool(said)
    assert all((each.cell, each.facts) == ("A2", {} if "待核实" in each.message else {"printed": str(each.message[4:].partition("有")[0].partition("中")[0])}) for each in made)  # fmt: skip


def test_a_wrong_check_digit_is_named_with_the_number() -> None:
    wrong = GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")
    (one,) = found({MONTH: rows((wrong, None, "王甲"))}, "person.number")
    assert one.message == f"身份证号{wrong}的校验码不对（公民身份号码国家标准 GB 11643）"
    assert one.facts == {"printed": wrong}


@pytest.mark.parametrize(
    ("first", "second", "outcome", "said"),
    [
        ((GOOD, None, "王甲"), (GOOD, None, "王甲"), "undetermined", "工作表“2026年1月”第2行也有此人，是否同月发了两次"),
        ((None, "a1", "王甲"), (None, "A1", "王甲"), "undetermined", "工作表“2026年1月”第2行也有此人，是否同月发了两次"),
        ((None, None, "王甲"), (None, None, "王甲"), "undetermined", "与工作表“2026年1月”第2行姓名相同，是否同一个人发了两次"),
    ],
)  # fmt: skip
def test_who_stands_on_two_sheets_of_a_month(first: Any, second: Any, outcome: str, said: str) -> None:
    made = {MONTH: rows(first), "2026年1月补发": rows(("", "b", "王丁"), second)}
    assert told(made, "person.twice") == [("2026年1月补发", "A3", outcome, said)]
    assert (
        told(
            made | {"2026年1月补发": rows(second, ("", "b", "王丁"))} | {MONTH: rows(("", "c", "王戊"))}, "person.twice"
        )
        == []
    )
    assert told({MONTH: rows(first), FEBRUARY: rows(second)}, "person.twice") == []


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ((GOOD, None, "王甲"), (GOOD, None, "王甲"), ("violated", "与第2行是同一个人，同一个月发了两次")),
        ((None, "a1", "王甲"), (None, "a1", "王甲"), ("violated", "与第2行是同一个人，同一个月发了两次")),
        ((GOOD, "a1", "王甲"), (None, "a1", "王甲"), None),
        ((GOOD, None, "王甲"), (None, None, "王甲"), ("undetermined", "与第2行姓名相同，是否同一个人发了两次")),
        ((GOOD, None, None), (GOOD, None, None), None),
    ],
)
def test_who_stands_twice_on_one_sheet(first: Any, second: Any, said: Any) -> None:
    assert [each[2:] for each in told({MONTH: rows(first, second)}, "person.twice")] == ([said] if said else [])


def test_without_numbers_the_name_is_where_somebody_stands_twice() -> None:
    made = rows(("王甲",), ("王甲",), ("王甲",), head=["姓名", "应发合计", "实发工资"])
    assert cells(found({MONTH: made}, "person.twice")) == ["A3 undetermined", "A4 undetermined"]
    assert cells(found({"表": made, "册": made}, "person.twice")) == ["表!A3 undetermined", "表!A4 undetermined", "册!A3 undetermined", "册!A4 undetermined"]  # fmt: skip


def test_two_whose_names_are_missing_are_not_one() -> None:
    """Neither on one sheet nor on two, even beside somebody who has only a number."""
    (table,) = understood_as({MONTH: rows((GOOD, None, None), (None, None, None), (None, None, None))}).tables
    assert len({row.key for row in table.people}) == 3
    both = understood_as({MONTH: rows((None, None, None)), FEBRUARY: rows((None, None, None))})
    assert len({row.key for table in both.tables for row in table.people}) == 2


ACCOUNTS = ["工号", "姓名", "银行卡号", "应发合计", "实发工资"]


@pytest.mark.parametrize(
    ("people", "wrong"),
    [
        ([("a", "王甲", "62170"), ("b", "王乙", "62170"), ("c", "王丙", "62170")], ["C3 violated", "C4 violated"]),
        ([("a", "王甲", "62170"), ("b", "王乙", None), ("c", "王丙", "62170")], ["C4 violated"]),
        ([("a", "王甲", 62170.0), ("b", "王乙", "62170")], ["C3 violated"]),
        ([("a", "王甲", 1e15), ("b", "王乙", 1e15)], ["C2 undetermined", "C3 undetermined"]),
        ([("a", "王甲", 999_999_999_999_999.0), ("b", "王乙", 999_999_999_999_999.0)], ["C3 violated"]),
    ],
)
def test_one_account_is_of_one_person(people: list[Any], wrong: list[str]) -> None:
    assert cells(found({MONTH: rows(*people, head=ACCOUNTS)}, "person.account")) == wrong


def test_an_account_of_two_people_is_told_with_both() -> None:
    (one,) = found({MONTH: rows(("a", "王甲", "62170"), ("b", "王乙", "62170"), head=ACCOUNTS)}, "person.account")
    assert one.message == "银行账号62170与第2行王甲的相同，一个账号发给了两个人"
    assert (one.facts, one.subject) == ({"printed": "62170", "other": "A"}, "B")


def test_an_account_that_changed_is_told_once_where_it_did() -> None:
    made = {f"2026年{number}月": rows(("a", "王甲", account), head=ACCOUNTS) for number, account in enumerate(["1", None, "2", "2"], 1)}  # fmt: skip
    made["2026年5月"] = rows(("a", "王甲"), head=["工号", "姓名", "应发合计", "实发工资"])
    made["2026年6月"] = rows(("a", "王甲", "2"), ("a", "王甲", "3"), head=ACCOUNTS)
    (one,) = found(made, "person.account")
    assert (one.sheet, one.cell, one.outcome, one.facts) == ("2026年3月", "C2", "advice", {"printed": "2"})
    assert one.message == "银行账号与工作表“2026年1月”的不同，是否换卡，请核对本人申请"


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ((GOOD, None, "王甲"), (GOOD, None, "王甲"), None),
        ((GOOD, None, "王甲"), (GOOD, None, "王乙"), f"身份证号{GOOD}在工作表“2026年1月”是王甲，这里是王乙"),
        ((GOOD, None, "王甲"), (OTHER, None, "王乙"), None),
        ((GOOD, None, "王甲"), (GOOD, None, None), None),
        ((GOOD, None, None), (GOOD, None, "王甲"), None),
        (("1", None, "王甲"), ("1", None, "王乙"), None),
    ],
)
def test_one_number_has_one_name(first: Any, second: Any, said: str | None) -> None:
    made = [
        each for each in told({MONTH: rows(first), FEBRUARY: rows(second)}, "person.number") if "在工作表" in each[3]
    ]
    assert made == ([(FEBRUARY, "C2", "undetermined", said)] if said else [])
    assert [each for each in told({MONTH: rows(first, second)}, "person.number") if "在工作表" in each[3]] == []


@pytest.mark.parametrize(
    ("title", "day", "said"),
    [
        ("入职日期", "2026-01-31", None),
        ("入职日期", "2026-02-01", "violated 2026-02-01入职，2026-01就发了工资"),
        ("入职日期", "2027-01-01", "violated 2027-01-01入职，2026-01就发了工资"),
        ("离职日期", "2026-01-01", "violated 2026-01-01离职，2026-01仍发了工资"),
        ("离职日期", "2025-12-31", "violated 2025-12-31离职，2026-01仍发了工资"),
        ("离职日期", "2026-01-02", None),
        ("离职日期", "2027-01-01", None),
        ("离职日期", "2000-12-31", None),
        ("离职日期", "2001-01-01", "violated 2001-01-01离职，2026-01仍发了工资"),
        ("发放日期", "2025-12-31", "violated “发放日期”写2025-12-31，不在2026-01或者次月"),
        ("发放日期", "2026-01-01", None),
        ("发放日期", "2026-02-28", None),
        ("发放日期", "2026-03-01", "violated “发放日期”写2026-03-01，不在2026-01或者次月"),
        ("发放日期", "下旬", "undetermined 待核实：“发放日期”写“下旬”，不是日期"),
        ("发放日期", "—", None),
        ("发放日期", None, None),
    ],
)
def test_a_date_that_cannot_be_is_told(title: str, day: Any, said: str | None) -> None:
    made = found({MONTH: rows(("王甲", day), head=["姓名", title, "应发合计", "实发工资"])}, "date")
    assert [f"{each.outcome} {each.message.partition('；')[0]}" for each in made] == [said] * bool(said)
    assert all(each.cell == "B2" for each in made)
    for sheet in ("表", "1月"):
        assert found({sheet: rows(("王甲", day), head=["姓名", title, "应发合计", "实发工资"])}, "date") == []


def test_december_is_paid_in_january() -> None:
    head = ["姓名", "发放日期", "应发合计", "实发工资"]
    assert found({"2025年12月": rows(("王甲", date(2026, 1, 31)), head=head)}, "date") == []
    assert len(found({"2025年12月": rows(("王甲", date(2026, 2, 1)), head=head)}, "date")) == 1


@pytest.mark.parametrize(
    ("sheet", "month", "said"),
    [(MONTH, "1月", None), (MONTH, "2月", "“月份”写2026-02，工作表“2026年1月”是2026-01的"), (MONTH, None, None), ("台账", "2月", None)],
)  # fmt: skip
def test_a_row_of_another_month_than_its_sheets_is_told(sheet: str, month: Any, said: str | None) -> None:
    made = told({sheet: rows((month, "王甲"), head=["月份", "姓名", "应发合计", "实发工资"])}, "date")
    assert made == ([(sheet, "A2", "violated", said)] if said else [])


# Values.

MONEY = ["姓名", "应发合计", "基本工资", "实发工资"]


@pytest.mark.parametrize(
    ("cell", "others", "said"),
    [
        ("１２", (1, 1), ("violated", "“基本工资”的12.00以文字保存（１２），求和公式不会计入")),
        ("１２", ("１", 1), None),
        ("１２", (1, None), None),
        ("１２", ("１", "１"), None),
        ("待定", (1, 1), ("undetermined", "“基本工资”写的是文字“待定”，不是数额，用到它的各项都没有核对")),
        ("待定", ("１", "１"), ("undetermined", "“基本工资”写的是文字“待定”，不是数额，用到它的各项都没有核对")),
        ("#REF!", (1, 1), ("violated", "“基本工资”的公式出错（#REF!），没有数额，用到它的各项都不能核对")),
        ("—", (1, 1), None),
        (None, (1, 1), None),
        (-1, (1, 1), None),
    ],
)
def test_text_in_the_place_of_an_amount_is_told(cell: Any, others: Any, said: Any) -> None:
    """Of a column that is mostly text nobody sums anything; what reads as a number there is one."""
    made = rows(("王甲", 1, cell), ("王乙", 1, others[0]), ("王丙", 1, others[1]), head=MONEY)
    findings = found({MONTH: made}, "value.text")
    assert [(each.outcome, each.message.removeprefix("待核实：")) for each in findings if each.cell == "C2"] == ([said] if said else [])  # fmt: skip
    assert all(each.facts == {"printed": cell} for each in findings if each.cell == "C2")


@pytest.mark.parametrize("title", ["加班小时", "出勤天数", "应出勤天数", "事假天数", "社保基数", "专项附加扣除", "神秘数", "五险", "个税", "扣款合计"])  # fmt: skip
def test_every_column_of_numbers_is_read(title: str) -> None:
    made = [["姓名", "应发合计", title, "实发"], ["王甲", 1, "待定", 1], ["王乙", 1, 1, 1], ["合计", 2, 9, 2]]
    assert [each.cell for each in found({MONTH: made}, "value.text")] == ["C2"]
    made[1][2] = 0
    assert [each.cell for each in found({MONTH: made}, "sum.column")] == ["C4"]


def test_text_in_a_row_of_sums_is_told_and_what_is_below_zero_there_is_not() -> None:
    made = [*rows(("王甲", 1, 1), ("王乙", 1, 1), head=MONEY), ["合计", "２", -2, 6000]]
    (one,) = found({MONTH: made}, "value")
    assert (one.cell, one.outcome, one.subject) == ("B4", "violated", None)


@pytest.mark.parametrize(
    ("title", "wrong"),
    [("个人所得税", "预扣预缴没有负数，多预扣的在年度汇算时退"), ("实发工资", "扣款超过应发，工资支付后不能为负数"), ("岗位工资", None), ("扣款合计", None), ("养老保险", None), ("社保基数", None), ("五险", None), ("应发合计", None)],
)  # fmt: skip
def test_what_may_not_be_below_zero(title: str, wrong: str | None) -> None:
    def told_(amount: float) -> list[CellFinding]:
        return found({MONTH: [["姓名", "绩效工资", title, "加班工资"], ["王甲", 1, amount, 1]]}, "value.negative")

    (one,) = told_(-0.01)
    assert one.message == (f"“{title}”为-0.01元；{wrong}" if wrong else f"“{title}”为-0.01元，不能小于0")
    assert (one.cell, told_(0)) == ("C2", [])


@pytest.mark.parametrize("title", ["事假扣款", "工会费", "神秘数", "专项附加扣除", "补发工资", "绩效调整", "扣回工资", "退还工资", "加班小时"])  # fmt: skip
def test_what_may_be_below_zero(title: str) -> None:
    assert found({MONTH: [["姓名", "绩效工资", title, "实发"], ["王甲", 1, -1, 1]]}, "value.negative") == []


@pytest.mark.parametrize(
    ("number", "code", "outcome"),
    [(GOOD, None, "undetermined"), (None, "a1", "undetermined"), (None, None, "violated")],
)
def test_a_payment_without_a_name(number: Any, code: Any, outcome: str) -> None:
    (one,) = found({MONTH: rows((number, code, None), (OTHER, "b", "王乙"))}, "person.unnamed")
    assert (one.cell, one.outcome) == ("C2", outcome)
    assert one.message == ("第2行有金额，没有姓名，不知道发给谁" if outcome == "violated" else "待核实：没有填写姓名")


@pytest.mark.parametrize(
    ("sheet", "days", "wrong"),
    [
        ("2026年2月", 28, None),
        ("2026年2月", 28.5, "“出勤天数”写28.50天，2026-02有28天"),
        ("2月", 29, None),
        ("2月", 29.5, "“出勤天数”写29.50天，2月有29天"),
        ("表", 40, None),
        (MONTH, 0, None),
        (MONTH, -0.5, "“出勤天数”写-0.50天，2026-01有31天"),
    ],
)
def test_a_month_has_its_days(sheet: str, days: float, wrong: str | None) -> None:
    made = found({sheet: rows(("王甲", 1, 1, days), head=["姓名", "应发合计", "实发", "出勤天数"])}, "attendance")
    assert [each.message for each in made] == [wrong] * bool(wrong)


@pytest.mark.parametrize(
    ("days", "wrong"),
    [((20, 11, 0, 0), None), ((20, 11, 0.5, 0), "E2"), ((20, 11, 0, 31), None), ((0, 31, 0.5, 0), "E2"), ((31.5, 11, 11, 0), "C2"), ((20, "待定", 12, 0), "E2"), ((20, 11.5, None, 0), "D2")],
)  # fmt: skip
def test_days_at_work_and_away_are_together_no_more_than_the_month_has(days: Sequence[Any], wrong: str | None) -> None:
    """All leave together (请假) isn't added to its kinds; a day that can't be isn't added either."""
    head = ["姓名", "应发合计", "出勤天数", "事假天数", "病假天数", "请假天数", "实发"]
    made = found({MONTH: [head, ["王甲", 1, *days, 1]]}, "attendance")
    assert [each.cell for each in made] == [wrong] * bool(wrong)
    if wrong == "E2" and days[0] == 20 and days[1] == 11:
        assert made[0].message == "出勤和缺勤合起来31.50天，2026-01有31天"


# What is said, and where.


def test_findings_stand_in_the_order_of_sheets_and_cells_and_those_of_no_cell_in_front() -> None:
    tables = understood_as({"册": rows((GOOD, "a1", "王甲")), MONTH: [["工资表"], *rows((OTHER, "b1", "王乙"))]}).tables
    findings = Findings([table.sheet for table in tables])
    first, second = tables
    row = second.people[0]
    findings.violated("r", "6", second, row, 2)
    findings.violated("r", "5", second, row, 0)
    findings.advice("r", "4", second, None, second.headings[1])
    findings.advice("r", "3b", second, 0, 1)
    findings.undetermined("r", "3", second)
    findings.violated("r", "2", first, 1, first.headings[4], subject="谁")
    findings.satisfied("r", "1", x="y")
    assert [
        (each.message, each.sheet, each.cell, each.month, each.subject, each.outcome) for each in findings.all()
    ] == [
        ("1", None, None, None, None, Outcome.SATISFIED),
        ("2", "册", "E2", None, "谁", Outcome.VIOLATED),
        ("待核实：3", MONTH, None, "2026-01", None, Outcome.UNDETERMINED),
        ("3b", MONTH, "B1", "2026-01", None, Outcome.ADVICE),
        ("4", MONTH, "B2", "2026-01", None, Outcome.ADVICE),
        ("5", MONTH, "A3", "2026-01", OTHER, Outcome.VIOLATED),
        ("6", MONTH, "C3", "2026-01", OTHER, Outcome.VIOLATED),
    ]
    assert findings.all()[0].facts == {"x": "y"}
    assert {each.provision for each in findings.all()} == {"33"}


def judged(sheets: dict[str, list[list[Any]]]) -> WorkbookCheck:
    return check_workbook(understood_as(sheets), Figures())


def test_the_head_of_a_document_counts_people_months_and_violations() -> None:
    head = ["月份", "姓名", "应发合计", "工会费", "实发"]
    twice = judged(
        {
            "台账": [
                head,
                ["2026年2月", "王甲", 9, 1, 1],
                ["2026年1月", "王甲", 9, 1, 1],
                [None, "王乙", 9, 1, 8],
                ["合计", None, 27, 3, 10],
            ]
        }
    )
    assert twice.sheets == [{"sheet": "台账", "months": ["2026-01", "2026-02"], "people": 2, "rows": 3}]
    assert twice.counts == {"pay.sum.net": 2}
    assert twice.violated
    assert not judged({MONTH: rows((GOOD, None, "王甲"))}).violated


def test_columns_that_were_not_understood_are_named_once_where_they_have_numbers() -> None:
    made = [
        ["姓名", "神秘", "怪异", "空白", "应发合计", "实发"],
        ["王甲", 1, "１", None, 1, 1],
        ["王乙", 2, "无数", None, 1, 1],
    ]
    strange = judged({MONTH: made, FEBRUARY: made, "说明": [["填表须知"]]}).not_covered
    assert [each for each in strange if "“" in each] == ["列“神秘”", "工作表“说明”"]


def test_a_column_that_one_sheet_has_is_covered() -> None:
    made = judged({MONTH: rows((GOOD, "a", "王甲")), FEBRUARY: rows(("王甲",), head=["姓名", "应发合计", "实发工资"])})
    assert "身份证号" not in made.not_covered
    assert "银行账号" in made.not_covered


# The copy.


def copied(folder: Path, findings: list[CellFinding], sheets: Sequence[str] = (MONTH,)) -> Any:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for each in sheets:
        page = book.create_sheet(each)
        for row in (["姓名", "应发合计", "实发工资"], ["王甲", 1, 1], ["王乙", 1, 1]):
            page.append(row)
        page.merge_cells("A4:B4")
    book.active = len(sheets) - 1
    content = BytesIO()
    book.save(content)
    made = WorkbookCheck(PayBook("表.xlsx", [], [], {}, content.getvalue()), findings)
    write_annotated(made, folder / "副本.xlsx")
    return openpyxl.load_workbook(folder / "副本.xlsx")


def finding(outcome: Outcome, message: str, cell: str | None = "B2", **more: Any) -> CellFinding:
    return CellFinding(provision="34", rule="r", outcome=outcome, subject="谁", message=message, sheet=MONTH if cell else None, cell=cell, **more)  # fmt: skip


V, U, A, S = Outcome.VIOLATED, Outcome.UNDETERMINED, Outcome.ADVICE, Outcome.SATISFIED


@pytest.mark.parametrize(
    ("outcomes", "worst"), [((A, V), V), ((U, V), V), ((A, U), U), ((S, A), A), ((V, U, A, S), V), ((S, U), U)]
)
def test_a_cell_has_the_colour_of_the_worst_and_all_notes(tmp_path: Path, outcomes: Sequence[Outcome], worst: Outcome) -> None:  # fmt: skip
    book = copied(tmp_path, [finding(each, each.label) for each in outcomes])
    alone = copied(tmp_path, [finding(worst, "x")])
    assert book[MONTH]["B2"].fill.fgColor.rgb == alone[MONTH]["B2"].fill.fgColor.rgb != "00000000"
    assert book[MONTH]["B2"].fill.fill_type == "solid"
    assert sorted(book[MONTH]["B2"].comment.text.split("\n")) == sorted(
        f"{each.label}：{each.label}" for each in outcomes
    )
    assert book[MONTH]["B2"].comment.text.startswith(worst.label)
    assert book[MONTH]["B3"].comment is None


def test_a_note_says_its_outcome_once(tmp_path: Path) -> None:
    book = copied(tmp_path, [finding(U, "待核实：不知道")])
    assert book[MONTH]["B2"].comment.text == "待核实：不知道"
    with ZipFile(tmp_path / "副本.xlsx") as packed:
        (drawing,) = (packed.read(name).decode() for name in packed.namelist() if name.endswith(".vml"))
    assert "width:420px;height:120px" in drawing


def test_the_list_in_front_has_every_finding(tmp_path: Path) -> None:
    nowhere = CellFinding(provision="34", rule="r", outcome=S, message="无格", sheet=MONTH)
    every = [nowhere, finding(V, "=1", "B4", month="2026-01", remedy="改"), finding(U, "-x", None), finding(A, "~中")]
    book = copied(tmp_path, every, (MONTH, "核对结果", "核对结果1"))
    page = book.worksheets[0]
    assert book.sheetnames == ["核对结果11", MONTH, "核对结果", "核对结果1"]
    assert book.active.title == page.title
    assert [cell.value for cell in page[1]] == ["工作表", "单元格", "人员", "月份", "条文", "结论", "说明", "怎么办"]
    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=2)] == [
        [MONTH, None, None, None, "第三十四条", S.label, "无格", None],
        [MONTH, "B4", "谁", "2026-01", "第三十四条", "不符合", "'=1", "改"],
        [None, None, "谁", None, "第三十四条", "待核实", "'-x", None],
        [MONTH, "B2", "谁", None, "第三十四条", A.label, "~中", None],
    ]
    links = [page.cell(row, 2).hyperlink for row in (2, 3, 4, 5)]
    assert [each and (each.location or each.target) for each in links] == [
        None,
        f"#'{MONTH}'!B4",
        None,
        f"#'{MONTH}'!B2",
    ]
    assert [page.cell(1, at).font.b for at in range(1, 9)] == [True] * 8
    assert page.freeze_panes == "A2"
    assert [page.column_dimensions[letter].width for letter in "ABCDEFGH"] == [16, 9, 21, 10, 14, 9, 80, 40]
    assert page["F3"].fill.fgColor.rgb != page["F4"].fill.fgColor.rgb
    assert page["F5"].fill.fgColor.rgb == book[MONTH]["B2"].fill.fgColor.rgb
    assert [(page.cell(2, at).alignment.wrap_text, page.cell(2, at).alignment.vertical) for at in (6, 7, 8)] == [(None, None), (True, "top"), (True, "top")]  # fmt: skip


def test_a_cell_within_merged_ones_is_only_in_the_list(tmp_path: Path) -> None:
    book = copied(tmp_path, [finding(V, "x", "B4"), finding(V, "y", "A4")])
    assert book[MONTH]["A4"].comment.text == "不符合：y"
    assert book.worksheets[0].max_row == 3


def test_twenty_thousand_cells_get_notes_and_the_others_are_coloured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    from fujing.law.pay.workbook import annotated

    assert annotated.NOTED == 20_000
    monkeypatch.setattr(annotated, "NOTED", 2)
    book = copied(tmp_path, [finding(V, "x", cell) for cell in ("A2", "B2", "C2")])
    assert [bool(book[MONTH][cell].comment) for cell in ("A2", "B2", "C2")] == [True, True, False]
    assert book[MONTH]["C2"].fill.fgColor.rgb == book[MONTH]["A2"].fill.fgColor.rgb


def test_a_workbook_of_a_file_keeps_its_content(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["姓名", "应发合计", "实发工资"], ["王甲", 1, 1]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "表.xlsx")
    read = read_workbook(tmp_path / "表.xlsx")
    assert read.content == (tmp_path / "表.xlsx").read_bytes()
    assert (read.file, read.passed) == (str(tmp_path / "表.xlsx"), [])
