"""Which unit and week a page is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from fujing.duties.orders.queries import WEEK, monday_of, units_of
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.registry.models import Organ
from fujing.web import values
from fujing.web.requests import Request


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit of those that the reader looks at, and the Monday of a week."""

    units: tuple[Organ, ...]
    unit: Organ
    monday: date

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + WEEK - (WEEK / 7)

    @property
    def said(self) -> str:
        """The unit and its week in words."""
        return f"{self.unit.short_name} {self.monday} 至 {self.sunday}"

    def url(self, name: str, **more: Any) -> str:
        """A page about this unit and week."""
        return f"{reverse(name)}?{urlencode({'unit': self.unit.code, 'week': self.monday, **more})}"

    @property
    def selects(self) -> list[dict[str, Any]]:
        """The units to choose from, where there are several."""
        if len(self.units) < 2:
            return []
        choices = [(each.code, each.short_name) for each in self.units]
        return [{"name": "unit", "label": "单位", "choices": choices, "chosen": self.unit.code}]


def asked_for(request: Request, actor: Actor) -> Asked:
    """What the address says; else the first unit and this week. To be read within `registry.roster.reading`."""
    units = units_of(actor)
    code = values.number(request.GET, "unit")
    # A bureau's own people come after the choice of a unit: they are all of its people.
    usual = units[1] if len(units) > 1 else units[0]
    unit = next((each for each in units if each.code == code), usual)
    return Asked(tuple(units), unit, monday_of(values.day(request.GET, "week") or today()))
