"""The demo's protection cases of 三台: one that a person opened, and one whose clarification waits for their word. Made once."""

from __future__ import annotations

from datetime import timedelta

from fujing.cli.demo.cast import AUXILIARY
from fujing.cli.demo.management import scan
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.management.protection.clarifying import clarification_propose
from fujing.management.protection.models import ProtectionCase
from fujing.management.protection.services import (
    Told,
    measure_record,
    protection_accept,
    protection_open,
    referral_record,
)
from fujing.registry.models import Account
from fujing.registry.own import serving
from fujing.registry.seed import SEEDER

YESTERDAY = timedelta(1)


def seed_protection() -> None:
    """By the auxiliary who signs in to the demo; nothing without one."""
    with acting(SEEDER):
        if ProtectionCase.objects.exists() or not Account.objects.filter(username=AUXILIARY).exists():
            return
    person, handler = signed_in(AUXILIARY), signed_in("santai_discipline")
    day = today() - YESTERDAY
    video = Told(
        kind="smear",
        happened_on=day,
        happened_at="傍晚六点左右",
        place="潼川镇农贸市场门口",
        duty="协助民警疏导交通",
        commander="何民警",
        told="劝推车的摊主靠边，被路人剪掉前半段录像发到网上，说我抢东西。",
        against="网名“潼川一角”，不知道真名",
        harmed=("name", "family"),
        damage="家里老人被人指着议论，孩子不肯上学。",
    )
    pushed = Told(
        kind="obstruction",
        happened_on=day,
        happened_at="晚上九点",
        place="梓州大道夜市",
        duty="协助民警清查占道摊位",
        commander="何民警",
        told="被一名醉酒男子拦住，扯掉肩灯。",
        harmed=("property",),
        damage="肩灯损坏",
    )
    with acting(person):
        engagement = serving(person)
        row = protection_open(actor=person, engagement=engagement, told=video, upload=scan("网页截图"))
        protection_open(actor=person, engagement=engagement, told=pushed)
    with acting(handler):
        row = protection_accept(actor=handler, case=row)
        measure_record(
            actor=handler,
            case=row,
            kind="evidence",
            taken_on=today(),
            handler="唐督察",
            note="调取执法记录仪和市场监控，完整录像显示没有拿取任何物品",
        )
        referral_record(
            actor=handler,
            case=row,
            to_whom="public_order",
            body="城关派出所",
            referred_on=today(),
            receipt="三公（城关）受案字〔2026〕118号",
            handler="唐督察",
        )
        clarification_propose(
            actor=handler,
            case=row,
            form="online",
            scope=5,
            text="经查，网传“辅警抢摊主东西”的视频经过剪辑。完整录像显示，当时是在协助民警疏导交通，没有拿取任何物品。",
        )
