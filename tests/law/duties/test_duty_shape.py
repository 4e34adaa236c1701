"""An order's shape before its words: how it is commanded, what is the auxiliary's, who decides."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from fujing.law.duties import Order, Plan, check_plan
from fujing.law.duties.people import Auxiliary, People

NUMBER = "510722199001010014"
DAY = date(2026, 3, 2)


def told(item: str, mode: str | None, part: str | None) -> set[tuple[str, str, str]]:
    moments = (datetime.combine(DAY, time(8)), datetime.combine(DAY, time(12)))
    order = Order(2, "1", NUMBER, DAY, item=item, mode=mode, part=part, moments=moments)
    category = "civil" if item.startswith("9") else "field"
    people = People({NUMBER: (Auxiliary(NUMBER, category, card="SC1"),)}, frozenset({"category"}))
    plan = Plan((order,), frozenset({"item", "mode", "part"}))
    found = check_plan(plan, people, most_led=5).findings
    return {(each.rule, each.provision, str(each.outcome)) for each in found}


@pytest.mark.parametrize(
    ("item", "mode", "part", "expected"),
    [
        ("9.1", "directed", "assist", set()),
        ("9.1", "led", "assist", set()),
        ("9.1", "organ", "assist", {("duty.mode", "9", "violated")}),
        ("9.1", "directed", "perform", {("duty.part", "9", "violated")}),
        ("10.3", "led", "assist", set()),
        ("10.3", "directed", "assist", {("duty.mode", "10", "violated")}),
        ("10.3", "led", "perform", {("duty.part", "10", "violated")}),
        ("10.2", "led", "perform", set()),
        ("10.5", "led", "perform", {("duty.part", "13.3", "violated")}),
        ("10.6", "led", "perform", {("duty.part", "13.3", "violated")}),
        ("11.1", "organ", "perform", set()),
        ("11.1", "led", "assist", set()),
        ("11.1", "organ", "decide", {("duty.part", "13.6", "violated")}),
        ("10.3", None, "assist", {("duty.mode", "10", "undetermined")}),
        ("10.3", "led", None, {("duty.part", "10", "undetermined")}),
    ],
)
def test_a_shape_is_judged_as_the_table_says(
    item: str, mode: str | None, part: str | None, expected: set[tuple[str, str, str]]
) -> None:
    assert told(item, mode, part) == expected


def test_an_item_outside_the_catalogue_is_told_once() -> None:
    assert {rule for rule, *_ in told("10.11", "organ", "perform")} == {"duty.item"}
