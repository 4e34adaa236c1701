"""Reading reports: rows by the key that one holds, words by the key that one unlocked."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.boxes import Sealed
from fujing.kernel.calendar import is_workday
from fujing.kernel.refusals import existing
from fujing.law.complaints.readers import About, Accused, named_in
from fujing.law.complaints.terms import Stop, Term, Unit, ends, overdue
from fujing.management.complaints.keys import candidates
from fujing.management.complaints.models import Hearing, IdentityBox, IdentityRelease, Message, Report
from fujing.management.complaints.sealing import Keys, read
from fujing.management.complaints.statements import statement_read
from fujing.registry.models import Person, bureau_range


@dataclass(frozen=True, slots=True)
class Said:
    """One message, opened. `what` is its kind, `more` the rest that it says."""

    pk: int
    box: str
    by: str
    officer: str
    at: datetime
    what: str
    text: str = field(repr=False, default="")
    more: dict[str, Any] = field(repr=False, default_factory=dict)

    @property
    def file(self) -> str:
        """The name of an attachment; empty for words."""
        return str(self.more.get("file", ""))


def reports_for(actor: Actor) -> QuerySet[Report]:
    """Those to which the actor holds a key, with the stops of their terms, the newest first; the database shows no other."""
    return (
        Report.objects.filter(envelopes__account_id=actor.account_id or 0, envelopes__ended_at__isnull=True)
        .distinct()
        .prefetch_related("stops")
        .order_by("-pk")
    )


def report_for(actor: Actor, pk: int) -> Report:
    """One of them, or 404."""
    return existing(reports_for(actor).filter(pk=pk).first(), "没有这件投诉举报")


def messages_of(report: Report, keys: Keys) -> list[Said]:
    """What the keys open: the reporter's the dialogue, a reader's also the file, in the order in which it was said."""
    rows = Message.objects.filter(report=report).order_by("pk")
    if not keys.file:
        rows = rows.filter(box=Message.Box.DIALOGUE)
    return [_opened(row, keys) for row in rows]


def _opened(row: Message, keys: Keys) -> Said:
    try:
        found = read(keys.of(row.box), row.report_id, bytes(row.content))
    except Sealed:
        # A row that somebody changed or moved: it is shown that it is there and can't be read.
        found = {"by": "", "what": "broken", "text": "这条内容打不开，可能被改动过。"}
    said = {name: found.pop(name, "") for name in ("by", "what", "text")}
    found.pop("data", None)
    return Said(row.pk, row.box, said["by"], row.made_by, row.made_at, said["what"], said["text"], found)


def attachment_of(report: Report, keys: Keys, pk: int) -> tuple[str, str, bytes]:
    """Name, type and bytes of an attachment, or 404."""
    row = existing(Message.objects.filter(report=report, pk=pk).first(), "没有这个附件")
    try:
        found = read(keys.of(row.box), row.report_id, bytes(row.content))
    except Sealed:
        found = {}
    existing(found.get("file"), "没有这个附件")
    return found["file"], found["type"], base64.b64decode(found["data"])


def accused_in(report: Report, keys: Keys) -> Accused:
    """Whom the report accuses, from what it says itself."""
    first = Message.objects.filter(report=report).order_by("pk").first()
    found = read(keys.dialogue, report.pk, bytes(existing(first, "没有内容").content))
    return Accused(int(found["organ"]), About(found["about"]), named_in(found["accused"]), found["unit"])


def people_named(actor: Actor, name: str, tail: str = "") -> list[Person]:
    """People of the actor's own bureau by their whole name, and by the last four of the citizen number where given."""
    if actor.organ_code is None:
        return []
    rows = Person.objects.filter(organ_code__range=bureau_range(actor.organ_code), name=name.strip())
    return list(rows.filter(id_tail_index=tail.strip().upper()) if tail.strip() else rows)


def names_of_people(people: list[int]) -> dict[int, str]:
    """Names of people of the own territory by their row."""
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))


def hearing_for(actor: Actor, pk: int) -> Hearing:
    """A hearing of a report to which the actor holds a key, or 404."""
    rows = Hearing.objects.filter(pk=pk, report__in=reports_for(actor).values("pk"))
    return existing(rows.select_related("report").first(), "没有这份陈述")


@dataclass(frozen=True, slots=True)
class Heard:
    """A hearing with its statement, opened."""

    row: Hearing
    text: str = field(repr=False)


def hearings_of(report: Report, keys: Keys) -> list[Heard]:
    """Everybody who was asked, with what they stated."""
    rows = Hearing.objects.filter(report=report).order_by("pk")
    return [Heard(row, statement_read(keys.file, row) if row.statement else "") for row in rows]


def term_of(report: Report) -> Term | None:
    """The report's term; None before it is accepted."""
    if report.accepted_on is None:
        return None
    rows = sorted(report.stops.all(), key=lambda row: (row.since, row.pk))
    stops = tuple(Stop(row.since, row.resumed) for row in rows)
    return Term(report.accepted_on, report.term_days, Unit(report.term_unit), stops, report.extended)


def due_of(report: Report) -> date | None:
    """The last day, inclusive; None where there is no term, it stands still or can't be said."""
    term = term_of(report)
    return ends(term, is_workday) if term else None


def is_overdue(report: Report, day: date) -> bool | None:
    """Whether the term is over without a conclusion; None where it can't be said."""
    term = term_of(report)
    if term is None or report.concluded_on is not None:
        return False
    return overdue(term, day, is_workday)


def partners_of(actor: Actor, report: Report) -> dict[int, str]:
    """With whom the actor can open the reporter's identity: accounts with their names."""
    found = IdentityBox.objects.filter(report=report, first=actor.account_id or 0)
    names = {each.account: each.name for at in candidates().values() for each in at}
    return {each: names.get(each, "") for each in found.values_list("second", flat=True)}


def release_for(actor: Actor, report: Report) -> IdentityRelease | None:
    """The latest consent that lets the actor learn who the reporter is."""
    return report.releases.filter(second=actor.account_id or 0).order_by("-pk").first()
