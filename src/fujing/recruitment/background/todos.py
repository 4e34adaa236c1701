"""What waits in background checks (Article 20)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Count, Q

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.todos import MOST, Todo
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.background.states import CHECKERS, GROUNDS, HEAD, CheckState
from fujing.recruitment.campaigns.models import Campaign

KINDS = {"background_check": {"open": "check", "told": "check", "answered": "check"}}


def background_todos(actor: Actor, running: Mapping[int, Campaign]) -> Iterator[Todo]:
    """Of these campaigns: findings to give and checks to decide."""
    if actor.has(*CHECKERS):
        yield from _findings_to_give(actor, running)
    if actor.has(*HEAD):
        yield from _checks_to_decide(running)


def _open_checks(running: Mapping[int, Campaign]) -> list[BackgroundCheck]:
    rows = BackgroundCheck.objects.filter(application__campaign__in=running)
    rows = rows.exclude(state__in=[CheckState.CLEARED, CheckState.ADVERSE]).exclude(
        application__state=ApplicationState.WITHDRAWN
    )
    return list(rows.select_related("application").order_by("id"))


def _check_todo(running: Mapping[int, Campaign], check: BackgroundCheck, what: str, due: date | None = None) -> Todo:
    campaign = check.application.campaign_id
    return Todo(
        "check",
        1,
        f"{what}：{check.application.name}",
        check.application_id,
        matter=running[campaign].title,
        provision="20",
        due=due,
        campaign=campaign,
    )


def _findings_to_give(actor: Actor, running: Mapping[int, Campaign]) -> Iterator[Todo]:
    """Checks that the actor was named for and has not given all findings of."""
    account = actor.account_id or 0
    mine = Q(first_checker=account) | Q(second_checker=account)
    given = Count("findings", filter=Q(findings__checker=account))
    rows = BackgroundCheck.objects.filter(mine, application__campaign__in=running, state=CheckState.OPEN)
    rows = rows.exclude(application__state=ApplicationState.WITHDRAWN).annotate(given=given)
    for check in rows.filter(given__lt=len(GROUNDS)).select_related("application").order_by("id")[:MOST]:
        yield _check_todo(running, check, "考察结论待填写")


def _checks_to_decide(running: Mapping[int, Campaign]) -> Iterator[Todo]:
    """Who withdrew is to be replaced, what both found is to be decided or told, who was heard is to be decided on."""
    checks = _open_checks(running)
    given: Counter[tuple[int, int]] = Counter()
    counted = BackgroundCheck.objects.filter(pk__in=[check.pk for check in checks if check.state == CheckState.OPEN])
    for pk, checker, number in counted.values_list("pk", "findings__checker").annotate(Count("findings")):
        given[pk, checker] = number
    named = 0
    for check in checks:
        label, due = "", None
        if check.first_checker is None or check.second_checker is None:
            label = "考察人回避，待指定接替"
        elif check.state == CheckState.ANSWERED:
            label = "本人已陈述，待作考察结论"
        elif check.state == CheckState.TOLD and check.answer_until and check.answer_until < today():
            label, due = "陈述期已满，待作考察结论", check.answer_until
        elif check.state == CheckState.OPEN and all(
            given[check.pk, who] >= len(GROUNDS) for who in (check.first_checker, check.second_checker)
        ):
            label = "两人已填齐，待作考察结论"
        if label and named < MOST:
            named += 1
            yield _check_todo(running, check, label, due)
