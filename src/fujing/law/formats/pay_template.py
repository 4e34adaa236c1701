"""The empty workbook for a pay run: people and months with drop-downs, a note on each column; and an example scheme."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources

from fujing.kernel.exchange import Column
from fujing.kernel.templates import Asked, Blank, template
from fujing.law.catalogue import LABELS as CATEGORY
from fujing.law.formats.pay import MONTHS_COLUMNS, MONTHS_SHEET, PEOPLE_COLUMNS, PEOPLE_SHEET
from fujing.law.provisions import cite

NOTES: dict[str, tuple[str, tuple[str, ...]]] = {
    "id": ("每人一个编号，两张表用同一个编号", ()),
    "name": ("按身份证填写", ()),
    "category": ("文职或者勤务", ("3.p2",)),
    "tier": ("现层级，与方案表格中的写法一致", ("23.p1",)),
    "post_grade": ("岗位等级，与方案表格中的写法一致", ("33",)),
    "hired_on": ("到本单位用工的第一天，如 2024-03-01；不填的待核实", ("33",)),
    "left_on": ("不再在职的第一天；在职的不填", ("33",)),
    "appraisal": ("上年度考核结果，与方案考核系数中的写法一致；不填的待核实", ("25", "33")),
    "social_base": ("申报的社会保险缴费基数，元，低于下限、高于上限的自动按上下限；不填的待核实", ("34",)),
    "housing_base": ("申报的住房公积金缴存基数，元；不填的待核实", ("34",)),
    "special_deductions": ("个人所得税专项附加扣除，每月合计，元；不填为0", ()),
    "first_job": ("本年首次取得工资的填 是，减除费用自一月起累计；不填为 否", ()),
    "month": ("如 2026-05；有事的月份才填一行", ()),
    "night_shifts": ("夜班次数", ("33",)),
    "duty_days": ("值班天数", ("33",)),
    "overtime_weekday": ("平日加班小时数", ("33",)),
    "overtime_restday": ("休息日加班、没有安排补休的小时数", ("33",)),
    "overtime_holiday": ("法定节假日加班小时数", ("33",)),
    "personal_leave_days": ("事假天数，半天写 0.5", ("36",)),
    "sick_leave_days": ("病假天数，半天写 0.5；因工受伤的不填在这里", ("36",)),
    "back_pay": ("补发的金额，元；扣回写负数", ("33",)),
    "recovery_due": ("本月起应当追偿的金额，元；每月扣多少由系统按上限计算，余额结转", ("42.p2",)),
}
WORDS = {"category": tuple(CATEGORY.values())}


def pay_template() -> bytes:
    """An .xlsx with 人员, 月份 and 说明; the one file can be given for both people and months."""
    blanks = [Blank(PEOPLE_SHEET, _asked(PEOPLE_COLUMNS)), Blank(MONTHS_SHEET, _asked(MONTHS_COLUMNS))]
    return template(blanks, title="工资核算表怎样填写")


def example_scheme() -> str:
    """A scheme to start from, YAML, with a word on each part."""
    return resources.files("fujing.law.formats").joinpath("pay_scheme_example.yaml").read_text("utf-8")


def _asked(columns: Iterable[Column]) -> list[Asked]:
    return [
        Asked(each, NOTES[each.key][0], "、".join(cite(one) for one in NOTES[each.key][1]), WORDS.get(each.key, ()))
        for each in columns
    ]
