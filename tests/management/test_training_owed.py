"""What people of a bureau still lack, from what is stored (Article 24)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from fujing.kernel.actor import acting
from fujing.kernel.clock import ZONE
from fujing.law.training.kinds import KINDS, YEARLY
from fujing.management.training.attendance import Came, attendance_correct
from fujing.management.training.queries import applies_to, lacking, serving, standing_of, standings, training_of
from fujing.management.training.services import requirement_set
from fujing.management.training.todos import lacking_todos
from fujing.registry.models import Engagement
from tests import factories
from tests.factories import SANTAI
from tests.management.trainings import HOUR, Bureau, at, bureau, enrolment, now
from tests.registry.moving_in import moved_in, roster_of, row

pytestmark = pytest.mark.django_db
YEAR = now().year


def ask(made: Bureau, kind: str = "political", **more: Any) -> None:
    with acting(made.hr):
        requirement_set(actor=made.hr, year=YEAR, kind=kind, basis="年度计划", **({"hours": Decimal(4)} | more))


def holds(made: Bureau, kind: str = "political", topic: str = "", person: int = 0) -> bool | None:
    with acting(made.hr):
        found = standing_of(made.people[person], YEAR).of((kind, topic))
    assert found is not None
    return found.holds


def test_everybody_owes_the_four_educations_and_annual_training_and_nothing_is_done_at_first() -> None:
    made = bureau()
    with acting(made.hr):
        for each in standings(serving(made.hr), YEAR):
            assert [owed.kind for owed in each.owed] == [*YEARLY[:-1], "induction", "annual"]
            assert {owed.kind: owed.holds for owed in each.owed} == dict.fromkeys(YEARLY, False) | {"induction": True}
    assert set(YEARLY) | {"induction", "special"} == set(KINDS)


@pytest.mark.parametrize(
    ("step", "expected"), [("enrolled", False), ("ended", None), ("marked", None), ("confirmed", True)]
)
def test_only_what_was_confirmed_is_done(step: str, expected: bool | None) -> None:
    made = bureau()
    ask(made)
    at(made, step)
    assert holds(made) is expected
    assert holds(made, "secrecy") is False


def test_hours_that_nobody_entered_are_unknown_and_too_few_are_lacking() -> None:
    made = bureau()
    at(made, "confirmed")
    assert holds(made) is None
    ask(made, hours=Decimal("4.5"))
    assert holds(made) is False
    at(made, "confirmed", title="第二班", hours=Decimal("0.5"), starts_at=now() - HOUR / 2, ends_at=now() - HOUR / 4)
    assert holds(made) is True


def test_absence_and_a_failed_exam_count_for_nothing() -> None:
    made = bureau()
    ask(made)
    at(made, "confirmed", came=Came("absent", absent_why="出差"))
    assert holds(made) is False
    times = {"starts_at": now() - HOUR / 2, "ends_at": now() - HOUR / 4, "pass_mark": Decimal(60)}
    exam = at(made, "confirmed", title="考试班", came=Came("present", score=Decimal("59.5")), **times)
    assert holds(made) is False
    with acting(made.head):
        attendance_correct(
            actor=made.head,
            enrolment=enrolment(exam, made.people[0]),
            came=Came("present", score=Decimal(60)),
            reason="登分错误",
        )
    assert holds(made) is True
    assert holds(made, person=1) is False


def test_a_class_of_last_year_counts_for_last_year_and_induction_for_ever() -> None:
    made = bureau()
    ask(made)
    ask(made, "induction")
    with acting(factories.PROVINCIAL):
        Engagement.objects.update(span=DateRange(date(2021, 3, 1), None))
    night = datetime(YEAR - 1, 12, 31, 23, 30, tzinfo=ZONE)
    times = {"starts_at": night - 2 * HOUR, "ends_at": night}
    at(made, "confirmed", **times)
    assert holds(made) is False
    assert holds(made, "induction") is False
    before = {"starts_at": night - 9 * HOUR, "ends_at": night - 5 * HOUR}
    at(made, "confirmed", kind="induction", title="岗前", **before)
    assert holds(made, "induction") is True
    midnight = datetime(YEAR, 1, 1, tzinfo=ZONE)
    at(made, "confirmed", title="跨年", starts_at=midnight - HOUR / 2, ends_at=midnight)
    assert holds(made) is True


def test_who_began_within_the_year_owes_what_the_plan_says_of_newcomers() -> None:
    made = bureau()
    with acting(factories.PROVINCIAL):
        Engagement.objects.update(span=DateRange(date(YEAR, 1, 2), None))
    ask(made)
    assert holds(made) is None
    ask(made, newcomers=True)
    assert holds(made) is False
    ask(made, newcomers=False)
    assert holds(made) is True
    assert holds(made, "induction") is False


def test_a_special_training_is_asked_of_its_category_and_post() -> None:
    made = bureau()
    assert standing(made, "警械使用") is None
    ask(made, "special", topic="警械使用", category="civil")
    ask(made, "special", topic="急救", category="field")
    ask(made, "special", topic="驾驶", post="驾驶")
    assert holds(made, "special", "警械使用") is True
    assert holds(made, "special", "急救") is False
    assert holds(made, "special", "驾驶") is None
    at(made, "confirmed", kind="special", topic="急救", title="急救")
    assert holds(made, "special", "急救") is True


def standing(made: Bureau, topic: str) -> Any:
    with acting(made.hr):
        return standing_of(made.people[0], YEAR).of(("special", topic))


@pytest.mark.parametrize(
    ("asked", "category", "post", "expected"),
    [
        (("", ""), "", None, True),
        (("field", ""), "field", None, True),
        (("field", ""), "civil", None, False),
        (("field", ""), "", None, None),
        (("", "巡逻"), "", "巡逻", True),
        (("", "巡逻"), "field", "窗口", False),
        (("", "巡逻"), "field", None, None),
        (("civil", "巡逻"), "field", None, False),
        (("civil", "巡逻"), "", "窗口", False),
    ],
)
def test_of_whom_a_special_training_is_asked(
    asked: tuple[str, str], category: str, post: str | None, expected: bool | None
) -> None:
    assert applies_to({"category": asked[0], "post": asked[1]}, category, post) is expected


def test_what_a_roster_says_is_heard(tmp_path: Path) -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
        factories.unit(SANTAI)
    said = {
        "入职日期": "2022-05-01",
        "岗前培训日期": "2022-05-20",
        "政治教育": f"{YEAR}-02-01",
        "纪律教育": "无",
        "廉洁教育": f"{YEAR - 1}-02-01",
        "保密教育": "",
    }
    moved_in(factories.territorial(SANTAI), roster_of(tmp_path, [row(1, **said)]))
    with acting(factories.PROVINCIAL):
        engagement = Engagement.objects.get(person__name="张1")
        found = {each.kind: each.holds for each in standing_of(engagement, YEAR).owed}
    expected = {"political": None, "discipline": False, "integrity": False, "secrecy": None, "induction": True}
    assert {kind: found[kind] for kind in expected} == expected


def test_a_roster_with_nothing_in_it_leaves_everything_to_verify(tmp_path: Path) -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
        factories.unit(SANTAI)
    empty = dict.fromkeys(("岗前培训日期", "政治教育", "纪律教育", "廉洁教育", "保密教育", "年度培训日期"), "")
    moved_in(factories.territorial(SANTAI), roster_of(tmp_path, [row(1, 入职日期="2022-05-01", **empty)]))
    with acting(factories.PROVINCIAL):
        owed = standing_of(Engagement.objects.get(person__name="张1"), YEAR).owed
    assert {each.holds for each in owed} == {None}


def test_the_next_class_is_told() -> None:
    made = bureau()
    course = at(made, "enrolled", starts_at=now() + 2 * HOUR, ends_at=now() + 3 * HOUR)
    at(made, "enrolled", title="以后", starts_at=now() + 5 * HOUR, ends_at=now() + 6 * HOUR)
    with acting(made.hr):
        found = standing_of(made.people[0], YEAR)
        assert found.planned == {("political", ""): course.starts_at}
        assert [each.course.title for each in training_of(made.people[0])] == ["以后", "政治教育第一期"]


def test_who_lacks_something_is_counted_by_one_query_however_many_there_are() -> None:
    def queries(made: Bureau) -> int:
        with acting(made.hr), CaptureQueriesContext(connection) as seen:
            found = lacking(made.hr, YEAR)
        assert (found.people, found.inductions) == (len(made.people), 0)
        return len(seen)

    assert queries(bureau(2)) == 1
    more = bureau(4, factories.YANTING)
    ask(more, "secrecy")
    at(more, "confirmed", kind="secrecy")
    assert queries(more) == 1


def test_what_lacks_waits_before_the_years_end_and_induction_at_any_time() -> None:
    made = bureau()
    with acting(made.hr):
        assert ("training_lacking", 2) in [
            (each.kind, each.count) for each in lacking_todos(made.hr, date(YEAR, 12, 1))
        ]
        assert not list(lacking_todos(made.hr, date(YEAR, 9, 1)))
    with acting(factories.PROVINCIAL):
        Engagement.objects.update(span=DateRange(date(YEAR, 1, 1) + timedelta(1), None))
    with acting(made.hr):
        (induction,) = lacking_todos(made.hr, date(YEAR, 9, 1))
        assert (induction.kind, induction.count, induction.provision) == ("training_induction", 2, "24")
