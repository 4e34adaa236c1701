"""Two readers at one report at the same moment."""

from __future__ import annotations

import pytest

from fujing.kernel.actor import acting
from fujing.kernel.refusals import Refusal
from fujing.management.complaints.models import IdentityRelease, Message
from fujing.management.complaints.services import identity_release, report_accept, report_conclude, report_decline
from tests.management.reports import brought, case
from tests.races.overlap import overlapping

pytestmark = pytest.mark.race


def test_of_two_who_decide_at_once_one_is_told_what_the_other_did(committed: None) -> None:
    made = case()
    report = made.report
    first, second = made.reader.actor, made.other.actor
    done, told = overlapping(
        (first, lambda: report_accept(actor=first, report=report)),
        (second, lambda: report_decline(actor=second, report=report, reason="不属于本机关")),
    )
    assert done.state == "accepted"  # type: ignore[attr-defined]
    assert isinstance(told, Refusal)
    assert made.report.state == "accepted"


def test_one_conclusion_is_written_into_the_file_and_not_two(committed: None) -> None:
    made = case()
    report = brought(made, "heard")
    first, second = made.reader.actor, made.other.actor
    with acting(first):
        before = Message.objects.filter(report=report).count()
    done, told = overlapping(
        (first, lambda: report_conclude(actor=first, report=report, finding="founded", text="属实")),
        (second, lambda: report_conclude(actor=second, report=report, finding="unfounded", text="不属实")),
    )
    assert done.finding == "founded"  # type: ignore[attr-defined]
    assert isinstance(told, Refusal)
    with acting(first):
        assert made.report.finding == "founded"
        assert Message.objects.filter(report=report).count() == before + 1


def test_two_who_consent_at_once_open_nothing_by_themselves(committed: None) -> None:
    made = case(name="罗大姐")
    report = made.report
    one, other = made.reader, made.other
    got = overlapping(
        *(
            (
                giver.actor,
                lambda giver=giver, taker=taker: identity_release(
                    actor=giver.actor,
                    report=report,
                    private=giver.private,
                    second=taker.actor.account_id,
                    reason="回访",
                ),
            )
            for giver, taker in ((one, other), (other, one))
        )
    )
    assert not any(isinstance(each, Exception) for each in got)
    with acting(one.actor):
        assert {each.second for each in IdentityRelease.objects.filter(report=report)} == {
            one.actor.account_id,
            other.actor.account_id,
        }
