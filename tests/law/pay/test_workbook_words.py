"""The smallest parts of a pay workbook: what a cell, a month and a heading say, and what is left unread."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

import pytest

from fujing.law.pay.workbook.cells import CENT, MICRO, Odd, amount, at, code, day, decimal, rounded, said, written
from fujing.law.pay.workbook.months import Month, in_force, month_of, year_of
from fujing.law.pay.workbook.words import ALLOWANCES, BONUS, CORRECTS, heading, kind, plain


@pytest.mark.parametrize("mark", ["", " ", "-", "－", "—", "--", "——", "/", "无", "\\", " — "])
def test_a_mark_for_nothing_is_neither_a_number_nor_a_code(mark: str) -> None:
    assert amount(mark) is None
    assert code(mark) == ""


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("12", 12 * MICRO),
        ("+12.5", 12_500_000),
        ("-0.25", -250_000),
        ("1，200", 1200 * MICRO),
        ("¥1 200", 1200 * MICRO),
        ("￥12元", 12 * MICRO),
        ("12.", None),
        ("1.2.3", None),
        ("12元整", None),
        ("元12", None),
        ("约12", None),
    ],
)
def test_text_that_reads_as_a_number_keeps_both(cell: str, meant: int | None) -> None:
    assert amount(cell) == Odd(cell, meant)


def test_what_is_no_text_and_no_number_is_odd() -> None:
    assert amount(date(2026, 1, 5)) == Odd("2026-01-05")
    assert amount(1.5) == 1_500_000
    assert amount(False) == Odd("False")


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (datetime.combine(date(2026, 1, 5), time(8)), date(2026, 1, 5)),
        (date(2026, 1, 5), date(2026, 1, 5)),
        ("２０２６／１／５", date(2026, 1, 5)),
        ("2026 年 1 月 5 日", date(2026, 1, 5)),
        ("2026-12-31", date(2026, 12, 31)),
        (20260105.0, date(2026, 1, 5)),
        ("20261301", None),
        ("2026-1-5起", None),
        ("202601055", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_read_as_it_is_written(cell: Any, read: date | None) -> None:
    assert day(cell) == read


def test_a_cell_as_text_and_as_a_code() -> None:
    assert [written(each) for each in (None, 5.0, 5.5, 5, " 王 ")] == ["", "5", "5.5", "5", "王"]
    assert [code(each) for each in (" ａ 1 x", 7.0, None)] == ["A1X", "7", ""]


def test_amounts_are_said_with_the_digits_they_have() -> None:
    assert [said(each) for each in (1234 * MICRO, 10_000, 1_000, 1_234_567_891, -500_000)] == ["1,234.00", "0.01", "0.001", "1,234.567891", "-0.50"]  # fmt: skip
    assert decimal(1234_500_000) == "1234.50"


def test_half_a_unit_goes_away_from_zero() -> None:
    assert [rounded(each, 10) for each in (4, 5, 14, 15, -4, -5, -15, 0)] == [0, 10, 10, 20, 0, -10, -20, 0]
    assert rounded(CENT // 2) == CENT
    assert [rounded(Fraction(number, 10), 10) for number in (49, 50, -49, -50)] == [0, 10, 0, -10]
    assert [at(row, place) for row, place in ((0, 25), (1, 26), (2, 27), (0, 51), (0, 52), (0, 702))] == ["Z1", "AA2", "AB3", "AZ1", "BA1", "AAA1"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026年01月", Month(2026, 1)),
        ("2026/9", Month(2026, 9)),
        ("2026.10.", Month(2026, 10)),
        ("2026年13月", None),
        ("12026年3月", Month(None, 3)),
        ("发2026-03", Month(2026, 3)),
        ("2026-3年", None),
        ("202613", None),
        ("1202601", None),
        ("2025年3月", Month(2025, 3)),
        ("2026年度 3月", Month(2026, 3)),
        ("10月工资", Month(None, 10)),
        ("10月份", Month(None, 10)),
        ("九月", Month(None, 9)),
        ("十月", Month(None, 10)),
        ("十二月", Month(None, 12)),
        ("一月至三月", None),
        ("一至十二月", None),
        ("三月份到五月份", None),
        ("3月~5月", None),
        ("2026年1-3月", None),
        ("2026年1月至3月", None),
        ("3月15日", None),
        ("12", Month(None, 12)),
        ("0", None),
        ("", None),
    ],
)
def test_a_month_is_read_or_left_alone(text: str, month: Month | None) -> None:
    assert month_of(text) == month


@pytest.mark.parametrize(
    ("text", "year"),
    [("2026年", 2026), ("2026", 2026), ("2026-1", 2026), ("202601", 2026), ("2026.1", 2026), ("2026年度", 2026), ("2026人", None), ("12026", None), ("202613", None), ("1999年", None), ("2 026 年", 2026)],
)  # fmt: skip
def test_a_year_is_read_or_left_alone(text: str, year: int | None) -> None:
    assert year_of(text) == year


def test_months_are_in_order_and_follow_each_other() -> None:
    months = [Month(None, 1), Month(None, 3), Month(2025, 12), Month(2026, 1), Month(2026, 2)]
    assert sorted([months[4], months[1], *months[2:4], months[0]]) == months
    assert not Month(None, 3) < Month(None, 1)
    assert not Month(2026, 1) < Month(2026, 1)
    assert [each.after() for each in (Month(2025, 12), Month(None, 12), Month(2026, 1), Month(2026, 11))] == [Month(2026, 1), Month(None, 1), Month(2026, 2), Month(2026, 12)]  # fmt: skip
    assert [str(each) for each in (Month(2026, 3), Month(None, 3), Month(2026, 12))] == ["2026-03", "3月", "2026-12"]
    assert [each.days for each in (Month(None, 2), Month(2026, 2), Month(2024, 2), Month(None, 4))] == [29, 28, 29, 30]
    assert Month.of(date(2026, 3, 31)) == Month(2026, 3)


def test_a_month_without_a_year_is_under_what_was_in_force_when_the_measures_began() -> None:
    assert in_force(Month(2026, 3)) == date(2026, 3, 1)
    assert in_force(Month(None, 3)) == in_force(None) == date(2021, 3, 1)


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (["姓名："], "name"),
        (["姓名~"], "unknown"),
        (["养老（16%"], "contribution pension person 16%"),
        (["养老保险", "个人（8%）"], "contribution pension person 8%"),
        (["养老保险", "个人8%"], "contribution pension person 8%"),
        (["养老保险8%", "个人"], "contribution pension person 8%"),
        (["养老保险8%", "个人2%"], "contribution pension person 2%"),
        (["养老保险", "个人缴纳"], "contribution pension person"),
        (["年金", "单位部分"], "contribution annuity employer"),
        (["奖金", "个人"], "unknown"),
        (["月份"], "month"),
        (["所属期"], "month"),
        (["应发", "职务"], "earning"),
        (["岗位"], "text"),
        (["离职日期"], "left_on"),
        (["离职日期说明"], "unknown"),
        (["支付时间"], "paid_on"),
        (["养老", "基数"], "base pension"),
        (["年金基数"], "base annuity"),
        (["缴费基数"], "base social"),
        (["补充医疗基数"], "base extra"),
        (["总成本"], "ignored"),
        (["标准天数"], "days_due"),
        (["年休假天数"], "absence_days"),
        (["计薪天数"], "days"),
        (["工时"], "count"),
        (["税后工资"], "net"),
        (["个人总额"], "sum"),
        (["扣款", "个人总额"], "deductions"),
        (["扣款", "个人应缴总额"], "contribution_total person"),
        (["扣款", "社保总额"], "contribution_total person"),
        (["扣款", "个人", "缴纳", "总额"], "contribution_total person"),
        (["收入", "总额"], "gross"),
        (["总额"], "sum"),
        (["本年总额"], "sum"),
        (["单位总额"], "contribution_total employer"),
        (["社保补贴"], "earning"),
        (["生育补助"], "earning"),
        (["旷工"], "leave"),
        (["旷工情况"], "unknown"),
        (["餐费补助"], "earning"),
        (["餐费"], "deduction"),
        (["薪级"], "earning"),
        (["津贴", "其他"], "earning"),
        (["扣项", "其他"], "deduction"),
        (["考勤", "其他"], "unknown"),
        (["五险", "其他"], "deduction"),
    ],
)
def test_a_heading_and_those_above_it(texts: list[str], meant: str) -> None:
    found = heading(3, [plain(text) for text in texts])
    rate = f"{float(found.rate * 100):g}%" if found.rate is not None else ""
    assert " ".join(filter(None, (found.role, found.code, found.side, rate))) == meant
    assert (found.place, found.title) == (3, "·".join(plain(text) for text in texts))


@pytest.mark.parametrize(
    ("above", "section"),
    [("单位", "employer"), ("企业", "employer"), ("财政", "employer"), ("代扣", "deductions"), ("代缴", "deductions"), ("五险", "deductions"), ("考勤", "attendance"), ("出勤", "attendance"), ("应发", "earnings"), ("应付", "earnings"), ("薪", "earnings"), ("其他", ""), ("单位代扣", "employer")],
)  # fmt: skip
def test_the_section_above_a_heading(above: str, section: str) -> None:
    assert heading(0, [above, "其他"]).section == section
    assert heading(0, [above]).section == ""


def test_a_column_without_a_heading_means_nothing() -> None:
    blank = heading(2, [])
    assert (blank.role, blank.title, blank.code, blank.side, blank.section) == ("blank", "", "", "", "")


def test_the_kinds_of_contributions() -> None:
    words = ["养老", "医疗", "医保", "失业", "工伤", "生育", "公积金", "年金", "大病", "大额医疗", "补充养老", "意外"]
    kinds = ["pension", "medical", "medical", "unemployment", "injury", "maternity", "housing", "annuity", "extra", "extra", "extra", ""]  # fmt: skip
    assert [kind(each) for each in words] == kinds


def test_text_is_compared_without_what_makes_no_difference() -> None:
    said_as = ["应发 工资（元）", "应发工资(单位：元)", "应发工资(元/月)", "应发工资（人民币）", "ＮＯ", 5, None]
    assert [plain(each) for each in said_as] == ["应发工资"] * 4 + ["no", "5", ""]
    assert heading(0, ["医疗保险0.5%"]).rate == Fraction(1, 200)


def test_words_with_a_meaning_of_their_own() -> None:
    assert all(map(ALLOWANCES.search, ["加班", "有毒"]))
    assert all(map(BONUS.search, ["年终奖", "一次性奖金", "全年一次"]))
    assert all(map(CORRECTS.search, ["补发", "调整", "扣回", "退还工资"]))
