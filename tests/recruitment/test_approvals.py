"""One approval for plans, budgets and consents: the same walk, and the same refusals by service and database (8.p2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from fujing.general.budget.models import Budget
from fujing.general.budget.services import budget_decide, budget_draft, budget_revise, budget_submit, budget_withdraw
from fujing.general.budget.states import BudgetKind
from fujing.kernel.actor import Actor, acting
from fujing.kernel.approvals import Paper
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.recruitment.campaigns.consents import campaign_revise, consent_decide, consents_ask
from fujing.recruitment.campaigns.models import Campaign, Consent
from fujing.recruitment.campaigns.services import campaign_draft
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.plans.services import Line, plan_decide, plan_draft, plan_revise, plan_submit, plan_withdraw
from tests import factories, world
from tests.factories import MIANYANG, SANTAI, territorial

FIRST = replace(territorial(SANTAI, "hr_officer", "finance", "hr_head"), account_id=801, name="起草人")
SECOND = replace(FIRST, account_id=802, name="修改人")
THIRD = replace(FIRST, account_id=803, name="送办人")
HEAD = replace(territorial(SANTAI, "hr_head"), account_id=804, name="代录人")
SUPERIOR = replace(territorial(MIANYANG, "hr_head"), account_id=805)
AMOUNTS = {kind: Decimal(1000) for kind in BudgetKind.values}
FUTURE = date(2099, 1, 1)
NUMBER = "三府函〔2026〕8号"


@dataclass
class Walk:
    """One kind of approval by its own services; `rows` is the table of its answers, `key` their subject's column."""

    draft: Callable[[Actor], Any]
    revise: Callable[[Actor, Any], Any]
    send: Callable[[Actor, Any], Any]
    withdraw: Callable[[Actor, Any], Any]
    decide: Callable[..., Any]
    partner: Actor
    rows: str
    key: str

    def drafted(self) -> Any:
        """Drawn up by one and revised by another."""
        with acting(FIRST):
            made = self.draft(FIRST)
        with acting(SECOND):
            return self.revise(SECOND, made)

    def sent(self) -> Any:
        with acting(THIRD):
            return self.send(THIRD, self.drafted())

    def answer(self, actor: Actor, subject: Any, verb: str, **said: Any) -> Any:
        with acting(actor), transaction.atomic():
            return self.decide(actor, subject, verb, **said)

    def row(self, subject: Any) -> dict[str, Any]:
        """The last answer that was asked for, as it stands in its table."""
        with acting(HEAD), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, state, round, on_behalf, decided_by_id FROM {self.rows} WHERE {self.key} = %s"
                " AND asked_at IS NOT NULL ORDER BY round DESC, asked_at DESC, id DESC LIMIT 1",
                [subject.pk],
            )
            columns = [column.name for column in cursor.description or ()]
            return dict(zip(columns, cursor.fetchone(), strict=True))

    def write(self, subject: Any, *, account: int | None = 899, **change: Any) -> None:
        """A decision written past the services, as the application role, by whoever has this account."""
        values = {
            "state": "passed",
            "decided_by": "某人",
            "decided_at": "2026-01-10T09:00+08:00",
            "document_number": "1",
            "document_date": "2026-01-10",
        } | change
        sets = ", ".join(f"{column} = %s" for column in values)
        row = self.row(subject)["id"]
        actor = replace(HEAD, account_id=account)
        with speaking(), acting(actor), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {self.rows} SET {sets} WHERE id = %s", [*values.values(), row])
            assert cursor.rowcount == 1


def partner(kind: str) -> Actor:
    with acting(factories.PROVINCIAL):
        organ = factories.partner(SANTAI, kind)
    return replace(territorial(organ.code, f"partner_{kind}"), account_id=806, lo=None, hi=None)


def plan_walk() -> Walk:
    factories.quota(SANTAI, 5)
    establishment = partner("establishment")
    for kind in ("finance", "government"):
        partner(kind)

    def draft(actor: Actor) -> HeadcountPlan:
        return plan_draft(actor=actor, year=2026, reason="警力不足", lines=[Line("一线执勤", "field", 2, "巡逻")])

    def revise(actor: Actor, plan: HeadcountPlan) -> HeadcountPlan:
        return plan_revise(actor=actor, plan=plan, reason="改", lines=[Line("一线执勤", "field", 3, "巡逻")])

    def send(actor: Actor, plan: HeadcountPlan) -> HeadcountPlan:
        plan = plan_submit(actor=actor, plan=plan)
        with acting(SUPERIOR):
            return plan_decide(actor=SUPERIOR, plan=plan, verb="pass")

    return Walk(
        draft,
        revise,
        send,
        lambda actor, plan: plan_withdraw(actor=actor, plan=plan),
        lambda actor, plan, verb, **said: plan_decide(actor=actor, plan=plan, verb=verb, **said),
        establishment,
        "plans_plantask",
        "plan_id",
    )


def budget_walk() -> Walk:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
    return Walk(
        lambda actor: budget_draft(actor=actor, year=2026, amounts=AMOUNTS, reason="年度预算"),
        lambda actor, budget: budget_revise(actor=actor, budget=budget, amounts=AMOUNTS, reason="改"),
        lambda actor, budget: budget_submit(actor=actor, budget=budget),
        lambda actor, budget: budget_withdraw(actor=actor, budget=budget),
        lambda actor, budget, verb, **said: budget_decide(actor=actor, budget=budget, verb=verb, **said),
        partner("finance"),
        "budget_budgettask",
        "budget_id",
    )


def consent_walk() -> Walk:
    plan = factories.approved_plan(SANTAI, count=3)
    hrss = partner("hrss")

    def document(title: str) -> dict[str, Any]:
        return world.without_fitness(title=title)

    def revise(actor: Actor, campaign: Campaign) -> Campaign:
        return campaign_draft(actor=actor, document=document("改过的公告"), plan=plan, campaign=campaign)

    def decide(actor: Actor, campaign: Campaign, verb: str, **said: Any) -> Campaign:
        consent = Consent.objects.filter(campaign=campaign.pk).latest("round")
        consent_decide(actor=actor, consent=consent, verb=verb, **said)
        return campaign

    return Walk(
        lambda actor: campaign_draft(actor=actor, document=document("公告"), plan=plan),
        lambda actor, campaign: revise(actor, Campaign.objects.get(pk=campaign.pk)),
        lambda actor, campaign: consents_ask(actor=actor, campaign=campaign),
        lambda actor, campaign: campaign_revise(actor=actor, campaign=campaign),
        decide,
        hrss,
        "campaigns_consent",
        "campaign_id",
    )


WALKS = {"plan": plan_walk, "budget": budget_walk, "consent": consent_walk}


@pytest.fixture(params=sorted(WALKS))
def walk(request: pytest.FixtureRequest, db: None) -> Walk:
    return WALKS[request.param]()


def paper(**changes: Any) -> Paper:
    return replace(factories.paper(SANTAI), **changes)


def test_returned_revised_sent_again_and_passed_on_paper(walk: Walk) -> None:
    subject = walk.sent()
    with pytest.raises(Refusal) as refused:
        walk.answer(walk.partner, subject, "return", opinion=" ")
    assert refused.value.errors == {"opinion": ["退回或不同意应写明理由。"]}
    walk.answer(walk.partner, subject, "return", opinion="人数有误")
    first = walk.row(subject)
    assert (first["state"], first["round"], first["on_behalf"]) == ("returned", 1, False)
    with acting(FIRST):
        subject = walk.send(FIRST, walk.revise(FIRST, subject))
    walk.answer(HEAD, subject, "record_pass", paper=paper())
    with acting(HEAD), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT round, state FROM {walk.rows} WHERE {walk.key} = %s AND on_behalf AND decided_by_id = %s",
            [subject.pk, HEAD.account_id],
        )
        assert cursor.fetchall() == [(2, "passed")]


@pytest.mark.parametrize("author", [FIRST, SECOND, THIRD], ids=["drafted", "revised", "sent"])
def test_nobody_decides_or_records_what_they_wrote_or_sent(walk: Walk, author: Actor) -> None:
    subject = walk.sent()
    in_the_office = replace(walk.partner, account_id=author.account_id)
    for actor, verb in ((in_the_office, "pass"), (author, "record_pass"), (author, "record_return")):
        with pytest.raises(NotAllowed, match="拟定、修改或送办过"):
            walk.answer(actor, subject, verb, opinion="x", number=NUMBER, paper=paper())
    with pytest.raises(Refusal, match="拟定、修改或送办过"):
        walk.write(subject, account=author.account_id)
    walk.write(subject)


def test_a_paper_of_2099_is_refused(walk: Walk) -> None:
    subject = walk.sent()
    for day in (FUTURE, today() + timedelta(days=1)):
        with pytest.raises(Refusal) as refused:
            walk.answer(HEAD, subject, "record_pass", paper=paper(document_date=day))
        assert refused.value.errors == {"document_date": ["文件日期不能晚于今天。"]}
    scan = factories.scan_of(SANTAI).pk
    with pytest.raises(Refusal, match="文件日期不能晚于今天"):
        walk.write(subject, document_date=FUTURE, on_behalf=True, scan_id=scan)
    walk.write(subject, document_date=today(), on_behalf=True, scan_id=scan)


def test_a_paper_without_its_scan_is_refused(walk: Walk) -> None:
    subject = walk.sent()
    with pytest.raises(Refusal) as refused:
        walk.answer(HEAD, subject, "record_pass", paper=paper(scan=None))
    assert refused.value.errors == {"scan": ["请上传纸质意见的扫描件。"]}
    with pytest.raises(Refusal, match="应有文号、文件日期和扫描件"):
        walk.write(subject, on_behalf=True)


def test_everything_that_a_paper_misses_is_named_at_once(walk: Walk) -> None:
    subject = walk.sent()
    with pytest.raises(Refusal) as refused:
        walk.answer(HEAD, subject, "record_return")
    assert set(refused.value.errors) == {"opinion", "document_number", "document_date", "scan"}


def test_the_database_keeps_no_answer_of_nobody_and_no_return_without_a_reason(walk: Walk) -> None:
    subject = walk.sent()
    with pytest.raises(Refusal, match="办理人和时间"):
        walk.write(subject, account=None)
    with pytest.raises(Refusal, match="办理人和时间"):
        walk.write(subject, decided_by="")
    with pytest.raises(Refusal, match="写明理由"):
        walk.write(subject, state="returned", opinion=" ")


def test_another_organ_is_named_whose_turn_it_is(walk: Walk) -> None:
    subject = walk.sent()
    with pytest.raises(NotAllowed, match="此步骤由三台县"):
        walk.answer(replace(walk.partner, organ_code=SANTAI, lo=HEAD.lo, hi=HEAD.hi), subject, "pass", number=NUMBER)
    with pytest.raises(NotAllowed, match="由报送机关录入"):
        walk.answer(replace(HEAD, organ_code=MIANYANG), subject, "record_pass", paper=paper())


def test_what_was_withdrawn_is_revised_and_sent_again(walk: Walk) -> None:
    subject = walk.sent()
    with acting(FIRST):
        subject = walk.withdraw(FIRST, subject)
    assert walk.row(subject)["state"] == "lapsed"
    with acting(FIRST):
        subject = walk.send(FIRST, walk.revise(FIRST, subject))
    again = walk.row(subject)
    assert (again["round"], again["state"]) == (2, "waiting")


def test_whoever_read_the_earlier_request_does_not_answer_the_new_one(walk: Walk) -> None:
    subject = walk.sent()
    with pytest.raises(Refusal, match="报送的内容已经更新"):
        walk.answer(walk.partner, subject, "pass", number=NUMBER, seen="0" * 64)


@pytest.mark.parametrize("kind", ["plan", "budget"])
def test_what_was_sent_stays_and_a_later_round_replaces_it(kind: str, db: None) -> None:
    walk = WALKS[kind]()
    subject = walk.sent()
    walk.answer(walk.partner, subject, "return", opinion="人数有误")
    with acting(FIRST):
        subject = walk.send(FIRST, walk.revise(FIRST, subject))
        rounds = list(subject.requests.order_by("round"))
        assert [each.round for each in rounds] == [1, 2]
        assert all(each.intact for each in rounds)
        assert [each.sent_by_id for each in rounds] == [THIRD.account_id, FIRST.account_id]
        for change in ({"facts": {}}, {"digest": "x"}):
            with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
                subject.requests.update(**change)


@pytest.mark.parametrize(("kind", "target"), [("plan", "finance"), ("budget", "issued")])
def test_no_state_is_written_past_the_answer(kind: str, target: str, db: None) -> None:
    walk = WALKS[kind]()
    subject = walk.sent()
    model: type[HeadcountPlan] | type[Budget] = HeadcountPlan if kind == "plan" else Budget
    fields: dict[str, Any] = {"reviewed_on": today()} if kind == "plan" else {"document_number": "1"}
    if kind == "budget":
        fields["document_date"] = today()
    with acting(THIRD):
        for state in (target, "returned"):
            with pytest.raises(Refusal, match="作出意见后"), speaking(), transaction.atomic():
                model.objects.filter(pk=subject.pk).update(state=state, **fields)


@pytest.mark.parametrize("kind", ["plan", "budget", "consent"])
def test_no_author_is_forgotten(kind: str, db: None) -> None:
    subject = WALKS[kind]().drafted()
    with acting(HEAD):
        assert set(type(subject).objects.get(pk=subject.pk).authors) == {FIRST.account_id, SECOND.account_id}
        with pytest.raises(Refusal, match="应全部保留"), speaking(), transaction.atomic():
            type(subject).objects.filter(pk=subject.pk).update(authors=[SECOND.account_id])
