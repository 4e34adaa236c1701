"""The rooms of the desk, in the order of the Measures. A role sees only its rooms; what isn't built isn't listed."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.registry.states import OFFICER_ROLES, PARTNER_ROLES

OFFICERS = frozenset(map(str, OFFICER_ROLES))
PARTNERS = frozenset(map(str, PARTNER_ROLES))
HR = frozenset({"hr_officer", "hr_head", "organ_leader", "discipline", "auditor"})
# Who reads and who decides budgets.
MONEY = HR | {"finance"}
PARTNER_MONEY = frozenset({"partner_finance"})
PARTNER_HRSS = frozenset({"partner_hrss"})
ADMINS = frozenset({"system_admin", "security_admin", "audit_admin"})


class Item(NamedTuple):
    """One entry: its words, the URL that it leads to, and who sees it."""

    label: str
    url: str
    roles: frozenset[str]


ROOMS: tuple[tuple[str, tuple[Item, ...]], ...] = (
    ("", (Item("工作台", "desk:home", OFFICERS | PARTNERS | ADMINS),)),
    (
        "编制",
        (
            Item("用人额度", "desk:quota", HR),
            Item("用人计划", "desk:plans", HR | PARTNERS),
            Item("经费预算", "desk:budgets", MONEY | PARTNER_MONEY),
        ),
    ),
    (
        "招聘",
        (
            Item("招聘项目", "desk:campaigns", HR | {"police_officer"}),
            Item("招聘会商", "desk:consents", HR | PARTNER_HRSS),
        ),
    ),
    ("队伍", (Item("花名册", "desk:people", OFFICERS),)),
    (
        "合规",
        (
            Item("督导台", "desk:oversight", HR),
            Item("督导整改", "desk:notices", HR),
            Item("指导文件", "desk:guidances", OFFICERS),
        ),
    ),
    ("法规", (Item("条文与落实", "law:index", OFFICERS | PARTNERS | ADMINS),)),
    ("系统", (Item("账号角色", "desk:accounts", ADMINS), Item("变更留痕", "desk:trail", frozenset({"audit_admin"})))),
)


def navigation(actor: Actor, path: str) -> list[dict[str, Any]]:
    """The rooms of an actor, with the present one marked."""
    groups = []
    for label, items in ROOMS:
        shown = [(item, reverse(item.url)) for item in items if actor.has(*item.roles)]
        if shown:
            entries = [
                {"label": item.label, "url": url, "current": path == url or (url != "/desk/" and path.startswith(url))}
                for item, url in shown
            ]
            groups.append({"label": label, "items": entries})
    return groups
