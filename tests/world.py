"""One county's recruitment taken from quota to contract by the services: something in every table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fujing.compliance.guidance.models import Guidance
from fujing.compliance.guidance.services import Document, guidance_draft, guidance_publish, guidance_sign
from fujing.compliance.rectification.models import Notice
from fujing.compliance.rectification.services import Content, notice_draft, notice_receive, notice_send
from fujing.general.quota.services import figures_record
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import Job
from fujing.law.rulebooks.background import check_digit
from fujing.recruitment.applications.background import (
    GROUNDS,
    check_conclude,
    check_open,
    conflict_declare,
    finding_record,
    findings_open,
)
from fujing.recruitment.applications.models import Application, BackgroundCheck
from fujing.recruitment.applications.own_copy import own_copy
from fujing.recruitment.applications.review import application_review
from fujing.recruitment.applications.screening import applications_screen
from fujing.recruitment.applications.services import (
    applicant_sign_up,
    application_attach,
    application_save,
    application_submit,
)
from fujing.recruitment.campaigns.consents import consents_ask, entrustment_record
from fujing.recruitment.campaigns.models import Campaign, Consent, Entrustment
from fujing.recruitment.campaigns.services import campaign_cancel, campaign_draft, campaign_move, campaign_publish
from fujing.recruitment.exams.attendance import invigilator_name
from fujing.recruitment.exams.models import Elimination, Sitting
from fujing.recruitment.exams.services import Hall, seats_assign, sitting_arrange, sitting_move
from fujing.recruitment.hiring.services import contract_sign, hire
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.services import exams_arrange, exams_pass, items_open
from fujing.recruitment.retention.services import campaign_erase
from fujing.recruitment.selection.entries import entry_save
from fujing.recruitment.selection.models import Objection, PublicityNotice
from fujing.recruitment.selection.publicity import objection_decide, objection_file, publicity_start
from fujing.recruitment.selection.results import score_check_answer, score_check_ask, scores_release
from fujing.recruitment.selection.services import ranking_compute, scores_import
from fujing.registry.models import Account, Engagement
from fujing.registry.queries import account_with_roles, actor_of
from fujing.registry.sensitive import sensitive_reveal
from fujing.registry.services import view_save
from tests import factories

STAGES: list[dict[str, Any]] = [
    {"kind": "announcement"},
    {"kind": "registration"},
    {"kind": "qualification_review"},
    {"kind": "written", "full": 100, "pass": 60, "weight": 0.5},
    {"kind": "fitness", "gate": {"standard": "police_2011", "need": "all"}},
    {"kind": "interview", "full": 100, "weight": 0.5},
    {"kind": "medical", "admit": {"ratio": 1}},
    {"kind": "background"},
    {"kind": "publicity", "days": 5, "unit": "working"},
    {"kind": "hire"},
]


def document(**changes: Any) -> dict[str, Any]:
    """A lawful announcement, open for registration now; changes replace its top-level keys."""
    now = timezone.localtime()
    return {
        "title": "2026年公开招聘警务辅助人员公告",
        "organiser": {"mode": "alone"},
        "cutoff": "2026-01-22",
        "age_reading": "completed_years",
        "registration": {
            "from": (now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
            "to": (now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M"),
        },
        "positions": [
            {
                "code": "01",
                "name": "一线执勤",
                "category": "field",
                "headcount": 1,
                "conditions": {"age": {"min": 18, "max": 35}, "education": {"min": "high_school"}},
            }
        ],
        "stages": STAGES,
        "contract": {"term_months": 36, "probation_months": 2},
        **changes,
    }


@dataclass
class County:
    """Who acts in one county, and what they made."""

    code: int
    serial: int
    hr: Actor
    head: Actor
    checkers: tuple[Actor, Actor]
    campaign: Campaign
    applicant: Actor
    application: Application
    engagement: Engagement | None = None
    notice: Notice | None = None
    guidance: Guidance | None = None
    sitting: Sitting | None = None
    consent: Consent | None = None


def _actor(account: Account) -> Actor:
    with acting(factories.PROVINCIAL):
        found = account_with_roles(account.pk)
    assert found is not None
    return actor_of(found)


def applicant(name: str, serial: int, born: str = "19980315") -> Actor:
    """Somebody who signed up on the public site; sees only their own rows. Numbers follow from `serial` and birth date."""
    first = f"510722{born}{serial:03d}"
    visitor = Actor(name="访客")
    with acting(visitor):
        account = applicant_sign_up(
            actor=visitor,
            name=name,
            id_number=first + check_digit(first),
            phone=f"13{born[-1]}{serial:08d}",
            password="a-password-2026",
        )
    person = Actor(name=name, account_id=account.pk, roles=frozenset({"applicant"}))
    with acting(person):
        found = account_with_roles(account.pk)
    assert found is not None
    return actor_of(found)


def county(code: int, name: str, serial: int, *, title: str = "") -> County:
    """A county with a published campaign and one submitted application by `name`."""
    plan = factories.approved_plan(code, count=2)
    factories.issued_budget(code)
    with acting(factories.territorial(code)) as clerk:
        figures_record(actor=clerk, year=2026, police_officers=300, residents=900_000, source=f"{name}统计公报")
    with acting(factories.PROVINCIAL):
        accounts = [
            factories.account(code, role, name=f"{name}{role}")
            for role in ("hr_officer", "hr_head", "police_officer", "discipline")
        ]
        factories.post(factories.unit(code).code, "一线执勤")
    hr, head, first, second = (_actor(account) for account in accounts)
    with acting(hr):
        campaign = campaign_draft(actor=hr, document=document(title=title or f"{name}公告"), plan=plan)
    with acting(head):
        campaign = campaign_publish(actor=head, campaign=campaign)
        position = campaign.positions.get()
    person = applicant(name, serial)
    with acting(person):
        application = application_save(
            actor=person,
            campaign=campaign,
            position=position,
            facts={"education": "bachelor", "household": "四川省绵阳市三台县", "height_cm": None, "certificates": "无"},
        )
        photo = SimpleUploadedFile("photo.png", b"\x89PNG\r\n\x1a\n" + name.encode())
        application_attach(actor=person, application=application, kind="photo", upload=photo)
        application = application_submit(actor=person, application=application)
    return County(code, serial, hr, head, (first, second), campaign, person, application)


def finish(made: County) -> County:
    """Screening, review, scores, ranking, background, publicity, objection, hire and contract."""
    with acting(made.head):
        view_save(actor=made.head, page="people", name="本县勤务", query="category=field")
    with acting(made.hr):
        applications_screen(actor=made.hr, campaign=made.campaign)
        application_review(actor=made.hr, application=made.application, verb="qualify")
        campaign_move(actor=made.hr, campaign=made.campaign, verb="close")
        made.campaign.refresh_from_db()
        sheet = "报名序号,环节,科目,成绩\n" + "".join(
            f"{made.application.pk},{stage},,{value}\n"
            for stage, value in (("笔试", 88), ("体能测试", "合格"), ("面试", 90))
        )
        upload = SimpleUploadedFile("scores.csv", sheet.encode())
        made.sitting = sit(made)
        scores_import(actor=made.hr, campaign=made.campaign, upload=upload)
        entry_save(
            actor=made.hr,
            campaign=made.campaign,
            stage="written",
            upload=SimpleUploadedFile(
                "one.csv", sheet.splitlines()[0].encode() + b"\n" + sheet.splitlines()[1].encode()
            ),
        )
        scores_release(actor=made.hr, campaign=made.campaign, stage="written", check_until=today())
    with acting(made.applicant):
        asked = score_check_ask(actor=made.applicant, application=made.application, stage="written", text="作文请复核")
    with acting(made.head):
        score_check_answer(actor=made.head, check=asked, verb="confirm", answer="与答题卡一致")
    with acting(made.hr):
        ranking_compute(actor=made.hr, campaign=made.campaign)
    with acting(made.applicant):
        own_copy(actor=made.applicant)
    check = clear_background(made)
    pass_medical(made.head, made.application)
    with acting(made.head):
        items_open(actor=made.head, exam=MedicalExam.objects.get(organ_code=made.code), reason="核对")
        findings_open(actor=made.head, check=check, reason="作出结论")
        publicity_start(actor=made.head, campaign=made.campaign)
        campaign = Campaign.objects.get(pk=made.campaign.pk)
    visitor = Actor(name="访客")
    with acting(visitor):
        objection_file(
            actor=visitor,
            notice=PublicityNotice.objects.get(campaign=campaign),
            about=made.application.pk,
            text="请核实",
            contact="13900000000",
        )
    with acting(made.head):
        objection_decide(actor=made.head, objection=Objection.objects.get(), verb="dismiss", answer="已核实")
        over = today() - timedelta(days=2)
        PublicityNotice.objects.filter(campaign=campaign).update(starts=over - timedelta(days=7), ends=over)
        application = Application.objects.get(pk=made.application.pk)
        post = factories.Post.objects.get(name="一线执勤")
        made.engagement = hire(actor=made.head, application=application, start_on=today(), unit=post.unit, post=post)
        contract_sign(
            actor=made.head,
            engagement=made.engagement,
            kind="fixed",
            term_months=36,
            probation_months=2,
            signed_on=today(),
            starts=today(),
        )
        sensitive_reveal(actor=made.head, person=made.engagement.person, field="id_number", reason="办理社保")
        Job.objects.create(organ_code=made.code, kind="试", actor={})
        # Nobody else applied: the row is there for who may read it, not for its sense.
        Elimination.objects.create(
            organ_code=made.code,
            sitting=made.sitting,
            application=application,
            account_id=application.account_id,
            stage="written",
            why=f"{application.name}笔试缺考",
        )
    consult(made)
    supervise(made)
    forget(made)
    return made


def without_fitness(**changes: Any) -> dict[str, Any]:
    """An announcement for a scarce skill that drops the fitness test."""
    made = document(**changes)
    made["positions"][0]["scarce"] = {"reason": "急需无人机操控人员"}
    made["stages"] = [stage for stage in STAGES if stage["kind"] != "fitness"]
    return made | {"simplified": {"dropped": ["fitness"]}}


def entrusted(actor: Actor, campaign: Campaign, **changes: Any) -> Entrustment:
    """The draft's contracts are signed by an institution, by a paper of today."""
    paper: dict[str, Any] = {
        "institution": "绵阳市人才发展有限公司",
        "kind": "hr_service",
        "signs": "entrusted",
        "document_number": "三公委〔2026〕1号",
        "document_date": today(),
        "document": SimpleUploadedFile("委托书.pdf", b"%PDF-1.4 entrusted"),
    }
    return entrustment_record(actor=actor, campaign=campaign, **paper | changes)


def consult(made: County) -> None:
    """An entrusted recruitment without fitness test, which 人社 was asked about and has not answered."""
    with acting(factories.PROVINCIAL):
        factories.partner(made.code, "hrss")
    # The department reads who asked, so the clerk has another name than the applicant.
    clerk = replace(made.hr, name="人事经办")
    with acting(clerk):
        words = without_fitness(title="公开招聘无人机操控辅警公告")
        draft = campaign_draft(actor=clerk, document=words, plan=made.campaign.plan)
        entrusted(clerk, draft)
        consents_ask(actor=clerk, campaign=draft)
        made.consent = draft.consents.get()


def forget(made: County) -> None:
    """A campaign of long ago, whose only applicant's data was kept as long as stated."""
    with acting(made.head):
        plan = made.campaign.plan
        campaign = campaign_draft(actor=made.head, document=document(title=f"{made.campaign.title}（往年）"), plan=plan)
        campaign = campaign_publish(actor=made.head, campaign=campaign)
    person = applicant(f"{made.application.name}二", made.serial, "19970416")
    with acting(person):
        application = application_save(
            actor=person, campaign=campaign, position=campaign.positions.get(), facts={"education": "bachelor"}
        )
        application_submit(actor=person, application=application)
    with acting(made.head):
        campaign = campaign_cancel(actor=made.head, campaign=campaign, reason="用人计划调整")
        Campaign.objects.filter(pk=campaign.pk).update(ended_on=today() - timedelta(days=400))
        campaign_erase(actor=made.head, campaign=Campaign.objects.get(pk=campaign.pk))


def arranged(made: County, *, capacity: int = 30) -> Sitting:
    """The written exam in one room, two days from now, places not drawn yet."""
    starts = timezone.now() + timedelta(days=2)
    return sitting_arrange(
        actor=made.hr,
        campaign=made.campaign,
        stage="written",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place=f"{made.application.name}中学",
        rooms=[Hall("第一考场", capacity)],
    )


def sit(made: County) -> Sitting:
    """The same with tickets out and somebody named for the door."""
    sitting = arranged(made)
    seats_assign(actor=made.hr, sitting=sitting)
    account = Account.objects.get(pk=made.checkers[0].account_id)
    invigilator_name(actor=made.hr, sitting=sitting, account=account)
    return sitting_move(actor=made.hr, sitting=sitting, verb="release")


def supervise(made: County) -> None:
    """A notice of the city that the county signed for, and a document of the city that it read."""
    with acting(factories.PROVINCIAL):
        organ = factories.bureau(made.code)
    city = factories.territorial(organ.parent_id or 0, "hr_head")
    with acting(city):
        said = Content(
            f"督{made.code}", f"{made.application.name}督导", ["5.p1"], "没有责任民警", "明确", 10, "calendar"
        )
        made.notice = notice_send(actor=city, notice=notice_draft(actor=city, subject=organ, content=said))
        paper = Document(f"指{made.code}", "指导", today(), ["5.p1"], today(), "每人应有责任民警。")
        made.guidance = guidance_publish(actor=city, guidance=guidance_draft(actor=city, document=paper))
    with acting(made.head):
        notice_receive(actor=made.head, notice=made.notice)
        guidance_sign(actor=made.head, guidance=made.guidance)


def pass_medical(actor: Actor, *applications: Application) -> None:
    """The hospital finds everybody fit, on one list."""
    with acting(actor):
        campaign = applications[0].campaign
        exams = exams_arrange(
            actor=actor, campaign=campaign, applications=applications, hospital="三台县人民医院", exam_on=today()
        )
        paper = SimpleUploadedFile("体检结论.pdf", b"%PDF-1.4 fit")
        exams_pass(actor=actor, campaign=campaign, exams=exams, document=paper)


def clear_background(made: County) -> BackgroundCheck:
    """Two checkers find nothing; the personnel head concludes."""
    with acting(made.head):
        application = Application.objects.get(pk=made.application.pk)
        accounts = [Account.objects.get(pk=checker.account_id) for checker in made.checkers]
        check = check_open(actor=made.head, application=application, first=accounts[0], second=accounts[1])
    for checker in made.checkers:
        with acting(checker):
            conflict_declare(actor=checker, check=check, conflict=False)
            for ground in GROUNDS:
                finding_record(actor=checker, check=check, provision=ground, exists=False, evidence="")
    with acting(made.head):
        return check_conclude(actor=made.head, check=check, adverse=False)
