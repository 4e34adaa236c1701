"""递补: who takes a place that falls free, who doesn't, and what each of them reads about it (21.p1)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.law.periods import months_later
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.services import application_withdraw
from fujing.recruitment.hiring.models import Hire
from fujing.recruitment.hiring.outcomes import Ended, outcome_of
from fujing.recruitment.hiring.services import hire_decline, publicity_supplement
from fujing.recruitment.plans.models import Slot
from fujing.recruitment.selection.models import Objection, Publicised, PublicityNotice
from fujing.recruitment.selection.publicity import objection_decide, objection_file
from fujing.registry.models import Engagement
from tests.factories import MIANYANG, territorial
from tests.recruitment.applications import made
from tests.recruitment.ranked import Ranked, check, disconnected, over, publicised

YESTERDAY = today() - timedelta(days=1)


@pytest.fixture
def course(db: None) -> Ranked:
    """One place, four ranked, a reserve of twelve months; the publicity ended yesterday."""
    return publicised()


def decline(course: Ranked, name: str, **changes: object) -> Hire:
    values: dict = {"on": today(), "reason": "已到外地工作", **changes}
    with acting(course.head), transaction.atomic():
        return hire_decline(actor=course.head, application=course.fresh(name), **values)


def supplement(course: Ranked) -> PublicityNotice:
    with acting(course.head), transaction.atomic():
        return publicity_supplement(actor=course.head, campaign=course.campaign)


def told(course: Ranked, name: str) -> Ended:
    actor = course.actors[name]
    with acting(actor):
        ended = outcome_of(actor, course.fresh(name))
    assert ended is not None
    return ended


def statuses(course: Ranked) -> dict[str, str]:
    return {each.application.name: each.place.status for each in course.post().listed}


def test_whoever_declines_is_replaced_by_the_next_of_the_reserve(course: Ranked) -> None:
    assert statuses(course) == {"安一": "hire", "安二": "reserve", "安三": "reserve", "安四": "reserve"}
    decline(course, "安一")
    assert statuses(course) == {"安一": "out", "安二": "hire", "安三": "reserve", "安四": "reserve"}
    line = course.line("安二")
    assert line.place.replaces == str(course.applications["安一"].pk)
    assert f"递补报名序号{course.applications['安一'].pk}" in line.last_step.message
    assert course.post().made.vacant == 0
    with acting(course.head):
        assert Slot.objects.filter(engagement__isnull=False).count() == 0
        said = Decision.objects.get(kind="放弃聘用")
    assert said.provisions == ["21.p1"]
    assert "已到外地工作" in said.message


def test_a_substitute_is_hired_after_background_check_and_publicity_of_their_own(course: Ranked) -> None:
    decline(course, "安一")
    with pytest.raises(Refusal, match="等待体检，等待考察"):
        course.hire("安二")
    with pytest.raises(Refusal, match="没有可以公示的递补人员"):
        supplement(course)
    check(course, "安二")
    with pytest.raises(Refusal, match="等待递补公示"):
        course.hire("安二")
    notice = supplement(course)
    assert (notice.number, [entry["name"] for entry in notice.names]) == (2, ["安二"])
    with pytest.raises(Refusal, match="期满后才能聘用"):
        course.hire("安二")
    over(course, YESTERDAY)
    course.hire("安二")
    assert course.line("安二").hired


def test_each_step_says_one_thing_and_none_claims_the_hiring(course: Ranked) -> None:
    decline(course, "安一")
    gone = course.applications["安一"].pk
    said = {name: [step.message.partition("（")[0] for step in told(course, name).steps] for name in ("安一", "安二")}
    assert said == {
        "安一": ["第1名，在招聘名额内", "列入聘用名单", f"{today()}聘用放弃"],
        "安二": ["第2名，名额已满，列入递补名单", f"递补报名序号{gone}，列入聘用名单"],
    }


def test_an_unfit_substitute_is_passed_over_for_the_next(course: Ranked) -> None:
    decline(course, "安一")
    check(course, "安二", fit=False)
    assert statuses(course) == {"安一": "out", "安二": "out", "安三": "hire", "安四": "reserve"}
    assert course.line("安二").last_step.provision == "20"


def test_nobody_but_the_listed_is_hired(course: Ranked) -> None:
    check(course, "安三")
    with pytest.raises(Refusal, match="安三不在聘用名单中：第3名，名额已满，列入递补名单") as refused:
        course.hire("安三")
    assert refused.value.provisions == ("21.p1",)


def test_after_the_last_day_of_the_reserve_the_place_stays_empty(course: Ranked) -> None:
    valid = months_later(YESTERDAY, 12)
    assert course.post().made.reserve_until == valid
    # Fourteen months later: the publicity ended so long ago that the reserve is over.
    over(course, today() - timedelta(days=430))
    decline(course, "安一")
    assert statuses(course)["安二"] == "reserve"
    post = course.post()
    assert post.made.vacant == 1
    assert "已过，名额空缺" in post.vacancies[0].message
    assert "届满" in told(course, "安二").next


def test_without_a_reserve_the_place_stays_empty_and_it_is_said(db: None) -> None:
    course = publicised(reserve=None)
    assert told(course, "安二").next == "您未被聘用，理由见下。"
    decline(course, "安一")
    assert statuses(course) == {"安一": "out", "安二": "out", "安三": "out", "安四": "out"}
    assert [found.message for found in course.post().vacancies] == ["公告没有递补名单，名额空缺（第二十一条第一款）"]


def test_an_objection_upheld_gives_the_place_to_the_next(course: Ranked) -> None:
    over(course, today())
    with acting(Actor(name="访客")):
        notice = PublicityNotice.objects.get()
        objection_file(actor=Actor(name="访客"), notice=notice, about=course.applications["安一"].pk, text="学历不实")
    over(course, YESTERDAY)
    with pytest.raises(Refusal, match="还有异议没有核查完"):
        course.hire("安一")
    with acting(course.head):
        objection = Objection.objects.get()
    with acting(territorial(MIANYANG, "hr_head")) as city, pytest.raises(NotAllowed, match="招聘机关"):
        objection_decide(actor=city, objection=objection, verb="uphold", answer="学历不实")
    with acting(course.head):
        objection_decide(actor=course.head, objection=objection, verb="uphold", answer="学历不实")
    assert statuses(course) == {"安一": "out", "安二": "hire", "安三": "reserve", "安四": "reserve"}
    assert "公示不合格" in course.line("安一").last_step.message


def test_an_objection_about_one_of_two_of_the_same_name_touches_only_one(db: None) -> None:
    course = publicised(places=2, names=("王伟", "王维", "李四"))
    with acting(course.head):
        Application.objects.filter(pk=course.applications["王维"].pk).update(name="王伟")
        notice = PublicityNotice.objects.get()
        PublicityNotice.objects.filter(pk=notice.pk).update(
            ends=today(), names=[{**entry, "name": "王伟"} for entry in notice.names]
        )
        notice.refresh_from_db()
    objection_file_by_visitor(notice, course.applications["王维"].pk)
    over(course, YESTERDAY)
    with acting(course.head):
        objection_decide(actor=course.head, objection=Objection.objects.get(), verb="uphold", answer="核实")
    ends = {each.application.pk: each.place.status for each in course.post().listed}
    assert ends[course.applications["王伟"].pk] == "hire"
    assert ends[course.applications["王维"].pk] == "out"


def objection_file_by_visitor(notice: PublicityNotice, about: int) -> None:
    with acting(Actor(name="访客")) as visitor:
        objection_file(actor=visitor, notice=notice, about=about, text="请核实")


def test_who_withdraws_on_the_site_frees_the_place(course: Ranked) -> None:
    with acting(course.actors["安一"]) as actor:
        application_withdraw(actor=actor, application=course.fresh("安一"))
    assert statuses(course)["安二"] == "hire"


def test_who_was_hired_can_not_give_the_application_up(course: Ranked) -> None:
    course.hire("安一")
    with pytest.raises(Refusal, match="已经聘用") as refused, speaking(), acting(course.actors["安一"]) as actor:
        application_withdraw(actor=actor, application=course.fresh("安一"))
    assert refused.value.provisions == ("22",)
    with pytest.raises(Refusal, match="不能办理此步骤"):
        decline(course, "安一")


def test_a_decline_needs_its_day_and_its_reason(course: Ranked) -> None:
    with pytest.raises(Refusal) as refused:
        decline(course, "安一", on=today() + timedelta(days=1), reason=" ")
    assert set(refused.value.errors) == {"on", "reason"}
    with acting(course.head):
        record = Hire.objects.create(organ_code=course.campaign.organ_code, application=course.applications["安一"])
        record.state = "declined"
        with pytest.raises(Refusal, match="应写明日期和原因"), speaking(), transaction.atomic():
            record.save()


def test_a_decline_keeps_the_declaration(course: Ranked) -> None:
    record = decline(course, "安一", proof=SimpleUploadedFile("声明.pdf", b"%PDF-1.4 x"))
    assert record.proof is not None
    assert record.proof.name == "声明.pdf"


def test_another_organ_neither_declines_nor_supplements(course: Ranked) -> None:
    with acting(territorial(MIANYANG, "hr_head")) as city:
        with pytest.raises(NotAllowed):
            hire_decline(actor=city, application=course.fresh("安一"), on=today(), reason="代为放弃")
        with pytest.raises(NotAllowed):
            publicity_supplement(actor=city, campaign=course.campaign)


def test_the_database_hires_nobody_whose_publicity_is_not_over(course: Ranked) -> None:
    over(course, today())
    with pytest.raises(Refusal, match="公示期满") as refused, speaking(), acting(course.head), transaction.atomic():
        _forced(course, "安一")
    assert refused.value.provisions == ("21.p1",)


def test_the_database_hires_no_more_than_the_post_has_places(course: Ranked) -> None:
    course.hire("安一")
    with acting(course.head):
        check(course, "安二")
        notice = PublicityNotice.objects.get()
        Publicised.objects.create(
            organ_code=notice.organ_code,
            notice=notice,
            application=course.applications["安二"],
            account_id=course.applications["安二"].account_id,
        )
    with (
        pytest.raises(Refusal, match="公告招聘 1 人") as refused,
        speaking(),
        acting(course.head),
        transaction.atomic(),
    ):
        _forced(course, "安二")
    assert refused.value.provisions == ("16.p3",)


def _forced(course: Ranked, name: str) -> None:
    """A hire that asks no service."""
    application = course.fresh(name)
    record = Hire.objects.create(organ_code=course.campaign.organ_code, application=application)
    engaged = Engagement.objects.latest("pk") if Engagement.objects.exists() else None
    fields: dict = {"state": "hired", "engagement": engaged}
    Hire.objects.filter(pk=record.pk).update(**fields)


def test_the_database_makes_nobody_public_who_was_not_checked(course: Ranked) -> None:
    with acting(course.head):
        notice = PublicityNotice.objects.get()
        named = Publicised(
            organ_code=notice.organ_code,
            notice=notice,
            application=course.applications["安四"],
            account_id=course.applications["安四"].account_id,
        )
        with pytest.raises(Refusal, match="考察合格后才能公示"), speaking(), transaction.atomic():
            named.save()


def test_each_applicant_reads_their_own_place_and_what_comes_next(course: Ranked) -> None:
    assert "等待招聘机关通知" in told(course, "安一").next
    second = told(course, "安二")
    assert "递补名单第 1 位" in second.next
    assert f"{months_later(YESTERDAY, 12)}（含当日）" in second.next
    assert (second.candidate.rank, second.headcount) == (2, 1)
    decline(course, "安一")
    assert "放弃聘用" in told(course, "安一").next
    assert "接下来是体检和考察" in told(course, "安二").next
    assert "递补名单第 1 位" in told(course, "安三").next
    check(course, "安二")
    assert "等待递补公示" in told(course, "安二").next
    supplement(course)
    assert "公示到" in told(course, "安二").next
    over(course, YESTERDAY)
    course.hire("安二")
    assert "您已被聘用" in told(course, "安二").next


def test_an_applicant_reads_nobody_elses_outcome(course: Ranked) -> None:
    with acting(course.actors["安二"]) as actor:
        assert outcome_of(actor, course.applications["安一"]) is None


@pytest.mark.race
def test_of_hires_and_a_decline_at_once_the_place_is_filled_once(committed: None) -> None:
    course = publicised()
    barrier = Barrier(8)

    def act(number: int) -> str:
        barrier.wait()
        try:
            with speaking():
                if number % 2:
                    course.hire("安一")
                    return "hired"
                decline(course, "安一")
                return "declined"
        except Refusal:
            return "refused"
        finally:
            disconnected()

    with ThreadPoolExecutor(8) as threads:
        done = sorted(threads.map(act, range(8)))
    assert done.count("refused") == 7
    with acting(course.head):
        record = Hire.objects.get()
        taken = Slot.objects.filter(engagement__isnull=False).count()
    assert (record.state, taken) in {("hired", 1), ("declined", 0)}
    assert {record.state} & set(done)


@pytest.mark.race
def test_of_two_officers_hiring_from_the_reserve_at_once_one_succeeds(committed: None) -> None:
    course = publicised()
    decline(course, "安一")
    check(course, "安二")
    supplement(course)
    over(course, YESTERDAY)
    barrier = Barrier(6)

    def act(_: int) -> bool:
        barrier.wait()
        try:
            with speaking():
                course.hire("安二")
            return True
        except Refusal:
            return False
        finally:
            disconnected()

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(act, range(6))) == 1
    with acting(made.head()):
        assert Slot.objects.filter(engagement__isnull=False).count() == 1
