"""From a recorded row to an engagement: only where the row says its first day, and nobody else has the person then."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import polars as pl
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel import cipher
from fujing.kernel.actor import Actor, looking
from fujing.law.formats.documents import Fault
from fujing.law.rulebooks.people.facts import EFFECTIVE
from fujing.registry.divisions import PROVINCE
from fujing.registry.models import Engagement, RosterRecord, territory_of
from fujing.registry.moving_in.queries import standing_records
from fujing.registry.moving_in.refusals import cell
from fujing.registry.states import Category, Source

CATEGORIES = {each.label: each.value for each in Category}
ELSEWHERE = "此人该期间由另一个公安机关管理，应先在原机关办理离职（第五条第一款）"
OTHER_NAME = "与系统档案的姓名“{}”不同，请核实是否同一人"
EVERYWHERE = territory_of(PROVINCE)


def category_of(said: str | None) -> str:
    """文职 or 勤务; empty where the file says neither."""
    return CATEGORIES.get(said or "", "")


def source_of(employment: str | None, hired_on: date) -> Source:
    """How a recorded person came to serve (45.p2)."""
    if employment == "purchased":
        return Source.SERVICE
    return Source.BEFORE_MEASURES if hired_on < EFFECTIVE else Source.ROSTER


def span_of(row: dict[str, Any], day: date) -> tuple[date, date | None] | None:
    """From the first day until the day after the last; a leaving that is still to come leaves it open."""
    begins, ends = row["hired_on"], row["left_on"]
    if begins is None or begins == ends:
        return None
    return begins, ends if ends is not None and ends <= day else None


def engaged(actor: Actor, file: str, rows: pl.DataFrame, day: date) -> tuple[pl.DataFrame, list[tuple[int, Fault]]]:
    """The rows with `engagement`, `lower` and `upper`, without those that another organ or another person has."""
    asked = rows.filter(pl.col("how") != "same").select(
        "row",
        "bureau",
        "index",
        "id_number",
        "name",
        "name_known",
        "person_import",
        "hired_on",
        "left_on",
        "engagement",
    )
    keys = {index: cipher.key_of(bytes.fromhex(index)) for index in asked["index"].to_list()}
    there = _present(list(keys.values()), actor)
    refused: list[tuple[int, Fault]] = []
    spans: list[tuple[int, int | None, date | None, date | None]] = []
    for each in asked.iter_rows(named=True):
        row, span = each["row"], span_of(each, day)
        if each["name_known"] and each["person_import"] is None and each["name_known"] != each["name"]:
            refused.append((row, cell(file, row, "name", each["name"], OTHER_NAME.format(each["name_known"]))))
        elif span is not None:
            crossing = [other for other in there[keys[each["index"]]] if _crosses(other, span)]
            if any(other[1] != each["bureau"] and _crosses(other, span) for other in crossing):
                refused.append((row, cell(file, row, "id_number", each["id_number"], ELSEWHERE)))
            own = [other[0] for other in crossing if other[1] == each["bureau"]]
            spans.append((row, each["engagement"] or (own[0] if own else None), *span))
    found = pl.DataFrame(
        spans, schema={"row": pl.Int64, "engaged": pl.Int64, "lower": pl.Date, "upper": pl.Date}, orient="row"
    )
    kept = rows.filter(~pl.col("row").is_in([row for row, _ in refused]))
    kept = kept.join(found, on="row", how="left", maintain_order="left")
    return kept.with_columns(pl.coalesce("engagement", "engaged").alias("engagement")).drop("engaged"), refused


def _present(keys: list[int], actor: Actor) -> dict[int, list[tuple[int, int, date | None, date | None]]]:
    """Engagements of these people anywhere in the province: id, organ, first day and the day after the last."""
    found: dict[int, list[tuple[int, int, date | None, date | None]]] = defaultdict(list)
    if keys:
        with looking(actor, *EVERYWHERE):
            rows = Engagement.objects.filter(identity_key__in=keys).order_by("-span")
            for key, pk, organ, span in rows.values_list("identity_key", "pk", "organ_code", "span"):
                found[key].append((pk, organ, span.lower, span.upper))
    return found


def _crosses(other: tuple[int, int, date | None, date | None], span: tuple[date, date | None]) -> bool:
    _, _, begins, ends = other
    return (ends is None or span[0] < ends) and (span[1] is None or begins is None or begins < span[1])


def follow(people: list[int]) -> None:
    """Bring recorded people and their recorded engagements in step with the records that stand.

    What the system itself wrote stays as it is: people who were hired here, and engagements that were ended here.
    """
    standing = standing_records().filter(person_id__in=people)
    # The later period last: it tells the name.
    for record in standing.select_related("roster_import", "person", "engagement").order_by("person_id", "period"):
        person, engagement = record.person, record.engagement
        if person.recorded_in_id and (person.name, person.education) != (record.name, record.education):
            person.name, person.education = record.name, record.education
            person.save()
        if engagement is not None and engagement.recorded_in_id and not engagement.exit_kind:
            _in_step(engagement, record)


def _in_step(engagement: Engagement, record: RosterRecord) -> None:
    span = span_of({"hired_on": record.hired_on, "left_on": record.left_on}, record.roster_import.as_of)
    if span is None or record.hired_on is None:
        return
    told = DateRange(*span), category_of(record.category), source_of(record.employment, record.hired_on)
    if told != (engagement.span, engagement.category, engagement.source):
        engagement.span, engagement.category, engagement.source = told
        engagement.save()
