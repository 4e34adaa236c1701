"""Giving out codes, and using one: a new account, one that the human has already, or a new password for it.

The code is told once, to whoever gives it out, and is nowhere afterwards. What was typed wrongly is counted by the
database before anything is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from fujing.kernel import cipher
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.locks import locked
from fujing.kernel.receipts import receipt
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.registry.activation.policies import check_issue
from fujing.registry.activation.queries import codes_open, with_sign_in
from fujing.registry.authentication import reveal
from fujing.registry.models import Account, Activation, Engagement, Person, RoleAssignment
from fujing.registry.states import Role

VALID = timedelta(days=14)
AGAIN = timedelta(days=1)
"""Of a code that sets a new password: the card was seen just now."""
MOST = 200
"""People who get a code in one act."""
RIGHT = ("14",)
NOT_NOW = "这个开通码现在不能用：已经过期、用过或者换发，或者开通码、身份号码后四位输错了。输错5次作废，请找本单位经办重新发放。"
TAKEN = "该手机号已是另一个账号，请换一个手机号。"


@dataclass(frozen=True, slots=True)
class Issued:
    """A code as it is handed over; kept nowhere."""

    engagement: Engagement
    code: str
    until: datetime

    @property
    def spaced(self) -> str:
        """The code in groups of four, as it is read out and typed."""
        return " ".join(self.code[at : at + 4] for at in range(0, len(self.code), 4))


@dataclass(frozen=True, slots=True)
class Proof:
    """Whose code it is. `account_id` is the account that this human has already, by the shortened name `username`;
    `joined` says that it reads this very file."""

    activation_id: int
    organ_code: int
    person_id: int
    account_id: int | None
    joined: bool
    username: str


def plain(code: str) -> str:
    """A code as it was issued, however it was copied."""
    return re.sub(r"[\s-]", "", code).upper()


def activation_issue(*, actor: Actor, engagement: Engagement, reason: str = "") -> Issued:
    """Give somebody a code, in place of an earlier one. Who has a sign-in gets another for a reason: which card was seen.

    Somebody who left gets one only to come back into the sign-in that they had.
    """
    check_issue(actor, engagement.organ_code)
    has = bool(with_sign_in([engagement.person_id]))
    if engagement.span.upper is not None and not has:
        raise Refusal("此人已不在职，没有开通过本人服务。", provisions=RIGHT)
    if has and not reason.strip():
        raise Refusal("请写明事由。", errors={"reason": ["已经开通的，请写明重新发放的事由和核验的证件。"]})
    return _issued(actor, [engagement], AGAIN if has else VALID, reason.strip() if has else "")[0]


def activations_issue(*, actor: Actor, engagements: Sequence[int]) -> list[Issued]:
    """Give everybody of these a first code; all or nobody. Refused where somebody has a sign-in or doesn't serve."""
    if not engagements or len(set(engagements)) > MOST:
        raise Refusal(f"请选择人员，一次最多 {MOST} 人。", provisions=RIGHT)
    rows = Engagement.objects.filter(pk__in=engagements, span__endswith__isnull=True).select_related("person")
    people = list(rows.order_by("pk"))
    if len(people) != len(set(engagements)):
        raise Refusal("名单有变动：所选的人有的已不在职。请重新打开本页。", provisions=RIGHT)
    for each in people:
        check_issue(actor, each.organ_code)
    has = with_sign_in(each.person_id for each in people)
    if names := "、".join(each.person.name for each in people if each.person_id in has):
        raise Refusal(f"{names}已经开通，需要重新发放的逐人办理。", provisions=RIGHT)
    return _issued(actor, people, VALID, "")


def _issued(actor: Actor, people: list[Engagement], lasts: timedelta, reason: str) -> list[Issued]:
    now = timezone.now()
    for before in locked(codes_open(each.person_id for each in people)):
        before.outcome, before.ended_at = Activation.Outcome.REPLACED, now
        before.save(update_fields=["outcome", "ended_at"])
    given = []
    for each in people:
        row, code = Activation(organ_code=each.organ_code, engagement=each, reason=reason), receipt()
        row.code_index, row.until, row.issued_by = cipher.blind(code, "activation"), now + lasts, actor.name
        row.clean()
        row.save()
        given.append(Issued(each, code, row.until))
    return given


def activation_try(*, code: str, tail: str) -> Proof | None:
    """Whose code this is, if the last four characters of the citizen number fit; None, and a failure counted, if not.

    Nothing is raised, or the count would be undone with what the request wrote.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM registry_activation_try(%s, %s)",
            [cipher.blind(plain(code), "activation"), cipher.blind(tail.strip().upper(), "person.id_tail")],
        )
        row = cursor.fetchone()
    return Proof(*row) if row else None


def activation_use(*, actor: Actor, proof: Proof, code: str, phone: str, password: str) -> Account:
    """Open a new account under a phone number, or set a new password and number for the one that reads this file.

    Who has another account under their citizen number signs in with it first (`activation_join`): a code from the organ
    opens nobody's applications.
    """
    if proof.account_id is not None and not proof.joined:
        raise Refusal(
            f"您已有账号（{proof.username}）。请先用它登录，再凭开通码开通；忘记密码的，在登录页先找回。",
            provisions=RIGHT,
        )
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refusal("请换一个密码。", errors={"password": list(error.messages)}) from error
    with acting(_self(actor, proof)) as own:
        if proof.joined:
            account = Account.objects.get(pk=proof.account_id or 0)
            if not account.is_active:
                raise Refusal("账号已经关闭，请找本机关的系统管理员。")
            before = account.username
            account.username = account.phone = phone
            account.set_password(password)
            _saved(account)
            Authenticator.objects.filter(user_id=account.pk).delete()
            reset(username=before)
        else:
            account = _opened(proof, phone, password)
            reveal("account", account.pk)
        _used(own, proof, code, account)
    reset(username=phone)
    return account


def activation_join(*, actor: Actor, proof: Proof, code: str) -> Account:
    """Let the account that is signed in read this file too, if it is of the same human. Its password stays."""
    if proof.account_id is None or proof.account_id != actor.account_id:
        raise NotAllowed("这个开通码不是发给这个账号本人的，请退出后再开通。", provisions=RIGHT)
    with acting(_self(actor, proof)) as own:
        account = Account.objects.get(pk=proof.account_id)
        account.person_id, account.organ_code = proof.person_id, proof.organ_code
        account.save()
        _used(own, proof, code, account)
    return account


def _self(actor: Actor, proof: Proof) -> Actor:
    """The person as themself: sees their file and, if there is one, their account."""
    return Actor(name=actor.name, account_id=proof.account_id, person_id=proof.person_id, request_id=actor.request_id)


def _opened(proof: Proof, phone: str, password: str) -> Account:
    reveal("login", phone)
    person = Person.objects.get(pk=proof.person_id)
    account = Account(
        username=phone,
        name=person.name,
        phone=phone,
        id_number=str(person.id_number),
        organ_code=proof.organ_code,
        person_id=proof.person_id,
    )
    account.set_password(password)
    return _saved(account)


def _saved(account: Account) -> Account:
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise Refusal(TAKEN, errors={"phone": [TAKEN]}) from error
    return account


def _used(own: Actor, proof: Proof, code: str, account: Account) -> None:
    """End the code, and give the account its role where it has none yet."""
    reveal("activation", cipher.blind(plain(code), "activation").hex())
    rows = locked(Activation.objects.filter(pk=proof.activation_id, outcome=""))
    if not rows:
        raise Refusal(NOT_NOW)
    row = rows[0]
    row.outcome, row.ended_at, row.account_id = Activation.Outcome.USED, timezone.now(), account.pk
    row.save(update_fields=["outcome", "ended_at", "account_id"])
    reveal("activation", "")
    held = RoleAssignment.objects.filter(account=account, role=Role.AUXILIARY, organ_code=proof.organ_code)
    if not held.filter(span__contains=today()).exists():
        RoleAssignment.objects.create(
            account=account, organ_code=proof.organ_code, role=Role.AUXILIARY, span=DateRange(today(), None)
        )
