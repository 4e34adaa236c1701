"""The lists of a roster check: findings, people, and one person with all that is said of the row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, itemgetter
from typing import Any

import polars as pl
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fujing.kernel.fields import masked
from fujing.kernel.sealed_uploads import SealedUpload
from fujing.law.findings import Outcome
from fujing.law.provisions import cite, measures
from fujing.law.roster.told import COUNTED, STANDINGS, cells_of, table, with_sentences
from fujing.law.rulebooks.people.titles import TITLES
from fujing.web import values
from fujing.web.columns import Column
from fujing.web.desk.registry.notes import STANDING, at, findings_of
from fujing.web.desk.registry.roster_check import brief, card_of, of_upload
from fujing.web.lists import address, filter_links, list_of, list_response
from fujing.web.requests import Request
from fujing.web.templatetags.fujing import GRAVEST, OUTCOME_COLOURS

OUTCOMES = [(str(outcome), outcome.label) for outcome in (*COUNTED, Outcome.SATISFIED)]
MOST_ORGANS = 30
"""Organs that are offered as links; of more, the one in the address is."""
SHOWN = ("name", "unit", "post", "organ_code")


@dataclass(frozen=True, slots=True)
class Rows:
    """A table's rows where a list is expected: only those that are looked at are made."""

    frame: pl.DataFrame
    places: pl.Series
    """Which of the table's rows are in the list, in order."""

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        return self.frame[self.places[part]].to_dicts()


def _page(row: dict[str, Any]) -> str:
    return reverse("desk:roster_check_person", args=[row["row"]]) if row["row"] else ""


NAME = Column("name", "姓名", lambda row: row["name"] or f"行{row['row']}", link=_page)
UNIT = Column("unit", "用人单位", lambda row: row["unit"], wrap=True)
ROW = Column("row", "行", lambda row: row["row"], "integer")
FINDINGS = (
    NAME,
    ROW,
    UNIT,
    Column("citation", "条文", lambda row: cite(row["provision"])),
    Column("rule", "事项", lambda row: TITLES[row["rule"]]),
    Column(
        "outcome",
        "结论",
        lambda row: Outcome(row["outcome"]).label,
        colour=lambda row: OUTCOME_COLOURS[Outcome(row["outcome"])],
    ),
    Column("message", "说明", brief, wrap=True),
    Column("noted", "核实", lambda row: row["noted_words"], link=at, act=True, wrap=True),
    Column("remedy", "怎么办", lambda row: row["remedy"], wrap=True),
)
PEOPLE = (
    NAME,
    ROW,
    UNIT,
    Column("post", "岗位", lambda row: row["post"]),
    Column("standing", "状况", lambda row: STANDINGS[row["standing"]]),
    *(Column(str(outcome), outcome.label, itemgetter(outcome), "integer") for outcome in COUNTED),
)


def _known(people: pl.DataFrame) -> pl.DataFrame:
    """The rows with every column that the lists name."""
    absent = [pl.lit(None, pl.String).alias(key) for key in SHOWN if key not in people.columns]
    return people.with_columns(absent)


def _article(row: str = "provision") -> pl.Expr:
    return pl.col(row).cast(pl.String).str.extract(r"^(\d+)", 1)


class Narrowed:
    """A table under the filters of an address. Each filter counts its choices among what the others let through.

    A filter may have a finer one within it, which falls when the wider one changes. Whether a row passes a filter is
    found out once, and no row is copied before it is looked at.
    """

    def __init__(self, request: Request, frame: pl.DataFrame) -> None:
        self.request, self.frame = request, frame
        self.keys: dict[str, pl.Series] = {}
        self.passes: dict[str, pl.Series] = {}
        self.offered: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        self.within: dict[str, str] = {}

    def by(self, name: str, label: str, key: pl.Expr, choices: Iterable[tuple[str, str]], within: str = "") -> None:
        """Offer a filter; `key` is what its values are compared with, `within` the filter that it belongs to."""
        choices = list(choices)
        self.within[within] = name
        self.offered[name] = (label, choices)
        self.keys[name] = self.frame.select(key.alias("key")).to_series()
        if value := self.value(name):
            self.passes[name] = (self.keys[name] == value).fill_null(value=False)

    def passing(self, but: str = "") -> pl.Series | None:
        """Which rows all filters let through, or all but one; None where none narrows anything."""
        left_out = {but, self.within.get(but, "")} if but else set()
        wanted = [passes for name, passes in self.passes.items() if name not in left_out]
        return reduce(and_, wanted) if wanted else None

    def rows(self) -> Rows:
        """What all filters let through."""
        passing = self.passing()
        places = pl.int_range(self.frame.height, eager=True) if passing is None else passing.arg_true()
        return Rows(self.frame, places)

    def value(self, name: str) -> str:
        """What was chosen."""
        return values.choice(self.request.GET, name, dict(self.offered[name][1])) if name in self.offered else ""

    def links(self) -> list[tuple[str, list[Any]]]:
        """The filters as links with their counts; what would show nothing is left out, unless it is chosen."""
        shown = []
        for name, (label, choices) in self.offered.items():
            value, passing, known = self.value(name), self.passing(but=name), dict(choices)
            keys = self.keys[name] if passing is None else self.keys[name].filter(passing)
            counts = {said: count for said, count in keys.drop_nulls().value_counts().iter_rows() if said in known}
            offered = [each for each in choices if counts.get(each[0]) or each[0] == value]
            links = filter_links(self.request, name, offered, counts)
            links[0] = links[0]._replace(matches=keys.len())
            if finer := self.within.get(name):
                said = ["", *(choice for choice, _ in offered)]
                links = [
                    link._replace(url=address(self.request, **{name: choice, finer: ""}))
                    for link, choice in zip(links, said, strict=True)
                ]
            shown.append((label, links))
        return shown


def _by_organ(narrowed: Narrowed, head: dict[str, Any], key: pl.Expr) -> None:
    """Filter by organ, where there are several."""
    organs = [(organ["code"], organ["name"] or organ["code"]) for organ in head["organs"]]
    if len(organs) > MOST_ORGANS:
        asked = values.words(narrowed.request.GET, "organ")
        organs = [each for each in organs if each[0] == asked]
    if len(organs) > 1 or (organs and len(head["organs"]) > 1):
        narrowed.by("organ", "机关", key, organs)


@of_upload
def findings(request: Request, sealed: SealedUpload, head: dict[str, Any]) -> HttpResponse:
    organs = {organ["code"]: organ["name"] or organ["code"] for organ in head["organs"]}
    narrowed = Narrowed(request, findings_of(sealed))
    narrowed.by("outcome", "结论", pl.col("outcome"), OUTCOMES)
    rules = {rule: provision for provision, rule, *_ in head["totals"]}
    articles = dict.fromkeys(
        address.partition(".")[0] for address in measures().provisions if address in rules.values()
    )
    asked = values.words(request.GET, "article") or rules.get(values.words(request.GET, "rule"), "").partition(".")[0]
    narrowed.by("article", "条文", _article(), [(each, cite(each)) for each in articles])
    own = [(rule, TITLES[rule]) for rule, provision in rules.items() if provision.partition(".")[0] == asked]
    if own:
        narrowed.by("rule", "事项", pl.col("rule"), own, within="article")
    narrowed.by("noted", "核实", pl.col("noted"), STANDING.items())
    _by_organ(narrowed, head, pl.col("organ_code"))
    rows = narrowed.rows()
    title = "核对结论"

    def dress(shown: list[dict[str, Any]]) -> None:
        with_sentences(sealed.part, shown)
        for finding in shown:
            if finding["row"] is None:
                finding["name"] = organs.get(finding["subject"], finding["subject"])

    context = list_of(request, FINDINGS, rows, title, dress=dress, empty="没有结论。", filters=narrowed.links()) | {
        "summary": f"{head['file']}，基准日 {head['as_of']}，{rows.places.len():,} 项",
        "rule": _rule(narrowed.value("rule"), rules, rows),
    }
    return list_response(request, context, "registry/roster_check_findings.html", name=f"花名册{title}")


def _rule(rule: str, rules: dict[str, str], rows: Rows) -> dict[str, Any] | None:
    """What the chosen rule says, and what is to be done about each outcome."""
    if not rule:
        return None
    told = rows.frame.select("outcome", "remedy")[rows.places]
    remedies = told.filter(pl.col("remedy").is_not_null()).unique(maintain_order=True)
    return {
        "provision": rules[rule],
        "title": TITLES[rule],
        "text": measures()[rules[rule]].text,
        "remedies": [(Outcome(outcome).label, remedy) for outcome, remedy in remedies.head(6).iter_rows()],
    }


@of_upload
def people(request: Request, sealed: SealedUpload, head: dict[str, Any]) -> HttpResponse:
    known = _known(table(sealed.part("people")))
    worst = pl.coalesce(
        *(pl.when(pl.col(outcome) > 0).then(pl.lit(str(outcome))) for outcome in COUNTED), pl.lit("none")
    )
    narrowed = Narrowed(request, known.with_columns(worst.alias("worst")))
    narrowed.by("standing", "状况", pl.col("standing"), STANDINGS.items())
    gravest = [
        ("violated", "有不符合的"),
        ("undetermined", "只有待核实的"),
        ("advice", "只有提示的"),
        ("none", "没有发现"),
    ]
    narrowed.by("worst", "结论", pl.col("worst"), gravest)
    _by_organ(narrowed, head, pl.col("organ_code"))
    rows = narrowed.rows()
    context = list_of(request, PEOPLE, rows, "核对的人员", empty="没有可以核对的人员。", filters=narrowed.links()) | {
        "summary": f"{head['file']}，基准日 {head['as_of']}，{rows.places.len():,} 人"
    }
    return list_response(request, context, "registry/roster_check_people.html", name="花名册核对的人员")


@of_upload
def person(request: Request, sealed: SealedUpload, head: dict[str, Any], row: int) -> HttpResponse:
    found = table(sealed.part("people")).filter(pl.col("row") == row)
    if found.is_empty():
        raise Http404("花名册没有这一行")
    person = found.row(0, named=True)
    told = findings_of(sealed).filter(pl.col("row") == row).to_dicts()
    with_sentences(sealed.part, told)
    told.sort(key=lambda each: GRAVEST.index(Outcome(each["outcome"])))
    cells = [
        (column.label, masked(text, "id_number") if column.key == "id_number" and len(text) >= 15 else text)
        for column, text in cells_of(person)
    ]
    context = {
        "name": person.get("name") or f"行{row}",
        "facts": [
            ("行", row),
            ("状况", STANDINGS[person["standing"]]),
            ("用人单位", person.get("unit") or "空白"),
            ("岗位", person.get("post") or "空白"),
        ],
        "cards": [card_of(each) | {"noted": each["noted_words"], "url": at(each)} for each in told],
        "cells": cells,
        "empty": [label for label, text in cells if not text],
        "not_covered": head["not_covered"],
        "summary": f"{head['file']}，基准日 {head['as_of']}",
    }
    return render(request, "registry/roster_check_person.html", context)
