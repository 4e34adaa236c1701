"""The empty workbook for a promotion batch: people, yearly appraisals and honours, a note on each column."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources

from fujing.kernel.exchange import Column
from fujing.kernel.templates import Asked, Blank, template
from fujing.law.formats.tiers import (
    APPRAISALS_COLUMNS,
    APPRAISALS_SHEET,
    HONOURS_COLUMNS,
    HONOURS_SHEET,
    PEOPLE_COLUMNS,
    PEOPLE_SHEET,
)
from fujing.law.provisions import cite

NOTES: dict[str, tuple[str, tuple[str, ...]]] = {
    "id": ("每人一个编号，三张表用同一个编号", ()),
    "name": ("按身份证填写", ()),
    "tier": ("现层级，写方案中的名称或者代码；还没有评定的写 无；不填的待核实", ("23.p1",)),
    "since": ("任现层级的第一天，如 2023-07-01；不填的待核实", ("23.p1",)),
    "hired_on": ("到本单位用工的第一天；不填的待核实", ("23.p1",)),
    "left_on": ("不再在职的第一天，已知的将来日期也写；在职的不填", ("23.p1",)),
    "came_by": ("招聘或者调入；层级早于入职的，据此判断是否保留", ("23.p1",)),
    "trainee_until": ("见习期满、开始计算的第一天；方案规定了期限的可以不填", ("23.p1",)),
    "education": ("与方案首次评定表中的写法一致", ("23.p1",)),
    "target": ("现层级可以晋升到几个层级的，写所报的一个；其余不填", ("23.p1",)),
    "score": ("本批得分，方案按得分排序的才用", ("25",)),
    "further": ("方案中由人判断的其他条件都具备的写 是，不具备的写 否；不填的待核实", ("23.p1",)),
    "year": ("考核年度，如 2025", ("25",)),
    "grade": ("与方案中的写法一致；不填的待核实", ("25",)),
    "on": ("授予的日期", ("23.p1",)),
    "honour": ("与方案中的写法一致", ("23.p1",)),
}


def tiers_template() -> bytes:
    """An .xlsx with 人员, 年度考核, 表彰奖励 and 说明; the one file can be given for all three."""
    sheets = ((PEOPLE_SHEET, PEOPLE_COLUMNS), (APPRAISALS_SHEET, APPRAISALS_COLUMNS), (HONOURS_SHEET, HONOURS_COLUMNS))
    return template([Blank(name, _asked(columns)) for name, columns in sheets], title="晋升批次表怎样填写")


def example_tier_scheme() -> str:
    """A scheme to start from, YAML, with a word on each key."""
    return resources.files("fujing.law.formats").joinpath("tier_scheme_example.yaml").read_text("utf-8")


def _asked(columns: Iterable[Column]) -> list[Asked]:
    return [Asked(each, NOTES[each.key][0], "、".join(cite(one) for one in NOTES[each.key][1])) for each in columns]
