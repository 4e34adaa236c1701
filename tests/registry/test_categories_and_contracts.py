"""What the database refuses of posts, categories and contracts (Articles 3.p2, 5.p1, 22 and 39), each by its own guarantee."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import acting
from fujing.kernel.refusals import Refusal, speaking
from fujing.registry.models import Assignment, Contract, Engagement, Post
from tests import factories
from tests.factories import SANTAI

pytestmark = pytest.mark.django_db
START = date(2021, 1, 1)


@pytest.fixture
def engagement(db: None) -> Engagement:
    """Somebody of the field category, in service."""
    factories.quota(SANTAI, 2)
    with acting(factories.PROVINCIAL):
        return factories.engagement(factories.person(SANTAI))


def refused(provision: str, words: str, act: object) -> None:
    with acting(factories.PROVINCIAL), pytest.raises(Refusal, match=words) as said, speaking(), transaction.atomic():
        act()  # type: ignore[operator]
    assert said.value.provisions == (provision,)


def test_a_post_is_civil_or_field_and_nothing_else() -> None:
    with acting(factories.PROVINCIAL):
        unit = factories.unit(SANTAI)
    refused("3.p2", "文职或勤务之一", lambda: factories.post(unit.code, category="both"))
    refused("3.p2", "文职或勤务之一", lambda: factories.post(unit.code, category=""))
    with acting(factories.PROVINCIAL):
        assert {factories.post(unit.code, name, category).category for name, category in
                (("内勤", "civil"), ("巡逻", "field"))} == {"civil", "field"}  # fmt: off


def assign(engagement: Engagement, post: Post) -> Assignment:
    return Assignment.objects.create(
        organ_code=SANTAI, engagement=engagement, person_id=engagement.person_id, unit=post.unit, post=post,
        span=DateRange(START, None),
    )  # fmt: off


def test_a_field_auxiliary_takes_no_civil_post(engagement: Engagement) -> None:
    with acting(factories.PROVINCIAL):
        unit = factories.unit(SANTAI)
        civil = factories.post(unit.code, "内勤", "civil")
        field = factories.post(unit.code, "巡逻", "field")
    refused("3.p2", "与岗位类别一致", lambda: assign(engagement, civil))
    with acting(factories.PROVINCIAL):
        assert assign(engagement, field).pk


def sign(engagement: Engagement, number: str, **changes: object) -> Contract:
    fields: dict = {
        "organ_code": SANTAI, "engagement": engagement, "person_id": engagement.person_id, "number": number,
        "kind": "fixed", "sequence": 1, "signed_on": START, "signer": "三台县公安局",
        "span": DateRange(START, date(2024, 1, 1)), "term_months": 36, "probation_months": 0,
    }  # fmt: off
    return Contract.objects.create(**fields | changes)


@pytest.mark.parametrize(
    ("kind", "term"), [("fixed", None), ("open_ended", 36)], ids=["fixed without a term", "open-ended with a term"]
)
def test_a_contract_has_a_term_exactly_if_it_is_fixed(engagement: Engagement, kind: str, term: int | None) -> None:
    refused("39", "固定期限合同应写明期限", lambda: sign(engagement, "1", kind=kind, term_months=term))
    with acting(factories.PROVINCIAL):
        assert sign(engagement, "1").pk


def test_two_contracts_of_one_person_never_share_a_day(engagement: Engagement) -> None:
    with acting(factories.PROVINCIAL):
        sign(engagement, "1")
    overlapping = DateRange(date(2023, 12, 31), date(2026, 12, 31))
    refused("39", "只能有一份劳动合同", lambda: sign(engagement, "2", span=overlapping))
    with acting(factories.PROVINCIAL):
        assert sign(engagement, "2", span=DateRange(date(2024, 1, 1), date(2027, 1, 1))).pk


@pytest.mark.parametrize(("term", "limit"), [(2, 0), (3, 1), (11, 1), (12, 2), (35, 2), (36, 6)])
def test_probation_beyond_the_limit_of_the_term_is_refused(engagement: Engagement, term: int, limit: int) -> None:
    longer = {"term_months": term, "probation_months": limit + 1}
    refused("22", "第十九条的上限", lambda: sign(engagement, "1", **longer))
    with acting(factories.PROVINCIAL):
        assert sign(engagement, "1", term_months=term, probation_months=limit).pk


def test_one_employer_agrees_one_probation_with_one_person(engagement: Engagement) -> None:
    with acting(factories.PROVINCIAL):
        sign(engagement, "1", probation_months=2)
    again = DateRange(date(2024, 1, 1), date(2027, 1, 1))
    refused("22", "只能约定一次试用期", lambda: sign(engagement, "2", span=again, probation_months=1))
