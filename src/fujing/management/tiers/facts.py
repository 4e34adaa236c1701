"""A bureau's people as the law of tiers reads them: what isn't known stays unknown, and who has to say it is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import polars as pl

from fujing.general.quota.models import QuotaEntry
from fujing.general.quota.queries import quota_on
from fujing.law.education import EDUCATION
from fujing.law.formats.roster import NONE
from fujing.law.formats.tier_scheme import TierScheme, tier_scheme_of
from fujing.law.formats.tiers import TierFiles
from fujing.law.tiers.batch import Quota
from fujing.management.appraisal.models import Sheet
from fujing.management.appraisal.states import Period, SheetState
from fujing.management.commendation.models import Commendation
from fujing.management.commendation.states import CommendationState
from fujing.management.tiers.models import Holding, PastFact
from fujing.management.tiers.states import Past
from fujing.registry.models import Engagement
from fujing.registry.moving_in.queries import standing_records
from fujing.registry.states import Source as CameBy

PEOPLE = {
    "id": pl.String(),
    "name": pl.String(),
    "tier": pl.String(),
    "since": pl.Date(),
    "hired_on": pl.Date(),
    "left_on": pl.Date(),
    "came_by": pl.String(),
    "trainee_until": pl.Date(),
    "education": pl.String(),
    "target": pl.String(),
    "score": pl.Decimal(18, 6),
    "further": pl.Boolean(),
}


@dataclass(frozen=True, slots=True)
class Entered:
    """What an officer says of somebody for a batch: the tier applied for, the score, whether the rest is fulfilled."""

    target: str = ""
    score: Decimal | None = None
    further: bool | None = None


@lru_cache(maxsize=64)
def scheme_of(text: str) -> TierScheme:
    """The scheme as the law reads it; the text was checked when it was recorded."""
    return tier_scheme_of(text)


def quota_for(organ_code: int, day: date) -> Quota:
    """The organ's quota on a day; nothing where no ledger says one."""
    entries = QuotaEntry.objects.filter(organ_code=organ_code, document_date__lte=day)
    return [(day, quota_on(organ_code, day))] if entries.exists() else []


def serving(organ_code: int, day: date) -> list[Engagement]:
    """Who is in service on a day, by name."""
    rows = Engagement.objects.filter(organ_code=organ_code, span__contains=day)
    return list(rows.select_related("person").order_by("person__pinyin", "pk"))


def files_of(
    people: Sequence[Engagement], scheme: TierScheme, day: date, entered: Mapping[int, Entered] | None = None
) -> TierFiles:
    """People, grades and honours for the law, in six queries."""
    held = {each.engagement_id: each for each in Holding.objects.filter(engagement__in=people, span__contains=day)}
    told = dict(standing_records().filter(engagement__in=people).order_by("period").values_list("engagement", "tier"))
    version = scheme.on(day)
    words = version.entry.table if version and version.entry else {}
    said = entered or {}
    rows = [_row(each, held.get(each.pk), told.get(each.pk), words, said.get(each.pk, Entered())) for each in people]
    known = {each.person_id: str(each.pk) for each in people}
    grades, honours = _grades(known), _honours(known)
    return TierFiles(
        pl.DataFrame(rows, schema=PEOPLE, orient="row"),
        pl.DataFrame(
            [(known[person], year, grade) for (person, year), grade in grades.items()],
            schema={"id": pl.String(), "year": pl.Int64(), "grade": pl.String()},
            orient="row",
        ),
        pl.DataFrame(honours, schema={"id": pl.String(), "on": pl.Date(), "honour": pl.String()}, orient="row"),
    )


def _row(
    engagement: Engagement, holding: Holding | None, roster: str | None, words: Mapping[str, str], said: Entered
) -> tuple[Any, ...]:
    # Who was recruited here and was given no tier here has none; of anybody else the roster has to say so.
    none = engagement.source == CameBy.RECRUITED and engagement.recorded_in_id is None
    tier = holding.tier if holding else NONE if none or roster == NONE else None
    return (
        str(engagement.pk),
        engagement.person.name,
        tier,
        holding.since if holding else None,
        engagement.span.lower,
        engagement.span.upper,
        "hired" if none else None,
        None,
        educated(engagement.person.education, words),
        said.target or None,
        said.score,
        said.further,
    )


def educated(level: str, words: Mapping[str, str]) -> str | None:
    """The scheme's word for a level of education; none where the scheme's words for it lead to different tiers."""
    if not level or level in words:
        return level or None
    found = [word for word in words if EDUCATION.get(word) == level or EDUCATION.get(word) == EDUCATION.get(level, "")]
    return found[0] if len({words[each] for each in found}) == 1 else None


def _grades(people: Mapping[int, str]) -> dict[tuple[int, int], str]:
    """Final yearly grades: those given here before those recorded from papers, and those before the last roster's."""
    found: dict[tuple[int, int], str] = {}
    rows = standing_records().filter(person__in=people).exclude(appraisal="").order_by("period")
    for person, as_of, grade in rows.values_list("person", "roster_import__as_of", "appraisal"):
        if grade != NONE:
            found[person, as_of.year - 1] = grade
    past = PastFact.objects.filter(person_id__in=people, kind=Past.GRADE)
    found |= {(person, on.year): word for person, on, word in past.values_list("person_id", "on", "word")}
    sheets = Sheet.objects.filter(person_id__in=people, state=SheetState.GRADED, round__period=Period.YEAR)
    given = sheets.exclude(result="").values_list("person_id", "round__first__year", "result")
    return found | {(person, year): grade for person, year, grade in given}


def _honours(people: Mapping[int, str]) -> list[tuple[str, date, str]]:
    awarded = Commendation.objects.filter(person_id__in=people, state=CommendationState.AWARDED)
    past = PastFact.objects.filter(person_id__in=people, kind=Past.HONOUR)
    rows = [*awarded.values_list("person_id", "decided_on", "title"), *past.values_list("person_id", "on", "word")]
    return [(people[person], on, word) for person, on, word in rows if on is not None]
