"""5.p1, ADR 18: what was recorded late or wrongly of somebody's places is corrected with a reason, and stays known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision, HistoryEntry
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.registry.correcting import place_correct
from fujing.registry.facts import facts_on
from fujing.registry.models import Account, Assignment, Engagement, PlaceCorrection, Post
from fujing.registry.placing import officer_assign
from tests import factories
from tests.factories import SANTAI, YANTING

pytestmark = pytest.mark.django_db
A, B, C, D = (date(2022, month, 1) for month in (3, 5, 7, 9))
DAY = timedelta(1)


@dataclass
class Desk:
    """Somebody in service since 2021, on `post` under the first officer from B and under the second from D on."""

    actor: Actor
    someone: Engagement
    post: Post
    other: Post
    civil: Post
    officers: list[Account]

    def correct(self, starts: date, until: date | None = None, **given: Any) -> PlaceCorrection:
        asked = {"post": self.other, "officer": self.officers[0], "reason": "漏登，见值班表"} | given
        with acting(self.actor), speaking(), transaction.atomic():
            return place_correct(actor=self.actor, engagement=self.someone, starts=starts, until=until, **asked)

    def places(self) -> list[tuple[date, date | None, str, str]]:
        """From, until, post and officer, by day."""
        with acting(self.actor):
            rows = self.someone.assignments.select_related("post", "officer").order_by("span")
            return [
                (each.span.lower, each.span.upper, each.post.name, each.officer.name if each.officer else "")
                for each in rows
            ]


@pytest.fixture
def desk(db: None) -> Desk:
    factories.quota(SANTAI, 9)
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        unit = factories.unit(SANTAI).code
        posts = [
            factories.post(unit, "巡逻防控"),
            factories.post(unit, "社区警务"),
            factories.post(unit, "内勤", "civil"),
        ]
        officers = [factories.account(SANTAI, "police_officer", name=name) for name in ("周警官", "吴警官")]
        someone = factories.engagement(factories.person(SANTAI))
        made = Desk(factories.officer(SANTAI, "hr_officer"), someone, *posts, officers)
    with acting(made.actor):
        for officer, starts in ((officers[0], B), (officers[1], D)):
            officer_assign(actor=made.actor, engagements=[someone.pk], officer=officer, starts=starts, post=posts[0])
    return made


HERE, THERE = "巡逻防控", "社区警务"
ZHOU, WU = "周警官", "吴警官"


@pytest.mark.parametrize(
    ("starts", "until", "expected"),
    [
        # In fact began earlier: the days before the first place.
        (A, None, [(A, B, THERE, ZHOU), (B, D, HERE, ZHOU), (D, None, HERE, WU)]),
        # From within a place until its end on record.
        (C, None, [(B, C, HERE, ZHOU), (C, D, THERE, ZHOU), (D, None, HERE, WU)]),
        # Within a place.
        (C, C + DAY, [(B, C, HERE, ZHOU), (C, C + DAY, THERE, ZHOU), (C + DAY, D, HERE, ZHOU), (D, None, HERE, WU)]),
        # A whole place, and over the border of two.
        (B, D, [(B, D, THERE, ZHOU), (D, None, HERE, WU)]),
        (C, D + DAY, [(B, C, HERE, ZHOU), (C, D + DAY, THERE, ZHOU), (D + DAY, None, HERE, WU)]),
        # Before and over the first.
        (A, C, [(A, C, THERE, ZHOU), (C, D, HERE, ZHOU), (D, None, HERE, WU)]),
        # The present one.
        (D, None, [(B, D, HERE, ZHOU), (D, None, THERE, ZHOU)]),
        (D + DAY, None, [(B, D, HERE, ZHOU), (D, D + DAY, HERE, WU), (D + DAY, None, THERE, ZHOU)]),
    ],
)
def test_the_places_are_cut_and_what_held_is_a_row_between(
    desk: Desk, starts: date, until: date | None, expected: list[tuple[date, date | None, str, str]]
) -> None:
    desk.correct(starts, until)
    assert desk.places() == expected


def now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def test_what_was_known_before_is_still_known_and_the_reason_stands_in_the_history(desk: Desk) -> None:
    before = now()
    row = desk.correct(C, D)
    with acting(desk.actor):
        person = desk.someone.person
        then, since = facts_on(person, C, known=before).place, facts_on(person, C).place
        assert then is not None
        assert since is not None
        assert (then.post_id, since.post_id) == (desk.post.pk, desk.other.pk)
        entries = HistoryEntry.objects.filter(tracked="registry_assignment", at__gt=before)
        assert {each.reason for each in entries} == {"漏登，见值班表"}
        assert {each.operation for each in entries} == {"update", "insert"}
        assert HERE in row.before
        row.refresh_from_db()
        assert row.made_by_id == desk.actor.account_id
        decided = Decision.objects.get(kind="更正岗位记录")
    assert decided.person_id == person.pk
    assert decided.provisions == ["5.p1"]
    assert THERE in decided.message


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"reason": "  "}, "reason", "事由"),
    ({"starts": today() + DAY}, "starts", "不能晚于今天"),
    ({"starts": date(2019, 1, 1)}, "starts", "在职从"),
    ({"until": C}, "ends", "不能早于起始日"),
    ({"starts": D, "until": today() + 2 * DAY}, "ends", "不能晚于今天"),
    ({"post": "civil"}, "post", "勤务岗位"),
    ({"post": "post"}, "post", "与现在的记录相同"),
]


@pytest.mark.parametrize(("given", "field", "message"), REFUSED)
def test_what_cannot_have_been_is_refused_at_its_field(
    desk: Desk, given: dict[str, Any], field: str, message: str
) -> None:
    before = desk.places()
    asked = {"starts": C} | given
    if "post" in asked:
        asked["post"] = getattr(desk, asked["post"])
    with pytest.raises(Refusal) as refused:
        desk.correct(**asked)
    assert message in "".join(refused.value.errors[field])
    assert desk.places() == before


def test_a_correction_that_leaves_a_gap_is_refused_before_the_commit(desk: Desk) -> None:
    with pytest.raises(Refusal, match="不能有空档"):
        desk.correct(A, A + DAY)
    assert len(desk.places()) == 2


def test_nobody_who_was_never_an_officer_of_the_bureau_is_responsible(desk: Desk) -> None:
    with acting(factories.PROVINCIAL):
        clerk = factories.account(SANTAI, "hr_officer", name="冯经办")
    with pytest.raises(Refusal) as refused:
        desk.correct(C, officer=clerk)
    assert "officer" in refused.value.errors


def test_an_officer_who_left_led_in_the_past_and_not_today(desk: Desk) -> None:
    with acting(factories.PROVINCIAL):
        Account.objects.filter(pk=desk.officers[0].pk).update(is_active=False)
    with pytest.raises(Refusal, match="责任民警应为本机关在任民警"):
        desk.correct(D)
    desk.correct(C)
    assert desk.places()[1] == (C, D, THERE, ZHOU)


def test_whoever_left_is_corrected_within_their_service(desk: Desk) -> None:
    left = today() - 10 * DAY
    with acting(desk.actor):
        place = desk.someone.assignments.get(span__endswith__isnull=True)
        place.span = DateRange(D, left)
        place.save()
        factories.run_out(desk.someone, left, since=date(2021, 1, 1))
    with pytest.raises(Refusal) as refused:
        desk.correct(left)
    assert "在职到" in refused.value.errors["starts"][0]
    desk.correct(D + DAY)
    assert desk.places()[-1] == (D + DAY, left, THERE, ZHOU)


def test_only_personnel_of_the_own_bureau_correct(desk: Desk) -> None:
    with acting(factories.PROVINCIAL):
        others = [factories.officer(SANTAI, "organ_leader"), factories.officer(factories.MIANYANG, "hr_head")]
    for desk.actor in others:
        with pytest.raises(NotAllowed):
            desk.correct(C)


WRITES = {
    "post": lambda desk: {"post": desk.other},
    "officer": lambda desk: {"officer": desk.officers[1]},
    "start": lambda desk: {"span": DateRange(B + DAY, D)},
    "end": lambda desk: {"span": DateRange(B, D - DAY)},
}


@pytest.mark.parametrize("write", WRITES)
def test_the_database_refuses_to_overwrite_a_place_without_a_reason(desk: Desk, write: str) -> None:
    with acting(desk.actor):
        rows = Assignment.objects.filter(engagement=desk.someone, span__startswith=B)
        with pytest.raises(Refusal, match="应写明事由") as refused, speaking(), transaction.atomic():
            rows.update(**WRITES[write](desk))
        with pytest.raises(Refusal, match="应写明事由"), speaking(), transaction.atomic():
            rows.delete()
    assert refused.value.provisions == ("5.p1",)


def test_a_place_that_ends_or_gets_its_first_officer_needs_no_reason(desk: Desk) -> None:
    with acting(desk.actor), transaction.atomic():
        someone = factories.engagement(factories.person(SANTAI))
        made = Assignment(
            organ_code=SANTAI, engagement=someone, unit_id=desk.post.unit_id, post=desk.post, span=DateRange(A, None)
        )
        made.clean()
        made.save()
        made.officer = desk.officers[0]
        made.save()
        officer_assign(actor=desk.actor, engagements=[someone.pk], officer=desk.officers[1], starts=B)
    with acting(desk.actor):
        assert someone.assignments.count() == 2


def lawful(desk: Desk) -> dict[str, Any]:
    return {
        "organ_code": SANTAI,
        "engagement": desk.someone,
        "person_id": desk.someone.person_id,
        "span": DateRange(A, B),
        "post": desk.post,
        "reason": "漏登",
        "made_by": desk.actor.name,
    }


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"reason": " "}, "更正应写明事由"),
        ({"span": DateRange(A, A)}, "至少有一天"),
        ({"span": DateRange(None, B)}, "从哪一天起"),
        ({"made_by_id": 1}, "当前登录的账号"),
    ],
)
def test_the_table_holds_what_a_correction_says(desk: Desk, given: dict[str, Any], message: str) -> None:
    with acting(desk.actor):
        with pytest.raises(Refusal, match=message), speaking(), transaction.atomic():
            PlaceCorrection.objects.create(**lawful(desk) | given)
        made = PlaceCorrection.objects.create(**lawful(desk))
        with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
            PlaceCorrection.objects.filter(pk=made.pk).update(reason="另一个")
