"""Signing up, applying, completing and withdrawing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from stdnum import numdb
from stdnum.cn import ric

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import content_type_of, file_store
from fujing.kernel.locks import locked
from fujing.kernel.models import StoredFile
from fujing.kernel.pictures import handed_in
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.kernel.transitions import Transition
from fujing.law.ages import age_on
from fujing.law.citizen_numbers import is_male
from fujing.law.findings import Outcome
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.screening import Screening
from fujing.recruitment.applications.completeness import unanswered
from fujing.recruitment.applications.models import Application, Attachment
from fujing.recruitment.applications.policies import NOT_OWN, check_apply, check_own
from fujing.recruitment.applications.queries import own_application_to, screening_of
from fujing.recruitment.applications.states import APPLICATION, ApplicationState
from fujing.recruitment.campaigns.models import Campaign, Position
from fujing.recruitment.campaigns.queries import registration_open
from fujing.recruitment.campaigns.states import CampaignState
from fujing.registry.authentication import reveal
from fujing.registry.models import Account, RoleAssignment
from fujing.registry.states import Role

AGE_TO_SIGN_UP = 17
# What an applicant states; identity comes from the account.
FACTS = frozenset(
    {
        *("education", "major", "household", "height_cm", "weight_kg", "naked_vision", "corrected_vision"),
        *("certificates", "nationality", *CONDITIONS),
    }
)
# Far above what one person needs, far below what hurts others.
DRAFTS, UPLOADS = 20, 80
TAKEN = "手机号或公民身份号码已注册，请直接登录。"
OPEN = (ApplicationState.DRAFT, ApplicationState.RETURNED)


def born_of(id_number: str) -> date:
    """Birth date in a citizen number, after its form, date and check digit were tested (GB 11643)."""
    number = id_number.strip().upper()
    if len(number) != 18 or not (number.isascii() and number[:17].isdigit()):
        raise Refusal("公民身份号码应为18位。", errors={"id_number": ["公民身份号码应为18位，末位可以是 X。"]})
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        text = f"第7至14位“{number[6:14]}”不是有效日期。"
        raise Refusal(text, errors={"id_number": [text]}) from None
    if number[17] != ric.calc_check_digit(number):
        text = "公民身份号码末位校验码不正确，请核对是否输错。"
        raise Refusal(text, errors={"id_number": [text]})
    # Not ric.validate: it wants the division to have existed at birth, but numbers were also given years later.
    if not any("county" in found for _, found in numdb.get("cn/loc").info(number[:6])):
        text = f"前6位“{number[:6]}”不是有效的行政区划代码，请核对。"
        raise Refusal(text, errors={"id_number": [text]})
    if born > today():
        raise Refusal("出生日期晚于今天。", errors={"id_number": ["公民身份号码中的出生日期晚于今天。"]})
    return born


def _old_enough(born: date) -> None:
    """Refuse whoever no announcement of the coming year could admit; the day that counts is each announcement's (18.3)."""
    if age_on(born, today()) < AGE_TO_SIGN_UP:
        text = f"未满{AGE_TO_SIGN_UP}周岁，一年内达不到18周岁，暂不能注册。"
        raise Refusal(text, provisions=("18.3",), errors={"id_number": [text]})


def sex_of(id_number: str) -> str:
    """Sex in a citizen number: the seventeenth digit is odd for men."""
    return "male" if is_male(id_number.strip()) else "female"


def applicant_sign_up(*, actor: Actor, name: str, id_number: str, phone: str, password: str) -> Account:
    """Open an applicant's account; the phone number is its name. One account a citizen number.

    The refusal of a second one does not say which of the two numbers is known.
    """
    _old_enough(born_of(id_number))
    reveal("login", phone)
    if Account.objects.filter(username=phone).exists():
        raise Refusal(TAKEN)
    try:
        with transaction.atomic():
            account = Account.objects.create_user(
                username=phone, password=password, name=name.strip(), phone=phone, id_number=id_number.strip().upper()
            )
    except IntegrityError as error:
        raise Refusal(TAKEN) from error
    reveal("account", account.pk)
    RoleAssignment.objects.create(account=account, role=Role.APPLICANT, span=DateRange(today(), None))
    return account


def application_save(*, actor: Actor, campaign: Campaign, position: Position, facts: dict[str, Any]) -> Application:
    """Save a draft, as often as wanted; identity comes from the account and can't be typed differently."""
    check_apply(actor)
    if foreign := facts.keys() - FACTS:
        raise TypeError(f"not an applicant's to state: {', '.join(sorted(foreign))}")
    application = own_application_to(actor, campaign.pk)
    if application is None:
        account = Account.objects.get(pk=actor.account_id or 0)
        application = Application(
            organ_code=campaign.organ_code,
            campaign=campaign,
            account_id=account.pk,
            name=account.name,
            id_number=account.id_number,
            phone=account.phone,
            sex=sex_of(str(account.id_number)),
            birth_date=born_of(str(account.id_number)),
        )
        _few_drafts(account.pk)
    elif application.state not in OPEN:
        raise Refusal("报名已提交，不能直接修改；报名时间内、审查开始前可以撤回修改。", provisions=("21.p1",))
    if position.campaign_id != campaign.pk:
        raise Refusal("所选岗位不在本公告中。", errors={"position": ["请选择本公告的岗位。"]})
    if application.state == ApplicationState.RETURNED:
        _only_what_was_asked(application, position, facts)
    application.position = position
    for field, value in facts.items():
        setattr(application, field, value)
    application.full_clean(exclude=["campaign", "position", "id_number", "phone", "receipt"])
    application.save()
    return application


def _only_what_was_asked(application: Application, position: Position, facts: dict[str, Any]) -> None:
    """A return opens what it names; everything else stays as it was handed in and reviewed."""
    changed = [name for name, value in facts.items() if getattr(application, name) != value]
    closed = [name for name in changed if name not in application.missing]
    if application.position_id != position.pk:
        closed.append("position")
    if closed:
        text = "退回补充只能改要求补充的内容。"
        raise Refusal(text, provisions=("21.p1",), errors={name: [text] for name in closed})


def _opened_paper(application: Application, kind: str) -> None:
    if application.state == ApplicationState.RETURNED and kind not in application.missing:
        raise Refusal("退回补充只能换要求补充的材料。", provisions=("21.p1",))


def _few_drafts(account_id: int) -> None:
    """Refuse another draft while very many wait to be handed in; those whose time is over don't count."""
    drafts = Application.objects.filter(account_id=account_id, state=ApplicationState.DRAFT)
    waiting = drafts.filter(campaign__state=CampaignState.PUBLISHED).count()
    if waiting >= DRAFTS:
        raise Refusal(f"您有 {waiting} 份报名还没有提交，最多 {DRAFTS} 份。", remedy="提交其中一份后再报。")


def _few_uploads(account_id: int | None) -> None:
    since = timezone.now() - timedelta(days=1)
    stored = StoredFile.objects.filter(account_id=account_id, stored_at__gte=since).count()
    if stored >= UPLOADS:
        raise Refusal(f"24小时内已上传 {stored} 份文件，最多 {UPLOADS} 份，请明天再传。")


def _paper_type(kind: str, upload: UploadedFile) -> None:
    """A portrait is a picture, any other paper a picture or a PDF, by content; the size is the store's matter."""
    found = content_type_of(upload.read(16)) or ""
    upload.seek(0)
    if kind == Attachment.Kind.PHOTO and not found.startswith("image/"):
        raise Refusal(f"文件“{upload.name}”不是 JPG 或 PNG 图片，未保存。")
    if not found.startswith("image/") and found != "application/pdf":
        raise Refusal(f"文件“{upload.name}”不是 JPG、PNG 图片或 PDF，未保存。")


def application_attach(*, actor: Actor, application: Application, kind: str, upload: UploadedFile) -> Attachment:
    """Add or replace one paper of an application that may still be changed."""
    application = _own(actor, application)
    if application.state not in OPEN:
        raise Refusal("报名已提交，不能再更换材料。", provisions=("21.p1",))
    _opened_paper(application, kind)
    _few_uploads(actor.account_id)
    _paper_type(kind, upload)
    stored = file_store(actor=actor, organ_code=application.organ_code, upload=handed_in(upload))
    application.attachments.filter(kind=kind).delete()
    return Attachment.objects.create(
        organ_code=application.organ_code,
        application=application,
        account_id=application.account_id,
        kind=kind,
        file=stored,
    )


def application_detach(*, actor: Actor, application: Application, kind: str) -> None:
    """Take one paper back out of an application that may still be changed."""
    application = _own(actor, application)
    if application.state not in OPEN:
        raise Refusal("报名已提交，不能再更换材料。", provisions=("21.p1",))
    _opened_paper(application, kind)
    application.attachments.filter(kind=kind).delete()


def _own(actor: Actor, application: Application) -> Application:
    """The application as it now is, locked; 403 unless it is the actor's own."""
    own = Application.objects.filter(pk=application.pk, account_id=actor.account_id or 0)
    found = locked(own.select_related("campaign", "position"))
    if not found:
        raise NotAllowed(NOT_OWN, provisions=("21.p1",))
    return found[0]


def application_submit(*, actor: Actor, application: Application) -> Application:
    """Hand the application in. Refused outside the window, or when it plainly breaks a condition (18); what is
    unknown goes to the review. Doing it twice does nothing the second time.
    """
    application = _own(actor, application)
    if application.state == ApplicationState.SUBMITTED:
        return application
    move, screening = _ready(actor, application)
    application.handed_in_at = timezone.now()
    application.submitted_at = application.submitted_at or application.handed_in_at
    keep_masks(application, screening, 0)
    application.state = move.target
    application.save()
    return application


def submission_check(*, actor: Actor, application: Application) -> None:
    """Refuse what `application_submit` would refuse of the application as it is in hand; it writes and locks nothing."""
    check_own(actor, application)
    _ready(actor, application)


def _ready(actor: Actor, application: Application) -> tuple[Transition, Screening]:
    """The move and what the law says, or a refusal: the window, what is missing, a condition that is plainly broken.

    Who completes a returned application keeps the day and the place in the queue of the first submission.
    """
    move = APPLICATION.check(actor, application.state, "submit")
    campaign = application.campaign
    if application.state == ApplicationState.DRAFT and not registration_open(campaign):
        raise Refusal("现在不在报名时间内，不能提交。", provisions=("21.p1",))
    if application.state == ApplicationState.RETURNED:
        _completed(application)
    if not application.education:
        raise Refusal("请填写学历。", errors={"education": ["请填写学历。"]})
    screening = screening_of(campaign, [application])
    violated = [finding for finding in screening.findings(0) if finding.outcome is Outcome.VIOLATED]
    if violated:
        raise Refusal(
            "不能提交：不符合所报岗位的条件。",
            provisions=tuple(dict.fromkeys(each.provision for each in violated)),
            errors={"__all__": [each.message + "。" + (each.remedy or "") for each in violated]},
        )
    return move, screening


def keep_masks(application: Application, screening: Screening, index: int) -> None:
    """What a screening found about an application, with its receipt; the caller saves."""
    application.violated, application.undetermined = screening.masks.row(index)
    application.rule_book = screening.edition.hash
    application.inputs_digest = screening.inputs_digest
    application.screened_at = timezone.now()


def _completed(application: Application) -> None:
    """Refuse a returned application after its last day, or while something that was asked for is still not there."""
    until = application.complete_until
    if until is None or until < today():
        raise Refusal(f"补充期限已于{until}届满，不能再提交。", provisions=("21.p1",))
    if lacks := unanswered(application):
        raise Refusal(
            "还有要求补充的内容没有补齐。", provisions=("21.p1",), errors={each.field: [each.why] for each in lacks}
        )


def application_reopen(*, actor: Actor, application: Application) -> Application:
    """Take a submitted application back to change it, while registration is open and no review has begun (21.p1).

    It is a draft again: the day and the place in the queue are those of the next submission.
    """
    application = _own(actor, application)
    move = APPLICATION.check(actor, application.state, "reopen")
    if why := no_taking_back(application):
        raise Refusal(why, provisions=("21.p1",))
    application.state, application.submitted_at = move.target, None
    application.save()
    return application


def no_taking_back(application: Application) -> str:
    """Why a submitted application can't be changed any more; empty if it can."""
    if not registration_open(application.campaign):
        return "现在不在报名时间内，不能撤回修改。"
    return "资格审查已经开始，不能撤回修改。" if application.reviewed_by else ""


def application_again(*, actor: Actor, application: Application) -> Application:
    """Apply again after giving up, while registration is open: a draft with what was stated, reviewed anew (21.p1)."""
    application = _own(actor, application)
    move = APPLICATION.check(actor, application.state, "again")
    if not registration_open(application.campaign):
        raise Refusal("现在不在报名时间内，不能重新报名。", provisions=("21.p1",))
    _few_drafts(application.account_id)
    application.state, application.submitted_at, application.withdrawn_on = move.target, None, None
    application.reviewed_by, application.review_note = "", ""
    application.missing, application.complete_until = [], None
    application.save()
    return application


def application_withdraw(*, actor: Actor, application: Application) -> Application:
    """The applicant gives up; the place in the ranking goes to the next."""
    application = _own(actor, application)
    application.state = APPLICATION.check(actor, application.state, "withdraw").target
    application.withdrawn_on = today()
    application.save()
    return application
