"""Approval by somebody else: who is asked, what they answer, and that nobody answers about what they wrote.

What is approved, by which organ and under which provision is the section's to say; here is what every approval has:
authors and deciders by account, an answer with its opinion or its paper, rounds, and the request as it was sent. Each
rule is held twice: `answer` names everything that is missing at its field, constraints and triggers refuse the write.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.checks import Checked
from fujing.kernel.clock import ZONE, today
from fujing.kernel.digests import long_digest_of
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED, NotAllowed, Refusal
from fujing.kernel.transitions import Transition, TransitionTable
from fujing.kernel.triggers import columns, listed


class AnswerState(TextChoices):
    WAITING = "waiting", "待办理"
    PASSED = "passed", "同意"
    RETURNED = "returned", "退回修改"
    REFUSED = "refused", "不同意"
    LAPSED = "lapsed", "未办理"


RESULTS = {"pass": AnswerState.PASSED, "return": AnswerState.RETURNED, "refuse": AnswerState.REFUSED}
RECORD = "record_"  # before a verb: the decision was made on paper and is entered on somebody's behalf
DECIDING = frozenset(RESULTS) | {RECORD + verb for verb in RESULTS}


def answers(name: str, provision: str) -> TransitionTable:
    """An answer is waited for, then given once; what nobody answers any more has lapsed."""
    waiting = AnswerState.WAITING
    moves = [
        Transition(waiting, "pass", AnswerState.PASSED, (), provision, "同意", "进入下一环节。"),
        Transition(waiting, "return", AnswerState.RETURNED, (), provision, "退回", "退回拟定人修改。", reason=True),
        Transition(
            waiting, "refuse", AnswerState.REFUSED, (), provision, "不同意", "报送的事项到此为止。", reason=True
        ),
        Transition(waiting, "lapse", AnswerState.LAPSED, (), provision, "不再办理", "报送机关撤回，或其他环节已退回。"),
    ]
    return TransitionTable(name, AnswerState, [waiting], moves)


class Authored(Checked):
    """Something that is approved: every account that ever wrote into it or sent it, so that none of them decides."""

    authors = ArrayField(models.BigIntegerField(), verbose_name="写入过内容的账号", default=list)

    class Meta:
        abstract = True

    def wrote(self, actor: Actor) -> None:
        """Keep the account among the authors, beside all earlier ones."""
        self.authors = sorted({*self.authors, actor.account_id or 0})


class Frozen(models.Model):
    """A request as it was sent: its facts as plain JSON, and their digest. Its papers are printed from nothing else."""

    facts = models.JSONField("报送内容", default=dict)
    digest = models.CharField("报送内容摘要", max_length=64)

    class Meta:
        abstract = True

    def freeze(self, facts: dict[str, Any]) -> None:
        """Take the facts in: texts, whole numbers, lists and objects of them; amounts as texts."""
        self.facts, self.digest = facts, long_digest_of(facts)

    @property
    def intact(self) -> bool:
        """Whether the facts still are those whose digest was taken."""
        return long_digest_of(self.facts) == self.digest


class Request(Frozen):
    """One round of something that may be sent several times; a later round replaces it, and it stays to be read."""

    round = models.PositiveSmallIntegerField("第几次报送")
    sent_at = models.DateTimeField("报送时间", auto_now_add=True)
    sent_by = models.CharField("报送人", max_length=100)
    sent_by_id = models.BigIntegerField("报送账号")

    class Meta:
        abstract = True


class Answer(Checked):
    """Who is asked, since when, and what they answered; an answer from paper says so forever (8.p2).

    `round` counts the times that it was sent. `decided_by_id` decides who answered, `decided_by` is for reading.
    """

    round = models.PositiveSmallIntegerField("第几次报送")
    assigned_organ = models.BigIntegerField("办理机关")
    assigned_name = models.CharField("办理机关名称", max_length=100)
    state = models.CharField("结果", max_length=10, choices=AnswerState, default=AnswerState.WAITING)
    asked_at = models.DateTimeField("送办时间", null=True, blank=True)
    opinion = models.TextField("意见", blank=True)
    decided_by = models.CharField("办理人", max_length=100, blank=True)
    decided_by_id = models.BigIntegerField("办理账号", null=True, blank=True)
    decided_at = models.DateTimeField("办理时间", null=True, blank=True)
    on_behalf = models.BooleanField("代录纸质意见", default=False)
    document_number = models.CharField("文号", max_length=60, blank=True)
    document_date = models.DateField("文件日期", null=True, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, verbose_name="扫描件")

    class Meta:
        abstract = True


def answer_constraints(name: str) -> list[models.BaseConstraint]:
    """What no answer may lack; row security and uniqueness are the section's."""
    return [
        models.CheckConstraint(
            name=f"{name}_decided_by_somebody",
            condition=Q(state="waiting", decided_at__isnull=True, decided_by_id__isnull=True)
            | Q(state="lapsed")
            | (Q(decided_at__isnull=False, decided_by_id__isnull=False) & ~Q(decided_by="")),
            violation_error_message="意见应注明办理人和时间。",
        ),
        models.CheckConstraint(
            name=f"{name}_asked_first",
            condition=Q(state__in=["waiting", "lapsed"]) | Q(asked_at__isnull=False),
            violation_error_message="尚未轮到的环节不能作出意见。",
        ),
        models.CheckConstraint(
            name=f"{name}_paper_has_document",
            condition=Q(on_behalf=False)
            | (Q(document_date__isnull=False, scan__isnull=False) & Q(document_number__regex=r"\S")),
            violation_error_message="代录纸质意见应有文号、文件日期和扫描件（第八条第二款）。",
            violation_error_code="8.p2",
        ),
        models.CheckConstraint(
            name=f"{name}_no_without_reason",
            condition=~Q(state__in=["returned", "refused"]) | Q(opinion__regex=r"\S"),
            violation_error_message="退回或不同意应写明理由。",
        ),
    ]


def answer_triggers(name: str, *, thing: str, authors: str, provision: str, asked: Iterable[str]) -> list[Any]:
    """What holds between rows and days: `authors` is SQL for the authors' accounts as an array, `asked` the columns
    that say what is asked beside the organ and the round. Where an answer may still be taken back, the section adds
    its own trigger and leaves `asked` empty."""
    triggers = [
        pgtrigger.Trigger(
            name=f"{name}_not_by_author",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            condition=pgtrigger.Q(new__decided_by_id__isnull=False),
            func=f"""
            IF NEW.decided_by_id = ANY ({authors}) THEN
                RAISE EXCEPTION '{own_work(thing)}' USING ERRCODE = '{RAISED}', DETAIL = '{provision}';
            END IF;
            RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name=f"{name}_paper_of_the_past",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            condition=pgtrigger.Q(new__document_date__isnull=False),
            func=f"""
            IF NEW.document_date > (now() AT TIME ZONE '{ZONE.key}')::date THEN
                RAISE EXCEPTION '{LATE}（第八条第二款）。' USING ERRCODE = '{RAISED}', DETAIL = '8.p2';
            END IF;
            RETURN NEW;
            """,
        ),
    ]
    kept = ["round", "assigned_organ", "assigned_name", *asked]
    if len(kept) == 3:
        return triggers
    new, old = columns("NEW", kept), columns("OLD", kept)
    return [
        *triggers,
        pgtrigger.Trigger(
            name=f"{name}_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=f"""
            IF TG_OP = 'DELETE' OR OLD.state <> 'waiting' THEN
                RAISE EXCEPTION '意见一经作出，不得更改（第八条第二款）。'
                    USING ERRCODE = '{RAISED}', DETAIL = '8.p2';
            ELSIF ({new}) IS DISTINCT FROM ({old}) OR OLD.asked_at IS NOT NULL AND NEW.asked_at IS DISTINCT FROM OLD.asked_at
            THEN
                RAISE EXCEPTION '送办的事项、机关和时间不得更改（第八条第二款）。'
                    USING ERRCODE = '{RAISED}', DETAIL = '8.p2';
            END IF;
            RETURN NEW;
            """,
        ),
    ]


def authors_stay(name: str, *, thing: str, provision: str, first: str = "") -> pgtrigger.Trigger:
    """No author is ever forgotten; `first` is the column with the account of who began it."""
    began = f"NOT NEW.authors @> ARRAY[NEW.{first}] OR " if first else ""
    return pgtrigger.Trigger(
        name=f"{name}_authors_stay",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
        IF {began}TG_OP = 'UPDATE' AND NOT NEW.authors @> OLD.authors THEN
            RAISE EXCEPTION '写入过{thing}内容的账号应全部保留。' USING ERRCODE = '{RAISED}', DETAIL = '{provision}';
        END IF;
        RETURN NEW;
        """,
    )


LATE = "文件日期不能晚于今天"
CHANGED = "打开本页以后，报送的内容已经更新，意见没有保存。请核对现在的内容后再办理。"


def own_work(thing: str) -> str:
    """Why an author may not decide, for the page and for the database alike."""
    return f"拟定、修改或送办过本{thing}的人不能审批本{thing}，也不能代录意见。"


@dataclass(frozen=True, slots=True)
class Paper:
    """A decision on paper, entered on behalf of whoever made it: all three are needed, the date not after today."""

    document_number: str = ""
    document_date: date | None = None
    scan: StoredFile | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What is decided: the table whose moves its deciders make, its state, its authors and the organ it belongs to.

    `thing` is its short name (计划), `digest` that of what the deciders read, empty where they read it live.
    """

    table: TransitionTable
    state: str
    authors: Collection[int]
    organ_code: int
    thing: str
    digest: str = ""


def check_verb(verb: str) -> None:
    """Refuse what is no answer at all."""
    if verb not in DECIDING:
        raise Refusal("意见只能是同意、退回或不同意。")


def recorded(verb: str) -> bool:
    """Whether the verb enters a decision made on paper."""
    return verb.startswith(RECORD)


def refusal_to(actor: Actor, case: Case, row: Answer, *, on_paper: bool) -> str:
    """Why the person, role and state aside, may not answer; empty when they may."""
    if actor.account_id is None:
        return "意见应由登录账号作出。"
    if actor.account_id in case.authors:
        return own_work(case.thing)
    if on_paper and actor.organ_code != case.organ_code:
        return "纸质意见由报送机关录入。"
    if not on_paper and actor.organ_code != row.assigned_organ:
        return f"此步骤由{row.assigned_name}办理。"
    return ""


def answer(
    *,
    actor: Actor,
    case: Case,
    row: Answer,
    verb: str,
    opinion: str = "",
    number: str = "",
    paper: Paper | None = None,
    numbered: bool = False,
    seen: str = "",
) -> Transition:
    """Write an answer into its locked row and give the move it makes; everything that is missing is named at once.

    `numbered`: a consent by sign-in carries its own document number, dated today. `seen` is the digest of what was
    read, empty for who did not come from a page. Errors are at `opinion`, `number`, `document_number`,
    `document_date` and `scan`.
    """
    on_paper = recorded(verb)
    move = case.table.check(actor, case.state, verb)
    if told := refusal_to(actor, case, row, on_paper=on_paper):
        raise NotAllowed(told, provisions=("8.p2",) if on_paper else (move.provision.split()[0],))
    if seen and case.digest and seen != case.digest:
        raise Refusal(CHANGED)
    result = RESULTS[verb.removeprefix(RECORD)]
    passed = result is AnswerState.PASSED
    entered = paper or Paper()
    errors = _missing(opinion, passed) | (_faults(entered) if on_paper else {})
    if numbered and passed and not on_paper and not number.strip():
        errors["number"] = ["请填写文号。"]
    if errors:
        raise Refusal("意见不完整，未保存。", provisions=("8.p2",) if on_paper else (), errors=errors)
    row.state, row.opinion = result, opinion.strip()
    row.decided_by, row.decided_by_id, row.decided_at = actor.name, actor.account_id, timezone.now()
    if on_paper:
        row.on_behalf, row.scan = True, entered.scan
        row.document_number, row.document_date = entered.document_number.strip(), entered.document_date
    elif numbered and passed:
        row.document_number, row.document_date = number.strip(), today()
    elif passed:
        row.document_date = today()
    row.full_clean()
    row.save()
    return move


def _missing(opinion: str, passed: bool) -> dict[str, list[str]]:
    return {} if passed or opinion.strip() else {"opinion": ["退回或不同意应写明理由。"]}


def _faults(paper: Paper) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if not paper.document_number.strip():
        errors["document_number"] = ["请填写文号。"]
    if paper.document_date is None:
        errors["document_date"] = ["请填写文件日期。"]
    elif paper.document_date > today():
        errors["document_date"] = [f"{LATE}。"]
    if paper.scan is None:
        errors["scan"] = ["请上传纸质意见的扫描件。"]
    return errors


def lapse(rows: models.QuerySet[Any]) -> None:
    """Close what nobody is asked any more: the request was taken back, returned or refused elsewhere."""
    rows.filter(state=AnswerState.WAITING).update(state=AnswerState.LAPSED)


def only_by_answer(name: str, *, answers: str, key: str, states: Iterable[str], step: str = "") -> pgtrigger.Trigger:
    """Whatever waits for an answer moves on only by one: `answers` is the table of the answers, `key` its column for
    the subject, `step` the column that names the state it was asked in. Taking back needs none."""
    waiting = listed(states)
    same_step = f" AND a.{step} = OLD.state" if step else ""
    return pgtrigger.Trigger(
        name=f"{name}_only_by_answer",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
        IF OLD.state IN ({waiting}) AND NEW.state NOT IN (OLD.state, 'withdrawn') AND NOT EXISTS (
            SELECT FROM {answers} a WHERE a.{key} = NEW.id{same_step}
            AND a.round = (SELECT max(round) FROM {answers} WHERE {key} = NEW.id)
            AND a.state = CASE WHEN NEW.state IN ('returned', 'refused') THEN NEW.state ELSE 'passed' END) THEN
            RAISE EXCEPTION '办理机关作出意见后才能进入下一环节（第八条第二款）。'
                USING ERRCODE = '{RAISED}', DETAIL = '8.p2';
        END IF;
        RETURN NEW;
        """,
    )
