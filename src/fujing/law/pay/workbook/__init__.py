"""A pay workbook as bureaus keep it, checked by itself (Articles 33 and 34): no scheme, no database."""

from __future__ import annotations

from fujing.law.pay.workbook.check import WorkbookCheck, check_workbook
from fujing.law.pay.workbook.figures import Bounds, Figures, Income
from fujing.law.pay.workbook.tables import PayBook, read_workbook

__all__ = ["Bounds", "Figures", "Income", "PayBook", "WorkbookCheck", "check_workbook", "read_workbook"]
