"""The qualification review: screening kept by run, completion with a day, several at once and never blind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision, HistoryEntry
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.recruitment.applications import screening
from fujing.recruitment.applications.models import Application, ScreeningBlock, ScreeningResult, ScreeningRun
from fujing.recruitment.applications.queries import (
    RULES,
    findings_of,
    groups,
    next_in_queue,
    queue_of,
    screened,
    screening_of,
    with_screening,
)
from fujing.recruitment.applications.review import AT_ONCE, application_review, applications_qualify
from fujing.recruitment.applications.screening import applications_screen
from fujing.recruitment.applications.services import application_attach, application_save, application_submit
from fujing.recruitment.campaigns.models import Campaign
from tests.factories import YANTING
from tests.pictures import picture
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db
PICTURE = picture()
CLEAR: dict[str, Any] = {"height_cm": 175, "naked_vision": 5, "major": "法学"}


def spoiled(application: Application, **facts: Any) -> None:
    """Facts that no page would take, as an older release or a hand may have left them."""
    Application.objects.filter(pk=application.pk).update(**facts)


def rows(campaign: Campaign) -> Any:
    return with_screening(Application.objects.filter(campaign=campaign), campaign)


def seen(*applications: Application) -> dict[int, Any]:
    return {each.pk: each.screened_at for each in applications}


def test_a_run_keeps_the_result_of_all_who_wait_and_leaves_the_applications_alone() -> None:
    to = made.campaign()
    good, _ = made.application(to)
    bad, _ = made.application(to)
    with acting(made.head()) as head:
        spoiled(bad, education="junior_middle")
        before = HistoryEntry.objects.count()
        assert applications_screen(actor=head, campaign=to)["ineligible"] == 1
        run = ScreeningRun.objects.get()
        found = dict(ScreeningResult.objects.filter(run=run).values_list("application_id", "violated"))
        assert HistoryEntry.objects.count() == before
    assert found == {good.pk: 0, bad.pk: RULES["recruitment.education"]}
    assert (run.eligible, run.undetermined, run.ineligible) == (1, 0, 1)
    assert run.rule_book
    assert run.inputs_digest


def test_a_run_finds_what_the_single_screening_finds() -> None:
    to = made.campaign()
    people = [
        made.application(to, **facts)[0]
        for facts in ({}, CLEAR, {"household": "", "certificates": ""}, {"veteran": True, "scarce_skill": False})
    ]
    with acting(made.head()) as head:
        spoiled(people[1], nationality="越南", height_cm=None)
        spoiled(people[2], education="junior_middle", nationality="")
        applications_screen(actor=head, campaign=to)
        kept = {row.application_id: (row.violated, row.undetermined) for row in ScreeningResult.objects.all()}
        fresh = list(Application.objects.order_by("pk"))
        table = screening_of(to, fresh)
        alone = table.masks.rows()
        for place, each in enumerate(fresh):
            assert findings_of(each) == table.findings(place, all=True)
    assert kept == {row.pk: masks for row, masks in zip(fresh, alone, strict=True)}
    assert len(set(kept.values())) > 2


def test_nobody_waiting_is_a_run_of_nobody() -> None:
    to = made.campaign()
    with acting(made.head()) as head:
        assert applications_screen(actor=head, campaign=to) == {"eligible": 0, "ineligible": 0, "undetermined": 0}


def test_a_run_stays_as_it_is() -> None:
    to = made.campaign()
    made.application(to)
    with acting(made.head()) as head:
        applications_screen(actor=head, campaign=to)
        for change in (
            lambda: ScreeningRun.objects.update(eligible=9),
            lambda: ScreeningBlock.objects.update(violated=[0]),
            lambda: ScreeningBlock.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError, match="只能新增"), transaction.atomic():
                change()


def test_results_stand_side_by_side_with_their_applications() -> None:
    to = made.campaign()
    made.application(to)
    with acting(made.head()) as head:
        applications_screen(actor=head, campaign=to)
        with pytest.raises(Refusal, match="一一对应"), speaking(), transaction.atomic():
            ScreeningBlock.objects.create(
                organ_code=to.organ_code,
                run=ScreeningRun.objects.get(),
                first=1,
                last=2,
                applications=[1, 2],
                violated=[0],
                undetermined=[0, 0],
            )


def test_a_run_of_several_blocks_is_read_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "BLOCK", 2)
    to = made.campaign()
    people = [made.application(to)[0] for _ in range(5)]
    with acting(made.head()) as head:
        spoiled(people[3], education="junior_middle")
        applications_screen(actor=head, campaign=to)
        assert ScreeningBlock.objects.count() == 3
        assert [row.violates for row in rows(to).order_by("pk")] == [0, 0, 0, RULES["recruitment.education"], 0]


def test_a_result_in_another_territory_is_refused_by_the_table() -> None:
    to = made.campaign()
    application, _ = made.application(to)
    with acting(made.head()) as head:
        applications_screen(actor=head, campaign=to)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            ScreeningBlock.objects.create(
                organ_code=YANTING,
                run=ScreeningRun.objects.get(),
                first=application.pk,
                last=application.pk,
                applications=[application.pk],
                violated=[0],
                undetermined=[0],
            )


def test_the_applicant_reads_no_run() -> None:
    to = made.campaign()
    _, own = made.application(to)
    with acting(made.head()) as head:
        applications_screen(actor=head, campaign=to)
    with acting(own):
        assert not ScreeningRun.objects.exists()
        assert not ScreeningResult.objects.exists()


@pytest.mark.parametrize(
    "change", [{"birth_date": "1990-01-01"}, {"sex": "female"}, {"account_id": 1}, {"verified_at": "2020-01-01T00:00Z"}]
)
def test_what_was_verified_with_the_number_never_changes(change: dict[str, Any]) -> None:
    application, own = made.application(made.campaign(), "draft", by=made.applicant(made.citizen_number()))
    with acting(own):
        if change == {"sex": application.sex}:
            change = {"sex": "male"}
        with pytest.raises(DatabaseError, match="不能修改"), transaction.atomic():
            Application.objects.filter(pk=application.pk).update(**change)


def test_counts_equal_the_lists_behind_them() -> None:
    to = made.campaign()
    people = [made.application(to)[0] for _ in range(4)]
    with acting(made.head()) as head:
        spoiled(people[0], education="junior_middle")
        spoiled(people[1], education="junior_middle", nationality="")
        spoiled(people[2], nationality="")
        applications_screen(actor=head, campaign=to)
        counted = groups(rows(to))
        for result in ("eligible", "undetermined", "ineligible"):
            number = sum(each.number for each in counted if each.result == result)
            assert number == len(queue_of(to, result=result, size=9))
        for rule in ("recruitment.education", "recruitment.nationality", "recruitment.age"):
            number = sum(each.number for each in counted if rule in each.rules)
            assert number == len(queue_of(to, rule=rule, size=9)), rule
        assert len(queue_of(to, rule="recruitment.education", size=9)) == 2
        assert len(queue_of(to, post="01", state="submitted", size=9)) == 4
        assert not queue_of(to, post="99", size=9)
        spoiled_ones = queue_of(to, result="ineligible", rule="recruitment.education", size=9)
        assert spoiled_ones == [people[0].pk, people[1].pk]
        assert queue_of(to, result="ineligible", after=people[0], size=1) == [people[1].pk]
        masks = {row.pk: (row.violates, row.lacks) for row in rows(to)}
        assert {row.pk: (row.violates, row.lacks) for row in screened(list(masks), to)} == masks


def test_a_review_after_the_run_counts_more_than_the_run() -> None:
    to = made.campaign()
    application, own = made.application(to)
    with acting(made.head()) as head:
        spoiled(application, education="junior_middle")
        applications_screen(actor=head, campaign=to)
        application_review(actor=head, application=application, verb="return", note="请补学历", **made.COMPLETE)
    with acting(own):
        saved = application_save(
            actor=own, campaign=to, position=to.positions.get(), facts={**made.FACTS, "education": "bachelor"}
        )
        application_submit(actor=own, application=saved)
    with acting(made.head()):
        assert rows(to).get().violates == 0
        assert queue_of(to, result="ineligible", size=9) == []
        assert screened([application.pk], to)[0].violates == 0


def test_the_next_is_the_one_submitted_next_and_the_last_leads_to_the_first() -> None:
    to = made.campaign()
    first, second, third = (made.application(to)[0] for _ in range(3))
    with acting(made.head()) as head:
        assert next_in_queue(second) == third.pk
        assert next_in_queue(third) == first.pk
        application_review(actor=head, application=first, verb="qualify")
        assert next_in_queue(third) == second.pk


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"missing": []}, "missing"),
        ({"missing": ["shoe_size"]}, "missing"),
        ({"until": None}, "until"),
        ({"until": today()}, "until"),
    ],
)
def test_a_return_says_what_is_missing_and_until_when(asked: dict[str, Any], field: str) -> None:
    application, _ = made.application(made.campaign())
    with acting(made.head()) as head, pytest.raises(Refusal) as caught:
        application_review(
            actor=head, application=application, verb="return", note="请补", **{**made.COMPLETE, **asked}
        )
    assert set(caught.value.errors) == {field}


def test_the_table_refuses_a_return_without_what_and_when() -> None:
    application, _ = made.application(made.campaign())
    with acting(made.head()), pytest.raises(DatabaseError, match="application_returned_says_what"):
        Application.objects.filter(pk=application.pk).update(state="returned", reviewed_by="某", review_note="请补")


def returned(missing: list[str]) -> tuple[Application, Any]:
    application, own = made.application(made.campaign(), household="")
    with acting(made.head()) as head:
        done = application_review(
            actor=head,
            application=application,
            verb="return",
            note="请补齐",
            missing=missing,
            until=today() + timedelta(days=2),
        )
    return done, own


def test_what_was_asked_for_must_be_there_before_it_is_handed_in_again() -> None:
    application, own = returned(["diploma", "household"])
    with acting(own):
        with pytest.raises(Refusal) as caught:
            application_submit(actor=own, application=application)
        assert caught.value.errors == {"file_diploma": ["请补充学历证书。"], "household": ["请补充户籍。"]}
        application = application_save(
            actor=own, campaign=application.campaign, position=application.position, facts=made.FACTS
        )
        application_attach(
            actor=own, application=application, kind="diploma", upload=SimpleUploadedFile("d.png", PICTURE)
        )
        assert application_submit(actor=own, application=application).state == "submitted"


def test_after_the_day_it_cannot_be_completed_but_can_be_rejected() -> None:
    application, own = returned(["household"])
    with acting(made.head()) as head:
        with pytest.raises(Refusal, match="现在不能作出结论"):
            application_review(actor=head, application=application, verb="reject", note="未补充")
        Application.objects.update(complete_until=today() - timedelta(days=1))
    with acting(own), pytest.raises(Refusal, match="届满"):
        application_submit(actor=own, application=application)
    with acting(made.head()) as head:
        done = application_review(actor=head, application=application, verb="reject", note="未补充")
    assert done.state == "rejected"


def test_those_without_any_question_are_qualified_at_once_with_a_decision_each() -> None:
    to = made.campaign()
    people = [made.application(to)[0] for _ in range(3)]
    with acting(made.head()) as head:
        applications_qualify(actor=head, campaign=to, seen=seen(*people))
        assert set(Application.objects.values_list("state", "reviewed_by")) == {("qualified", head.name)}
        assert Decision.objects.filter(kind="资格审查").count() == 3


@pytest.mark.parametrize("facts", [{"education": "junior_middle"}, {"nationality": ""}])
def test_one_whom_a_rule_questions_stops_all(facts: dict[str, str]) -> None:
    to = made.campaign()
    good, _ = made.application(to)
    other, _ = made.application(to, by=made.applicant(name="赵待查"))
    with acting(made.head()) as head:
        spoiled(other, **facts)
        with pytest.raises(Refusal, match="赵待查"):
            applications_qualify(actor=head, campaign=to, seen=seen(good, other))
        assert set(Application.objects.values_list("state", flat=True)) == {"submitted"}


def test_a_row_that_changed_since_it_was_listed_stops_all() -> None:
    to = made.campaign()
    good, _ = made.application(to)
    other, own = made.application(to, by=made.applicant(name="赵变动"))
    listed = seen(good, other)
    with acting(made.head()) as head:
        application_review(actor=head, application=other, verb="return", note="请补", **made.COMPLETE)
    with acting(own):
        application_save(actor=own, campaign=to, position=other.position, facts={"education": "bachelor"})
        application_submit(actor=own, application=other)
    with acting(made.head()) as head:
        with pytest.raises(Refusal, match="赵变动"):
            applications_qualify(actor=head, campaign=to, seen=listed)
        assert set(Application.objects.values_list("state", flat=True)) == {"submitted"}


def test_another_campaigns_row_an_empty_list_and_too_many_are_refused() -> None:
    to = made.campaign()
    application, own = made.application(to)
    with acting(made.head()) as head:
        for listed in ({}, {application.pk + 9: application.screened_at}, dict.fromkeys(range(AT_ONCE + 1), None)):
            with pytest.raises(Refusal):
                applications_qualify(actor=head, campaign=to, seen=listed)
    with acting(own), pytest.raises(NotAllowed):
        applications_qualify(actor=own, campaign=to, seen=seen(application))


def test_the_grounds_told_are_not_readable_in_the_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT data_type FROM information_schema.columns WHERE table_name = 'background_backgroundcheck'"
            " AND column_name = 'grounds_told'"
        )
        assert cursor.fetchone() == ("bytea",)
