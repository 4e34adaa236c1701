"""Tiers in the database: the scheme, who holds what, and the batches by which it changes (Articles 23 and 25)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from time import process_time

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from fujing.general.quota.services import quota_withdraw
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.management.tiers.batches import (
    batch_decide,
    batch_draft,
    batch_propose,
    batch_publicise,
    batch_return,
    batch_withdraw,
    candidate_enter,
    candidate_leave_out,
    judged_of,
    objection_answer,
    objection_open,
    objection_record,
)
from fujing.management.tiers.facts import Entered
from fujing.management.tiers.models import Batch, Candidate, Holding, Objection, Scheme
from fujing.management.tiers.queries import tiers_on
from fujing.management.tiers.services import scheme_adopt, scheme_discard, tiers_move_in
from fujing.management.tiers.states import BATCH, BatchState, SchemeState
from fujing.registry.models import Assignment, Engagement
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.made import committed
from tests.management.tiers import (
    NUMBER,
    SCHEME,
    YEARS,
    Bureau,
    bureau,
    candidate,
    drafted,
    found,
    give_by_sql,
    graded,
    held,
    proposed,
    public,
    recorded,
    rise_by_sql,
    tiers,
)
from tests.registry.moving_in import moved_in, roster_of, row

pytestmark = pytest.mark.django_db
B = BatchState


def decided(made: Bureau, batch: Batch) -> Batch:
    with acting(made.leader), transaction.atomic():
        batch = batch_decide(actor=made.leader, batch=public(made, batch), document_number=NUMBER)
        committed()
        return batch


def test_from_the_scheme_to_the_new_tier_with_its_pay() -> None:
    made = bureau({"甲": "五级", "乙": "四级", "丙": ""})
    batch = proposed(made, {"乙": 90})
    answers = found(made, batch)
    assert answers == {"甲": ("promoted", "四级"), "乙": ("promoted", "三级"), "丙": ("undetermined", "")}
    decided(made, batch)
    assert tiers(made) == {"甲": "四级", "乙": "三级", "丙": ""}
    with acting(made.hr):
        people = list(made.people.values())
        before, now = tiers_on(people, today() - timedelta(1)), tiers_on(people, today())
        mine = made.people["乙"].pk
        assert (before[mine].tier, before[mine].pay) == ("四级", Decimal(200))
        assert (now[mine].tier, now[mine].pay, now[mine].sure) == ("三级", Decimal(300), True)
        assert made.people["丙"].pk not in now
        told = Decision.objects.get(kind="层级", person_id=made.people["乙"].person_id)
        assert told.outcome == "晋升"
        assert any("2024年" in each["message"] or "年度" in each["message"] for each in told.facts["findings"])


def test_each_answer_says_why_and_what_is_unknown_is_named() -> None:
    made = bureau({"甲": "五级", "乙": ""})
    with acting(made.hr):
        batch = drafted(made)
        mine, other = candidate(made, batch, "甲"), candidate(made, batch, "乙")
        assert "从五级辅警到四级辅警" in mine.decision
        assert {"tiers.time", "tiers.appraisal"} <= {each["rule"] for each in mine.findings}
        assert "没有填写层级" in other.decision


def test_a_missing_grade_is_never_taken_for_a_good_one() -> None:
    made = bureau({"甲": ""})
    held(made, "甲", "五级")
    graded(made, "甲", YEARS[0], "合格")
    assert found(made, drafted(made))["甲"][0] == "undetermined"
    graded(made, "甲", YEARS[1], "合格")
    assert found(made, drafted(made))["甲"] == ("promoted", "四级")


def test_whose_year_fails_stays_and_who_is_unfit_goes_down() -> None:
    made = bureau({"甲": "四级", "乙": ""})
    held(made, "乙", "四级")
    graded(made, "乙", YEARS[0], "合格")
    graded(made, "乙", YEARS[1], "不合格")
    batch = proposed(made, {"甲": 80})
    assert found(made, batch)["乙"] == ("demoted", "五级")
    decided(made, batch)
    assert tiers(made) == {"甲": "三级", "乙": "五级"}
    with acting(made.hr):
        assert Holding.objects.get(engagement=made.people["乙"], ended_how="demotion").ended_batch_id == batch.pk


FOUR = dict.fromkeys("甲乙丙丁", "四级")


def test_three_of_ten_are_the_most_and_the_best_have_the_places() -> None:
    made = bureau(FOUR)
    batch = proposed(made, {"甲": 70, "乙": 90, "丙": 80, "丁": 85})
    assert {name: status for name, (status, _) in found(made, batch).items()} == {
        "甲": "no_place",
        "乙": "promoted",
        "丙": "promoted",
        "丁": "promoted",
    }
    decided(made, batch)
    assert sorted(tiers(made).values()) == ["三级", "三级", "三级", "四级"]


def test_a_fourth_is_refused_at_commit_whoever_writes_it() -> None:
    made = bureau(FOUR)
    batch = drafted(made, {"甲": 70, "乙": 90, "丙": 80, "丁": 85})
    with acting(made.hr):
        # Past the law: the list says that all four rise.
        Candidate.objects.filter(batch=batch).update(status="promoted", chosen=True, effective=today(), to_tier="三级")
        Batch.objects.filter(pk=batch.pk).update(state=B.PROPOSED, proposed_by=made.hr.name)
    batch = public(made, batch)
    with acting(made.leader):
        with (
            pytest.raises(Refusal, match="三级以上至多3人，批前已有0人，本批进入4人"),
            speaking(),
            transaction.atomic(),
        ):
            rise_by_sql(made, batch, list(FOUR))
        assert set(tiers(made).values()) == {"四级"}
        rise_by_sql(made, batch, list(FOUR)[1:])


def give_and_commit(made: Bureau, batch: Batch, who: str) -> None:
    give_by_sql(made, batch, who)
    committed()


def test_nobody_rises_but_by_a_decided_batch_whose_list_has_them() -> None:
    made = bureau(FOUR)
    batch = proposed(made, {"甲": 70, "乙": 90, "丙": 80, "丁": 85})
    with acting(made.leader):
        with pytest.raises(Refusal, match="应列入已经决定的批次"), speaking(), transaction.atomic():
            give_and_commit(made, batch, "乙")
        batch = public(made, batch)
        with pytest.raises(Refusal, match="应列入已经决定的批次"), speaking(), transaction.atomic():
            rise_by_sql(made, batch, ["甲"])
        with pytest.raises(Refusal, match="应列入已经决定的批次"), speaking(), transaction.atomic():
            rise_by_sql(made, batch, ["乙"], tier="二级", name="二级辅警")


def shrunk(amount: int) -> None:
    """The city takes so many of the bureau's quota back, today."""
    city = factories.territorial(510700000000, "hr_head")
    with acting(city), transaction.atomic():
        quota_withdraw(
            actor=city,
            organ=factories.bureau(SANTAI),
            amount=amount,
            document_number="绵编发〔2026〕2号",
            document_date=today(),
            reason="核减",
        )
        committed()


def test_a_base_that_shrinks_leaves_no_place_and_demotes_nobody() -> None:
    made = bureau(FOUR)
    decided(made, proposed(made, {"甲": 70, "乙": 90, "丙": 80, "丁": 85}))
    shrunk(4)
    assert sorted(tiers(made).values()) == ["三级", "三级", "三级", "四级"]
    batch = drafted(made)
    assert found(made, batch)["甲"][0] != "promoted"
    with acting(made.hr):
        over = next(each for each in batch.places if each["set"] == "三级以上")
        assert (over["limit"], over["held"], over["state"]) == ("1", "3", "frozen")


def test_places_that_are_fewer_than_proposed_stop_the_decision() -> None:
    made = bureau(FOUR)
    batch = public(made, proposed(made, {"甲": 70, "乙": 90, "丙": 80, "丁": 85}))
    shrunk(4)
    with acting(made.leader), pytest.raises(Refusal, match="名额与提出名单时不同"), transaction.atomic():
        batch_decide(actor=made.leader, batch=batch, document_number=NUMBER)
    with acting(made.leader), pytest.raises(Refusal, match="至多1人"), speaking(), transaction.atomic():
        rise_by_sql(made, batch, list(FOUR)[1:])


def test_leaving_ends_the_tier_in_the_same_act() -> None:
    made = bureau({"甲": "五级"})
    engagement = made.people["甲"]
    with acting(made.hr), transaction.atomic():
        factories.run_out(engagement, today())
        committed()
        gone = Holding.objects.get(engagement=engagement)
        assert (gone.ended_how, gone.span.upper) == ("left", today())


def test_another_place_keeps_the_tier() -> None:
    made = bureau({"甲": "五级"})
    engagement = made.people["甲"]
    with acting(factories.PROVINCIAL):
        posts = [factories.post(factories.unit(SANTAI, number, f"第{number}派出所").code) for number in (1, 2)]
        for post, span in zip(posts, (DateRange(date(2021, 1, 1), today()), DateRange(today(), None)), strict=True):
            Assignment.objects.create(
                organ_code=SANTAI,
                engagement=engagement,
                person_id=engagement.person_id,
                unit=post.unit,
                post=post,
                span=span,
            )
    assert tiers(made) == {"甲": "五级"}


def test_what_a_roster_says_is_taken_over_and_made_sure_by_its_paper(tmp_path: Path) -> None:
    factories.quota(SANTAI, 10)
    with acting(factories.PROVINCIAL):
        factories.unit(SANTAI)
        hr, leader = factories.officer(SANTAI, "hr_officer"), factories.officer(SANTAI, "organ_leader")
    moved_in(
        factories.territorial(SANTAI),
        roster_of(tmp_path, [row(1, 层级="四级辅警"), row(2, 层级="辅警长"), row(3, 层级="无")]),
    )
    made = Bureau(SANTAI, hr, leader)
    scheme = recorded(hr)
    with acting(leader):
        scheme_adopt(actor=leader, scheme=scheme)
    with acting(hr):
        made.people.update({each.person.name: each for each in Engagement.objects.select_related("person")})
        assert tiers_move_in(actor=hr) == (1, 1)
        assert tiers_move_in(actor=hr) == (0, 1)
        told = Holding.objects.get()
        assert (told.tier, told.since, told.source) == ("四级", None, "roster")
        assert not tiers_on([told.engagement], told.engagement.span.lower)[told.engagement_id].sure
    batch = drafted(made)
    assert found(made, batch)["张1"][0] == found(made, batch)["张2"][0] == "undetermined"
    # Whom the roster says to have none begins by education, from the first day of service where there is no 见习.
    assert found(made, batch)["张3"] == ("entry", "五级")
    with acting(hr):
        assert candidate(made, batch, "张3").effective == made.people["张3"].span.lower
    sure = held(made, "张1", "三级", date(2024, 6, 1))
    assert (sure.pk, sure.tier, sure.source, sure.since) == (told.pk, "三级", "paper", date(2024, 6, 1))
    with pytest.raises(Refusal, match="已有层级"):
        held(made, "张1", "二级")


def test_an_objection_holds_the_decision_and_a_true_one_takes_the_name_off() -> None:
    made = bureau({"甲": "四级", "乙": "五级"})
    batch = public(made, proposed(made, {"甲": 90}))
    with acting(made.hr):
        objection = objection_record(
            actor=made.hr,
            candidate=candidate(made, batch, "甲"),
            received_on=today() - timedelta(3),
            text="上年度受过处分",
        )
    with acting(made.leader), pytest.raises(Refusal, match="1件异议没有答复"), speaking(), transaction.atomic():
        batch_decide(actor=made.leader, batch=batch, document_number=NUMBER)
    with acting(made.hr):
        assert objection_open(actor=made.hr, objection=objection, reason="核查").text == "上年度受过处分"
        objection_answer(actor=made.hr, objection=objection, upheld=True, answer="属实")
        assert candidate(made, batch, "甲").left_out == "异议成立：属实"
        with pytest.raises(Refusal, match="已经答复"):
            objection_answer(actor=made.hr, objection=objection, upheld=False, answer="再看")
    with acting(made.leader):
        batch_decide(actor=made.leader, batch=batch, document_number=NUMBER)
        committed()
    assert tiers(made) == {"甲": "四级", "乙": "四级"}


def test_a_name_under_a_true_objection_is_not_decided_by_sql_either() -> None:
    made = bureau({"甲": "四级"})
    batch = public(made, proposed(made, {"甲": 90}))
    with acting(made.hr):
        objection = objection_record(
            actor=made.hr, candidate=candidate(made, batch, "甲"), received_on=today() - timedelta(3), text="不实"
        )
        Objection.objects.filter(pk=objection.pk).update(upheld=True, answer="属实", answered_by=made.hr.name)
    with acting(made.leader), pytest.raises(Refusal, match="1件异议成立"), speaking(), transaction.atomic():
        rise_by_sql(made, batch, ["甲"])


def test_nothing_is_decided_before_the_publicity_is_over() -> None:
    made = bureau({"甲": "四级"})
    batch = proposed(made, {"甲": 90})
    with acting(made.hr):
        with pytest.raises(Refusal) as refused:
            batch_publicise(actor=made.hr, batch=batch, starts=today(), until=today())
        assert "until" in refused.value.errors
        batch = batch_publicise(actor=made.hr, batch=batch, starts=today(), until=today() + timedelta(5))
    with acting(made.leader):
        with pytest.raises(Refusal, match="届满以后才能决定"), speaking(), transaction.atomic():
            batch_decide(actor=made.leader, batch=batch, document_number=NUMBER)
        with pytest.raises(Refusal, match="届满以后才能决定"), speaking(), transaction.atomic():
            rise_by_sql(made, batch, ["甲"])
    with acting(made.hr):
        assert batch_withdraw(actor=made.hr, batch=batch, reason="有误").state == B.WITHDRAWN


def test_what_changed_since_the_proposal_stops_the_decision() -> None:
    made = bureau({"甲": "四级", "乙": "五级"})
    batch = public(made, proposed(made, {"甲": 90}))
    with acting(made.hr), transaction.atomic():
        factories.run_out(made.people["乙"], today())
    with acting(made.leader), pytest.raises(Refusal, match="乙的情况与提出名单时不同"), transaction.atomic():
        batch_decide(actor=made.leader, batch=batch, document_number=NUMBER)


def test_what_was_found_is_frozen_with_the_proposal() -> None:
    made = bureau({"甲": "四级", "乙": ""})
    batch = proposed(made, {"甲": 90})
    with acting(made.hr):
        mine = Candidate.objects.filter(batch=batch, name="甲")
        for values in ({"findings": []}, {"score": 100}, {"to_tier": "一级"}):
            with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
                mine.update(**values)
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            mine.delete()
        with pytest.raises(Refusal, match="拟定"):
            candidate_enter(actor=made.hr, candidate=mine.get(), entered=Entered())
        candidate_leave_out(actor=made.hr, candidate=mine.get(), reason="本人申请")
        with pytest.raises(Refusal, match="只能移出"), speaking(), transaction.atomic():
            mine.update(chosen=True, left_out="")
        assert batch_return(actor=made.hr, batch=batch, reason="重新核对").state == B.DRAFTED
        with pytest.raises(Refusal, match="没有符合条件"), transaction.atomic():
            batch_propose(actor=made.hr, batch=batch)


def test_who_is_unknown_can_not_be_on_a_list() -> None:
    made = bureau({"甲": ""})
    batch = drafted(made)
    with acting(made.hr), pytest.raises(Refusal, match="待核实的不能列入"), speaking(), transaction.atomic():
        Candidate.objects.filter(batch=batch).update(chosen=True, to_tier="五级", effective=today())


def test_a_scheme_is_what_its_document_says_and_replaced_as_a_whole() -> None:
    made = bureau({})
    with acting(made.hr):
        first = Scheme.objects.get()
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            Scheme.objects.filter(pk=first.pk).update(rules=[])
        with pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
            first.delete()
        for text, sentence in (("tier_scheme: {}", "缺少"), (SCHEME.replace("from: 2021-03-01", "to: 2030-01-01"), "")):
            with pytest.raises(Refusal) as refused:
                recorded(made.hr, text)
            assert sentence in "".join(refused.value.errors["text"])
    later, spare = recorded(made.hr), recorded(made.hr)
    with acting(made.leader):
        assert scheme_adopt(actor=made.leader, scheme=later).state == SchemeState.ADOPTED
        first.refresh_from_db()
        assert first.state == SchemeState.REPLACED
        with pytest.raises(Refusal, match="当前状态"):
            scheme_adopt(actor=made.leader, scheme=first)
    with acting(made.hr):
        assert scheme_discard(actor=made.hr, scheme=spare, reason="重复").state == SchemeState.DISCARDED
        with pytest.raises(NotAllowed):
            scheme_adopt(actor=made.hr, scheme=spare)


def test_a_batch_of_a_replaced_scheme_is_not_decided() -> None:
    made = bureau({"甲": "四级"})
    batch = public(made, proposed(made, {"甲": 90}))
    later = recorded(made.hr)
    with acting(made.leader):
        scheme_adopt(actor=made.leader, scheme=later)
        with pytest.raises(Refusal, match="方案已被替换"), speaking(), transaction.atomic():
            batch_decide(actor=made.leader, batch=batch, document_number=NUMBER)


def test_an_earlier_day_is_not_decided_after_a_later_one() -> None:
    made = bureau({"甲": "五级", "乙": "四级"})
    early = proposed(made, {"乙": 90}, today() - timedelta(40))
    decided(made, proposed(made, {"乙": 90}))
    with acting(made.hr), pytest.raises(Refusal) as refused:
        batch_draft(actor=made.hr, day=today() - timedelta(40), title="补办")
    assert "day" in refused.value.errors
    with acting(made.leader), pytest.raises(Refusal, match="核对日更早"), speaking(), transaction.atomic():
        rise_by_sql(made, public(made, early), ["甲"])


def test_another_bureau_neither_draws_up_nor_decides() -> None:
    made = bureau({"甲": "四级"})
    batch = proposed(made, {"甲": 90})
    with acting(factories.PROVINCIAL):
        hr, leader = factories.officer(YANTING, "hr_officer"), factories.officer(YANTING, "organ_leader")
    with acting(hr):
        assert not Batch.objects.exists()
        with pytest.raises(NotAllowed):
            batch_withdraw(actor=hr, batch=batch, reason="不办")
    with acting(leader), pytest.raises(NotAllowed):
        batch_decide(actor=leader, batch=batch, document_number=NUMBER)


@pytest.mark.parametrize(("state", "role"), list(product(BatchState, ("hr_officer", "organ_leader", "finance"))))
def test_every_role_in_every_state(state: str, role: str) -> None:
    actor = factories.territorial(SANTAI, role)
    lawful = {
        "hr_officer": {
            "drafted": {"propose", "withdraw"},
            "proposed": {"return", "publicise", "withdraw"},
            "publicised": {"withdraw"},
        },
        "organ_leader": {"proposed": {"return"}, "publicised": {"decide"}},
    }
    assert {move.verb for move in BATCH.open_to(actor, state)} == lawful.get(role, {}).get(state, set())


def test_a_thousand_people_are_judged_in_two_seconds_and_few_queries() -> None:
    """The clock is the process's own, as other work shares the machine."""
    made = bureau({"甲": "四级"}, quota=1500)
    with acting(factories.PROVINCIAL):
        for number in range(900):
            factories.engagement(factories.person(SANTAI, f"人{number}"))
    batch = drafted(made)
    with acting(made.hr), CaptureQueriesContext(connection) as queries:
        started = process_time()
        answers, judged = judged_of(batch)
        assert process_time() - started < 2
        assert len(queries) <= 14
        assert len(judged) == 901
        assert answers.counts()["undetermined"] == 900
