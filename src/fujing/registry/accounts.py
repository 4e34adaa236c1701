"""Accounts that are closed, opened again or given a new password by the system administrator; at once, on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from allauth.mfa.models import Authenticator

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.locks import locked
from fujing.kernel.refusals import NotAllowed, Refusal, existing, stated
from fujing.registry.models import Account, RoleAssignment
from fujing.registry.policies import check_keep_accounts
from fujing.registry.states import ADMINISTRATORS, Role


def account_for(actor: Actor, account_id: int) -> Account:
    """An officer's account within what the administrator manages, or 404."""
    within = Account.objects.filter(organ_code__range=actor.administered, person_id=None)
    return existing(within.filter(pk=account_id).first(), "没有这个账号")


def keep_an_administrator(account: Account, role: str = "") -> None:
    """Refuse to take away an organ's last open account with an administrator's role (`role`, or any that it holds)."""
    held = RoleAssignment.objects.filter(
        role__in=ADMINISTRATORS & {role} if role else ADMINISTRATORS,
        organ_code=account.organ_code,
        span__contains=today(),
    )
    for mine in held.filter(account=account):
        if not held.filter(role=mine.role, account__is_active=True).exclude(account=account).exists():
            raise Refusal(
                f"{account.name}是本机关唯一的{Role(mine.role).label}，不能关闭账号或者终止角色。",
                remedy="请先给另一个账号授予这个角色。",
            )


def account_close(*, actor: Actor, account: Account, reason: str) -> Account:
    """Close an account: whoever is signed in with it is out at the next click. Its roles and history stay."""

    def close(row: Account) -> None:
        if not row.is_active:
            raise Refusal("这个账号已经关闭。")
        keep_an_administrator(row)
        row.is_active = False

    return _change(actor, account, reason, close)


def account_reopen(*, actor: Actor, account: Account, reason: str) -> Account:
    """Open a closed account again, with the password and the roles that it had."""

    def reopen(row: Account) -> None:
        if row.is_active:
            raise Refusal("这个账号没有关闭。")
        row.is_active = True

    return _change(actor, account, reason, reopen)


def account_reset(*, actor: Actor, account: Account, reason: str, password: str) -> Account:
    """Give a new password and take the second step away; whoever is signed in is out at the next click."""

    def reset(row: Account) -> None:
        row.set_password(password)
        Authenticator.objects.filter(user_id=row.pk).delete()

    return _change(actor, account, reason, reset)


def _change(actor: Actor, account: Account, reason: str, change: Callable[[Account], None]) -> Account:
    """Change the row as it is now, locked, with the reason in its history."""
    check_keep_accounts(actor)
    reason = stated(reason, "reason", "请写明事由。")
    if account.pk == actor.account_id:
        raise NotAllowed("不能办理自己的账号。")
    with acting(replace(actor, reason=reason)):
        # All of the organ's, so that of two acts on its last two administrators one waits and is refused.
        within = Account.objects.filter(organ_code=account.organ_code, person_id=None)
        rows = {each.pk: each for each in locked(within)}
        row = rows[account.pk]
        change(row)
        row.save()
    return row
