"""A finding about a cell of a pay workbook, and how it is put together."""

from __future__ import annotations

from fujing.law.findings import Finding, Outcome
from fujing.law.parameters import parameter_book
from fujing.law.pay.workbook.cells import at
from fujing.law.pay.workbook.tables import PayTable, Row
from fujing.law.pay.workbook.words import Heading

Place = int | Heading | None


class CellFinding(Finding):
    """A finding and where it stands: the month, the sheet and the cell; null for what is about none."""

    month: str | None = None
    sheet: str | None = None
    cell: str | None = None


class Findings:
    """Gathers findings; `order` keeps them as the sheets have their cells."""

    def __init__(self, order: list[str]) -> None:
        self.order = {sheet: place for place, sheet in enumerate(order)}
        self.found: list[tuple[tuple[int, ...], CellFinding]] = []

    def say(
        self,
        outcome: Outcome,
        rule: str,
        message: str,
        table: PayTable | None = None,
        row: Row | int | None = None,
        place: Place = None,
        *,
        provision: str = "33",
        subject: str | None = None,
        remedy: str | None = None,
        **facts: str,
    ) -> None:
        """One finding. `row`: a person's, or its number from 0, or None for the heading."""
        number = row.row if isinstance(row, Row) else row
        column = place.place if isinstance(place, Heading) else place
        cell = None
        if table and column is not None:
            number = table.heading_row if number is None else number
            cell = at(number, column)
        month = row.month if isinstance(row, Row) else table.month if table else None
        if subject is None and isinstance(row, Row):
            subject = row.subject
        finding = CellFinding(
            provision=provision,
            rule=rule,
            outcome=outcome,
            subject=subject or None,
            message=message,
            facts=facts,
            remedy=remedy,
            month=str(month) if month else None,
            sheet=table.sheet if table else None,
            cell=cell,
        )
        position = (self.order[table.sheet], number or 0, column or 0) if table else ()
        self.found.append((position, finding))

    def satisfied(self, rule: str, message: str, *where: object, **more: object) -> None:
        self.say(Outcome.SATISFIED, rule, message, *where, **more)  # type: ignore[arg-type]

    def violated(self, rule: str, message: str, *where: object, **more: object) -> None:
        self.say(Outcome.VIOLATED, rule, message, *where, **more)  # type: ignore[arg-type]

    def undetermined(self, rule: str, message: str, *where: object, **more: object) -> None:
        self.say(Outcome.UNDETERMINED, rule, f"待核实：{message}", *where, **more)  # type: ignore[arg-type]

    def advice(self, rule: str, message: str, *where: object, **more: object) -> None:
        self.say(Outcome.ADVICE, rule, message, *where, **more)  # type: ignore[arg-type]

    def all(self) -> list[CellFinding]:
        return [finding for _, finding in sorted(self.found, key=lambda each: each[0])]


def cited(key: str) -> str:
    """A parameter's statute, source and the day it was last checked, so that a reader can tell how far to trust it."""
    parameter = parameter_book()[key]
    return f"{parameter.statute}；{parameter.source}，{parameter.last_checked}核对"


def numbered(row: Row | int) -> str:
    return f"第{(row.row if isinstance(row, Row) else row) + 1}行"
