"""What is said of people and months: from Excel in the open format, and from the registry's own record of service."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from django.core.files.uploadedfile import UploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor
from fujing.kernel.bulk import frame_of
from fujing.kernel.refusals import stated
from fujing.kernel.workbooks import Page, workbooks
from fujing.law.catalogue import LABELS as CATEGORY
from fujing.law.formats.documents import DocumentError, Fault
from fujing.law.formats.pay import LABELS, MONTHS_COLUMNS, MONTHS_SHEET, PEOPLE_COLUMNS, PEOPLE_SHEET, read_pay_files
from fujing.law.pay.late import people_told
from fujing.registry.models import Engagement, Person
from fujing.safeguards.payroll.models import FactSheet, MonthFacts, StandingFacts
from fujing.safeguards.payroll.policies import check_prepare_pay
from fujing.safeguards.payroll.queries import COUNTED, MONTH_MONEY, STANDING_MONEY, told_until

Row = dict[str, Any]
PEOPLE = tuple(each.key for each in PEOPLE_COLUMNS)
MONTHS = tuple(each.key for each in MONTHS_COLUMNS)
STATED = tuple(key for key in PEOPLE if key not in ("id", "name"))
SERVICE = ("hired_on", "left_on", "category")
REGISTRY = "花名册登记"
LAST = 10**18
"""A sheet later than any."""


def known_people(actor: Actor, month: date) -> dict[int, Row]:
    """Everybody of whom something was said, as they are known in a month, by their number."""
    told, _ = told_until(actor.organ_code or 0, LAST)
    return {row["id"]: row for row in people_told(told, month).iter_rows(named=True)} if told.height else {}


def known_months(actor: Actor) -> dict[tuple[int, date], Row]:
    """What was last said of each person's months."""
    _, rows = told_until(actor.organ_code or 0, LAST)
    return {(row["id"], row["month"]): row for row in rows.sort("told").iter_rows(named=True)}


def served_in(organ_code: int, year: int) -> dict[int, list[Engagement]]:
    """Who served in a year, by person, with the employments that touch it, the earlier first."""
    rows = Engagement.objects.filter(organ_code=organ_code, span__overlap=_year(year))
    found: dict[int, list[Engagement]] = {}
    for each in rows.order_by("span"):
        found.setdefault(each.person_id, []).append(each)
    return found


def service_of(employments: list[Engagement]) -> Row:
    """What the registry says of somebody's service; who came twice in a year has no single first day, so it is unknown."""
    last = employments[-1]
    hired = last.span.lower if len(employments) == 1 else None
    return {"hired_on": hired, "left_on": last.span.upper, "category": CATEGORY.get(last.category)}


def registry_facts(*, actor: Actor, month: date) -> int:
    """Say what the registry knows of everybody's service in the year where it differs from what was said; how many rows."""
    organ, january = actor.organ_code or 0, date(month.year, 1, 1)
    told, _ = told_until(organ, LAST)
    service = _service(organ, month.year)
    found: list[Row] = []
    # Each step from January on, so that no month goes by the service that was known before.
    for since in sorted({january, *told.filter(pl.col("since") > january)["since"].to_list()}):
        asked = service if since == january else service.join(told.filter(since=since), on="id", how="semi")
        known = people_told(told, since) if told.height else told.select(PEOPLE)
        joined = asked.join(known, on="id", how="left", suffix="_said")
        differs = [pl.col(key).ne_missing(pl.col(f"{key}_said")) for key in SERVICE]
        for row in joined.filter(pl.any_horizontal(differs)).iter_rows(named=True):
            found.append({key: row.get(key) for key in PEOPLE} | {"since": since})
    if found:
        facts_say(actor=actor, source=REGISTRY, people=found, months=[])
    return len(found)


def _service(organ_code: int, year: int) -> pl.DataFrame:
    """`service_of` of everybody who served in a year."""
    rows = Engagement.objects.filter(organ_code=organ_code, span__overlap=_year(year))
    columns = {
        "id": ("person_id", pl.Int64),
        "hired_on": ("span__startswith", pl.Date),
        "left_on": ("span__endswith", pl.Date),
        "category": ("category", pl.String),
    }
    frame = frame_of(rows, columns).sort("id", "hired_on")
    names = {str(key): label for key, label in CATEGORY.items()}
    several = pl.when(pl.len() == 1).then(pl.col("hired_on").last()).alias("hired_on")
    last = frame.group_by("id", maintain_order=True).agg(several, pl.col("left_on", "category").last())
    return last.with_columns(pl.col("category").replace_strict(names, default=None, return_dtype=pl.String))


def _year(year: int) -> DateRange:
    return DateRange(date(year, 1, 1), date(year + 1, 1, 1))


def facts_say(*, actor: Actor, source: str, people: Iterable[Row], months: Iterable[Row]) -> FactSheet:
    """Add what is said, of people from `since` on and of single months; money in 元. Nothing that was said is changed."""
    check_prepare_pay(actor)
    organ = actor.organ_code or 0
    source = stated(source, "source", "请写明来源。", refusal="没有填报。", provisions=("33",))
    sheet = FactSheet.objects.create(organ_code=organ, source=source, said_by=actor.name)
    StandingFacts.objects.bulk_create(
        [
            StandingFacts(
                organ_code=organ,
                sheet=sheet,
                person_id=row["id"],
                since=row["since"],
                **{key: row.get(key) or "" for key in ("category", "tier", "post_grade", "appraisal")},
                **{key: row.get(key) for key in ("hired_on", "left_on", "first_job")},
                **{key: _cents(row.get(key)) for key in STANDING_MONEY},
            )
            for row in people
        ],
        batch_size=2000,
    )
    MonthFacts.objects.bulk_create(
        [
            MonthFacts(
                organ_code=organ,
                sheet=sheet,
                person_id=row["id"],
                month=row["month"],
                **{key: Decimal(row.get(key) or 0) for key in COUNTED},
                **{key: _cents(row.get(key)) or 0 for key in MONTH_MONEY},
            )
            for row in months
        ],
        batch_size=2000,
    )
    return sheet


def _cents(yuan: Any) -> int | None:
    return None if yuan is None else int(Decimal(yuan) * 100)


def facts_read(*, actor: Actor, upload: UploadedFile, since: date) -> tuple[list[Row], list[Row], dict[int, str]]:
    """What a workbook of the open format says that isn't known yet: people from `since` on, months of its year, and the names by number.

    Service is the registry's to say: where the sheet says something else, that is a fault. Raises DocumentError with every fault by cell.
    """
    check_prepare_pay(actor)
    name = Path(upload.name or "工资核算表.xlsx").name
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        try:
            files = read_pay_files(file.name, file.name, since.year)
        except DocumentError as error:
            raise DocumentError([_named(fault, file.name, name) for fault in error.faults]) from None
    organ = actor.organ_code or 0
    served = served_in(organ, since.year)
    names = dict(Person.objects.filter(organ_code=organ).values_list("id", "name"))
    known, months = known_people(actor, since), known_months(actor)
    faults, people = [], []
    numbers: dict[str, int] = {}
    for row in files.people.iter_rows(named=True):
        number = int(row["id"]) if str(row["id"]).isdecimal() else 0
        numbers[row["id"]] = number
        found = list(_odd(row, names.get(number), served.get(number)))
        faults += [
            Fault(name, f"{PEOPLE_SHEET}第{row.get('row') or ''}行“{label}”", value, said)
            for label, value, said in found
        ]
        if found:
            continue
        each = served.get(number)
        stated = {key: row[key] for key in STATED} | {"id": number, "since": since}
        stated |= service_of(each) if each else {}
        before = known.get(number)
        if before is None or any(before[key] != stated[key] for key in STATED):
            people.append(stated)
    if faults:
        raise DocumentError(faults)
    said = []
    for row in files.months.iter_rows(named=True):
        number = numbers[row["id"]]
        stated = {key: row[key] or Decimal(0) for key in (*COUNTED, *MONTH_MONEY)} | {
            "id": number,
            "month": row["month"],
        }
        before = months.get((number, row["month"]))
        if before is None or any(before[key] != stated[key] for key in (*COUNTED, *MONTH_MONEY)):
            said.append(stated)
    return people, said, names


def _named(fault: Fault, before: str, after: str) -> Fault:
    return Fault(fault.file.replace(before, after), fault.path, fault.value, fault.expected)


def _odd(row: Row, name: str | None, employments: list[Engagement] | None) -> Iterable[tuple[str, str, str]]:
    """What of a row contradicts the registry."""
    if name is None:
        yield "人员编号", str(row["id"]), "本机关没有这个编号的人员，应为下载的表中的编号"
        return
    if row["name"] and row["name"] != name:
        yield "姓名", row["name"], f"这个编号登记的是{name}"
    for key, registered in service_of(employments).items() if employments else ():
        if row[key] and row[key] != registered:
            yield LABELS[key], str(row[key]), f"花名册登记为{registered or '没有'}，以花名册为准"


def known_sheet(*, actor: Actor, month: date) -> bytes:
    """The workbook of the open format with everybody who serves as they are known, and what was said of the year's months."""
    check_prepare_pay(actor)
    organ = actor.organ_code or 0
    known = known_people(actor, month)
    served = served_in(organ, month.year)
    names = dict(Person.objects.filter(pk__in=served).order_by("name", "pk").values_list("pk", "name"))
    people = []
    for number, name in names.items():
        row = {**known.get(number, {}), **service_of(served[number]), "id": str(number), "name": name}
        people.append([_cell(row.get(key)) for key in PEOPLE])
    said = known_months(actor)
    months = [
        [f"{of:%Y-%m}" if key == "month" else str(number) if key == "id" else _cell(row[key] or None) for key in MONTHS]
        for (number, of), row in sorted(said.items())
        if of.year == month.year and number in names
    ]
    return workbooks([Page(PEOPLE_SHEET, PEOPLE_COLUMNS, people), Page(MONTHS_SHEET, MONTHS_COLUMNS, months)])


def _cell(value: Any) -> Any:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else value
