"""Who keeps accounts and roles, who reads the history, and who places people or opens what is sensitive."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed

PERSONNEL = ("hr_officer", "hr_head")


def check_keep_accounts(actor: Actor) -> None:
    """The system administrator opens and closes accounts."""
    actor.need("system_admin")


def check_grant_roles(actor: Actor) -> None:
    """The security administrator grants and ends roles."""
    actor.need("security_admin")


def check_read_trail(actor: Actor) -> None:
    """The audit administrator reads who changed what."""
    actor.need("audit_admin")


def check_administer(actor: Actor, organ_code: int | None) -> None:
    """An administrator acts on accounts of the own territory."""
    first, last = actor.administered
    if organ_code is None or not first <= organ_code <= last:
        raise NotAllowed("该机关不在您的管理范围内。")


def check_lead(actor: Actor) -> None:
    """Who makes officers responsible for people of the own bureau (5.p1)."""
    actor.need(*PERSONNEL)


def check_reveal(actor: Actor) -> None:
    """Who opens a sensitive field of somebody, with a reason."""
    actor.need(*PERSONNEL)


can_keep_accounts = asking(check_keep_accounts)
can_grant_roles = asking(check_grant_roles)
can_read_trail = asking(check_read_trail)
can_administer = asking(check_administer)
can_lead = asking(check_lead)
can_reveal = asking(check_reveal)
