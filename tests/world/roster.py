"""A county that moved in: a roster taken back, and one that stands."""

from __future__ import annotations

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.digests import sm3
from fujing.kernel.sheets import Source
from fujing.law.citizen_numbers import check_digit
from fujing.law.formats.roster import read_roster
from fujing.registry.models import RosterImport
from fujing.registry.moving_in.plan import plan_of
from fujing.registry.moving_in.services import roster_import
from fujing.registry.moving_in.taking_back import roster_import_take_back
from tests.world.made import County


def move_in(made: County, name: str) -> None:
    """One person, recorded as the roster says."""
    first = f"51072219950615{made.serial % 1000:03d}"
    text = f"姓名,公民身份号码,类别,管理机关代码\n{name}某册,{first}{check_digit(first)},勤务,{made.code}\n"
    _imported(made, text)
    with acting(made.hr):
        wrong = RosterImport.objects.get(organ_code=made.code)
        roster_import_take_back(actor=made.hr, made=wrong, reason="导错了文件")
    _imported(made, text)


def _imported(made: County, text: str) -> None:
    content = text.encode()
    roster, digest = read_roster(Source("花名册.csv", content)), sm3(content).hex()
    with acting(made.hr):
        seen = plan_of(made.hr, roster, digest, today()).token
        roster_import(actor=made.hr, roster=roster, digest=digest, as_of=today(), seen=seen)
