"""体检: an adverse result is told, may be examined once more, and stands only then (18.5, 21.p1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision
from fujing.kernel.readings import readings_of
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.services import (
    exam_expire,
    exam_record,
    exam_tell,
    exams_arrange,
    items_open,
    reexam_arrange,
    reexam_ask,
    reexam_record,
)
from fujing.recruitment.selection.models import Candidate
from fujing.recruitment.selection.publicity import publicity_start
from fujing.recruitment.selection.services import ranking_compute
from tests.clients import client_of
from tests.factories import MIANYANG, territorial
from tests.markup import flat
from tests.recruitment.ranked import Ranked, check, ranked

ITEM = "特殊标准第1条"


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("结论.pdf", b"%PDF-1.4 conclusion")


@pytest.fixture
def course(db: None) -> Ranked:
    """One place, two ranked, nobody examined; the announcement gives seven days to ask for a re-examination."""
    return with_term(ranked(names=("安一", "安二")), 7)


def with_term(course: Ranked, days: int | None) -> Ranked:
    with acting(course.head):
        campaign = course.campaign
        stage = next(stage for stage in campaign.document["stages"] if stage["kind"] == "medical")
        stage.update({"days": days, "unit": "calendar"} if days else {})
        campaign.save()
        course.campaign = Campaign.objects.get(pk=campaign.pk)
    return course


def sent(course: Ranked, name: str = "安一") -> MedicalExam:
    with acting(course.head) as head:
        (exam,) = exams_arrange(
            actor=head,
            campaign=course.campaign,
            applications=[course.applications[name]],
            hospital="县人民医院",
            exam_on=today(),
        )
    return exam


def found(course: Ranked) -> MedicalExam:
    exam = sent(course)
    with acting(course.head) as head:
        return exam_record(actor=head, exam=exam, verb="fail", document=paper(), items=[ITEM])


def told(course: Ranked) -> MedicalExam:
    exam = found(course)
    with acting(course.head) as head:
        return exam_tell(actor=head, exam=exam)


def requested(course: Ranked) -> MedicalExam:
    exam = told(course)
    with acting(course.actors["安一"]) as actor:
        reexam_ask(actor=actor, exam=exam, verb="request")
    with acting(course.head) as head:
        return reexam_arrange(actor=head, exam=exam, hospital="市中心医院", on=today())


def statuses(course: Ranked) -> list[str]:
    """Everybody's result in a ranking computed now, by rank."""
    with acting(course.head) as head:
        ranking = ranking_compute(actor=head, campaign=course.campaign)
        rows = Candidate.objects.filter(ranking=ranking).order_by("rank", "application_id")
        return [row.status for row in rows]


def test_nobody_is_made_public_before_the_examination_is_passed(course: Ranked) -> None:
    with acting(course.head) as head:
        with pytest.raises(Refusal, match="1 人体检尚未合格：安一") as refused, transaction.atomic():
            publicity_start(actor=head, campaign=course.campaign)
        assert refused.value.provisions == ("21.p1", "18.5")
    check(course, "安一")
    with acting(course.head) as head:
        publicity_start(actor=head, campaign=course.campaign)


def test_an_adverse_result_counts_in_the_ranking_only_once_it_stands(course: Ranked) -> None:
    assert statuses(course) == ["hire", "reserve"]
    exam = told(course)
    assert statuses(course) == ["hire", "reserve"]
    with acting(course.actors["安一"]) as actor:
        reexam_ask(actor=actor, exam=exam, verb="waive")
    assert statuses(course) == ["out", "hire"]
    with acting(course.head):
        row = Candidate.objects.filter(application=course.applications["安一"]).latest("pk")
        assert (row.why, row.finding["provision"]) == ("体检不合格", "18.5")


def test_absence_from_the_examination_gives_the_place_to_the_next(course: Ranked) -> None:
    exam = sent(course)
    with acting(course.head) as head:
        exam_record(actor=head, exam=exam, verb="absent")
    assert statuses(course) == ["out", "hire"]


def test_the_term_of_the_announcement_runs_from_the_day_after_the_telling(course: Ranked) -> None:
    exam = told(course)
    assert exam.reexam_until == today() + timedelta(days=7)
    with acting(course.head) as head, pytest.raises(Refusal, match="现在不能认定体检不合格"):
        exam_expire(actor=head, exam=exam)
    with acting(course.head) as head:
        MedicalExam.objects.filter(pk=exam.pk).update(reexam_until=today() - timedelta(days=1))
    with acting(course.actors["安一"]) as actor, pytest.raises(Refusal, match="期限已于"):
        reexam_ask(actor=actor, exam=exam, verb="request")
    with acting(course.head) as head:
        assert exam_expire(actor=head, exam=exam).state == "failed"


def test_without_a_stated_term_the_result_never_stands_by_lapse_of_time(db: None) -> None:
    course = ranked(names=("安一", "安二"))
    exam = told(course)
    assert exam.reexam_until is None
    with acting(course.head) as head, pytest.raises(Refusal, match="待核实") as refused:
        exam_expire(actor=head, exam=exam)
    assert refused.value.provisions == ("18.5",)


def test_the_re_examination_is_elsewhere_and_final(course: Ranked) -> None:
    exam = told(course)
    with acting(course.actors["安一"]) as actor:
        reexam_ask(actor=actor, exam=exam, verb="request")
    with acting(course.head) as head:
        with pytest.raises(Refusal) as refused:
            reexam_arrange(actor=head, exam=exam, hospital="县人民医院", on=today() - timedelta(days=1))
        assert set(refused.value.errors) == {"hospital", "on"}
        reexam_arrange(actor=head, exam=exam, hospital="市中心医院", on=today())
        with pytest.raises(Refusal) as refused:
            reexam_record(actor=head, exam=exam, fit=True, document=None)
        assert set(refused.value.errors) == {"document"}
        assert reexam_record(actor=head, exam=exam, fit=True, document=paper()).state == "passed"
        with pytest.raises(Refusal, match="不能办理此步骤"):
            reexam_record(actor=head, exam=exam, fit=False, document=paper())
    assert statuses(course) == ["hire", "reserve"]


def test_a_failed_re_examination_stands(course: Ranked) -> None:
    exam = requested(course)
    with acting(course.head) as head:
        assert reexam_record(actor=head, exam=exam, fit=False, document=paper()).state == "failed"
        said = Decision.objects.get(kind="体检")
    assert (said.message, said.provisions) == ("体检不合格", ["18.5"])


def test_a_conclusion_names_its_items_and_has_its_paper(course: Ranked) -> None:
    exam = sent(course)
    with acting(course.head) as head:
        with pytest.raises(Refusal) as refused:
            exam_record(actor=head, exam=exam, verb="fail", items=["随便"])
        assert set(refused.value.errors) == {"document", "items"}
        MedicalExam.objects.filter(pk=exam.pk).update(exam_on=today() + timedelta(days=1))
        with pytest.raises(Refusal, match="还没有到"):
            exam_record(actor=head, exam=exam, verb="pass", document=paper())


def test_a_recheck_asked_for_by_the_hospital_has_its_own_day(course: Ranked) -> None:
    exam, later = sent(course), today() + timedelta(days=3)
    with acting(course.head) as head:
        with pytest.raises(Refusal) as refused:
            exam_record(actor=head, exam=exam, verb="recheck", document=paper())
        assert set(refused.value.errors) == {"recheck_on"}
        exam_record(actor=head, exam=exam, verb="recheck", document=paper(), recheck_on=later)
    mine = flat(client_of(course.actors["安一"]).get(f"/mine/{course.applications['安一'].pk}/"))
    assert f"请于 <b>{later}</b> 到 <b>县人民医院</b> 复检" in mine
    with acting(course.head) as head, pytest.raises(Refusal, match="还没有到"):
        exam_record(actor=head, exam=exam, verb="pass")


def test_only_the_recruiting_organ_records_and_only_the_applicant_asks(course: Ranked) -> None:
    exam = sent(course)
    with acting(territorial(MIANYANG, "hr_head")) as city, pytest.raises(NotAllowed):
        exam_record(actor=city, exam=exam, verb="pass", document=paper())
    with acting(course.head) as head:
        exam_record(actor=head, exam=exam, verb="fail", document=paper(), items=[ITEM])
        exam_tell(actor=head, exam=exam)
        with pytest.raises(NotAllowed, match="只有本人"):
            reexam_ask(actor=head, exam=exam, verb="waive")
    with acting(course.actors["安二"]) as other:
        assert not MedicalExam.objects.exists()
        with pytest.raises(NotAllowed, match="只有本人"):
            reexam_ask(actor=other, exam=exam, verb="waive")


def test_the_items_are_stored_encrypted_and_every_reading_is_recorded(course: Ranked) -> None:
    exam = found(course)
    with acting(course.head) as head:
        with connection.cursor() as cursor:
            cursor.execute("SELECT items FROM medical_medicalexam WHERE id = %s", [exam.pk])
            stored = bytes(cursor.fetchone()[0])
        assert ITEM.encode() not in stored
        with pytest.raises(Refusal, match="查阅事由"):
            items_open(actor=head, exam=exam, reason=" ")
        assert items_open(actor=head, exam=exam, reason="核对结论") == ["特殊标准第1条 视力"]
        (read,) = readings_of(exam)
    assert (read.reader_name, read.what, read.reason) == ("人事负责人", "体检不合格项目", "核对结论")
    own = client_of(course.actors[exam.application.name])
    told = own.get("/mine/readings/").content.decode()
    assert "体检不合格项目" in told
    assert "核对结论" in told
    other = next(each for name, each in course.actors.items() if name != exam.application.name)
    assert "还没有人查阅过" in client_of(other).get("/mine/readings/").content.decode()
    with acting(territorial(MIANYANG, "hr_head")) as city, pytest.raises(NotAllowed):
        items_open(actor=city, exam=exam, reason="检查")


@pytest.mark.parametrize("missing", ["told_at", "reexam_until", "concluded_on"])
def test_the_database_refuses_an_adverse_result_that_was_not_told_or_whose_term_runs(
    course: Ranked, missing: str
) -> None:
    exam = told(course)
    with acting(course.head):
        fields = {"reexam_until": today() - timedelta(days=1), "concluded_on": today(), missing: None}
        with pytest.raises(Refusal, match="告知本人且复检期满") as refused, speaking(), transaction.atomic():
            MedicalExam.objects.filter(pk=exam.pk).update(state="failed", **fields)
    assert refused.value.provisions == ("18.5",)


def test_the_database_refuses_a_conclusion_without_paper_recorder_or_item(course: Ranked) -> None:
    exam = sent(course)
    with acting(course.head):
        rows = MedicalExam.objects.filter(pk=exam.pk)
        with pytest.raises(Refusal, match="医院出具的材料"), speaking(), transaction.atomic():
            rows.update(state="passed", recorded_by="某人")
        with pytest.raises(Refusal, match="应有录入人"), speaking(), transaction.atomic():
            rows.update(state="absent")
        exam_record(actor=course.head, exam=exam, verb="fail", document=paper(), items=[ITEM])
        with pytest.raises(Refusal, match="标准条目"), speaking(), transaction.atomic():
            rows.update(items=None)


def test_the_database_keeps_a_conclusion_as_it_is(course: Ranked) -> None:
    exam = sent(course)
    with acting(course.head) as head:
        exam_record(actor=head, exam=exam, verb="pass", document=paper())
        with pytest.raises(Refusal, match="不得更改"), speaking(), transaction.atomic():
            MedicalExam.objects.filter(pk=exam.pk).update(hospital="别的医院")


def test_the_pages_go_from_arranging_to_the_applicants_choice(course: Ranked) -> None:
    desk, mine = client_of(course.head), client_of(course.actors["安一"])
    listing = f"/desk/campaigns/{course.campaign.pk}/medical/"
    own = f"/mine/{course.applications['安一'].pk}/"
    html = desk.get(listing).content.decode()
    assert "未安排 <b>1</b>" in html
    assert "告知后 7 个自然日" in html
    refused = desk.post(listing, {"act": "arrange", "applications": [course.applications["安一"].pk]})
    assert refused.status_code == 422
    desk.post(
        listing,
        {
            "act": "arrange",
            "applications": [course.applications["安一"].pk],
            "hospital": "县医院",
            "exam_on": f"{today()}",
        },
    )
    assert "县医院" in mine.get(own).content.decode()
    with acting(course.head):
        exam = MedicalExam.objects.get()
    page = f"/desk/medical/{exam.pk}/"
    assert "可以申请复检" in desk.post(page, {"verb": "fail"}).content.decode()
    assert desk.post(page, {"verb": "fail", "confirmed": "1"}).status_code == 422
    desk.post(page, {"verb": "fail", "confirmed": "1", "items": [ITEM], "document": paper()})
    assert ITEM not in mine.get(own).content.decode()
    desk.post(page, {"verb": "tell", "confirmed": "1"})
    html = mine.get(own).content.decode()
    assert "特殊标准第1条 视力" in html
    assert f"截止 {today() + timedelta(days=7)}" in html
    assert "特殊标准第1条 视力" not in desk.get(page).content.decode().split("经过")[1]
    assert "特殊标准第1条 视力" in desk.post(page, {"act": "read", "reason": "核对"}).content.decode()
    refused = desk.post(page, {"verb": "expire", "confirmed": "1"}, follow=True).content.decode()
    assert "申请复检的期限到" in refused
    with acting(course.head):
        assert MedicalExam.objects.get().state == "told"
    assert "复检结论是最终结论" in mine.post(own, {"act": "request"}).content.decode()
    assert "等待安排医院和日期" not in mine.get(own).content.decode()
    mine.post(own, {"verb": "request", "confirmed": "1"})
    assert "等待安排医院和日期" in mine.get(own).content.decode()
    desk.post(page, {"act": "arrange", "hospital": "市医院", "on": f"{today()}"})
    assert "市医院" in mine.get(own).content.decode()
    desk.post(page, {"verb": "reexam_pass", "confirmed": "1", "document": paper()})
    assert "您的体检合格" in mine.get(own).content.decode()
    answer = desk.post(page, {"act": "paper", "reason": "核对"})
    assert answer.getvalue() == b"%PDF-1.4 conclusion"  # type: ignore[attr-defined]
    answer.close()


def test_one_list_of_the_hospital_passes_several(course: Ranked) -> None:
    exams = [sent(course), sent(course, "安二")]
    desk = client_of(course.head)
    listing = f"/desk/campaigns/{course.campaign.pk}/medical/"
    assert desk.post(listing, {"act": "pass", "exams": [exam.pk for exam in exams]}).status_code == 422
    desk.post(listing, {"act": "pass", "exams": [exam.pk for exam in exams], "document": paper()})
    with acting(course.head):
        rows = MedicalExam.objects.all()
        assert {row.state for row in rows} == {"passed"}
        assert len({row.document_id for row in rows}) == 1
