"""Which rows of a roster aren't taken, each by its cell: no identity, no organ of ours, no auxiliary, or two at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from fujing.law.citizen_numbers import birth_expression
from fujing.law.formats.documents import Fault
from fujing.law.formats.roster import LABELS, ORGAN_SHEET
from fujing.law.roster.people import excluded_words, in_service
from fujing.law.rulebooks.people.standing import SAYING
from fujing.registry.models import Organ
from fujing.registry.states import OrganKind

NEEDED = ("name", "id_number", "organ_code")
TWICE = "同一人在册两次，应只有一行在职（第五条第一款）；另见第{}行"
OVERLAPPING = "与第{}行的在职期间重叠（第五条第一款）"


def cell(file: str, row: int | None, key: str, value: Any, expected: str, sheet: str = "") -> Fault:
    """A fault at a cell, as the reader of the file names it."""
    place = (f"第{row}行" if row else "") + f"“{LABELS[key]}”"
    return Fault(file, (f"工作表“{sheet}”" if sheet else "") + place, "" if value is None else str(value), expected)


def bureaus_named(codes: pl.Series, territory: tuple[int, int]) -> pl.DataFrame:
    """Codes of a file (`said`) with the bureau that each belongs to; without those that aren't of the territory."""
    said = {text: int(text) for text in codes.drop_nulls().unique().to_list()}
    lo, hi = territory
    known = Organ.objects.filter(pk__in=[code for code in said.values() if lo <= code <= hi]).in_bulk()
    # A unit's code names the bureau, as a fact that the rule book judges (17.p2).
    bureau = {
        text: known[code].managing_code
        for text, code in said.items()
        if code in known and known[code].kind != OrganKind.PARTNER and lo <= known[code].managing_code <= hi
    }
    return pl.DataFrame(list(bureau.items()), schema={"said": pl.String, "bureau": pl.Int64}, orient="row")


def refused_rows(file: str, people: pl.DataFrame, day: date) -> list[tuple[int, Fault]]:
    """Row and reason; `people` has the file's columns, `bureau` and `born`. A row is named once for each reason."""
    refused = [*_unidentified(file, people, day), *_excluded(file, people)]
    rest = people.filter(~pl.col("row").is_in([row for row, _ in refused]))
    return sorted([*refused, *_at_once(file, rest, day)], key=lambda each: each[0])


def _unidentified(file: str, people: pl.DataFrame, day: date) -> Iterator[tuple[int, Fault]]:
    for row, name in people.filter(pl.col("name").is_null()).select("row", "name").iter_rows():
        yield row, cell(file, row, "name", name, "不能为空")
    bad = people.filter(pl.col("born").is_null() | (pl.col("born") > day))
    for row, number in bad.select("row", "id_number").iter_rows():
        yield row, cell(file, row, "id_number", number, "应为有效的公民身份号码（校验码、出生日期相符）")
    for row, code in people.filter(pl.col("bureau").is_null()).select("row", "organ_code").iter_rows():
        yield row, cell(file, row, "organ_code", code, "应为本机关辖区内已登记的公安机关代码")


def _excluded(file: str, people: pl.DataFrame) -> Iterator[tuple[int, Fault]]:
    words = excluded_words(people)
    if words is None:
        return
    for each in people.with_columns(words.alias("words")).filter(pl.col("words") != "").iter_rows(named=True):
        key = next(key for key in SAYING if each["words"] in (each.get(key) or ""))
        yield each["row"], cell(file, each["row"], key, each[key], "不属于警务辅助人员，不登记（第三条第三款）")


def _at_once(file: str, people: pl.DataFrame, day: date) -> Iterator[tuple[int, Fault]]:
    """Somebody on several rows: in service twice, or in periods that overlap (left days are exclusive)."""
    several = people.filter(pl.col("id_number").is_duplicated())
    if several.is_empty():
        return
    dated = several.with_columns(in_service(several, day).alias("serving"))
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in dated.iter_rows(named=True):
        rows[each["id_number"]].append(each)
    for same in rows.values():
        for each in same:
            others = [other for other in same if other is not each]
            serving = [other["row"] for other in others if other["serving"] and each["serving"]]
            crossing = [other["row"] for other in others if _cross(each, other)]
            if serving:
                sentence = TWICE.format("、".join(map(str, serving)))
            elif crossing:
                sentence = OVERLAPPING.format("、".join(map(str, crossing)))
            else:
                continue
            yield each["row"], cell(file, each["row"], "id_number", each["id_number"], sentence)


def _cross(one: dict[str, Any], other: dict[str, Any]) -> bool:
    begins, ends = zip(*((each.get("hired_on"), each.get("left_on") or date.max) for each in (one, other)), strict=True)
    if None in begins or any(begin == end for begin, end in zip(begins, ends, strict=True)):
        return False
    return bool(begins[0] < ends[1] and begins[1] < ends[0])


def refused_organs(file: str, organs: pl.DataFrame) -> Iterator[tuple[int, Fault]]:
    """Lines of the sheet 机关 whose code is no bureau of the territory."""
    for row, code, bureau in organs.select("row", "code", "bureau").iter_rows():
        if bureau is None or str(bureau) != code:
            yield row, cell(file, row, "code", code, "应为本机关辖区内已登记的公安机关代码", ORGAN_SHEET)


def born(people: pl.DataFrame) -> pl.Expr:
    """The birth date in the citizen number; null where that isn't valid."""
    return birth_expression(pl.col("id_number")).alias("born")
