"""One county's recruitment taken from quota to contract by the services: something in every table."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.general.quota.services import figures_record
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.management.contracts.probation import probation_review
from fujing.management.contracts.renewals import renewal_decline, renewal_offer
from fujing.management.contracts.services import contract_change, contract_sign
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.own_copy import own_copy
from fujing.recruitment.applications.queries import findings_of
from fujing.recruitment.applications.review import unverified, verification_record
from fujing.recruitment.applications.screening import applications_screen
from fujing.recruitment.applications.services import application_attach, application_save, application_submit
from fujing.recruitment.campaigns.services import campaign_draft, campaign_publish
from fujing.recruitment.exams.models import Elimination
from fujing.recruitment.hiring.services import hire
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.services import items_open
from fujing.recruitment.recovery.services import recovery_ask
from fujing.recruitment.selection.entries import entry_save
from fujing.recruitment.selection.models import Objection, PublicityNotice
from fujing.recruitment.selection.publicity import objection_decide, objection_file
from fujing.recruitment.selection.results import score_check_answer, score_check_ask, scores_release
from fujing.registry.correcting import place_correct
from fujing.registry.models import Account
from fujing.registry.sensitive import sensitive_reveal
from fujing.registry.services import view_save
from tests import factories
from tests.pictures import picture
from tests.world.announcements import STAGES, document, without_fitness
from tests.world.appraisal import appraise
from tests.world.commendation import commend
from tests.world.complaints import complain
from tests.world.compliance import supervise
from tests.world.course import RESULTS, check, clear_background, pass_medical, publicise, rank, score, score_sheet, walk
from tests.world.discipline import discipline
from tests.world.duties import send
from tests.world.exams import arranged, sit
from tests.world.leave import rest
from tests.world.leaving import leave
from tests.world.made import County
from tests.world.outfit import equip
from tests.world.pay import pay
from tests.world.protection import protect
from tests.world.recruitment import consult, entrusted, forget
from tests.world.registry import actor_with, applicant
from tests.world.roster import move_in
from tests.world.self_service import serve_oneself
from tests.world.tiers import tier
from tests.world.training import train

__all__ = [
    "RESULTS",
    "STAGES",
    "County",
    "actor_with",
    "applicant",
    "arranged",
    "check",
    "clear_background",
    "county",
    "document",
    "entrusted",
    "finish",
    "pass_medical",
    "publicise",
    "rank",
    "score",
    "score_sheet",
    "sit",
    "walk",
    "without_fitness",
]


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
    hr, head, first, second = (actor_with(account) for account in accounts)
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
        photo = SimpleUploadedFile("photo.png", picture(name))
        application_attach(actor=person, application=application, kind="photo", upload=photo)
        application = application_submit(actor=person, application=application)
    return County(code, serial, hr, head, (first, second), campaign, person, application)


def doubted(made: County) -> None:
    """The nationality was not stated; an officer saw it in the booklet."""
    mine = Application.objects.filter(pk=made.application.pk)
    mine.update(nationality="")
    (doubt,) = unverified(mine.get(), findings_of(mine.get()))
    verification_record(actor=made.hr, application=made.application, rule=doubt.rule, source="户口簿", seen="中国国籍")
    mine.update(nationality="中国")


def finish(made: County) -> County:
    """Screening, review, scores, ranking, background, publicity, objection, hire and contract."""
    with acting(made.head):
        view_save(actor=made.head, page="people", name="本县勤务", query="category=field")
    with acting(made.hr):
        applications_screen(actor=made.hr, campaign=made.campaign)
        doubted(made)
    walk(made, until="closed")
    with acting(made.hr):
        made.sitting = sit(made)
        score(made)
        entry_save(
            actor=made.hr,
            campaign=made.campaign,
            stage="written",
            upload=score_sheet({made.application.pk: RESULTS[:1]}),
        )
        scores_release(actor=made.hr, campaign=made.campaign, stage="written", check_until=today())
    with acting(made.applicant):
        asked = score_check_ask(actor=made.applicant, application=made.application, stage="written", text="作文请复核")
    with acting(made.head):
        score_check_answer(actor=made.head, check=asked, verb="confirm", answer="与答题卡一致")
    rank(made)
    with acting(made.applicant):
        own_copy(actor=made.applicant)
    check(made)
    with acting(made.head):
        items_open(actor=made.head, exam=MedicalExam.objects.get(organ_code=made.code), reason="核对")
    publicise(made)
    campaign = made.campaign
    visitor = Actor(name="访客")
    with acting(visitor):
        objection_file(
            actor=visitor,
            notice=PublicityNotice.objects.get(campaign=campaign),
            about=made.application.pk,
            text="请核实",
            contact="13900000000",
        )
    with acting(made.applicant):
        stated = Application.objects.get(pk=made.application.pk)
    with acting(visitor):
        recovery_ask(
            actor=visitor,
            name=stated.name,
            id_number=str(stated.id_number),
            receipt=stated.receipt,
            phone="13900000000",
        )
    with acting(made.head):
        objection_decide(actor=made.head, objection=Objection.objects.get(), verb="dismiss", answer="已核实")
        over = today() - timedelta(days=2)
        PublicityNotice.objects.filter(campaign=campaign).update(starts=over - timedelta(days=7), ends=over)
        application = Application.objects.get(pk=made.application.pk)
        post = factories.Post.objects.get(name="一线执勤")
        made.engagement = hire(actor=made.head, application=application, start_on=today(), unit=post.unit, post=post)
        signed = contract_sign(
            actor=made.head,
            engagement=made.engagement,
            kind="fixed",
            term_months=36,
            probation_months=2,
            signed_on=today(),
            starts=today(),
        )
        contract_change(
            actor=made.head,
            contract=signed,
            subject="place",
            before="潼川镇",
            after="刘营镇",
            agreed_on=today(),
            effective_on=today(),
            upload=SimpleUploadedFile("协议.pdf", b"%PDF-1.4 change"),
        )
        probation_review(
            actor=made.head,
            engagement=made.engagement,
            meets=True,
            opinion="工作认真",
            reviewer="责任民警",
            reviewed_on=today(),
            upload=SimpleUploadedFile("考核表.pdf", b"%PDF-1.4 review"),
        )
        asked = renewal_offer(
            actor=made.head,
            engagement=made.engagement,
            kind="fixed",
            term_months=24,
            same_or_better=True,
            answer_until=today(),
        )
        place_correct(
            actor=made.head,
            engagement=made.engagement,
            starts=today(),
            until=None,
            post=post,
            officer=Account.objects.get(pk=made.checkers[0].account_id),
            reason=f"聘用{made.application.name}时漏登责任民警",
        )
        renewal_decline(
            actor=made.head, renewal=asked, replied_on=today(), reply=SimpleUploadedFile("答复.pdf", b"%PDF-1.4")
        )
        sensitive_reveal(actor=made.head, person=made.engagement.person, field="id_number", reason="办理社保")
    serve_oneself(made)
    train(made)
    send(made)
    equip(made)
    appraise(made)
    commend(made)
    tier(made)
    rest(made)
    pay(made)
    complain(made)
    discipline(made)
    protect(made)
    leave(made)
    with acting(made.head):
        # Nobody else applied: the row is there for who may read it, not for its sense.
        Elimination.objects.create(
            organ_code=made.code,
            sitting=made.sitting,
            application=application,
            account_id=application.account_id,
            stage="written",
            why=f"{application.name}笔试缺考",
        )
    move_in(made, made.application.name[:2])
    consult(made)
    supervise(made)
    forget(made)
    return made
