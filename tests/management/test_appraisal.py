"""Rounds of appraisals as the services and the database hold them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision, HistoryEntry
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.kernel.todos import waiting
from fujing.management.appraisal.asking import asked_change, asked_keep, asked_receive
from fujing.management.appraisal.facts import UNKNOWN
from fujing.management.appraisal.models import Opinion, Reconsideration, Round, Sheet
from fujing.management.appraisal.queries import outstanding, results_of, round_for, sheet_for, sheets_for
from fujing.management.appraisal.services import (
    period_of,
    places_refresh,
    round_cancel,
    round_close,
    round_decide,
    round_draft,
    round_open,
    round_propose,
    round_publicise,
    round_return,
    titled,
)
from fujing.management.appraisal.sheets import (
    Scored,
    sheet_exempt,
    sheet_grade,
    sheet_include,
    sheet_report,
    sheet_return,
    sheet_score,
    sheet_settle,
    sheets_score,
)
from fujing.management.appraisal.todos import APPRAISAL
from fujing.registry.models import Assignment, Engagement, Person
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.appraisals import (
    SCHEME,
    STATION,
    YEAR,
    Bureau,
    asked,
    bureau,
    closed,
    decided,
    drafted,
    opened,
    past,
    points,
    proposed,
    publicised,
    reported,
    scored,
    sheets_of,
)
from tests.management.made import PDF

pytestmark = pytest.mark.django_db


def one(made: Bureau, round_: Round, name: str = "甲") -> Sheet:
    return sheets_of(made, round_)[name]


def todos(actor: Actor) -> dict[str, int]:
    with acting(actor):
        return {each.kind: each.count for each in waiting(actor, APPRAISAL)}


def test_a_round_goes_from_the_scheme_to_final_grades() -> None:
    made = bureau()
    round_ = closed(made, {"甲": 95, "乙": 75})
    found = sheets_of(made, round_)
    assert {name: (each.state, each.grade, each.result, each.total) for name, each in found.items()} == {
        "甲": ("graded", "优秀", "优秀", Decimal(95)),
        "乙": ("graded", "合格", "合格", Decimal(75)),
    }
    with acting(made.hr):
        told = list(Decision.objects.filter(kind="考核").order_by("pk").values_list("outcome", flat=True))
        assert told == ["决定", "办结"]
        assert [each.result for each in results_of(Person.objects.get(name="甲"))] == ["优秀"]
        assert [each.name for each in outstanding(made.hr)] == ["甲"]


def test_each_waits_at_whom_the_step_names() -> None:
    made = bureau()
    round_ = opened(made)
    assert (todos(made.hr), todos(made.officer), todos(made.unit)) == (
        {"appraisal_self": 2, "appraisal_opened": 1},
        {},
        {},
    )
    reported(made, one(made, round_))
    assert (todos(made.hr)["appraisal_self"], todos(made.officer)) == (1, {"appraisal_officer": 1})
    scored(made, one(made, round_), 95, until="unit")
    assert (todos(made.officer), todos(made.unit)) == ({}, {"appraisal_unit": 1})
    assert todos(made.leader) == {}
    for sheet in sheets_of(made, round_).values():
        scored(made, sheet, 80)
    with acting(made.hr):
        round_propose(actor=made.hr, round_=round_)
    assert todos(made.leader) == {"appraisal_proposed": 1}
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        elsewhere = factories.officer(YANTING, "hr_head")
    assert todos(elsewhere) == {}


@pytest.mark.parametrize(
    ("period", "part", "first", "last", "title"),
    [
        ("year", 1, date(2025, 1, 1), date(2025, 12, 31), "2025年度考核"),
        ("half", 1, date(2025, 1, 1), date(2025, 6, 30), "2025年上半年考核"),
        ("half", 2, date(2025, 7, 1), date(2025, 12, 31), "2025年下半年考核"),
        ("quarter", 1, date(2025, 1, 1), date(2025, 3, 31), "2025年第1季度考核"),
        ("quarter", 4, date(2025, 10, 1), date(2025, 12, 31), "2025年第4季度考核"),
    ],
)
def test_a_period_has_its_days_and_its_name(period: str, part: int, first: date, last: date, title: str) -> None:
    assert period_of(period, 2025, part) == (first, last)
    assert titled(Round(period=period, first=first)) == title


def test_a_scheme_that_leaves_a_heading_out_is_refused_and_one_open_round_a_period_is_enough() -> None:
    made = bureau()
    weights = {"duty": 50, "performance": 30, "conduct": 20, "education": 0}
    with pytest.raises(Refusal) as refused:
        drafted(made, SCHEME.model_copy(update={"weights": weights}))
    assert "四项内容都应当考核" in refused.value.errors["weights"][0]
    drafted(made)
    with acting(made.hr), pytest.raises(Refusal, match="已有考核批次"), speaking(), transaction.atomic():
        Round.objects.create(
            organ_code=SANTAI,
            title="又一批",
            period="year",
            first=date(YEAR, 1, 1),
            last=date(YEAR, 12, 31),
            scheme=SCHEME.model_dump(mode="json"),
            made_by="某人",
        )


def test_a_draft_is_changed_until_it_is_opened_and_never_after() -> None:
    made = bureau()
    round_ = drafted(made)
    changed = SCHEME.model_copy(update={"share": 20})
    with acting(made.hr):
        round_ = round_draft(actor=made.hr, period="year", year=YEAR, part=1, scheme=changed, round_=round_)
        assert Round.objects.get().scheme["share"] == 20
        round_open(actor=made.hr, round_=round_)
        with pytest.raises(Refusal, match="方案不得改动"):
            round_draft(actor=made.hr, period="year", year=YEAR, part=1, scheme=SCHEME, round_=round_)
        for field, value in (("scheme", {}), ("first", date(2020, 1, 1)), ("period", "half")):
            with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
                Round.objects.filter(pk=round_.pk).update(**{field: value})


def test_a_period_that_isnt_over_is_not_opened() -> None:
    made = bureau()
    round_ = drafted(made, year=today().year)
    if round_.last <= today():
        pytest.skip("the year's last day")
    with acting(made.hr), pytest.raises(Refusal, match="期满以后开始"):
        round_open(actor=made.hr, round_=round_)


def test_an_opened_round_has_a_sheet_for_everybody_who_serves_with_what_is_on_record() -> None:
    made = bureau(["甲", "乙", "丙"])
    with acting(factories.CORRECTING):
        later = made.people[2]
        Assignment.objects.filter(engagement=later).delete()
        Engagement.objects.filter(pk=later.pk).update(span=DateRange(date(YEAR + 1, 1, 1), None))
        left = Engagement(
            organ_code=SANTAI,
            person=factories.person(SANTAI, "丁"),
            category="field",
            source="before_measures",
            span=DateRange(date(2021, 1, 1), date(YEAR, 5, 1)),
            exit_kind="resigned",
        )
        left.clean()
        left.save()
    round_ = opened(made)
    found = sheets_of(made, round_)
    assert set(found) == {"甲", "乙"}
    sheet = found["甲"]
    assert (sheet.state, sheet.due, sheet.unit_id, sheet.officer_id, sheet.post) == (
        "self",
        None,
        STATION,
        made.officer.account_id,
        "巡逻防控",
    )
    assert set(sheet.facts) == set(UNKNOWN)
    assert sheet.facts["duty"][0]["said"].startswith(f"{YEAR}-01-01至{YEAR}-12-31 城关派出所 巡逻防控，责任民警")
    assert [[each["known"] for each in lines][-1] for lines in sheet.facts.values()] == [False] * 4


def test_who_began_too_late_gets_no_grade_and_the_reason_is_kept() -> None:
    made = bureau()
    with acting(factories.CORRECTING):
        Assignment.objects.filter(engagement=made.people[1]).delete()
        Engagement.objects.filter(pk=made.people[1].pk).update(span=DateRange(date(YEAR, 9, 1), None))
    sheet = one(made, opened(made), "乙")
    assert (sheet.state, sheet.due) == ("ungraded", False)
    assert "未满6个月" in sheet.due_because


def test_who_is_unknown_to_take_part_keeps_the_round_from_its_grades_until_somebody_finds_out() -> None:
    made = bureau()
    round_ = opened(made)
    found = sheets_of(made, round_)
    scored(made, found["甲"], 80, absent=None)
    scored(made, found["乙"], 80, absent=61)
    with acting(made.hr):
        with pytest.raises(Refusal, match="甲（考核期内缺勤几日没有登记）是否参加考核待核实（共 1 人）"):
            round_propose(actor=made.hr, round_=round_)
        sheet = Sheet.objects.get(name="甲")
        with pytest.raises(Refusal, match="请写明核实的情况"):
            sheet_settle(actor=made.hr, sheet=sheet, reason=" ")
        sheet_settle(actor=made.hr, sheet=sheet, reason="查考勤，没有缺勤")
        with pytest.raises(Refusal, match="不是待核实"):
            sheet_settle(actor=made.hr, sheet=sheet, reason="再说一次")
        round_propose(actor=made.hr, round_=round_)
    found = sheets_of(made, round_)
    assert (found["甲"].grade, found["甲"].due_because) == ("合格", f"查考勤，没有缺勤（{made.hr.name}核实）")
    assert (found["乙"].state, found["乙"].grade, found["乙"].total) == ("ungraded", "", None)
    assert "缺勤61日，超过60日" in found["乙"].due_because


def test_a_scheme_that_says_nothing_of_absence_leaves_who_was_away_unknown() -> None:
    made = bureau(["甲"])
    round_ = opened(made, SCHEME.model_copy(update={"absent_days": None}))
    scored(made, one(made, round_), 80, absent=3)
    with acting(made.hr), pytest.raises(Refusal, match="方案没有写明缺勤多少日"):
        round_propose(actor=made.hr, round_=round_)


def test_the_steps_come_in_their_order_also_for_the_database() -> None:
    made = bureau()
    round_ = opened(made)
    sheet = one(made, round_)
    with acting(made.officer), pytest.raises(Refusal, match="待本人自评"):
        sheet_score(actor=made.officer, sheet=sheet, scored=Scored(points(90), "好", 0))
    jumps = (
        ("self", "officer", "应有本人自评"),
        ("officer", "unit", "应先由责任民警"),
        ("unit", "scored", "应先由用人"),
    )
    for state, target, words in jumps:
        with acting(made.hr):
            assert Sheet.objects.get(pk=sheet.pk).state == state
            with pytest.raises(Refusal, match=words), speaking(), transaction.atomic():
                Sheet.objects.filter(pk=sheet.pk).update(state=target)
            with pytest.raises(Refusal, match=r"不能从|最终等次"), speaking(), transaction.atomic():
                Sheet.objects.filter(pk=sheet.pk).update(state="graded")
        sheet = reported(made, sheet) if state == "self" else scored(made, sheet, 90, until=target)
    assert sheet.state == "scored"


def test_no_grade_comes_before_the_steps_and_none_but_by_the_points() -> None:
    made = bureau(["甲"])
    round_ = opened(made)
    sheet = one(made, round_)
    graded = {"grade": "合格", "grade_because": "同意", "graded_by": "某人"}

    def refused(words: str, **values: Any) -> None:
        with acting(made.hr), pytest.raises(Refusal, match=words), speaking(), transaction.atomic():
            Sheet.objects.filter(pk=sheet.pk).update(**values)

    refused("不能有等次", total=None, due=True, **graded)
    refused("总分应由", total=80)
    sheet = scored(made, sheet, 80)
    refused("总分应由", total=Decimal("80.000001"))
    refused("不能有等次", total=80, **graded)
    refused("不能有等次", total=80, due=None, **graded)
    refused("分数达到", total=80, due=True, **graded | {"grade": "优秀"})
    refused("方案中的等次", total=80, due=True, **graded | {"grade": "良好"})
    refused("写明理由", total=80, due=True, **graded | {"grade_because": " "})
    refused("最终等次在批次办结时", total=80, due=True, result="合格", **graded)
    with acting(made.hr):
        assert Sheet.objects.filter(pk=sheet.pk).update(total=80, due=True, **graded) == 1


@pytest.mark.parametrize("heading", ["duty", "performance", "conduct", "education"])
@pytest.mark.parametrize("value", ["-0.01", "100.01", None])
def test_scores_outside_of_the_bounds_are_refused_by_service_and_database(heading: str, value: str | None) -> None:
    made = bureau(["甲"])
    sheet = reported(made, one(made, opened(made)))
    given = points(90) | {heading: None if value is None else Decimal(value)}
    with acting(made.officer):
        with pytest.raises(Refusal) as refused:
            sheet_score(actor=made.officer, sheet=sheet, scored=Scored(given, "好", 0))  # type: ignore[arg-type]
        assert list(refused.value.errors) == [heading]
        if value is not None:
            with pytest.raises(Refusal, match="0 至 100"), speaking(), transaction.atomic():
                Opinion.objects.create(
                    organ_code=SANTAI, sheet=sheet, step="officer", words="好", scored_by="某人", **given
                )


def test_three_decimals_and_no_words_and_too_many_days_are_refused_at_once() -> None:
    made = bureau(["甲"])
    sheet = reported(made, one(made, opened(made)))
    with acting(made.officer):
        given = points(90) | {"duty": Decimal("89.999")}
        with pytest.raises(Refusal) as refused:
            sheet_score(actor=made.officer, sheet=sheet, scored=Scored(given, " ", 367))
        assert set(refused.value.errors) == {"duty", "words", "absent_days"}
        with pytest.raises(Refusal, match="应写评语"), speaking(), transaction.atomic():
            Opinion.objects.create(
                organ_code=SANTAI, sheet=sheet, step="officer", words=" ", scored_by="某人", **points(90)
            )


def test_only_the_responsible_officer_and_only_the_units_leader_score() -> None:
    made = bureau(["甲"])
    sheet = reported(made, one(made, opened(made)))
    with acting(factories.PROVINCIAL):
        other = factories.officer(SANTAI, "police_officer")
        neighbour = factories.officer(factories.unit(SANTAI, 2, "东街派出所").code, "unit_leader")
    for actor in (other, made.unit, made.hr, made.head):
        with acting(actor), pytest.raises(NotAllowed):
            sheet_score(actor=actor, sheet=sheet, scored=Scored(points(90), "好", 0))
    sheet = scored(made, sheet, 90, until="unit")
    for actor in (neighbour, made.officer, made.hr):
        with acting(actor), pytest.raises((NotAllowed, NotFound)):
            sheet_score(actor=actor, sheet=sheet, scored=Scored(points(90), "好"))
    assert scored(made, sheet, 90).state == "scored"


def test_nobody_scores_themself_also_for_the_database() -> None:
    made = bureau(["甲"])
    with acting(factories.CORRECTING):
        own = factories.account(SANTAI, "auxiliary", person_id=made.people[0].person_id)
        Assignment.objects.update(officer=own)
    sheet = reported(made, one(made, opened(made)))
    actor = replace(made.officer, account_id=own.pk, name=own.name, person_id=own.person_id)
    with acting(actor):
        with pytest.raises(NotAllowed, match="不能给自己评分"):
            sheet_score(actor=actor, sheet=sheet, scored=Scored(points(100), "好", 0))
        with pytest.raises(Refusal, match="不能给自己评分"), speaking(), transaction.atomic():
            Opinion.objects.create(
                organ_code=SANTAI, sheet=sheet, step="officer", words="好", scored_by=own.name, **points(100)
            )


def test_both_opinions_are_never_one_persons_and_no_opinion_is_changed() -> None:
    made = bureau(["甲"])
    sheet = scored(made, one(made, opened(made)), 90, until="unit")
    with acting(made.officer):
        with pytest.raises(Refusal, match="两个人"), speaking(), transaction.atomic():
            Opinion.objects.create(
                organ_code=SANTAI, sheet=sheet, step="unit", words="好", scored_by=made.officer.name, **points(90)
            )
        with pytest.raises(Refusal, match="不是这一步"), speaking(), transaction.atomic():
            Opinion.objects.create(
                organ_code=SANTAI, sheet=sheet, step="officer", words="好", scored_by="某人", **points(90)
            )
        for act in (lambda rows: rows.update(duty=100), lambda rows: rows.delete()):
            with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
                act(Opinion.objects.filter(sheet=sheet))


def test_a_returned_sheet_is_scored_anew_and_the_newest_score_counts() -> None:
    made = bureau(["甲"])
    round_ = opened(made)
    sheet = scored(made, one(made, round_), 90, until="unit")
    with acting(made.hr), pytest.raises(NotAllowed):
        sheet_return(actor=made.hr, sheet=sheet, reason="再评")
    with acting(made.unit):
        sheet = sheet_return(actor=made.unit, sheet=sheet, reason="教育培训偏高")
    sheet = scored(made, sheet, 70)
    with acting(made.hr):
        sheet = sheet_return(actor=made.hr, sheet=sheet, reason="单位评语太简单")
    sheet = scored(made, sheet, 60)
    with acting(made.hr):
        round_propose(actor=made.hr, round_=round_)
        assert Opinion.objects.filter(sheet=sheet).count() == 4
    assert one(made, round_).total == Decimal(65)


def test_a_self_report_is_words_or_a_scan_or_said_to_be_missing_and_stays() -> None:
    made = bureau(["甲", "乙", "丙"])
    round_ = opened(made)
    found = sheets_of(made, round_)
    with acting(made.hr):
        with pytest.raises(Refusal, match="没有登记自评"):
            sheet_report(actor=made.hr, sheet=found["甲"])
        sheet_report(actor=made.hr, sheet=found["甲"], upload=SimpleUploadedFile("自评.pdf", PDF))
    with acting(made.unit):
        sheet_report(actor=made.unit, sheet=found["乙"], words="完成任务")
    with acting(made.officer):
        sheet_report(actor=made.officer, sheet=found["丙"], missing=True)
    found = sheets_of(made, round_)
    assert [(bool(each.self_file_id), each.self_report, each.self_missing) for each in found.values()] == [
        (True, "", False),
        (False, "完成任务", False),
        (False, "", True),
    ]
    with acting(made.hr):
        for changes in ({"self_report": "改"}, {"self_on": date(2020, 1, 1)}, {"self_missing": True}):
            with pytest.raises(Refusal, match="自评交出以后不得改动"), speaking(), transaction.atomic():
                Sheet.objects.filter(pk=found["乙"].pk).update(**changes)


def own_account(engagement: Engagement) -> Actor:
    """Somebody of the bureau signed in as the person they are."""
    with acting(factories.PROVINCIAL):
        account = factories.account(SANTAI, "auxiliary", person_id=engagement.person_id)
    return Actor(name="甲", account_id=account.pk, roles=frozenset({"auxiliary"}), person_id=engagement.person_id)


def test_a_person_hands_in_the_own_report_and_changes_nothing_else() -> None:
    made = bureau()
    round_ = opened(made)
    found = sheets_of(made, round_)
    own = own_account(made.people[0])
    with acting(own):
        assert list(Sheet.objects.values_list("name", flat=True)) == ["甲"]
        assert Round.objects.get().pk == round_.pk
        for changes, words in (({"due_because": "已核实"}, "本人只填写自评"), ({"absent_days": 0}, "本人只填写自评")):
            with pytest.raises(Refusal, match=words), speaking(), transaction.atomic():
                Sheet.objects.filter(pk=found["甲"].pk).update(**changes)
        with pytest.raises(Refusal, match="请填写自评"):
            sheet_report(actor=own, sheet=found["甲"], missing=True)
        with pytest.raises((NotAllowed, NotFound)):
            sheet_report(actor=own, sheet=found["乙"], words="好")
        sheet_report(actor=own, sheet=found["甲"], words="全年出勤")
        assert Sheet.objects.filter(pk=found["甲"].pk).update(self_report="改") == 0
        assert not Opinion.objects.exists()
    assert (one(made, round_).state, one(made, round_).self_by_id) == ("officer", own.account_id)


def test_a_station_sees_its_own_people_and_no_others() -> None:
    made = bureau()
    round_ = opened(made)
    with acting(factories.PROVINCIAL):
        other = factories.unit(SANTAI, 2, "东街派出所")
        neighbour = factories.officer(other.code, "unit_leader")
        factories.bureau(YANTING)
        county = factories.officer(YANTING, "hr_head")
        police = factories.officer(SANTAI, "police_officer")
    found = sheets_of(made, round_)
    for actor, names in (
        (made.unit, ["甲", "乙"]),
        (neighbour, []),
        (county, []),
        (police, []),
        (made.officer, ["甲", "乙"]),
    ):
        with acting(actor):
            assert sorted(sheets_for(actor, round_).values_list("name", flat=True)) == sorted(names)
    for actor in (neighbour, county, police):
        with acting(actor), pytest.raises(NotFound):
            sheet_for(actor, found["甲"].pk)
    with acting(made.unit):
        assert round_for(made.unit, round_.pk) == round_
    with acting(county), pytest.raises(NotFound):
        round_for(county, round_.pk)


def test_an_officer_of_another_station_scores_whom_they_are_responsible_for() -> None:
    made = bureau(["甲"])
    with acting(factories.CORRECTING):
        elsewhere = factories.officer(factories.unit(SANTAI, 3, "北街派出所").code, "police_officer")
        Assignment.objects.update(officer_id=elsewhere.account_id)
    round_ = opened(made)
    sheet = reported(made, one(made, round_))
    with acting(elsewhere):
        assert sheet_for(elsewhere, sheet.pk).round == round_
        sheet_score(actor=elsewhere, sheet=sheet, scored=Scored(points(90), "好", 0))
        assert Opinion.objects.count() == 1


def test_somebody_without_an_officer_gets_one_by_refreshing() -> None:
    made = bureau(["甲"])
    with acting(factories.CORRECTING):
        Assignment.objects.update(officer=None)
    round_ = opened(made)
    assert one(made, round_).officer_id is None
    with acting(factories.CORRECTING):
        Assignment.objects.update(officer_id=made.officer.account_id)
    with acting(made.hr):
        assert places_refresh(actor=made.hr, round_=round_) == 1
        assert places_refresh(actor=made.hr, round_=round_) == 0
    assert one(made, round_).officer_id == made.officer.account_id


def deleted_is_refused(model: type[Sheet] | type[Round], pk: int) -> None:
    rows = model.objects.filter(pk=pk)
    with pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
        rows._raw_delete(rows.db)


def test_somebody_is_left_out_and_taken_in_again_for_a_reason() -> None:
    made = bureau()
    round_ = opened(made)
    sheet = scored(made, one(made, round_), 90)
    with acting(made.hr):
        sheet = sheet_exempt(actor=made.hr, sheet=sheet, reason="因公受伤住院")
        assert (sheet.state, sheet.due_because) == ("ungraded", "因公受伤住院")
        with pytest.raises(Refusal, match="应写明理由"), speaking(), transaction.atomic():
            Sheet.objects.filter(pk=sheet.pk).update(due_because=" ")
        sheet = sheet_include(actor=made.hr, sheet=sheet, reason="已返岗")
        assert (sheet.state, sheet.due) == ("self", None)
        deleted_is_refused(Sheet, sheet.pk)


def test_the_proposal_waits_for_everybody_and_is_sent_back_without_its_grades() -> None:
    made = bureau()
    round_ = opened(made)
    found = sheets_of(made, round_)
    scored(made, found["甲"], 95)
    with acting(made.hr), pytest.raises(Refusal, match="还有 1 人没有评完"):
        round_propose(actor=made.hr, round_=round_)
    scored(made, found["乙"], 75)
    with acting(made.hr):
        round_ = round_propose(actor=made.hr, round_=round_)
    with acting(made.leader):
        round_ = round_return(actor=made.leader, round_=round_, reason="乙的分数请核实")
    assert [(each.grade, each.total) for each in sheets_of(made, round_).values()] == [("", None)] * 2
    assert (round_.state, round_.why) == ("opened", "乙的分数请核实")


def test_who_proposed_never_decides_also_for_the_database() -> None:
    made = bureau()
    round_ = proposed(made, {"甲": 95, "乙": 75})
    same = replace(made.hr, roles=frozenset({"hr_head"}))
    with acting(same):
        with pytest.raises(NotAllowed, match="不能决定自己的拟定"):
            round_decide(actor=same, round_=round_)
        with pytest.raises(Refusal, match="不能决定自己的拟定"), speaking(), transaction.atomic():
            Round.objects.filter(pk=round_.pk).update(state="decided", decided_by="某人", decided_on=today())
    with acting(made.leader):
        round_decide(actor=made.leader, round_=round_)
        assert Round.objects.get().decided_by_id == made.leader.account_id


def decided_by_sql(made: Bureau, round_: Round) -> None:
    with acting(made.head), speaking(), transaction.atomic():
        Round.objects.filter(pk=round_.pk).update(state="decided", decided_by="某人", decided_on=today())


def test_more_of_the_best_than_places_are_refused_by_service_and_database() -> None:
    made = bureau(["甲", "乙", "丙", "丁"])
    round_ = proposed(made, {"甲": 95, "乙": 94, "丙": 93, "丁": 75})
    found = sheets_of(made, round_)
    assert [each.grade for each in found.values()] == ["优秀", "优秀", "合格", "合格"]
    with acting(made.hr):
        sheet_grade(actor=made.hr, sheet=found["丙"], grade="优秀", reason="抓获逃犯")
    with acting(made.head), pytest.raises(Refusal, match=r"优秀共 3 人.*取整为2人"):
        round_decide(actor=made.head, round_=round_)
    with pytest.raises(Refusal, match="优秀3人，超过名额2人：基数4人的50％取整"):
        decided_by_sql(made, round_)
    with acting(made.hr):
        sheet_grade(actor=made.hr, sheet=found["乙"], grade="合格", reason="让出名额")
    decided_by_sql(made, round_)
    assert [each.grade for each in sheets_of(made, round_).values()] == ["优秀", "合格", "优秀", "合格"]


def test_equals_at_the_border_wait_for_people_and_nobody_is_decided_meanwhile() -> None:
    made = bureau(["甲", "乙"])
    round_ = proposed(made, {"甲": 92, "乙": 92})
    found = sheets_of(made, round_)
    assert [each.grade for each in found.values()] == ["", ""]
    assert "同为92分" in found["甲"].grade_because
    with acting(made.head), pytest.raises(Refusal, match="甲、乙还没有等次"):
        round_decide(actor=made.head, round_=round_)
    with pytest.raises(Refusal, match="没有等次，不能决定"):
        decided_by_sql(made, round_)
    with acting(made.hr):
        sheet_grade(actor=made.hr, sheet=found["甲"], grade="优秀", reason="急难任务多")
        sheet_grade(actor=made.hr, sheet=found["乙"], grade="合格", reason="名额已满")
    with acting(made.head):
        assert round_decide(actor=made.head, round_=round_).state == "decided"


def test_without_a_share_nobody_is_among_the_best() -> None:
    made = bureau(["甲"])
    round_ = proposed(made, {"甲": 95}, SCHEME.model_copy(update={"share": None, "base": None}))
    sheet = one(made, round_)
    assert (sheet.grade, sheet.grade_because) == ("", "方案没有写明优秀的比例，不能确定名额")
    with acting(made.hr):
        sheet_grade(actor=made.hr, sheet=sheet, grade="优秀", reason="成绩突出")
    with acting(made.head), pytest.raises(Refusal, match="没有写明优秀的比例"):
        round_decide(actor=made.head, round_=round_)
    with pytest.raises(Refusal, match="没有写明优秀的比例"):
        decided_by_sql(made, round_)
    with acting(made.hr):
        sheet_grade(actor=made.hr, sheet=sheet, grade="合格", reason="没有比例")
    with acting(made.head):
        round_decide(actor=made.head, round_=round_)


def test_another_grade_needs_the_points_and_a_reason() -> None:
    made = bureau()
    round_ = proposed(made, {"甲": 95, "乙": 75})
    with acting(made.hr):
        with pytest.raises(Refusal) as refused:
            sheet_grade(actor=made.hr, sheet=one(made, round_, "乙"), grade="优秀", reason=" ")
        assert set(refused.value.errors) == {"grade", "reason"}
    with acting(made.leader), pytest.raises(NotAllowed):
        sheet_grade(actor=made.leader, sheet=one(made, round_, "乙"), grade="基本合格", reason="迟到")


@pytest.mark.parametrize("step", [decided, publicised, past, closed])
def test_nothing_of_a_decided_sheet_is_changed(step: Any) -> None:
    made = bureau()
    round_ = step(made, {"甲": 95, "乙": 75})
    sheet = one(made, round_, "乙")
    with acting(made.hr):
        for changes in (
            {"grade": "基本合格", "graded_by": "某人", "grade_because": "改"},
            {"total": None},
            {"due": False},
            {"absent_days": 9},
        ):
            with pytest.raises(Refusal, match=r"只能经复核改定|评分以后不得改动"), speaking(), transaction.atomic():
                Sheet.objects.filter(pk=sheet.pk).update(**changes)
        with pytest.raises(Refusal, match=r"最终等次|不能从"), speaking(), transaction.atomic():
            Sheet.objects.filter(pk=sheet.pk).update(result="优秀", state="graded")
        for act in (sheet_exempt, sheet_return):
            with pytest.raises(Refusal):
                act(actor=made.hr, sheet=sheet, reason="改")


def test_a_scheme_without_terms_is_not_made_public() -> None:
    made = bureau()
    round_ = decided(made, {"甲": 95, "乙": 75}, SCHEME.model_copy(update={"reconsider_days": None}))
    with acting(made.hr), pytest.raises(Refusal, match="没有写明公示或者申请复核的期限"):
        round_publicise(actor=made.hr, round_=round_)


def test_publicity_lasts_its_working_days_and_nothing_is_final_before_everybody_could_ask() -> None:
    made = bureau()
    round_ = publicised(made, {"甲": 95, "乙": 75})
    assert round_.publicity_from == today()
    assert round_.publicity_to is not None
    assert round_.reconsider_until is not None
    assert today() + timedelta(4) <= round_.publicity_to < round_.reconsider_until
    with acting(made.hr):
        with pytest.raises(Refusal, match="现在不能办结"):
            round_close(actor=made.hr, round_=round_)
        with pytest.raises(Refusal, match="现在不能办结"), speaking(), transaction.atomic():
            Round.objects.filter(pk=round_.pk).update(state="closed")
        with pytest.raises(Refusal, match="日期不得改动"), speaking(), transaction.atomic():
            Round.objects.filter(pk=round_.pk).update(reconsider_until=today())


def test_a_result_is_questioned_in_time_and_answered_by_whoever_had_no_part_in_it() -> None:
    made = bureau()
    round_ = publicised(made, {"甲": 95, "乙": 75})
    row = asked(made, one(made, round_, "乙"))
    with acting(made.hr), pytest.raises(Refusal, match="已对这次考核申请过复核"):
        asked_receive(actor=made.hr, sheet=one(made, round_, "乙"), kind="person", said="再申请", asked_on=today())
    assert todos(made.leader) == {"appraisal_asked": 1}
    with acting(made.head):
        with pytest.raises(NotAllowed, match="没有参与"):
            asked_keep(actor=made.head, asked=row, answer="维持")
        for account in (made.head, made.hr, made.officer):
            with acting(account), pytest.raises(Refusal, match="没有参与"), speaking(), transaction.atomic():
                Reconsideration.objects.filter(pk=row.pk).update(
                    state="kept", answer="维持", answered_by=account.name, answered_on=today()
                )
    with acting(made.leader):
        with pytest.raises(Refusal) as refused:
            asked_keep(actor=made.leader, asked=row, answer=" ")
        assert list(refused.value.errors) == ["answer"]
        row = asked_keep(actor=made.leader, asked=row, answer="查培训记录，分数无误")
        assert (row.state, row.grade) == ("kept", "")
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            Reconsideration.objects.filter(pk=row.pk).update(answer="改")


def test_a_changed_grade_is_a_new_row_stays_within_the_share_and_becomes_final() -> None:
    made = bureau(["甲", "乙", "丙"])
    round_ = publicised(made, {"甲": 95, "乙": 75, "丙": 74})
    more = asked(made, one(made, round_, "乙"))
    less = asked(made, one(made, round_, "甲"), "other")
    with acting(made.leader):
        with pytest.raises(Refusal) as refused:
            asked_change(actor=made.leader, asked=more, answer="改", grade="合格")
        assert list(refused.value.errors) == ["grade"]
        with pytest.raises(Refusal, match="改定以后优秀2人，超过名额1人"), speaking(), transaction.atomic():
            asked_change(actor=made.leader, asked=more, answer="成绩突出", grade="优秀")
        asked_change(actor=made.leader, asked=less, answer="异议属实", grade="合格")
        asked_change(actor=made.leader, asked=more, answer="成绩突出", grade="优秀")
        found = sheets_of(made, round_)
        assert [found[name].grade for name in "甲乙丙"] == ["优秀", "合格", "合格"]
        assert dict(sheets_for(made.leader, round_).values_list("name", "standing")) == {
            "甲": "合格",
            "乙": "优秀",
            "丙": "合格",
        }


def test_an_open_request_keeps_the_round_open() -> None:
    made = bureau()
    round_ = publicised(made, {"甲": 95, "乙": 75})
    asked(made, one(made, round_, "乙"))
    with acting(made.hr):
        assert Reconsideration.objects.filter(state="asked").count() == 1
        with pytest.raises(Refusal):
            round_close(actor=made.hr, round_=round_)


def test_outside_of_the_terms_nobody_asks_also_for_the_database() -> None:
    made = bureau()
    round_ = past(made, {"甲": 95, "乙": 75})
    sheet = one(made, round_, "乙")
    row = {"organ_code": SANTAI, "sheet": sheet, "person_id": sheet.person_id, "said": "不服", "received_by": "某人"}
    with acting(made.hr):
        with pytest.raises(Refusal) as refused:
            asked_receive(actor=made.hr, sheet=sheet, kind="person", said="不服", asked_on=today())
        assert list(refused.value.errors) == ["asked_on"]
        for kind, day in (("person", today()), ("other", today() - timedelta(9)), ("person", today() - timedelta(21))):
            with pytest.raises(Refusal, match="不在公示"), speaking(), transaction.atomic():
                Reconsideration.objects.create(**row, kind=kind, asked_on=day)
        # The person still may on the term's last day, when publicity is over.
        Reconsideration.objects.create(**row, kind="person", asked_on=today() - timedelta(1))
        with pytest.raises(Refusal, match="没有答复，不能办结"):
            round_close(actor=made.hr, round_=round_)
        with pytest.raises(Refusal, match="没有答复，不能办结"), speaking(), transaction.atomic():
            Round.objects.filter(pk=round_.pk).update(state="closed")
    with acting(made.discipline):
        asked_change(actor=made.discipline, asked=Reconsideration.objects.get(), answer="扣分有误", grade="基本合格")
    with acting(made.hr):
        round_close(actor=made.hr, round_=round_)
    assert (one(made, round_, "乙").grade, one(made, round_, "乙").result) == ("合格", "基本合格")


def test_a_round_is_given_up_before_grades_and_never_deleted() -> None:
    made = bureau()
    round_ = opened(made)
    with acting(made.hr), pytest.raises(NotAllowed):
        round_cancel(actor=made.hr, round_=round_, reason="方案有误")
    with acting(made.head):
        round_cancel(actor=made.head, round_=round_, reason="方案有误")
        deleted_is_refused(Round, round_.pk)
    assert opened(made).state == "opened"


def test_several_are_scored_at_once_or_nobody() -> None:
    made = bureau()
    round_ = opened(made)
    found = [reported(made, each) for each in sheets_of(made, round_).values()]
    good, bad = Scored(points(90), "好", 0), Scored(points(101), "好", 0)
    with acting(made.officer):
        with pytest.raises(Refusal, match="乙：履职情况应评"), transaction.atomic():
            sheets_score(actor=made.officer, scored={found[0].pk: good, found[1].pk: bad})
        assert not Opinion.objects.exists()
        assert sheets_score(actor=made.officer, scored={each.pk: good for each in found}) == 2


def test_who_did_what_is_on_record_with_the_account() -> None:
    made = bureau(["甲"])
    round_ = closed(made, {"甲": 75})
    with acting(made.hr):
        by = list(Opinion.objects.order_by("pk").values_list("scored_by_id", flat=True))
        assert by == [made.officer.account_id, made.unit.account_id]
        round_ = Round.objects.get(pk=round_.pk)
        assert (round_.proposed_by_id, round_.decided_by_id) == (made.hr.account_id, made.head.account_id)
        assert HistoryEntry.objects.filter(tracked="appraisal_sheet", operation="update").count() >= 5


def test_the_list_of_the_best_has_only_final_grades_of_years() -> None:
    made = bureau()
    closed(made, {"甲": 95, "乙": 75})
    with acting(made.hr):
        half = round_draft(actor=made.hr, period="half", year=YEAR, part=1, scheme=SCHEME)
        half = round_open(actor=made.hr, round_=half)
    for sheet in sheets_of(made, half).values():
        scored(made, sheet, 75 if sheet.name == "甲" else 95)
    with acting(made.hr):
        round_propose(actor=made.hr, round_=half)
        assert dict(Sheet.objects.filter(round=half).values_list("name", "grade")) == {"甲": "合格", "乙": "优秀"}
        assert [(each.name, each.result) for each in outstanding(made.hr)] == [("甲", "优秀")]
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        neighbour = factories.officer(YANTING, "hr_head")
    with acting(neighbour):
        assert list(outstanding(neighbour)) == []
