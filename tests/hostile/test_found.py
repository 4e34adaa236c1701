"""What the wanderer found, kept: a request that once was a fault of ours, and what it is answered now."""

from __future__ import annotations

import pytest

from fujing.kernel.actor import acting
from tests import factories, world
from tests.clients import client_of, client_with
from tests.factories import SANTAI

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", ["²", "", "\u202e倒写", "-1", "9" * 40, "1e9"])
def test_a_role_by_what_is_no_number_is_no_role(number: str) -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
        account = factories.account(SANTAI, "hr_officer")
    answer = client_with(SANTAI, "security_admin").post(f"/desk/accounts/{account.pk}/roles/", {"end": number})
    assert answer.status_code == 200
    assert "没有这个角色" in answer.content.decode()


@pytest.mark.parametrize("field", ["police_officers", "residents"])
def test_more_people_than_a_column_holds_are_refused_at_the_field(field: str) -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
    figures = {"year": "2026", "police_officers": "1", "residents": "1", "source": "公报"} | {field: "9" * 18}
    answer = client_with(SANTAI, "hr_officer").post("/desk/quota/figures/", figures)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_form_that_was_sent_empty_says_what_is_missing() -> None:
    made = world.county(SANTAI, "三台某", 101)
    applicant = world.applicant("报名某", 102)
    answer = client_of(applicant).post(
        f"/announcements/{made.campaign.pk}/apply/", b"", "multipart/form-data; boundary=x"
    )
    assert answer.status_code == 422
    assert "请填写" in answer.content.decode()
