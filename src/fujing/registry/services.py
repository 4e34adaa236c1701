"""Accounts and roles: opened by the system administrator, empowered by the security administrator."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.registry.accounts import keep_an_administrator
from fujing.registry.models import Account, Organ, RoleAssignment, SavedView
from fujing.registry.policies import check_administer, check_grant_roles, check_keep_accounts


def account_open(*, actor: Actor, username: str, name: str, organ_code: int, password: str) -> Account:
    """Open an account without any role; it can do nothing until the security administrator grants one."""
    check_keep_accounts(actor)
    if not Organ.objects.filter(pk=organ_code).exists():
        raise Refusal("没有这个机关代码。", errors={"organ_code": ["没有这个机关代码。"]})
    check_administer(actor, organ_code)
    return Account.objects.create_user(username=username, password=password, name=name, organ_code=organ_code)


def role_grant(*, actor: Actor, account: Account, role: str, starts: date) -> RoleAssignment:
    """Grant a role from a day on. Nobody grants a role to themselves; the three administrators stay apart."""
    check_grant_roles(actor)
    check_administer(actor, account.organ_code)
    if account.pk == actor.account_id:
        raise NotAllowed("不能给自己授予角色。")
    assignment = RoleAssignment(account=account, organ_code=account.organ_code, role=role, span=DateRange(starts, None))
    assignment.full_clean()
    assignment.save()
    return assignment


def role_end(*, actor: Actor, account: Account, role_id: int) -> RoleAssignment:
    """End a role today."""
    check_grant_roles(actor)
    check_administer(actor, account.organ_code)
    assignment = account.roles.filter(pk=role_id).first()
    if assignment is None:
        raise Refusal("没有这个角色。")
    keep_an_administrator(account, assignment.role)
    assignment.span = DateRange(assignment.span.lower, max(today(), assignment.span.lower))
    assignment.save()
    return assignment


def view_save(*, actor: Actor, page: str, name: str, query: str) -> SavedView:
    """Keep a list's address under a name; the same name again replaces it."""
    if actor.account_id is None:
        raise NotAllowed("请先登录。")
    view = SavedView.objects.filter(account_id=actor.account_id, page=page, name=name).first() or SavedView(
        organ_code=actor.organ_code, account_id=actor.account_id, page=page, name=name
    )
    view.query = query
    view.full_clean()
    view.save()
    return view


def view_forget(*, actor: Actor, view_id: int) -> str:
    """Delete one's own view; its name is given back."""
    view = SavedView.objects.filter(account_id=actor.account_id or 0, pk=view_id).first()
    if view is None:
        raise Refusal("没有这个视图。")
    view.delete()
    return view.name
