"""Statement and defence before a decision: what somebody was told, until when they may answer, and what they said.

A section that decides about a person has a table of hearings that stands on `HearingFields`, with these constraints, moves and
triggers; which decision waits for it, and what it was told of, stays with the section.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q, TextChoices

from fujing.kernel.checks import Checked
from fujing.kernel.clock import today
from fujing.kernel.fields import EncryptedField
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED, Refusal
from fujing.kernel.signatures import account_of
from fujing.kernel.territory import ACCOUNT
from fujing.kernel.transitions import Transition, TransitionTable

MINE = f"SELECT person_id INTO mine FROM registry_account WHERE id = {ACCOUNT};"
"""Whose file the account that is signed in reads; empty for an officer's."""


class HearingState(TextChoices):
    TOLD = "told", "已告知，待本人陈述"
    ANSWERED = "answered", "本人已陈述"


H = HearingState


def hearing_table(
    name: str,
    officers: tuple[str, ...],
    person: tuple[str, ...],
    provision: str,
    *,
    states: type[TextChoices] = HearingState,
    more: tuple[Transition, ...] = (),
) -> TransitionTable:
    """Told, then answered: on paper, which an officer records, or by the person's own sign-in.

    A section whose hearings end otherwise too names its `states`, those of `HearingState` among them, and those moves.
    """
    return TransitionTable(
        name,
        states,
        [H.TOLD],
        [
            Transition(
                H.TOLD,
                "answer",
                H.ANSWERED,
                officers,
                provision,
                "登记本人的陈述",
                follows="本人的原话加密保存，从此不得改动；决定人查阅以后才能决定。",
                second_look=True,
            ),
            Transition(
                H.TOLD,
                "say",
                H.ANSWERED,
                person,
                provision,
                "提交陈述",
                follows="您的原话加密保存，从此不得改动；决定人查阅以后才能决定。",
                second_look=True,
            ),
            *more,
        ],
    )


class HearingFields(Checked):
    """One telling, and the answer to it.

    `answer_until` is the last day of the term, inclusive; an answer after it counts as long as nothing was decided.
    `answer` is what the person said, word for word; `own`: by their own sign-in, and `answer_file` is then the paper that
    was made of it.
    """

    organ_code = models.BigIntegerField("管理机关")
    state = models.CharField("状态", max_length=10, choices=HearingState, default=HearingState.TOLD)
    told_on = models.DateField("告知日期")
    answer_until = models.DateField("陈述期限")
    told_file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="本人签收的告知书")
    told_by = models.CharField("告知人", max_length=100)
    told_by_id = account_of("告知人")
    told_at = models.DateTimeField("登记时间", auto_now_add=True)
    answered_on = models.DateField("陈述日期", null=True, blank=True)
    answer = EncryptedField("本人的陈述", null=True, blank=True)
    answer_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="本人签名的陈述"
    )
    own = models.BooleanField("本人登录提交", default=False)
    answered_by = models.CharField("陈述登记人", max_length=100, blank=True)
    answered_by_id = account_of("陈述登记人")

    class Meta:
        abstract = True


def hearing_checks(name: str, provision: str, **ended: Any) -> tuple[models.CheckConstraint, ...]:
    """A term is left, and an answer is whole. `ended` looks up the states that end a hearing (`state__in=[…]`)."""
    ended = ended or {"state": "answered"}
    return (
        models.CheckConstraint(
            name=f"{name}_leaves_a_term",
            condition=Q(answer_until__gt=F("told_on")),
            violation_error_message="陈述的期限应晚于告知日期。",
            violation_error_code=provision,
        ),
        models.CheckConstraint(
            name=f"{name}_answer_whole",
            condition=Q(
                **ended,
                answer__isnull=False,
                answered_on__isnull=False,
                answered_on__gte=F("told_on"),
                answer_file__isnull=False,
            )
            | Q(state="told", answer__isnull=True, answered_on__isnull=True, answer_file__isnull=True),
            violation_error_message="本人的陈述应有日期、原话和本人签名的材料，不早于告知日期。",
            violation_error_code=provision,
        ),
    )


def heard_of_oneself(name: str, parent: str, link: str, provision: str) -> pgtrigger.Trigger:
    """An answer that is said to come from the person comes from their own sign-in. `parent`, by `link`, says whose it is."""
    return pgtrigger.Trigger(
        name=f"{name}_of_oneself",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("mine", "bigint"), ("whose", "bigint")],
        func=f"""
    {MINE}
    SELECT person_id INTO whose FROM {parent} WHERE id = NEW.{link};
    IF mine IS NOT NULL AND (TG_OP = 'INSERT' OR mine IS DISTINCT FROM whose) THEN
        RAISE EXCEPTION '只能陈述本人的事项。' USING ERRCODE = '{RAISED}', DETAIL = '{provision}';
    ELSIF NEW.own IS DISTINCT FROM (NEW.state = 'answered' AND CASE
        WHEN TG_OP = 'UPDATE' AND OLD.state = 'answered' THEN OLD.own ELSE mine IS NOT NULL END) THEN
        RAISE EXCEPTION '写明本人提交的陈述，只能由本人登录提交。' USING ERRCODE = '{RAISED}', DETAIL = '{provision}';
    END IF;
    RETURN NEW;
    """,
    )


def check_telling(told_on: date, answer_until: date, provisions: tuple[str, ...]) -> None:
    """Told today at the latest, with a term that ends after it (inclusive)."""
    errors: dict[str, list[str]] = {}
    if told_on > today():
        errors["told_on"] = ["告知日期不能晚于今天。"]
    if answer_until <= told_on:
        errors["answer_until"] = [f"陈述的期限应晚于告知日期（{told_on}）。"]
    if errors:
        raise Refusal("没有登记告知。", provisions=provisions, errors=errors)


def check_answer(row: HearingFields, answered_on: date, answer: str, provisions: tuple[str, ...]) -> None:
    """Answered between the telling and today, in words."""
    errors: dict[str, list[str]] = {}
    if not row.told_on <= answered_on <= today():
        errors["answered_on"] = [f"陈述日期应在告知日期（{row.told_on}）和今天之间。"]
    if not answer.strip():
        errors["answer"] = ["请照原话填写本人的陈述。"]
    if errors:
        raise Refusal("没有登记陈述。", provisions=provisions, errors=errors)
