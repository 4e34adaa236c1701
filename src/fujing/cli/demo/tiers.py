"""The demo's tiers of 三台: a scheme in force, people whose tiers are on paper, and a batch that is drawn up. Made once."""

from __future__ import annotations

from datetime import date

from fujing.cli.demo.cast import SANTAI
from fujing.cli.demo.management import scan
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.law.formats.tiers_template import example_tier_scheme
from fujing.management.tiers.batches import batch_draft
from fujing.management.tiers.models import Scheme
from fujing.management.tiers.services import holding_record, past_fact_record, scheme_adopt, scheme_record
from fujing.registry.models import Engagement
from fujing.registry.seed import SEEDER

GRADES = (("优秀", "称职"), ("称职", "称职"), ("称职", "不称职"))


def seed_tiers() -> None:
    """Three of the county's people; nothing where it has none."""
    with acting(SEEDER):
        if Scheme.objects.exists():
            return
        serving = list(Engagement.objects.filter(organ_code=SANTAI, span__endswith__isnull=True).order_by("pk")[:3])
    if not serving:
        return
    with acting(signed_in("santai_hr")) as hr:
        scheme = scheme_record(
            actor=hr,
            text=example_tier_scheme(),
            document_number="三公辅〔2025〕18号",
            document_date=date(2025, 12, 20),
            upload=scan("层级方案"),
        )
    with acting(signed_in("santai_leader")) as leader:
        scheme_adopt(actor=leader, scheme=scheme)
    year = today().year
    with acting(signed_in("santai_hr")) as hr:
        for engagement, grades in zip(serving, GRADES, strict=False):
            holding_record(
                actor=hr,
                engagement=engagement,
                tier="五级",
                since=date(year - 4, 7, 1),
                document_number="三公辅〔2022〕5号",
                upload=scan("评定文件"),
            )
            for back, grade in enumerate((grades[0], *grades, grades[0])[:4], start=1):
                past_fact_record(
                    actor=hr,
                    engagement=engagement,
                    kind="grade",
                    on=date(year - back, 12, 31),
                    word=grade,
                    document_number=f"三公辅考〔{year - back}〕1号",
                    upload=scan("考核结果"),
                )
        batch_draft(actor=hr, day=today(), title=f"{year}年层级晋升")
