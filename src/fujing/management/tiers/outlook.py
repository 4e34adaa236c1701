"""What somebody's own facts come to under the scheme: where they stand, and from when the next step is possible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.law.findings import Finding
from fujing.law.tiers import evaluate, forecast
from fujing.law.tiers.batch import NO_STEP, Status
from fujing.law.tiers.explanation import Telling
from fujing.law.tiers.graph import graded
from fujing.management.tiers.facts import files_of, scheme_of
from fujing.management.tiers.queries import scheme_in_force
from fujing.registry.models import Engagement


@dataclass(frozen=True, slots=True)
class Outlook:
    """`now` by the facts of today. `reached`: the day on which the years are full, inclusive; `then` what is found on it
    if every year until then gets the grade `assumed`. Places depend on the others and are never promised."""

    scheme: str
    document_number: str
    now: Status
    findings: list[Finding]
    reached: date | None = None
    assumed: str = ""
    then: Status | None = None


def own_outlook(actor: Actor) -> Outlook | None:
    """The actor's own; None without an employment that runs or without a scheme."""
    rows = Engagement.objects.filter(person_id=actor.person_id or 0, span__endswith__isnull=True)
    engagement = rows.select_related("person").first()
    row = scheme_in_force(engagement.organ_code) if engagement else None
    if engagement is None or row is None:
        return None
    scheme, day = scheme_of(row.text), today()
    files = files_of([engagement], scheme, day)
    found = evaluate(scheme, files, day)
    telling = Telling(found)
    answer = telling.rows[0]
    findings = telling.findings(0)
    full = next((each.facts["reached"] for each in findings if each.rule == "tiers.time"), None)
    reached = date.fromisoformat(full) if full else None
    said = (row.name, row.document_number, Status(answer["status"]), findings)
    if reached is None or reached <= day or found.graph is None or answer["edge"] == NO_STEP:
        return Outlook(*said, reached)
    appraised = graded(found.graph.edges[answer["edge"]])
    assumed = appraised.grades[-1] if appraised and appraised.grades else ""
    later = forecast(scheme, files, [reached], assumed=assumed or None).batches[-1]
    return Outlook(*said, reached, assumed, Status(later.people["status"][0]))
