"""Who sees which rooms: the roles behind the desk's doors, named once."""

from __future__ import annotations

from collections.abc import Iterable

from fujing.kernel.actor import Actor
from fujing.registry.states import ADMINISTRATORS, OFFICER_ROLES, PARTNER_ROLES

OFFICERS = frozenset(map(str, OFFICER_ROLES))
PARTNERS = frozenset(map(str, PARTNER_ROLES))
ADMINS = frozenset(map(str, ADMINISTRATORS))
HR = frozenset({"hr_officer", "hr_head", "organ_leader", "discipline", "auditor"})
# Who follows a recruitment: who checks an applicant sees the campaign too.
RECRUITING = HR | {"police_officer"}
# Who scores people, runs a round, decides on it or looks at a result again.
APPRAISING = HR | {"police_officer", "unit_leader"}
# Who reads and who decides budgets.
MONEY = HR | {"finance"}
# Payroll and who approves pay: beside the person nobody else sees an amount.
PAY = frozenset({"hr_officer", "finance", "hr_head", "organ_leader"})
PAYROLL = frozenset({"hr_officer", "finance"})
PARTNER_MONEY = frozenset({"partner_finance"})
PARTNER_HRSS = frozenset({"partner_hrss"})
# Who draws up and prepares, and who leads and decides.
PERSONNEL = frozenset({"hr_officer", "hr_head"})
LEADERS = frozenset({"hr_head", "organ_leader"})
# Who heads the personnel.
HEADS = frozenset({"hr_head"})
# Who leads a department or a station.
UNITS = frozenset({"unit_leader"})
# Who keeps cards, uniform and equipment.
SUPPLY = PERSONNEL | {"supply"}
# Who plans and records education and training.
TRAINERS = PERSONNEL | {"training"}
# Who plans the duties of a unit, and who looks at them: they, the officers in command, and the organ's personnel staff.
DUTY_PLANNERS = frozenset({"unit_leader", "organ_leader"})
DUTIES = DUTY_PLANNERS | PERSONNEL | {"police_officer"}
SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN = (
    frozenset({"system_admin"}),
    frozenset({"security_admin"}),
    frozenset({"audit_admin"}),
)
# Who may hold a key to complaints.
DISCIPLINE = frozenset({"discipline"})
# Who handles and concludes the cases of people who were harmed or wrongly accused; a unit opens them for its own.
PROTECTING = PERSONNEL | DISCIPLINE | {"organ_leader"}
PROTECTED_BY = PROTECTING | {"unit_leader"}
APPLICANTS = frozenset({"applicant"})
# Whoever serves, or served, in self-service; at the desk they are nobody.
AUXILIARIES = frozenset({"auxiliary"})
# Whoever works here at all.
DESK = OFFICERS | PARTNERS | ADMINS


def sees(actor: Actor, roles: Iterable[str]) -> bool:
    """Whether a room is for the actor; what may be done in it is for the sections' policies to say."""
    return actor.has(*roles)
