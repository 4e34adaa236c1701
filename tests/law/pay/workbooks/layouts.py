"""The same months as five bureaus keep them: one wide sheet a month, merged sections with subtotals, formulas, one long
sheet, and slips with a heading each. Every cell can be asked for by person, month and field.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from tests.law.pay.workbooks.correct import EARNED, Person, Slip

Slips = dict[tuple[int, int], Slip]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TITLES = {
    "serial": "序号",
    "name": "姓名",
    "number": "身份证号",
    "unit": "部门",
    "account": "银行卡号",
    "hired_on": "入职日期",
    "paid_on": "发放日期",
    "month": "月份",
    "days_due": "应出勤天数",
    "days": "实际出勤",
    "personal_days": "事假天数",
    "sick_days": "病假天数",
    "base_pay": "基本工资",
    "post_pay": "岗位工资",
    "seniority": "工龄工资",
    "performance": "绩效工资",
    "night": "夜班津贴",
    "overtime": "加班工资",
    "personal_cut": "事假扣款",
    "sick_cut": "病假扣款",
    "gross": "应发合计",
    "social_base": "社保缴费基数",
    "housing_base": "公积金基数",
    "pension": "养老保险",
    "medical": "医疗保险",
    "unemployment": "失业保险",
    "housing": "住房公积金",
    "social_sum": "代扣社保",
    "special": "专项附加扣除",
    "tax": "个人所得税",
    "union": "工会费",
    "deductions": "扣款合计",
    "net": "实发工资",
    "e_pension": "单位养老",
    "e_medical": "单位医疗",
    "e_unemployment": "单位失业",
    "e_injury": "单位工伤",
    "e_housing": "单位公积金",
    "e_total": "单位缴纳合计",
}


@dataclass
class Formula:
    text: str
    stored: Decimal


@dataclass
class Laid:
    """Sheets of cells by row and column from 0; `at`: where a person's field of a month stands."""

    absence_in_gross: bool
    sheets: dict[str, dict[tuple[int, int], Any]] = field(default_factory=dict)
    merges: list[tuple[str, int, int, int, int]] = field(default_factory=list)
    at: dict[tuple[int, int, str], tuple[str, int, int]] = field(default_factory=dict)
    sums: dict[tuple[str, int, str], tuple[int, int]] = field(default_factory=dict)
    heads: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)

    def put(self, sheet: str, row: int, place: int, value: Any) -> None:
        self.sheets.setdefault(sheet, {})[row, place] = value

    def cell(self, person: int, month: int, key: str) -> tuple[str, str]:
        sheet, row, place = self.at[person, month, key]
        return sheet, name(row, place)

    def value(self, person: int, month: int, key: str) -> Any:
        sheet, row, place = self.at[person, month, key]
        return self.sheets[sheet][row, place]

    def change(self, person: int, month: int, key: str, value: Any) -> tuple[str, str]:
        sheet, row, place = self.at[person, month, key]
        self.sheets[sheet][row, place] = value
        return sheet, name(row, place)

    def has(self, *keys: str) -> bool:
        return all(any(key == each[2] for each in self.at) for key in keys)

    def written(self, path: Path) -> Path:
        """Formulas need stored results, which only one library writes; the rest is written by the other."""
        formulas = any(isinstance(cell, Formula) for cells in self.sheets.values() for cell in cells.values())
        path.write_bytes(_by_xlsxwriter(self) if formulas else _by_openpyxl(self))
        return path


def name(row: int, place: int) -> str:
    return (LETTERS[place // 26 - 1] if place >= 26 else "") + LETTERS[place % 26] + str(row + 1)


def plain_cell(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _by_openpyxl(laid: Laid) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet, cells in laid.sheets.items():
        page = book.create_sheet(sheet)
        for (row, place), value in cells.items():
            page.cell(row + 1, place + 1, plain_cell(value))
        for on, top, left, bottom, right in laid.merges:
            if on == sheet:
                page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _by_xlsxwriter(laid: Laid) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    styled = book.add_format({"border": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for sheet, cells in laid.sheets.items():
        page = book.add_worksheet(sheet)
        for (row, place), value in cells.items():
            if isinstance(value, Formula):
                page.write_formula(row, place, value.text, styled, float(value.stored))
            elif isinstance(value, date):
                page.write_datetime(row, place, value, day)
            elif value is None:
                page.write_blank(row, place, None, styled)
            elif isinstance(value, str):
                page.write_string(row, place, value)
            else:
                page.write_number(row, place, plain_cell(value))
    book.close()
    return buffer.getvalue()


def _sum(values: list[Any]) -> Decimal:
    return sum((each for each in values if isinstance(each, Decimal)), Decimal(0))


def _row(laid: Laid, sheet: str, row: int, keys: list[str], slip: Slip, person: int, month: int, serial: int) -> None:
    for place, key in enumerate(keys):
        laid.put(sheet, row, place, serial if key == "serial" else slip[key])
        laid.at[person, month, key] = sheet, row, place


def _total(laid: Laid, sheet: str, row: int, keys: list[str], label: str, rows: list[Slip]) -> None:
    """A row of sums over what is printed in these people's rows."""
    laid.put(sheet, row, 0, label)
    for place, key in enumerate(keys):
        if place > 1 and any(isinstance(slip[key], Decimal) for slip in rows if key in slip):
            laid.put(sheet, row, place, _sum([slip[key] for slip in rows]))
            laid.sums[sheet, row, key] = row, place


def _there(people: list[Person], month: int, slips: Slips) -> list[int]:
    """Who has a row in a month."""
    return [person for person in range(len(people)) if (person, month) in slips]


def wide(people: list[Person], months: int, slips: Slips) -> Laid:
    """A sheet a month, one row of headings under a title, one row of sums, notes at the bottom."""
    laid = Laid(absence_in_gross=True)
    keys = ["serial", "name", "number", "unit", "account", "hired_on", "social_base", "housing_base", *EARNED, "personal_cut", "sick_cut", "gross", "pension", "medical", "unemployment", "housing", "special", "tax", "union", "deductions", "net", "paid_on"]  # fmt: skip
    for month in range(1, months + 1):
        sheet = f"{month}月"
        laid.put(sheet, 0, 0, f"三台县公安局2026年{month}月警务辅助人员工资发放表")
        laid.merges.append((sheet, 0, 0, 0, len(keys) - 1))
        laid.put(sheet, 1, 0, "编制单位：三台县公安局")
        laid.put(sheet, 1, 20, "单位：元")
        for place, key in enumerate(keys):
            laid.put(sheet, 2, place, TITLES[key])
        there = _there(people, month, slips)
        for line, person in enumerate(there):
            _row(laid, sheet, 3 + line, keys, slips[person, month], person, month, line + 1)
        end = 3 + len(there)
        _total(laid, sheet, end, keys, "合计", [slips[person, month] for person in there])
        laid.put(sheet, end + 1, 0, f"注：本月共{len(there)}人。")
        laid.heads[sheet, month] = end + 1, 0
        laid.put(sheet, end + 2, 0, "制表：王某        审核：李某        领导：")
    return laid


def sections(people: list[Person], months: int, slips: Slips) -> Laid:
    """Merged headings of two rows, full-width characters, a subtotal for each department, both sides of insurance."""
    laid = Laid(absence_in_gross=False)
    keys = ["serial", "name", "unit", "social_base", "housing_base", *EARNED, "gross", "pension", "medical", "unemployment", "housing", "special", "tax", "personal_cut", "sick_cut", "union", "deductions", "net", "e_pension", "e_medical", "e_unemployment", "e_injury", "e_housing", "e_total"]  # fmt: skip
    leaf = TITLES | {"name": "姓　　名", "gross": "小 计", "deductions": "小计", "e_pension": "养老", "e_medical": "医疗", "e_unemployment": "失业", "e_injury": "工伤", "e_housing": "公积金", "e_total": "合计", "pension": "养老（８％）", "tax": "个　税"}  # fmt: skip
    groups = {"应 发 工 资（元）": (5, 11), "代 扣 款 项": (12, 21), "单位缴纳部分": (23, 28)}
    for month in range(1, months + 1):
        sheet = f"2026年{month}月"
        laid.put(sheet, 0, 0, "辅警工资明细表")
        laid.merges.append((sheet, 0, 0, 0, len(keys) - 1))
        grouped = set()
        for title, (left, right) in groups.items():
            laid.put(sheet, 1, left, title)
            laid.merges.append((sheet, 1, left, 1, right))
            grouped |= set(range(left, right + 1))
        for place, key in enumerate(keys):
            if place in grouped:
                laid.put(sheet, 2, place, leaf[key])
            else:
                laid.put(sheet, 1, place, leaf[key])
                laid.merges.append((sheet, 1, place, 2, place))
        row, serial = 3, 1
        for unit in dict.fromkeys(one.unit for one in people):
            own = [person for person in _there(people, month, slips) if people[person].unit == unit]
            for person in own:
                _row(laid, sheet, row, keys, slips[person, month], person, month, serial)
                row, serial = row + 1, serial + 1
            _total(laid, sheet, row, keys, f"{unit}小计（{len(own)}人）", [slips[person, month] for person in own])
            laid.heads[f"{sheet}·{unit}", month] = row, 0
            row += 1
        _total(laid, sheet, row, keys, "总　计", [slips[person, month] for person in _there(people, month, slips)])
        laid.put(sheet, row + 1, 0, f"人数：{len(_there(people, month, slips))}人")
        laid.heads[sheet, month] = row + 1, 0
        laid.put(sheet, row + 2, 0, "说明：1.本表一式三份；2.夜班津贴每班30元。")
    return laid


def formulas(people: list[Person], months: int, slips: Slips) -> Laid:
    """Sums and contributions as formulas with stored results; blank cells in between have borders only."""
    laid = Laid(absence_in_gross=True)
    keys = ["serial", "name", "number", "unit", "social_base", "housing_base", *EARNED, "personal_cut", "sick_cut", "gross", "pension", "medical", "unemployment", "housing", "tax", "union", "deductions", "net"]  # fmt: skip
    place = {key: at for at, key in enumerate(keys)}
    for month in range(1, months + 1):
        sheet = f"2026{month:02}"
        laid.put(sheet, 0, 0, "工资表")
        for at, key in enumerate(keys):
            laid.put(sheet, 1, at, TITLES[key])
        there = _there(people, month, slips)
        for line, person in enumerate(there):
            row, slip = 2 + line, slips[person, month]
            _row(laid, sheet, row, keys, slip, person, month, line + 1)

            def letter(key: str, row: int = row) -> str:
                return name(row, place[key])

            texts = {
                "gross": f"=SUM({letter('base_pay')}:{letter('overtime')})-{letter('personal_cut')}-{letter('sick_cut')}",
                "pension": f"=ROUND({letter('social_base')}*8%,2)",
                "medical": f"=ROUND({letter('social_base')}*0.02,2)",
                "unemployment": f"=ROUND({letter('social_base')}*0.4%,2)",
                "deductions": f"=SUM({letter('pension')}:{letter('union')})",
                "net": f"={letter('gross')}-{letter('deductions')}",
            }
            for key, text in texts.items():
                laid.put(sheet, row, place[key], Formula(text, slip[key]))
            if not slip["night"]:
                laid.put(sheet, row, place["night"], None)
        end = 2 + len(there)
        laid.put(sheet, end, 0, "合计")
        for key in (*EARNED, "gross", "pension", "medical", "unemployment", "housing", "tax", "deductions", "net"):
            at = place[key]
            total = _sum([slips[person, month][key] for person in there])
            laid.put(sheet, end, at, Formula(f"=SUM({name(2, at)}:{name(end - 1, at)})", total))
            laid.sums[sheet, end, key] = end, at
    return laid


def long(people: list[Person], months: int, slips: Slips) -> Laid:
    """One sheet of all months with attendance, a column of months, dates, rates in the headings; no rows of sums."""
    laid = Laid(absence_in_gross=True)
    keys = ["month", "name", "number", "account", "hired_on", "paid_on", "days_due", "days", "personal_days", "sick_days", *EARNED, "personal_cut", "sick_cut", "gross", "social_base", "pension", "medical", "unemployment", "housing_base", "housing", "special", "tax", "union", "net", "e_pension", "e_housing"]  # fmt: skip
    titles = TITLES | {"pension": "养老保险个人8%", "medical": "医疗保险个人2%", "unemployment": "失业保险个人0.4%", "housing": "公积金个人8%", "e_pension": "养老保险单位16%", "e_housing": "公积金单位8%", "net": "实发金额", "gross": "应发工资"}  # fmt: skip
    sheet = "工资台账"
    for place, key in enumerate(keys):
        laid.put(sheet, 0, place, titles[key])
    row = 1
    for month in range(1, months + 1):
        for person in _there(people, month, slips):
            _row(laid, sheet, row, keys, slips[person, month], person, month, row)
            row += 1
    return laid


def strips(people: list[Person], months: int, slips: Slips) -> Laid:
    """Slips to cut apart: the headings again above each person, deductions below zero, insurance in one sum."""
    laid = Laid(absence_in_gross=True)
    keys = ["serial", "name", "number", *EARNED, "personal_cut", "sick_cut", "gross", "social_sum", "housing", "special", "tax", "union", "net"]  # fmt: skip
    chinese = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    for month in range(1, months + 1):
        sheet = f"{chinese[month - 1]}月工资条"
        laid.put(sheet, 0, 0, f"2026年度{chinese[month - 1]}月份工资条")
        for line, person in enumerate(_there(people, month, slips)):
            top = 1 + 3 * line
            for place, key in enumerate(keys):
                laid.put(sheet, top, place, TITLES[key])
            _row(laid, sheet, top + 1, keys, slips[person, month], person, month, line + 1)
            for key in ("personal_cut", "sick_cut"):
                value = slips[person, month][key]
                laid.change(person, month, key, -value if value else value)
    return laid


LAYOUTS = {"wide": wide, "sections": sections, "formulas": formulas, "long": long, "strips": strips}
