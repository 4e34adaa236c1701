"""A whole pay workbook judged, and what of it couldn't be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from fujing.law.findings import Outcome
from fujing.law.pay.workbook.contributions import SHARED, check_contributions
from fujing.law.pay.workbook.figures import Figures
from fujing.law.pay.workbook.floors import check_income, check_minimum
from fujing.law.pay.workbook.months_of import check_months
from fujing.law.pay.workbook.people import check_people
from fujing.law.pay.workbook.recalculated import check_formulas
from fujing.law.pay.workbook.sums import check_sums, ways
from fujing.law.pay.workbook.tables import PayBook
from fujing.law.pay.workbook.tax import check_tax
from fujing.law.pay.workbook.telling import CellFinding, Findings
from fujing.law.pay.workbook.totals import check_totals
from fujing.law.pay.workbook.values import check_values
from fujing.law.pay.workbook.words import KIND_LABELS

LOOKED_FOR: tuple[tuple[str, str, tuple[str, ...], str | None], ...] = (
    ("应发合计", "gross", (), None),
    ("扣款合计", "deductions", (), None),
    ("实发", "net", (), None),
    ("个人所得税", "tax", (), None),
    ("专项附加扣除", "special", (), None),
    ("社保缴费基数", "base", SHARED, None),
    ("公积金缴存基数", "base", ("housing",), None),
    *(
        (f"{KIND_LABELS[code]}（{word}）", "contribution", (code,), side)
        for code in ("pension", "medical", "unemployment", "injury", "housing")
        for side, word in (("person", "个人"), ("employer", "单位"))
        if (code, side) != ("injury", "person")
    ),
    ("出勤天数", "days", (), None),
    ("身份证号", "id_number", (), None),
    ("银行账号", "account", (), None),
    ("入职日期", "hired_on", (), None),
)
"""What a pay workbook may have, by role, codes (any of them; none: whichever) and side; a column that no sheet has isn't judged, and named."""


@dataclass(frozen=True, slots=True)
class WorkbookCheck:
    """Findings in the order of sheets and cells; nothing satisfied is listed, save Article 33's comparison."""

    book: PayBook
    findings: list[CellFinding]

    @property
    def counts(self) -> dict[str, int]:
        """Violated findings by rule."""
        return dict(Counter(each.rule for each in self.findings if each.outcome is Outcome.VIOLATED))

    @property
    def violated(self) -> bool:
        return any(each.outcome is Outcome.VIOLATED for each in self.findings)

    @property
    def sheets(self) -> list[dict[str, Any]]:
        """Sheet, months, people and the columns as they were understood."""
        return [
            {
                "sheet": table.sheet,
                "months": sorted({str(row.month) for row in table.people if row.month}),
                "people": len({row.key for row in table.people}),
                "rows": len(table.people),
            }
            for table in self.book.tables
        ]

    @property
    def not_covered(self) -> list[str]:
        """Columns that no sheet has, headings that weren't understood, sheets that were passed over."""
        tables = self.book.tables
        absent = [
            label
            for label, role, codes, side in LOOKED_FOR
            if not any(not codes or each.code in codes for table in tables for each in table.of(role, side=side))
        ]
        strange = dict.fromkeys(
            f"列“{each.title}”"
            for table in tables
            for each in table.of("unknown")
            if any(isinstance(row.amounts.get(each.place), int) for row in table.people)
        )
        return [*absent, *strange, *(f"工作表“{sheet}”" for sheet in self.book.passed)]


def check_workbook(book: PayBook, figures: Figures) -> WorkbookCheck:
    """Every check; the findings stay in the order of the workbook."""
    found = Findings([table.sheet for table in book.tables])
    adding = ways(book.tables)
    for table in book.tables:
        check_values(found, table)
        check_totals(found, table)
    check_sums(found, adding)
    check_formulas(found, book.tables, book.grids)
    check_people(found, book.tables)
    check_contributions(found, book.tables, figures)
    check_months(found, book.tables)
    check_tax(found, adding)
    check_minimum(found, book.tables, figures)
    check_income(found, book.tables, figures)
    return WorkbookCheck(book, found.all())
