"""Who sees which rooms: the roles behind the desk's doors, named once."""

from __future__ import annotations

from fujing.registry.states import ADMINISTRATORS, OFFICER_ROLES, PARTNER_ROLES

OFFICERS = frozenset(map(str, OFFICER_ROLES))
PARTNERS = frozenset(map(str, PARTNER_ROLES))
ADMINS = frozenset(map(str, ADMINISTRATORS))
HR = frozenset({"hr_officer", "hr_head", "organ_leader", "discipline", "auditor"})
# Who reads and who decides budgets.
MONEY = HR | {"finance"}
PARTNER_MONEY = frozenset({"partner_finance"})
PARTNER_HRSS = frozenset({"partner_hrss"})
