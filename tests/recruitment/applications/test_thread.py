"""From sign-up to the background check's conclusion, each by who may do it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal
from fujing.recruitment.background.services import check_answer, check_conclude, check_tell
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db


def test_an_applicant_goes_from_sign_up_to_a_background_check_decided_after_the_answer() -> None:
    application, applicant = made.application(made.campaign(), "qualified")
    check, _ = made.background(application, exists=("20.3",))
    with acting(made.head()) as head:
        with pytest.raises(Refusal, match="当前状态为“考察中”"):
            check_conclude(actor=head, check=check, adverse=True, reasons="有前科")
        check = check_tell(actor=head, check=check, answer_until=today() + timedelta(days=5))
        with pytest.raises(Refusal, match="陈述期"):
            check_conclude(actor=head, check=check, adverse=True, reasons="有前科")
    with acting(applicant):
        check_answer(actor=applicant, check=check, text="已过五年")
    with acting(made.head()) as head:
        check = check_conclude(actor=head, check=check, adverse=True, reasons="证据充分")
        assert check.state == "adverse"
        assert [each.kind for each in made.decisions_of(application)] == ["资格审查", "考察"]
