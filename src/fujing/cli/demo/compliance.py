"""The demo's oversight: a notice of the city to 三台, a document of the province. Imported after Django is set up."""

from __future__ import annotations

from fujing.cli.demo.cast import SANTAI
from fujing.cli.demo.registry import signed_in
from fujing.compliance.guidance.models import Guidance
from fujing.compliance.guidance.services import Document, guidance_draft, guidance_publish
from fujing.compliance.rectification.services import Content, notice_draft, notice_send
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.registry.models import Account, Assignment, Organ
from fujing.registry.seed import SEEDER


def seed_oversight() -> None:
    """Officers for most of 三台's people, an open notice of the city to 三台, a document of the province; once."""
    with acting(SEEDER):
        if Guidance.objects.exists():
            return
        santai = Organ.objects.select_related("parent").get(pk=SANTAI)
        now = Assignment.objects.filter(organ_code=SANTAI, span__endswith__isnull=True)
        unled = list(now.order_by("-pk").values_list("pk", flat=True)[:12])
        now.exclude(pk__in=unled).update(officer=Account.objects.get(username="santai_police"))
    with acting(signed_in("province_head")) as province:
        document = Document(
            "川公辅〔2026〕15号",
            "关于落实警务辅助人员责任民警的通知",
            today(),
            ["4", "5.p1"],
            today(),
            "每名警务辅助人员在任何时候应有一个用人单位和一名责任民警。岗位变动当日明确新的责任民警，不得断档。",
        )
        guidance_publish(actor=province, guidance=guidance_draft(actor=province, document=document))
    with acting(signed_in("mianyang_head")) as city:
        content = Content(
            "绵公督〔2026〕7号",
            "部分辅警没有责任民警",
            ["5.p1"],
            "检查发现，三台县公安局有 12 名在职辅警没有责任民警。",
            "逐人明确责任民警，录入系统，并书面答复。",
            15,
            "calendar",
        )
        notice_send(actor=city, notice=notice_draft(actor=city, subject=santai, content=content))
