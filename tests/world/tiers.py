"""A county with a tier scheme, a first tier that is public and objected to, and what is on record of the past."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.management.tiers.batches import batch_draft, batch_propose, batch_publicise, objection_record
from fujing.management.tiers.models import Candidate
from fujing.management.tiers.services import holding_record, past_fact_record, scheme_adopt, scheme_record
from tests import factories
from tests.world.made import County

SCHEME = """
tier_scheme:
  name: 辅警层级方案
  versions:
    - from: 2021-03-01
      tiers: [{code: 五级, name: 五级辅警, pay: 100}, {code: 四级, name: 四级辅警, pay: 200}]
      trainee: none
      entry: {table: {高中: 五级, 大专: 五级, 本科: 四级}}
      edges: [{path: [五级, 四级], kind: natural, years: 3, appraisal: {grades: [优秀, 合格], years: ended, failing: blocks}}]
      caps: []
      order: [tenure]
      demotions: []
      continuity: {leaving: cancelled, transfer: kept}
"""


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("文件.pdf", b"%PDF-1.4 tiers")


def tier(made: County) -> None:
    """Whoever was hired is on a public list for a first tier, one objection waits, and a paper tells of an earlier one."""
    assert made.engagement is not None
    with acting(factories.PROVINCIAL):
        leader = factories.officer(made.code, "organ_leader")
    with acting(made.hr):
        scheme = scheme_record(
            actor=made.hr, text=SCHEME, document_number="公辅〔2026〕6号", document_date=today(), upload=paper()
        )
    with acting(leader):
        scheme_adopt(actor=leader, scheme=scheme)
    with acting(made.hr):
        batch = batch_propose(actor=made.hr, batch=batch_draft(actor=made.hr, day=today(), title="首次评定"))
        batch_publicise(actor=made.hr, batch=batch, starts=today(), until=today() + timedelta(5))
        listed = Candidate.objects.get(batch=batch, chosen=True)
        objection_record(actor=made.hr, candidate=listed, received_on=today(), text="学历不实")
        holding_record(
            actor=made.hr,
            engagement=made.engagement,
            tier="五级",
            since=today(),
            document_number="公辅〔2026〕1号",
            upload=paper(),
        )
        past_fact_record(
            actor=made.hr,
            engagement=made.engagement,
            kind="grade",
            on=date(today().year - 1, 12, 31),
            word="合格",
            document_number="公辅考〔2026〕1号",
            upload=paper(),
        )
