"""The ways back into an applicant's account: by a receipt after a wait that its owner can use to stop it, or at the desk.

Whoever asks learns nothing by the answer: a code is always given, and what it opens shows only after the wait.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from fujing.kernel import cipher
from fujing.kernel.actor import Actor, acting
from fujing.kernel.decisions import decide
from fujing.kernel.fields import kept_columns
from fujing.kernel.locks import locked
from fujing.kernel.messages import sends
from fujing.kernel.receipts import code
from fujing.kernel.refusals import NotAllowed, Refusal, stated
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.states import CampaignState
from fujing.recruitment.recovery.models import Recovery
from fujing.recruitment.recovery.policies import check_recover
from fujing.registry.authentication import reveal
from fujing.registry.models import Account
from fujing.registry.tasks import tell

WAIT = timedelta(hours=24)
WAIT_FOR_A_NUMBER = timedelta(hours=72)
"""Longer when the number is the name of somebody else's account: they too have to have seen it."""
OPEN_FOR = timedelta(days=7)
AT_THE_DESK = timedelta(hours=1)
BY_MESSAGE = timedelta(minutes=15)
LASTS = {Recovery.Way.RECEIPT: OPEN_FOR, Recovery.Way.DESK: AT_THE_DESK, Recovery.Way.SMS: BY_MESSAGE}
AT_ONCE = 3
"""Open requests of one account; a further one gets a code that opens nothing."""
MESSAGE = (
    "有人申请重设您在辅警招聘网站的密码。是您本人的，{minutes}分钟内凭口令 {code} 设新密码；"
    "不是本人的，不要把口令告诉任何人，请登录网站撤回。"
)
MESSAGE_TO_HOLDER = "有人申请在辅警招聘网站改用您登录的手机号。号码是您本人的，请登录网站撤回。"
NOT_NOW = "凭这个口令现在不能办理：没有到时间、已经过期、已被撤回或者用过，或者申请时填的内容与登记的不一致。"
TAKEN = "该手机号是另一个账号的登录账号，申请时没有写明要用它。请换一个号码，或者持身份证到报名的招聘机关办理。"
SAME_NUMBER = "短信里的口令只能设新密码，手机号要填收到短信的号码。换号码请等页面上给的口令到时间。"


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a request is about, as the database's function says it."""

    account_id: int
    application_id: int
    organ_code: int
    holder_id: int | None


def plain(code: str) -> str:
    """A code as it was issued, however it was copied."""
    return re.sub(r"[\s-]", "", code).upper()


def fresh_code() -> str:
    """Sixteen characters that nobody confuses: 80 bits."""
    return code(16)


def _found(name: str, id_number: str, receipt: str, phone: str) -> Found | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM recovery_match(%s, %s, %s, %s)",
            [cipher.blind(id_number), name.strip(), plain(receipt), phone],
        )
        row = cursor.fetchone()
    return Found(*row) if row else None


def _opened(found: Found, way: Recovery.Way, *, reason: str = "", made_by: str = "") -> str:
    now, code = timezone.now(), fresh_code()
    wait = timedelta(0)
    if way == Recovery.Way.RECEIPT:
        wait = WAIT_FOR_A_NUMBER if found.holder_id else WAIT
    request = Recovery(
        organ_code=found.organ_code,
        application_id=found.application_id,
        account_id=found.account_id,
        holder_id=found.holder_id,
        way=way,
        code_index=cipher.blind(code),
        asked_at=now,
        ready_at=now + wait,
        until=now + wait + LASTS[way],
        reason=reason,
        made_by=made_by,
    )
    request.full_clean(exclude=["application", "code_index"])
    request.save()
    return code


def open_requests(account_id: int, now: datetime | None = None) -> QuerySet[Recovery]:
    """Requests about an account, or about the number that is its name, that can still be used or stopped."""
    concerned = Recovery.objects.filter(Q(account_id=account_id) | Q(holder_id=account_id))
    return concerned.filter(outcome="", until__gt=now or timezone.now()).order_by("-asked_at")


def recovery_ask(*, actor: Actor, name: str, id_number: str, receipt: str, phone: str) -> str:
    """Ask without sign-in; gives a code, whether or not what was typed belongs to anybody."""
    found = _found(name, id_number, receipt, phone)
    if found is None:
        cipher.blind(fresh_code())
        return fresh_code()
    # Written as the account that it is about, in a block of its own: the visitor sees nothing of it.
    with acting(Actor(name=actor.name, account_id=found.account_id, request_id=actor.request_id)):
        if (
            open_requests(found.account_id).filter(account_id=found.account_id, way=Recovery.Way.RECEIPT).count()
            >= AT_ONCE
        ):
            return fresh_code()
        if sends():
            # Whoever still has the registered phone need not wait; whoever has not is told of the request by it.
            quick = _opened(replace(found, holder_id=None), Recovery.Way.SMS)
            tell([found.account_id], MESSAGE.format(code=quick, minutes=round(BY_MESSAGE.total_seconds() / 60)))
            if found.holder_id:
                tell([found.holder_id], MESSAGE_TO_HOLDER)
        return _opened(found, Recovery.Way.RECEIPT)


def recovery_at_desk(*, actor: Actor, application: Application, reason: str, phone: str) -> str:
    """An officer of the organ where the person applied gives a code against the identity card; valid for an hour."""
    check_recover(actor, application)
    reason = stated(reason, "reason", "请写明事由和核验的证件。", refusal="请写明事由。")
    found = _found(application.name, str(application.id_number), application.receipt, phone)
    if found is None:
        raise Refusal("这份报名没有可以找回的账号。")
    code = _opened(found, Recovery.Way.DESK, reason=reason, made_by=actor.name)
    decide(
        actor=actor,
        organ_code=application.organ_code,
        kind="找回账号",
        subject=application,
        outcome="核验身份证后给出一次性口令",
        message=reason + ("；手机号由另一账号转回" if found.holder_id else ""),
        provisions=["21.p1"],
        account_id=application.account_id,
    )
    return code


def recovery_stop(*, actor: Actor, request_id: int) -> Recovery:
    """Whoever is signed in to the account, or to the one that holds the number, stops it. Stopping twice is nothing."""
    concerned = Recovery.objects.filter(Q(account_id=actor.account_id) | Q(holder_id=actor.account_id), pk=request_id)
    # Against a card that an officer saw nobody who merely is signed in has a say.
    found = locked(concerned.filter(way=Recovery.Way.RECEIPT, outcome="", until__gt=timezone.now()))
    if not found:
        if before := concerned.filter(outcome=Recovery.Outcome.STOPPED).first():
            return before
        raise NotAllowed("没有可以撤回的申请。")
    return _end(found[0], Recovery.Outcome.STOPPED)


def _end(request: Recovery, outcome: str) -> Recovery:
    request.outcome, request.ended_at = outcome, timezone.now()
    request.save(update_fields=["outcome", "ended_at"])
    return request


def recovery_use(*, actor: Actor, code: str, phone: str, password: str) -> Recovery:
    """Set a new password and number by a code whose time has come. Whoever was signed in to the account no longer is."""
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refusal("请换一个密码。", errors={"password": list(error.messages)}) from error
    reveal("recovery", cipher.blind(plain(code)).hex())
    now = timezone.now()
    known = Recovery.objects.filter(code_index=cipher.blind(plain(code))).first()
    reveal("recovery", "")
    if known is None:
        raise Refusal(NOT_NOW)
    with acting(Actor(name=actor.name, account_id=known.account_id, request_id=actor.request_id)):
        (request,) = locked(Recovery.objects.filter(pk=known.pk))
        if request.outcome or not request.ready_at <= now < request.until:
            raise Refusal(NOT_NOW)
        account = Account.objects.get(pk=request.account_id)
        before = account.username
        if request.way == Recovery.Way.SMS and phone != before:
            raise Refusal(SAME_NUMBER, errors={"phone": [SAME_NUMBER]})
        if request.holder_id not in (None, account.pk):
            _give_up_number(actor, int(request.holder_id or 0), phone)
        account.username = account.phone = phone
        account.set_password(password)
        try:
            with transaction.atomic():
                account.save()
        except IntegrityError as error:
            raise Refusal(TAKEN, errors={"phone": [TAKEN]}) from error
        going_on = Application.objects.filter(account_id=account.pk, erased_at__isnull=True).exclude(
            campaign__state__in=[CampaignState.FINISHED, CampaignState.CANCELLED]
        )
        going_on.update(phone=phone, **kept_columns(Application, phone=phone))
        _end(request, Recovery.Outcome.DONE)
        if request.way == Recovery.Way.DESK:
            # The phone that made the codes may be the one that was lost; the card was seen instead.
            Authenticator.objects.filter(user_id=account.pk).delete()
    for name in {before, phone}:
        reset(username=name)
    return request


def _give_up_number(actor: Actor, holder_id: int, phone: str) -> None:
    """The account whose name the number was keeps all else; its own person finds the way back as anybody does."""
    with acting(Actor(name=actor.name, account_id=holder_id, request_id=actor.request_id)):
        holder = Account.objects.filter(pk=holder_id, username=phone).first()
        if holder is not None:
            holder.username, holder.phone = f"转出{holder.pk}", None
            holder.save()
