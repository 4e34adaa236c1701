"""Random grants, moves, plans, hires and leavings at once: no limit ever breaks and nobody waits in a circle."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import count
from time import monotonic

import pytest
from django.db import connection
from django.db.models import Sum

from fujing.general.quota.models import QuotaAccount, QuotaEntry
from fujing.general.quota.services import quota_grant, quota_move, quota_withdraw
from fujing.kernel.actor import Actor, acting
from fujing.kernel.refusals import Busy, Refusal, speaking
from fujing.recruitment.plans.models import HeadcountPlan, PlanLine, Slot
from fujing.recruitment.plans.queries import plan_for
from fujing.recruitment.plans.services import Line, plan_decide, plan_draft, plan_submit, slot_take
from fujing.recruitment.plans.states import PlanState
from fujing.registry.models import Engagement, Organ
from tests import factories
from tests.factories import MIANYANG, PROVINCE, SANTAI, YANTING, territorial

CONNECTIONS, SECONDS = 6, 8.0
COUNTIES = (SANTAI, YANTING)
PAPER = {"document_number": "绵编发〔2025〕2号", "document_date": date(2025, 6, 1), "reason": "调整"}
_serials = count(1)


class Crowd:
    """One of several officers who act at random; the seed makes its choices repeatable."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.done: Counter[str] = Counter()
        self.deadline = monotonic() + SECONDS

    def run(self) -> Counter[str]:
        acts = [self.grant, self.withdraw, self.move, self.plan, self.hire, self.hire, self.leave]
        try:
            while monotonic() < self.deadline:
                chosen = self.random.choice(acts)
                try:
                    with speaking():
                        chosen()
                    self.done[chosen.__name__] += 1
                except Busy:
                    self.done["busy"] += 1
                except Refusal:
                    self.done["refused"] += 1
        finally:
            connection.close()
        return self.done

    @property
    def county(self) -> int:
        return self.random.choice(COUNTIES)

    def grant(self) -> None:
        code = self.random.choice([PROVINCE, MIANYANG, *COUNTIES])
        giver = {PROVINCE: PROVINCE, MIANYANG: PROVINCE}.get(code, MIANYANG)
        with acting(head(giver)) as actor:
            organ = Organ.objects.get(pk=code)
            quota_grant(actor=actor, organ=organ, amount=self.random.randint(1, 4), **PAPER)

    def withdraw(self) -> None:
        code = self.random.choice([MIANYANG, *COUNTIES])
        with acting(head(PROVINCE)) as actor:
            organ = Organ.objects.get(pk=code)
            quota_withdraw(actor=actor, organ=organ, amount=self.random.randint(1, 3), **PAPER)

    def move(self) -> None:
        giver, taker = self.random.sample(COUNTIES, 2)
        with acting(head(MIANYANG)) as actor:
            giver, taker = Organ.objects.get(pk=giver), Organ.objects.get(pk=taker)
            quota_move(actor=actor, giver=giver, taker=taker, amount=self.random.randint(1, 3), **PAPER)

    def plan(self) -> None:
        """A plan or an amendment of the one in force, taken to the end by its deciders."""
        code = self.county
        proposer = replace(territorial(code), account_id=101)
        with acting(proposer):
            in_force = HeadcountPlan.objects.filter(state=PlanState.APPROVED).order_by("?").first()
            amends = in_force if self.random.random() < 0.6 else None
            lines = [Line("执勤", "field", self.random.randint(1, 3), "巡逻")]
            plan = plan_draft(actor=proposer, year=2026, reason="x", lines=lines, amends=amends)
            plan_submit(actor=proposer, plan=plan)
        for decider in deciders(code):
            with acting(decider):
                plan_decide(actor=decider, plan=plan_for(decider, plan.pk), verb="pass", number="1号")

    def hire(self) -> None:
        code, serial = self.county, next(_serials)
        with acting(head(code)) as actor:
            line = PlanLine.objects.filter(slots__engagement__isnull=True, slots__isnull=False).order_by("?").first()
            if line is None:
                raise Refusal("没有空余名额。", provisions=("16.p3",))
            slot_take(
                actor=actor,
                line=line,
                engage=lambda: factories.engagement(factories.person(code, number=serial), "recruited"),
            )

    def leave(self) -> None:
        with acting(head(self.county)):
            who = Engagement.objects.filter(span__endswith__isnull=True).order_by("?").first()
            if who is None:
                raise Refusal("无人在职。")
            factories.run_out(who, date(2026, 1, 1), since=date(2021, 1, 1))


def head(code: int) -> Actor:
    return replace(territorial(code, "hr_head"), account_id=102)


def deciders(code: int) -> list[Actor]:
    partners = [("establishment", 910000), ("finance", 920000), ("government", 950000)]
    return [head(MIANYANG)] + [
        replace(territorial(code + number, f"partner_{kind}"), account_id=number, lo=None, hi=None)
        for kind, number in partners
    ]


def assert_everything_agrees() -> None:
    """Each account equals its ledger, its subordinates' ledgers, its people and its free slots."""
    with acting(territorial(PROVINCE)):
        for account in QuotaAccount.objects.order_by("organ_code"):
            code = account.organ_code
            granted = QuotaEntry.objects.filter(organ_code=code).aggregate(sum=Sum("amount"))["sum"] or 0
            down = QuotaEntry.objects.filter(counterpart_code=code, kind__in=["grant", "withdraw"])
            free_slots = Slot.objects.filter(organ_code=code, engagement__isnull=True)
            serving = Engagement.objects.filter(organ_code=code, span__endswith__isnull=True)
            assert (account.granted, account.passed_down) == (granted, down.aggregate(sum=Sum("amount"))["sum"] or 0), (
                code
            )
            assert (account.in_service, account.reserved) == (serving.count(), free_slots.count()), code
            assert account.free >= 0
        for line in PlanLine.objects.filter(plan__state=PlanState.APPROVED):
            assert line.slots.count() == line.count
        assert not Engagement.objects.filter(source="recruited", slot__isnull=True).exists()


@pytest.mark.race
def test_random_acts_of_many_never_break_a_limit(committed: None) -> None:
    for code in COUNTIES:
        factories.quota(code, 12)
        with acting(factories.PROVINCIAL):
            for kind in ("establishment", "finance", "government"):
                factories.partner(code, kind)
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        counts = sum(threads.map(lambda seed: Crowd(seed).run(), range(CONNECTIONS)), Counter())
    # A deadlock or an unexplained error would have risen from run(); each act must have happened to mean anything.
    assert min(counts[act] for act in ("grant", "withdraw", "move", "plan", "hire", "leave")) > 0, counts
    assert counts["busy"] == 0, counts
    assert_everything_agrees()


@pytest.mark.race
def test_hires_while_their_plan_is_amended_lose_no_slot(committed: None) -> None:
    first = factories.approved_plan(SANTAI, count=12)
    factories.quota(SANTAI, 12)
    proposer = replace(territorial(SANTAI), account_id=101)
    with acting(proposer):
        line = first.lines.get()
        amended = plan_draft(
            actor=proposer,
            year=2026,
            reason="x",
            lines=[Line("执勤", "field", 12, "巡逻")],
            amends=HeadcountPlan.objects.get(pk=first.pk),
        )
        plan_submit(actor=proposer, plan=amended)
    *before, last = deciders(SANTAI)
    for decider in before:
        with acting(decider):
            plan_decide(actor=decider, plan=plan_for(decider, amended.pk), verb="pass")

    def approve() -> str:
        try:
            with speaking(), acting(last):
                plan_decide(actor=last, plan=plan_for(last, amended.pk), verb="pass", number="2号")
        finally:
            connection.close()
        return "approved"

    def hire(serial: int) -> str:
        try:
            with speaking(), acting(head(SANTAI)) as actor:
                slot_take(
                    actor=actor,
                    line=line,
                    engage=lambda: factories.engagement(factories.person(SANTAI, number=serial), "recruited"),
                )
        except Refusal as refusal:
            return refusal.provisions[0]
        finally:
            connection.close()
        return "hired"

    with ThreadPoolExecutor(9) as threads:
        jobs = [threads.submit(hire, serial) for serial in range(4)]
        jobs.append(threads.submit(approve))
        jobs += [threads.submit(hire, serial) for serial in range(4, 8)]
        results = Counter(job.result() for job in jobs)
    assert results["approved"] == 1
    assert set(results) <= {"approved", "hired", "16.p3"}
    assert_everything_agrees()


@pytest.mark.race
def test_drafts_at_the_same_moment_become_versions_of_their_own(committed: None) -> None:
    factories.quota(SANTAI, 12)
    proposer = replace(territorial(SANTAI), account_id=101)

    def draft(_: int) -> int:
        try:
            with acting(proposer):
                lines = [Line("执勤", "field", 1, "巡逻")]
                return plan_draft(actor=proposer, year=2026, reason="x", lines=lines).version
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as threads:
        assert sorted(threads.map(draft, range(12))) == list(range(1, 13))
