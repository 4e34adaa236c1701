"""What orders do to each other: one person twice at a time, one officer with too many at a moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fujing.law.duties.orders import Order


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people one officer leads at the first moment that is too many."""

    people: int
    at: datetime


def overlapping(orders: Iterable[Order]) -> dict[int, tuple[Order, ...]]:
    """For each order's row, the other orders of the same person at the same time. Touching is not overlapping."""
    by_person: dict[str, list[tuple[datetime, datetime, Order]]] = defaultdict(list)
    for order in orders:
        if order.id_number and (span := order.span):
            by_person[order.id_number].append((*span, order))
    found: dict[int, list[Order]] = defaultdict(list)
    for spans in by_person.values():
        spans.sort(key=lambda each: (each[0], each[1], each[2].row))
        for place, (start, end, order) in enumerate(spans):
            for other_start, other_end, other in spans[place + 1 :]:
                if other_start >= end:
                    break
                if start < other_end and other_start < other_end:
                    found[order.row].append(other)
                    found[other.row].append(order)
    return {row: tuple(others) for row, others in found.items()}


def crowded(orders: Iterable[Order], most: int) -> dict[int, Crowd]:
    """For each row of Article 10, the first moment at which its officer leads more than `most` people.

    People count, not orders: somebody twice under one officer is one person. Somebody without a number is one a row.
    """
    by_officer: dict[str, list[Order]] = defaultdict(list)
    for order in orders:
        if order.article == "10" and order.led_by and order.span and order.span[0] < order.span[1]:
            by_officer[order.led_by].append(order)
    found: dict[int, Crowd] = {}
    for led in by_officer.values():
        found |= _too_many(led, most)
    return found


def _too_many(orders: list[Order], most: int) -> dict[int, Crowd]:
    """Moments are walked in order; what ends at a moment has ended before anything begins at it."""
    events: dict[datetime, tuple[list[Order], list[Order]]] = defaultdict(lambda: ([], []))
    for order in orders:
        assert order.span
        begins, ends = order.span
        events[ends][0].append(order)
        events[begins][1].append(order)
    there: dict[int, Order] = {}
    people: Counter[str | int] = Counter()
    found: dict[int, Crowd] = {}
    for at in sorted(events):
        ended, begun = events[at]
        for order in ended:
            del there[order.row]
            people[_who(order)] -= 1
        for order in begun:
            there[order.row] = order
            people[_who(order)] += 1
        people += Counter()
        if len(people) > most:
            for row in there:
                found.setdefault(row, Crowd(len(people), at))
    return found


def _who(order: Order) -> str | int:
    return order.id_number or order.row
