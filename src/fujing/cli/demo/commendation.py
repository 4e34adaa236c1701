"""The demo's commendations of 盐亭: one that is to be checked, one that is public. Made once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from fujing.cli.demo.cast import YANTING
from fujing.cli.demo.management import scan
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.management.commendation.models import Commendation
from fujing.management.commendation.services import commendation_check, commendation_propose, commendation_publicise
from fujing.registry.models import Engagement
from fujing.registry.seed import SEEDER

DEEDS = (("嘉奖", "夜间巡逻时发现民房起火，协助疏散住户十二人", "1000.00"), ("通报表扬", "协助找回走失老人", None))


def seed_commendations() -> None:
    """Two of the county's people; nothing where it has none."""
    with acting(SEEDER):
        if Commendation.objects.exists():
            return
        serving = list(Engagement.objects.filter(organ_code=YANTING, span__endswith__isnull=True).order_by("pk")[2:4])
    if len(serving) < len(DEEDS):
        return
    with acting(signed_in("yanting_hr")) as hr:
        rows = [
            commendation_propose(
                actor=hr,
                engagement=engagement,
                title=title,
                deed=deed,
                achieved_on=today() - timedelta(12),
                upload=scan("事迹材料"),
                amount=Decimal(amount) if amount else None,
            )
            for engagement, (title, deed, amount) in zip(serving, DEEDS, strict=True)
        ]
    with acting(signed_in("yanting_head")) as head:
        checked = commendation_check(actor=head, commendation=rows[0])
    with acting(signed_in("yanting_hr")) as hr:
        commendation_publicise(actor=hr, commendation=checked, starts=today(), until=today() + timedelta(7))
