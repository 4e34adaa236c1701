"""三台's rules on breaches of duty in the demo, a matter that its person may answer, and one to be decided. Made once."""

from __future__ import annotations

from datetime import date, timedelta

from fujing.cli.demo.cast import AUXILIARY, SANTAI
from fujing.cli.demo.management import scan
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.management.discipline.models import Matter, Measure
from fujing.management.discipline.schemes import measure_add, scheme_confirm, scheme_enter
from fujing.management.discipline.services import matter_invite, matter_propose, matter_record, matter_state
from fujing.registry.models import Account, Engagement
from fujing.registry.seed import SEEDER

MEASURES = (("批评教育", "第五条第一项", 0), ("警告", "第五条第二项", 6), ("记过", "第五条第三项", 12))


def seed_discipline() -> None:
    """Who signs in to self-service is told of a breach; somebody else stated and waits for the decision."""
    with acting(SEEDER):
        if Matter.objects.exists():
            return
        own = Account.objects.filter(username=AUXILIARY).first()
        open_now = Engagement.objects.filter(organ_code=SANTAI, span__endswith__isnull=True)
        mine = open_now.filter(person_id=own.person_id or 0).first() if own else None
        other = open_now.exclude(pk=mine.pk).order_by("pk").first() if mine else None
    if mine is None or other is None:
        return
    measures = _rules()
    office = signed_in("santai_discipline")
    yesterday = today() - timedelta(1)
    with acting(office):
        row = _recorded(mine, "15.5", "在岗亭值守时玩手机，群众问路没有答复。", "群众来信和监控截图")
        matter_invite(
            actor=office, matter=row, told_on=yesterday, answer_until=today() + timedelta(6), upload=scan("告知书")
        )
        row = _recorded(other, "15.3", "夜间巡逻时没有按规定路线巡逻，提前一小时返回。", "车辆定位记录")
        row = matter_invite(
            actor=office, matter=row, told_on=yesterday, answer_until=today() + timedelta(6), upload=scan("告知书")
        )
        row = matter_state(
            actor=office,
            matter=row,
            answered_on=yesterday,
            answer="当晚下大雨，河边路段积水，没有再往前走，没有报告是我不对。",
            upload=scan("本人陈述"),
        )
        matter_propose(
            actor=office,
            matter=row,
            means="rules",
            measure=measures[0],
            governed=False,
            suspects="none",
            opinion="路段积水属实，但没有报告。本人认识到错误，建议批评教育。",
        )


def _rules() -> list[Measure]:
    office, head = signed_in("santai_discipline"), signed_in("santai_head")
    with acting(office):
        scheme = scheme_enter(
            actor=office,
            title="警务辅助人员违规违纪处理办法（虚构）",
            document_number="三公发〔2023〕18号",
            effective_from=date(2023, 7, 1),
            ask_days=30,
            upload=scan("处理办法"),
        )
        found = [
            measure_add(actor=office, scheme=scheme, rank=rank, name=name, clause=clause, months=months)
            for rank, (name, clause, months) in enumerate(MEASURES, start=1)
        ]
    with acting(head):
        scheme_confirm(actor=head, scheme=scheme)
    return found


def _recorded(engagement: Engagement, duty: str, facts: str, title: str) -> Matter:
    day = max(today() - timedelta(9), engagement.span.lower)
    return matter_record(
        actor=signed_in("santai_discipline"),
        engagement=engagement,
        duty=duty,
        happened_on=day,
        facts=facts,
        title=title,
        dated=day,
        upload=scan(title),
    )
