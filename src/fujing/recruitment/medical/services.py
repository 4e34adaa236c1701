"""Arranging an examination, recording what the hospital concluded, telling the applicant, and examining once more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from fujing.kernel.actor import Actor, within
from fujing.kernel.calendar import term_ends
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import locked, relocked
from fujing.kernel.models import StoredFile
from fujing.kernel.readings import value_opened
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.law.parameters import Parameters
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.policies import check_record, check_reexam
from fujing.recruitment.medical.queries import medical_stage, reexamination_term, standard_items
from fujing.recruitment.medical.states import MEDICAL
from fujing.registry.models import territory_of


def exams_arrange(
    *, actor: Actor, campaign: Campaign, applications: Sequence[Application], hospital: str, exam_on: date
) -> list[MedicalExam]:
    """Send these applicants to one hospital on one day. Refused for who isn't qualified or was sent before."""
    check_record(actor, campaign.organ_code)
    if not hospital.strip() or exam_on < today():
        errors = {"hospital": ["请填写体检医院。"]} if not hospital.strip() else {}
        raise Refusal(
            "体检安排不完整。",
            provisions=("21.p1",),
            errors=errors | ({"exam_on": ["体检日期不能早于今天。"]} if exam_on < today() else {}),
        )
    made = []
    for application in locked(Application.objects.filter(campaign=campaign, pk__in=[each.pk for each in applications])):
        if application.state != ApplicationState.QUALIFIED:
            raise Refusal(f"{application.name}的资格审查没有合格，不能安排体检。", provisions=("21.p1",))
        if medical_stage(campaign, application.position) is None:
            raise Refusal("公告没有体检环节。", provisions=("21.p1",))
        exam = MedicalExam(
            organ_code=application.organ_code,
            application=application,
            applicant_account=application.account_id,
            hospital=hospital.strip(),
            exam_on=exam_on,
            arranged_by=actor.name,
        )
        exam.full_clean()
        exam.save()
        made.append(exam)
    if not made:
        raise Refusal("没有选择需要体检的人员。", provisions=("21.p1",))
    return made


def exams_pass(*, actor: Actor, campaign: Campaign, exams: Sequence[MedicalExam], document: UploadedFile | None) -> int:
    """Record several as passed by one list of the hospital; all of them or none."""
    check_record(actor, campaign.organ_code)
    if not exams or document is None:
        raise Refusal(
            "请选择体检合格的人员并上传医院结论。" if not exams else "请上传医院出具的结论。",
            provisions=("18.5",),
            errors={} if document else {"document": ["请上传医院出具的结论。"]},
        )
    stored = file_store(actor=actor, organ_code=campaign.organ_code, upload=document)
    for exam in exams:
        exam_record(actor=actor, exam=exam, verb="pass", document=stored)
    return len(exams)


def exam_record(
    *,
    actor: Actor,
    exam: MedicalExam,
    verb: str,
    document: UploadedFile | StoredFile | None = None,
    items: Sequence[str] = (),
    recheck_on: date | None = None,
) -> MedicalExam:
    """Record the hospital's conclusion: `pass`, `recheck` on another day, `fail` with the standard's items, or `absent`."""
    exam = relocked(exam)
    if verb not in {"pass", "recheck", "fail", "absent"}:
        raise Refusal("不能这样办理此步骤。", provisions=("18.5",))
    move = MEDICAL.check(actor, exam.state, verb)
    check_record(actor, exam.organ_code)
    if exam.exam_on > today():
        raise Refusal(f"体检日期是{exam.exam_on}，还没有到，不能录入结论。", provisions=("18.5",))
    errors: dict[str, list[str]] = {}
    if verb != "absent" and document is None and exam.document is None:
        errors["document"] = ["请上传医院出具的结论。"]
    unknown = [item for item in items if item not in standard_items(Parameters(today()))]
    if verb == "fail" and (not items or unknown):
        errors["items"] = ["请选择不合格所依据的标准条目。"]
    if verb == "recheck" and (recheck_on is None or recheck_on < today()):
        errors["recheck_on"] = ["请填写今天或者以后的复检日期。"]
    if errors:
        raise Refusal("体检结论不完整。", provisions=("18.5",), errors=errors)
    if document is not None:
        exam.document = _stored(actor, exam, document)
    exam.items = "、".join(items) if verb == "fail" else exam.items
    if verb == "recheck" and recheck_on is not None:
        exam.exam_on = recheck_on
    exam.recorded_by = actor.name
    exam.state = move.target
    return _kept(actor, exam)


def _stored(actor: Actor, exam: MedicalExam, document: UploadedFile | StoredFile) -> StoredFile:
    if isinstance(document, StoredFile):
        return document
    return file_store(actor=actor, organ_code=exam.organ_code, upload=document)


def _kept(actor: Actor, exam: MedicalExam) -> MedicalExam:
    """Save; a conclusion gets its day and its place in the register of decisions, without the items."""
    final = exam.state in {"passed", "failed", "absent"}
    if final:
        exam.concluded_on = today()
    exam.full_clean(exclude=["items", "application"])
    exam.save()
    if final:
        decide(
            actor=actor,
            organ_code=exam.organ_code,
            kind="体检",
            subject=exam.application,
            outcome=exam.get_state_display(),
            message=exam.get_state_display(),
            provisions=["18.5"],
            account_id=exam.applicant_account,
        )
    return exam


def exam_tell(*, actor: Actor, exam: MedicalExam) -> MedicalExam:
    """Tell the applicant the conclusion, its items and until when (inclusive) they may ask for a re-examination.

    The term is the announcement's or the parameters'. With neither it stays open: the result can then stand only
    once the applicant waives it or was examined again (待核实 is never taken for "over").
    """
    exam = relocked(exam)
    move = MEDICAL.check(actor, exam.state, "tell")
    check_record(actor, exam.organ_code)
    term = reexamination_term(exam.application.campaign, Parameters(today()))
    # The day after the telling is the first.
    exam.reexam_until = term_ends(today(), term.days, term.unit) if term else None
    exam.state, exam.told_at = move.target, timezone.now()
    exam.save()
    return exam


def reexam_ask(*, actor: Actor, exam: MedicalExam, verb: str) -> MedicalExam:
    """The applicant asks for a re-examination (`request`) in time, or does without (`waive`)."""
    if verb not in {"request", "waive"}:
        raise NotAllowed("只有本人可以申请或者放弃复检。", provisions=("18.5",))
    check_reexam(actor, exam)
    exam = relocked(exam)
    move = MEDICAL.check(actor, exam.state, verb)
    if verb == "request" and exam.reexam_until is not None and exam.reexam_until < today():
        raise Refusal(f"申请复检的期限已于{exam.reexam_until}届满。", provisions=("18.5",))
    exam.state = move.target
    if verb == "request":
        exam.requested_at = timezone.now()
        exam.save()
        return exam
    exam.waived_at = timezone.now()
    # The applicant writes no decisions: this one is the organ's, made by the waiver.
    with within(actor, *territory_of(exam.organ_code)):
        return _kept(actor, exam)


def exam_expire(*, actor: Actor, exam: MedicalExam) -> MedicalExam:
    """Let the result stand after the term has passed unused."""
    exam = relocked(exam)
    move = MEDICAL.check(actor, exam.state, "expire")
    check_record(actor, exam.organ_code)
    if exam.reexam_until is None:
        raise Refusal(
            "公告和规定都没有写申请复检的期限，是否期满待核实，不能认定体检不合格。",
            provisions=("18.5",),
            remedy="请本人申请或者书面放弃复检。",
        )
    if exam.reexam_until >= today():
        raise Refusal(f"申请复检的期限到{exam.reexam_until}届满，现在不能认定体检不合格。", provisions=("18.5",))
    exam.state = move.target
    return _kept(actor, exam)


def reexam_arrange(*, actor: Actor, exam: MedicalExam, hospital: str, on: date) -> MedicalExam:
    """Where and when the re-examination is; another hospital than the first one's."""
    exam = relocked(exam)
    check_record(actor, exam.organ_code)
    if exam.state != "requested":
        raise Refusal("本人没有申请复检，不能安排。", provisions=("18.5",))
    errors: dict[str, list[str]] = {}
    if not hospital.strip() or hospital.strip() == exam.hospital:
        errors["hospital"] = ["请填写与初检不同的医院。"]
    if on < today():
        errors["on"] = ["复检日期不能早于今天。"]
    if errors:
        raise Refusal("复检安排不完整。", provisions=("18.5",), errors=errors)
    exam.reexam_hospital, exam.reexam_on = hospital.strip(), on
    exam.save()
    return exam


def reexam_record(*, actor: Actor, exam: MedicalExam, fit: bool, document: UploadedFile | None) -> MedicalExam:
    """Record the re-examination's conclusion, which is final."""
    exam = relocked(exam)
    move = MEDICAL.check(actor, exam.state, "reexam_pass" if fit else "reexam_fail")
    check_record(actor, exam.organ_code)
    if exam.reexam_on is None or exam.reexam_on > today():
        raise Refusal("复检还没有安排或者还没有到日期，不能录入结论。", provisions=("18.5",))
    if document is None:
        raise Refusal("复检结论不完整。", provisions=("18.5",), errors={"document": ["请上传医院出具的结论。"]})
    exam.reexam_document = _stored(actor, exam, document)
    exam.reexam_recorded_by, exam.state = actor.name, move.target
    return _kept(actor, exam)


def items_open(*, actor: Actor, exam: MedicalExam, reason: str) -> list[str]:
    """Read the failing items: only the recruiting organ's recorders, with a reason, and the reading is recorded."""
    check_record(actor, exam.organ_code)
    value_opened(
        actor=actor,
        row=exam,
        what="体检不合格项目",
        reason=reason,
        organ_code=exam.organ_code,
        account_id=exam.application.account_id,
    )
    return items_told(exam)


def items_told(exam: MedicalExam) -> list[str]:
    """The items in words, for whoever may read them: the applicant once told."""
    known = standard_items(Parameters(exam.exam_on))
    return [known.get(item, item) for item in (exam.items or "").split("、") if item]
