"""A bureau with a tier scheme in force, people whose tiers and grades are on paper, and batches at any step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.management.tiers.batches import batch_draft, batch_propose, candidate_enter
from fujing.management.tiers.facts import Entered
from fujing.management.tiers.models import Batch, Candidate, Holding, Scheme
from fujing.management.tiers.services import holding_record, past_fact_record, scheme_adopt, scheme_record
from fujing.management.tiers.states import BatchState
from fujing.registry.models import Engagement
from tests import factories
from tests.factories import SANTAI
from tests.management.made import PDF, committed

SCHEME = """
tier_scheme:
  name: 三台县辅警层级方案
  versions:
    - from: 2021-03-01
      tiers:
        - {code: 五级, name: 五级辅警, pay: 100}
        - {code: 四级, name: 四级辅警, pay: 200}
        - {code: 三级, name: 三级辅警, pay: 300}
        - {code: 二级, name: 二级辅警, pay: 500}
        - {code: 一级, name: 一级辅警, pay: 800}
      trainee: none
      entry: {table: {高中: 五级, 中专: 五级, 大专: 四级}, clause: 第五条}
      edges:
        - path: [五级, 四级, 三级, 二级, 一级]
          kind: selective
          years: 1
          appraisal: {grades: [优秀, 合格], years: ended, failing: blocks}
          clause: 第六条
      sets:
        - {code: 三级以上, name: 三级以上, tiers: [三级, 二级, 一级]}
        - {code: 四级以上, name: 四级以上, tiers: [四级, 三级, 二级, 一级]}
        - {code: 一级, name: 一级, tiers: [一级]}
      caps:
        - {set: 四级以上, share: 1, of: quota, clause: 第八条}
        - {set: 三级以上, share: 0.3, of: quota, clause: 第八条}
        - {set: 一级, share: 0.3, of: 三级以上, clause: 第八条}
      order: [score]
      demotions: [{grades: [不合格], years: 1, down: 1, clause: 第九条}]
      continuity: {leaving: cancelled, transfer: kept, clause: 第十条}
"""
NUMBER = "三公辅〔2026〕6号"
SINCE = date(today().year - 2, 6, 1)
YEARS = (today().year - 2, today().year - 1)


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("文件.pdf", PDF)


@dataclass(frozen=True)
class Bureau:
    """Who acts, and the people by name."""

    code: int
    hr: Actor
    leader: Actor
    people: dict[str, Engagement] = field(default_factory=dict)


def recorded(hr: Actor, text: str = SCHEME) -> Scheme:
    with acting(hr):
        return scheme_record(
            actor=hr, text=text, document_number=NUMBER, document_date=date(2026, 1, 5), upload=paper()
        )


def bureau(people: Mapping[str, str], *, quota: int = 10, code: int = SANTAI, grades: str = "合格") -> Bureau:
    """A bureau whose people hold these tiers since June of the year before last, with good grades; "" holds none."""
    factories.quota(code, quota)
    with acting(factories.PROVINCIAL):
        made = Bureau(code, factories.officer(code, "hr_officer"), factories.officer(code, "organ_leader"))
        for name in people:
            made.people[name] = factories.engagement(factories.person(code, name))
    scheme = recorded(made.hr)
    with acting(made.leader):
        scheme_adopt(actor=made.leader, scheme=scheme)
    for name, tier in people.items():
        if tier:
            held(made, name, tier)
            for year in YEARS:
                graded(made, name, year, grades)
    return made


def held(made: Bureau, name: str, tier: str, since: date = SINCE) -> Holding:
    with acting(made.hr):
        return holding_record(
            actor=made.hr,
            engagement=made.people[name],
            tier=tier,
            since=since,
            document_number="三公辅〔2024〕1号",
            upload=paper(),
        )


def graded(made: Bureau, name: str, year: int, grade: str) -> None:
    with acting(made.hr):
        past_fact_record(
            actor=made.hr,
            engagement=made.people[name],
            kind="grade",
            on=date(year, 12, 31),
            word=grade,
            document_number="三公辅考〔2025〕1号",
            upload=paper(),
        )


def drafted(made: Bureau, scores: Mapping[str, int] | None = None, day: date | None = None) -> Batch:
    with acting(made.hr):
        batch = batch_draft(actor=made.hr, day=day or today(), title="2026年晋升")
        for name, score in (scores or {}).items():
            candidate_enter(
                actor=made.hr, candidate=candidate(made, batch, name), entered=Entered("", Decimal(score), None)
            )
        batch.refresh_from_db()
        return batch


def candidate(made: Bureau, batch: Batch, name: str) -> Candidate:
    return Candidate.objects.select_related("batch__scheme", "engagement").get(
        batch=batch, engagement=made.people[name]
    )


def proposed(made: Bureau, scores: Mapping[str, int] | None = None, day: date | None = None) -> Batch:
    batch = drafted(made, scores, day)
    with acting(made.hr):
        return batch_propose(actor=made.hr, batch=batch)


def public(made: Bureau, batch: Batch) -> Batch:
    """Public until yesterday, as no act lets days pass."""
    span = {"publicised_from": today() - timedelta(6), "publicised_until": today() - timedelta(1)}
    with acting(made.hr):
        Batch.objects.filter(pk=batch.pk).update(state=BatchState.PUBLICISED, **span)
        return Batch.objects.select_related("scheme").get(pk=batch.pk)


def found(made: Bureau, batch: Batch, names: Sequence[str] = ()) -> dict[str, tuple[str, str]]:
    """By name: what was found, and the tier to which it leads."""
    with acting(made.hr):
        rows = Candidate.objects.filter(batch=batch)
        return {each.name: (each.status, each.to_tier) for each in rows if not names or each.name in names}


def tiers(made: Bureau) -> dict[str, str]:
    """By name: the tier that is held now."""
    with acting(made.hr):
        now = dict(Holding.objects.filter(ended_how="").values_list("engagement", "tier"))
        return {name: now.get(each.pk, "") for name, each in made.people.items()}


def rise_by_sql(made: Bureau, batch: Batch, names: list[str], **said: Any) -> None:
    """A decided batch that gives tiers past the service, and its commit."""
    with transaction.atomic():
        values = {
            "state": BatchState.DECIDED,
            "document_number": NUMBER,
            "decided_on": today(),
            "decided_by": made.leader.name,
        }
        Batch.objects.filter(pk=batch.pk).update(**values)
        for name in names:
            give_by_sql(made, batch, name, **said)
        committed()


def give_by_sql(made: Bureau, batch: Batch, who: str, **said: Any) -> None:
    engagement = made.people[who]
    Holding.objects.filter(engagement=engagement, ended_how="").update(
        span=DateRange(SINCE, today()), ended_how="promotion", ended_batch=batch
    )
    values = {
        "tier": "三级",
        "name": "三级辅警",
        "span": DateRange(today(), None),
        "since": today(),
        "source": "promotion",
        "batch": batch,
    }
    Holding.objects.create(
        organ_code=made.code,
        engagement=engagement,
        person_id=engagement.person_id,
        recorded_by=made.leader.name,
        **values | said,
    )
