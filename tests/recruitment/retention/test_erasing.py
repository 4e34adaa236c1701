"""Applicants' data is kept as long as stated and not longer; what is erased is nowhere left, and the trail still holds."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.utils import timezone
from psycopg import sql

from fujing.kernel import seal
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.review import application_review
from fujing.recruitment.applications.services import application_attach, application_submit
from fujing.recruitment.background.services import check_answer, check_conclude, check_tell
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.services import campaign_cancel
from fujing.recruitment.exams.attendance import attendance_mark
from fujing.recruitment.exams.models import Seat
from fujing.recruitment.exams.services import misconduct_answer
from fujing.recruitment.hiring.services import hire_decline
from fujing.recruitment.retention.models import ErasureRecord
from fujing.recruitment.retention.services import _erase, campaign_erase, erase_overdue
from fujing.recruitment.selection.models import Objection, PublicityNotice, ScoreCheck
from fujing.recruitment.selection.publicity import objection_decide, objection_file
from fujing.recruitment.selection.results import score_check_answer, score_check_ask, scores_release
from fujing.recruitment.selection.services import scores_import
from tests import world
from tests.factories import SANTAI
from tests.pictures import picture
from tests.recruitment.applications import made
from tests.recruitment.applications.made import VISITOR
from tests.recruitment.ranked import over, publicised

NAME = "欧阳慕容"
ANSWER = "当年的处分已经撤销"
PHOTO = picture("PHOTO")


def applied(to: Campaign) -> tuple[Application, Actor]:
    """Somebody with a photo and a background check that ended badly after an answer."""
    actor = made.applicant(name=NAME)
    application, _ = made.application(to, "draft", by=actor)
    with acting(actor):
        application_attach(
            actor=actor, application=application, kind="photo", upload=SimpleUploadedFile("照片.png", PHOTO)
        )
        application = application_submit(actor=actor, application=application)
    with acting(made.head()) as head:
        application = application_review(actor=head, application=application, verb="qualify", note="材料齐全")
    check, _ = made.background(application, exists=("20.3",))
    with acting(made.head()) as head:
        check = check_tell(actor=head, check=check, answer_until=today() + timedelta(days=3))
    with acting(actor):
        check = check_answer(actor=actor, check=check, text=ANSWER)
    with acting(made.head()) as head:
        check_conclude(actor=head, check=check, adverse=True, reasons="决定仍然有效")
    return application, actor


def ended(to: Campaign, months_ago: int = 12) -> Campaign:
    """Cancelled so long ago; the day is set back, the state is not."""
    with acting(made.head()) as head:
        campaign_cancel(actor=head, campaign=to, reason="用人计划调整")
        month = today().month - 1 - months_ago
        back = date(today().year + month // 12, month % 12 + 1, 1)
        Campaign.objects.filter(pk=to.pk).update(ended_on=back)
        return Campaign.objects.get(pk=to.pk)


def everything(owner_parameters: dict) -> str:
    """Every row of every table, as the owner sees it."""
    with psycopg.connect(**owner_parameters) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = [
            row[0]
            for (table,) in tables
            for row in connection.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table)))
        ]
    return "\n".join(rows)


@pytest.fixture
def application(committed: None) -> Application:
    return applied(made.campaign())[0]


def test_nothing_of_an_erased_applicant_is_left_anywhere(application: Application, owner_parameters: dict) -> None:
    with acting(made.head()):
        secrets = [bytes(value).hex() for value in _stored(application, owner_parameters)]
        (attachment,) = application.attachments.all()
        photo = Path(settings.DATA) / "files" / attachment.file.path
        account = application.account_id
    before = everything(owner_parameters)
    assert NAME in before
    assert all(secret in before for secret in secrets)
    assert photo.exists()

    ended(application.campaign)
    assert erase_overdue() == 1
    after = everything(owner_parameters)
    assert NAME not in after
    assert [secret for secret in secrets if secret in after] == []
    assert not photo.exists()
    seal.seal_days(timezone.localdate() + timedelta(days=1))
    assert seal.verify() == []
    with acting(made.head()):
        erased = Application.objects.get(pk=application.pk)
        record = ErasureRecord.objects.get()
    assert (erased.name, erased.id_number, erased.birth_date.month, erased.state) == ("", "", 1, "qualified")
    assert (record.applications, record.files) == (1, 1)
    assert f"erased-{account}" in after


def _stored(application: Application, owner_parameters: dict) -> list[bytes]:
    """The ciphertexts and blind indexes of the applicant, as they stand in the tables."""
    with psycopg.connect(**owner_parameters) as connection:
        found = connection.execute(
            "SELECT a.id_number, a.id_index, a.phone, c.answer, c.reasons, c.grounds_told, f.content, k.id_number, k.phone"
            " FROM applications_application a JOIN background_backgroundcheck c ON c.application_id = a.id"
            " JOIN background_backgroundfinding f ON f.check_of_id = c.id JOIN registry_account k ON k.id = a.account_id"
            " WHERE a.id = %s",
            [application.pk],
        ).fetchall()
    return list({bytes(value) for row in found for value in row})


def test_nothing_is_left_of_who_was_made_public_objected_to_and_gave_up(
    committed: None, owner_parameters: dict
) -> None:
    course = publicised(names=(NAME, "安二"))
    over(course, today())
    with acting(VISITOR) as visitor:
        objection_file(
            actor=visitor,
            notice=PublicityNotice.objects.get(),
            about=course.applications[NAME].pk,
            text=f"{NAME}住在我家隔壁",
            contact="13911112222",
        )
    with acting(course.head) as head:
        objection_decide(actor=head, objection=Objection.objects.get(), verb="dismiss", answer=f"{NAME}无此事")
        hire_decline(
            actor=head,
            application=course.fresh(NAME),
            on=today(),
            reason="到外省工作了",
            proof=SimpleUploadedFile("声明.pdf", b"%PDF-1.4 gave up"),
        )
        Campaign.objects.filter(pk=course.campaign.pk).update(state="finished", ended_on=today() - timedelta(days=400))
    before = everything(owner_parameters)
    assert all(text in before for text in (NAME, "到外省工作了", "声明.pdf"))
    assert erase_overdue() == 2
    after = everything(owner_parameters)
    assert [text for text in (NAME, "安二", "到外省工作了", "声明.pdf", "隔壁") if text in after] == []
    seal.seal_days(timezone.localdate() + timedelta(days=1))
    assert seal.verify() == []


def test_nothing_is_left_of_what_an_applicant_wrote_about_an_exam(committed: None, owner_parameters: dict) -> None:
    county = world.county(SANTAI, NAME, 101)
    world.walk(county, until="closed")
    with acting(county.hr) as hr:
        sitting = world.sit(county)
        seat = Seat.objects.get(sitting=sitting)
        attendance_mark(
            actor=hr, seat=seat, attendance="misconduct", happened="袖中有纸条", first="李一", second="李二"
        )
        upload = SimpleUploadedFile(
            "scores.csv", f"报名序号,环节,科目,成绩\n{county.application.pk},笔试,,58\n".encode()
        )
        scores_import(actor=hr, campaign=county.campaign, upload=upload)
        scores_release(actor=hr, campaign=county.campaign, stage="written", check_until=today())
    with acting(county.applicant) as actor:
        misconduct_answer(actor=actor, seat=seat, text="那是准考证的存根")
        score_check_ask(actor=actor, application=county.application, stage="written", text="第三大题漏改")
    with acting(county.head) as head:
        score_check_answer(actor=head, check=ScoreCheck.objects.get(), verb="confirm", answer="第三大题已改")
    ended(county.campaign)
    texts = ("袖中有纸条", "那是准考证的存根", "第三大题漏改", "第三大题已改")
    before = everything(owner_parameters)
    assert all(text in before for text in texts)
    assert erase_overdue() == 1
    after = everything(owner_parameters)
    assert [text for text in texts if text in after] == []


def test_a_second_night_finds_nothing_more(application: Application) -> None:
    ended(application.campaign)
    assert (erase_overdue(), erase_overdue()) == (1, 0)


def test_before_the_period_has_passed_nobody_is_erased_not_even_by_hand(application: Application) -> None:
    campaign = ended(application.campaign, months_ago=11)
    assert erase_overdue() == 0
    with pytest.raises(DatabaseError, match="保存期限未满"), acting(made.head()):
        _erase(application)
    with acting(made.head()):
        assert Application.objects.get(pk=application.pk).name == NAME
        assert campaign.retention_months == 12


def test_an_account_with_another_application_stays(committed: None) -> None:
    first = made.campaign()
    _, actor = applied(first)
    ended(first)
    second = made.campaign()
    made.application(second, by=actor)
    assert erase_overdue() == 1
    with acting(actor):
        assert {each.name for each in Application.objects.all()} == {"", NAME}


def test_another_county_cannot_erase(application: Application) -> None:
    campaign = ended(application.campaign)
    with acting(made.head(510723000000)) as neighbour:
        assert campaign_erase(actor=neighbour, campaign=campaign) is None
    with pytest.raises(DatabaseError, match="没有可以删除的报名"), acting(made.head(510723000000)):
        _erase(application)
    assert campaign.organ_code == SANTAI
