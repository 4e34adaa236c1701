"""Counties that stand at different steps of a recruitment, so that every page has something to show."""

from __future__ import annotations

from fujing.kernel.actor import acting
from fujing.recruitment.campaigns.services import campaign_draft
from fujing.recruitment.plans.services import Line, plan_draft
from tests import factories, world
from tests.factories import SANTAI, YANTING
from tests.world.made import County

ZITONG, JIANGYOU = 510725000000, 510781000000


def at_every_step() -> list[County]:
    """One county is done, one has an open registration, one makes its list public; JIANGYOU is still drafting."""
    made = [
        world.finish(world.county(SANTAI, "三台某", 101)),
        world.county(YANTING, "盐亭某", 102),
        world.walk(world.county(ZITONG, "梓潼某", 103), until="publicised"),
    ]
    drafting(JIANGYOU)
    return made


def drafting(code: int) -> None:
    """An announcement in draft, and a plan."""
    plan = factories.approved_plan(code, count=2)
    factories.quota(code, 3)
    hr = factories.territorial(code)
    with acting(hr):
        campaign_draft(actor=hr, document=world.document(title="江油公告"), plan=plan)
        plan_draft(actor=hr, year=2027, reason="警力不足", lines=[Line("一线执勤", "field", 1, "巡逻防控")])
