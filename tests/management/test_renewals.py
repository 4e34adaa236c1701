"""Renewals as the services and the database hold them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.files import file_store
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.law.contracts import PROTECTED
from fujing.management.contracts.models import Renewal
from fujing.management.contracts.queries import contracts_so_far, last_contract
from fujing.management.contracts.renewals import (
    expiry_decide,
    renewal_accept,
    renewal_decline,
    renewal_end,
    renewal_extend,
    renewal_offer,
    renewal_sign,
    renewal_withdraw,
    renewals_offer,
)
from fujing.management.contracts.states import EXPIRED, RENEWAL, RenewalState
from fujing.registry.models import Assignment, Contract, Engagement
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.made import PDF, committed, ended_by_sql, ending, recorded

pytestmark = pytest.mark.django_db
SOON = timedelta(days=9)
NONE = dict.fromkeys(PROTECTED, False)


def officer(*roles: str, code: int = SANTAI) -> Actor:
    with acting(factories.PROVINCIAL):
        return factories.officer(code, *(roles or ("hr_head",)))


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("材料.pdf", PDF)


def offered(actor: Actor, engagement: Engagement, **changes: Any) -> Renewal:
    terms = {"kind": "fixed", "term_months": 24, "same_or_better": True, "answer_until": today() + SOON} | changes
    return renewal_offer(actor=actor, engagement=engagement, **terms)


def faults(refused: pytest.ExceptionInfo[Refusal]) -> dict[str, list[str]]:
    return refused.value.errors


def test_two_fixed_terms_ask_for_an_open_ended_contract_unless_the_person_asks_in_writing() -> None:
    engagement = ending(20, fixed_terms=2)
    with acting(officer()) as head:
        with pytest.raises(Refusal) as refused:
            offered(head, engagement)
        assert faults(refused) == {
            "kind": [
                "已连续订立2次固定期限合同（劳动合同法第十四条第二款第（三）项），"
                "续订应为无固定期限；本人书面要求固定期限的，上传本人的材料。"
            ]
        }
        made = offered(head, engagement, request=paper())
        assert (made.fixed_terms, made.open_ended_due, made.kind) == (2, True, "fixed")
        renewal_withdraw(actor=head, renewal=made, reason="本人改变意见")
        assert offered(head, engagement, kind="open_ended").term_months is None


def test_ten_years_ask_for_one_too() -> None:
    engagement = ending(20)
    with acting(officer()) as head:
        Engagement.objects.filter(pk=engagement.pk).update(span=(today() + timedelta(21) - timedelta(3653), None))
        with pytest.raises(Refusal) as refused:
            offered(head, engagement)
        assert "连续满10年" in faults(refused)["kind"][0]


@pytest.mark.parametrize("due", [True, None])
def test_the_database_keeps_no_fixed_term_where_an_open_ended_is_due_or_nobody_knows(due: bool | None) -> None:
    engagement = ending(20)
    with acting(officer()) as head:
        made = offered(head, engagement)
        with pytest.raises(Refusal, match="续订应为无固定期限合同"), speaking(), transaction.atomic():
            Renewal.objects.filter(pk=made.pk).update(open_ended_due=due)


def test_all_that_is_wrong_with_an_offer_is_said_at_once() -> None:
    engagement = ending(20)
    with acting(officer()) as head, pytest.raises(Refusal) as refused:
        offered(head, engagement, term_months=None, answer_until=today() - timedelta(1))
    assert faults(refused) == {"term_months": ["请填写合同期限（月）。"], "answer_until": ["答复期限不能早于今天。"]}


def test_one_renewal_at_a_time_also_for_the_database() -> None:
    engagement = ending(20)
    with acting(officer()) as head:
        first = offered(head, engagement)
        with pytest.raises(Refusal, match="已在办理续订或者终止"):
            offered(head, engagement)
        first.pk = None
        with pytest.raises(Refusal, match="已在办理续订或者终止"), speaking(), transaction.atomic():
            first.save(force_insert=True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "fixed", "term_months": None}, "续订应写明类型"),
        ({"kind": "open_ended"}, "续订应写明类型"),
        ({"same_or_better": None}, "续订应写明类型"),
        ({"state": "accepted"}, "应写明本人答复的日期"),
        ({"state": "declined", "replied_on": date(2026, 1, 1)}, "应存本人的书面答复"),
    ],
)
def test_the_database_refuses_a_renewal_that_is_not_whole(changes: dict[str, Any], sentence: str) -> None:
    engagement = ending(20)
    with acting(officer()) as head:
        made = offered(head, engagement)
        with pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
            Renewal.objects.filter(pk=made.pk).update(**changes)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"state": "ending", "none_protected": True}, "单位不续订的，应写明理由"),
        ({"state": "ending", "reason": "岗位撤销"}, "单位不续订的，应写明理由"),
        ({"state": "ending", "reason": "岗位撤销", "none_protected": False}, "单位不续订的，应写明理由"),
        ({"state": "extended", "extended_until": date(2030, 1, 1)}, "续延应写明情形"),
        ({"state": "extended", "ground": "illness", "extended_until": date(2020, 1, 1)}, "续延应写明情形"),
    ],
)
def test_the_database_refuses_an_end_without_reasons(given: dict[str, Any], sentence: str) -> None:
    engagement = ending(20)
    row = Renewal(organ_code=SANTAI, engagement=engagement, after=today(), made_by="某", decided_by="某", **given)
    row.clean()
    with acting(officer()), pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
        row.save()


def test_organ_and_person_of_a_renewal_are_the_employments() -> None:
    engagement, other = ending(20), ending(20, "乙")
    with acting(officer()) as head:
        made = offered(head, engagement)
        with pytest.raises(Exception, match="renewal_of_its_person"), transaction.atomic():
            Renewal.objects.filter(pk=made.pk).update(person_id=other.person_id)


def test_the_database_moves_a_renewal_only_as_the_table_says() -> None:
    engagement = ending(0)
    lawful = {(str(move.source), str(move.target)) for move in RENEWAL.transitions}
    states = [str(state) for state in RenewalState]
    said = {"replied_on": today(), "reason": "理由", "none_protected": True}
    with acting(officer()) as head:
        for source, target in product(states, states):
            if source == target or source == "extended":
                continue
            outcome = "moved"
            try:
                with speaking(), transaction.atomic():
                    row = _at(head, engagement, source)
                    kind = {"kind": "", "term_months": None, "same_or_better": None, "answer_until": None}
                    told = said | (kind if target == "ending" else {})
                    if target == "declined":
                        told["reply"] = file_store(actor=head, organ_code=SANTAI, upload=paper())
                    if target == "renewed" and row.contract_id is None:
                        told["contract"] = Contract.objects.filter(engagement=engagement).latest("sequence")
                    Renewal.objects.filter(pk=row.pk).update(state=target, **told)
                    raise Undone
            except Undone:
                pass
            except Refusal as refusal:
                outcome = refusal.message
            assert outcome == "moved" if (source, target) in lawful else outcome != "moved", (source, target, outcome)


class Undone(Exception):
    """Ends an attempt so that the next begins from the same row."""


def _at(head: Actor, engagement: Engagement, state: str) -> Renewal:
    """A renewal brought to a state by the services."""
    if state == "ending":
        return expiry_decide(actor=head, engagement=engagement, reason="岗位撤销", protected=NONE)
    row = offered(head, engagement)
    if state in {"accepted", "renewed"}:
        row = renewal_accept(actor=head, renewal=row, replied_on=today())
    if state in {"declined", "ended"}:
        row = renewal_decline(actor=head, renewal=row, replied_on=today(), reply=paper())
    if state == "renewed":
        row = renewal_sign(actor=head, renewal=row, signed_on=today())
    if state == "ended":
        row = renewal_end(actor=head, renewal=row)
    if state == "withdrawn":
        row = renewal_withdraw(actor=head, renewal=row, reason="误办")
    return row


@pytest.mark.parametrize("state", [str(each) for each in RenewalState if each not in RENEWAL.initial])
def test_the_database_refuses_a_renewal_that_begins_late(state: str) -> None:
    engagement = ending(20)
    row = Renewal(organ_code=SANTAI, engagement=engagement, after=today(), state=state, made_by="某")
    row.clean()
    with acting(officer()), pytest.raises(Refusal, match="不能从"), speaking(), transaction.atomic():
        row.save()


def test_only_the_head_decides_that_a_contract_ends_and_only_in_the_own_bureau() -> None:
    engagement = ending(0)
    with acting(officer("hr_officer")) as clerk:
        with pytest.raises(NotAllowed):
            expiry_decide(actor=clerk, engagement=engagement, reason="岗位撤销", protected=NONE)
        with pytest.raises(NotAllowed):
            renewal_extend(actor=clerk, engagement=engagement, ground="illness", until=today() + SOON, reason="证明")
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        stranger = factories.officer(YANTING, "hr_head")
    with acting(stranger), pytest.raises(Refusal):
        offered(stranger, engagement)
    with acting(stranger):
        assert not Renewal.objects.exists()


def test_signed_after_the_end_only_with_a_reason_and_never_ahead() -> None:
    engagement = ending(-2)
    with acting(officer()) as head:
        row = renewal_accept(actor=head, renewal=offered(head, engagement), replied_on=today())
        with pytest.raises(Refusal) as refused:
            renewal_sign(actor=head, renewal=row, signed_on=today() + timedelta(1))
        assert sorted(faults(refused)) == ["late_reason", "signed_on"]
        with pytest.raises(Refusal) as refused:
            renewal_sign(actor=head, renewal=row, signed_on=row.replied_on - timedelta(1), late_reason="待核编")
        assert sorted(faults(refused)) == ["signed_on"]
        row = renewal_sign(actor=head, renewal=row, signed_on=today(), late_reason="待核编")
        assert row.contract is not None
        assert (row.contract.span.lower, row.contract.sequence) == (row.after, 2)


def test_a_reply_lies_between_the_question_and_today() -> None:
    engagement = ending(20)
    with acting(officer()) as head:
        row = offered(head, engagement)
        for on in (today() - timedelta(1), today() + timedelta(1)):
            with pytest.raises(Refusal) as refused:
                renewal_accept(actor=head, renewal=row, replied_on=on)
            assert sorted(faults(refused)) == ["replied_on"]


def test_a_term_that_runs_on_by_law_keeps_the_person_in_contract_and_the_ground_unread() -> None:
    engagement = ending(3)
    until = today() + timedelta(100)
    with acting(officer()) as head:
        with pytest.raises(Refusal) as refused:
            renewal_extend(actor=head, engagement=engagement, ground="", until=today(), reason=" ")
        assert sorted(faults(refused)) == ["ground", "reason", "until"]
        row = renewal_extend(
            actor=head, engagement=engagement, ground="maternity", until=until, reason="证明 2026-11-20"
        )
        last = last_contract(engagement)
        assert last is not None
        assert last.after == until + timedelta(1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT ground FROM contracts_renewal WHERE id = %s", [row.pk])
            assert b"maternity" not in bytes(cursor.fetchone()[0])
            cursor.execute("SELECT string_agg(message || facts::text, '') FROM kernel_decision")
            assert "孕期" not in cursor.fetchone()[0]
        assert offered(head, engagement).after == until + timedelta(1)


def test_an_end_closes_the_employment_and_the_place_and_frees_the_quota() -> None:
    engagement = ending(0)
    with acting(officer()) as head:
        post = factories.post(factories.unit(SANTAI).code)
        place = Assignment(
            organ_code=SANTAI, engagement=engagement, unit=post.unit, post=post, span=(date(2021, 1, 1), None)
        )
        place.clean()
        place.save()
        row = expiry_decide(actor=head, engagement=engagement, reason="岗位撤销", protected=NONE)
        row = renewal_end(actor=head, renewal=row)
        place.refresh_from_db()
        engagement.refresh_from_db()
        assert place.span.upper == engagement.span.upper == row.after == today() + timedelta(1)
        assert engagement.exit_note == "劳动合同期满终止（单位不续订）"


def test_nothing_ends_before_its_last_day() -> None:
    engagement = ending(1)
    with acting(officer()) as head:
        row = expiry_decide(actor=head, engagement=engagement, reason="岗位撤销", protected=NONE)
        with pytest.raises(Refusal, match="到期当日起办理"):
            renewal_end(actor=head, renewal=row)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [("none", "还没有劳动合同，请先签订"), ("open", "无固定期限，不需要续订"), ("left", "已不在职")],
)
def test_what_has_no_end_is_not_renewed(kind: str, sentence: str) -> None:
    engagement = ending(20)
    with acting(officer()) as head:
        if kind == "none":
            Contract.objects.filter(engagement=engagement).delete()
        if kind == "open":
            Contract.objects.filter(engagement=engagement).update(
                kind="open_ended", term_months=None, span=(date(2024, 1, 1), None)
            )
        if kind == "left":
            factories.run_out(engagement, today())
        with pytest.raises(Refusal, match=sentence):
            offered(head, engagement)


def test_several_are_asked_all_or_nobody_and_each_fault_is_named() -> None:
    one, two, other = ending(20, "甲"), ending(20, "乙"), ending(20, "丙")
    terms = {"term_months": 24, "same_or_better": True, "answer_until": today() + SOON}
    with acting(officer()) as head:
        offered(head, two)
        Contract.objects.filter(engagement=other).delete()
        with (
            pytest.raises(Refusal, match="乙的合同已在办理续订或者终止；丙还没有劳动合同，请先签订"),
            transaction.atomic(),
        ):
            renewals_offer(actor=head, engagements=[one.pk, two.pk, other.pk], **terms)
        assert Renewal.objects.count() == 1
        with pytest.raises(Refusal) as refused, transaction.atomic():
            renewals_offer(actor=head, engagements=[one.pk], **(terms | {"answer_until": today() - SOON}))
        assert sorted(faults(refused)) == ["answer_until"]
        assert len(renewals_offer(actor=head, engagements=[one.pk], **terms)) == 1


def test_a_roster_that_counts_no_contracts_leaves_the_kind_open_until_somebody_says_how_many(tmp_path: Path) -> None:
    engagement = recorded(tmp_path, 20, count=None)
    with acting(officer()) as head:
        with pytest.raises(Refusal) as refused:
            offered(head, engagement)
        assert faults(refused)["fixed_terms"] == [
            "已连续订立几次固定期限合同没有记载，是否应为无固定期限待核实，请填写次数。"
        ]
        assert offered(head, engagement, fixed_terms=1).open_ended_due is False


def test_a_contract_of_the_roster_counts_as_the_ones_before(tmp_path: Path) -> None:
    engagement = recorded(tmp_path, 20, count=2)
    with acting(officer()) as head:
        assert contracts_so_far(engagement) == 2
        row = renewal_accept(actor=head, renewal=offered(head, engagement, kind="open_ended"), replied_on=today())
        signed = renewal_sign(actor=head, renewal=row, signed_on=today()).contract
        assert signed is not None
        assert (signed.sequence, signed.kind, signed.span.upper) == (3, "open_ended", None)


@pytest.mark.parametrize("days", [0, 1])
def test_no_employment_runs_out_past_its_renewal_and_only_on_its_day(days: int) -> None:
    engagement = ending(-1)
    after = today()
    with acting(officer()) as head:
        with pytest.raises(Refusal, match="先征求本人续订意见或者作出不续订的决定"):
            ended_by_sql(engagement, after, EXPIRED)
        with acting(officer()) as other:
            row = expiry_decide(actor=other, engagement=engagement, reason="岗位撤销", protected=NONE)
        renewal_end(actor=head, renewal=row)
        committed()
        engagement.refresh_from_db()
        assert (engagement.span.upper, engagement.exit_kind) == (after, EXPIRED)
        if days:
            with pytest.raises(Refusal, match="先征求本人续订意见"):
                ended_by_sql(engagement, after + timedelta(days), EXPIRED)
