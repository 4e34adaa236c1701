"""Notices and what each side did about them. A draft belongs to the issuer; sent, the row passes to the subject."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fujing.compliance.rectification.states import NOTICE, RUNNING, SUBJECT_VERBS, SUPERIOR_VERBS, VERBS, NoticeState
from fujing.kernel.calendar import TermUnit
from fujing.kernel.checks import Checked
from fujing.kernel.history import append_only, tracked, undeletable
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, signed
from fujing.kernel.territory import ORGAN, within_territory
from fujing.kernel.triggers import listed

REFUSE = f"USING ERRCODE = '{RAISED}', DETAIL = '5.p2'"
SUBJECT_PAIRS = ", ".join(
    sorted({f"'{move.source}>{move.target}'" for move in NOTICE.transitions if move.verb in SUBJECT_VERBS})
)
STEPS = [(verb, label) for verb, label in VERBS.items()]


class Notice(Checked):
    """What is wrong at the subject, what is asked, and by when. `due_on` is the last day, inclusive."""

    organ_code = models.BigIntegerField("所在机关", editable=False)
    issuer_code = models.BigIntegerField("发出机关")
    subject_code = models.BigIntegerField("被督导机关")
    number = models.CharField("文号", max_length=60)
    title = models.CharField("标题", max_length=120)
    provisions = ArrayField(models.CharField(max_length=12), verbose_name="所涉条文")
    facts = models.TextField("发现的问题")
    demand = models.TextField("整改要求")
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="依据材料"
    )
    term_days = models.PositiveSmallIntegerField("期限")
    term_unit = models.CharField("期限单位", max_length=10, choices=TermUnit)
    state = models.CharField("状态", max_length=12, choices=NoticeState, default=NoticeState.DRAFT)
    drafted_by = models.CharField("拟定人", max_length=100)
    drafted_by_id = account_of("拟定人")
    sent_on = models.DateField("发出日期", null=True, blank=True)
    due_on = models.DateField("期限届满日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "督导整改通知"
        indexes = [models.Index(fields=["organ_code", "state"], name="notice_organ_state")]
        constraints = [
            within_territory("rectification"),
            # Until it is sent the row and its history lie outside of the subject's territory.
            models.CheckConstraint(
                name="notice_belongs_to_its_holder",
                condition=Q(
                    sent_on__isnull=True,
                    due_on__isnull=True,
                    organ_code=F("issuer_code"),
                    state__in=["draft", "withdrawn"],
                )
                | (Q(sent_on__isnull=False, due_on__isnull=False, organ_code=F("subject_code")) & ~Q(state="draft")),
                violation_error_message="通知发出前归发出机关，发出后应有发出日期和期限（第五条第二款）。",
                violation_error_code="5.p2",
            ),
            models.CheckConstraint(
                name="notice_due_after_sending",
                condition=Q(due_on__isnull=True) | Q(due_on__gt=F("sent_on")),
                violation_error_message="整改期限应晚于发出日期。",
                violation_error_code="5.p2",
            ),
            models.CheckConstraint(
                name="notice_says_what",
                condition=Q(provisions__len__gt=0) & Q(term_days__gt=0) & ~Q(number="") & ~Q(facts="") & ~Q(demand=""),
                violation_error_message="通知应写明文号、所涉条文、发现的问题、整改要求和期限（第五条第二款）。",
                violation_error_code="5.p2",
            ),
            models.UniqueConstraint(
                fields=["issuer_code", "number"],
                name="notice_number_once",
                violation_error_message="本机关已有相同文号的督导整改通知。",
            ),
        ]
        triggers = [
            tracked("rectification"),
            signed("rectification", Mark("drafted_by")),
            NOTICE.trigger(),
            pgtrigger.Trigger(
                name="notice_downward",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                IF NEW.issuer_code IS DISTINCT FROM {ORGAN} OR NOT EXISTS (
                    SELECT 1 FROM registry_organ subject LEFT JOIN registry_organ above ON above.code = subject.parent_id
                    WHERE subject.code = NEW.subject_code AND subject.kind = 'public_security'
                      AND NEW.issuer_code IN (subject.parent_id, above.parent_id)) THEN
                    RAISE EXCEPTION '督导整改通知只能由上级公安机关向下级公安机关发出（第五条第二款）。' {REFUSE};
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="notice_sides",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                IF NEW.state IS DISTINCT FROM OLD.state AND {ORGAN} IS DISTINCT FROM
                    (CASE WHEN OLD.state || '>' || NEW.state IN ({SUBJECT_PAIRS})
                     THEN OLD.subject_code ELSE OLD.issuer_code END) THEN
                    RAISE EXCEPTION '此步骤应由通知的另一方办理（第五条第二款）。' {REFUSE};
                END IF;
                IF to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' AND {ORGAN} IS DISTINCT FROM OLD.issuer_code THEN
                    RAISE EXCEPTION '只有发出机关可以改动通知（第五条第二款）。' {REFUSE};
                END IF;
                IF OLD.sent_on IS NOT NULL AND to_jsonb(NEW) - '{{state,due_on}}'::text[]
                    <> to_jsonb(OLD) - '{{state,due_on}}'::text[] THEN
                    RAISE EXCEPTION '通知发出后内容不得改动，可撤回后重新发出（第五条第二款）。' {REFUSE};
                END IF;
                RETURN NEW;
                """,
            ),
            undeletable("notice_stays", "督导整改通知不得删除，可以撤回。", "5.p2"),
        ]

    def __str__(self) -> str:
        return self.title


class NoticeStep(models.Model):
    """One step of one side. `day` is the new deadline (send, return, extend), the day the measures took effect
    (answer) or the missed deadline (escalate, urge)."""

    organ_code = models.BigIntegerField("被督导机关")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="steps", verbose_name="通知")
    verb = models.CharField("步骤", max_length=10, choices=STEPS)
    acting_code = models.BigIntegerField("办理机关")
    text = models.TextField("内容", blank=True)
    day = models.DateField("日期", null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="材料")
    by = models.CharField("办理人", max_length=100)
    by_id = account_of("办理人")
    at = models.DateTimeField("办理时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "督导整改步骤"
        constraints = [
            within_territory("rectification_step"),
            models.CheckConstraint(
                name="notice_step_says_why",
                condition=~Q(verb__in=["answer", "return", "extend", "withdraw", "urge"]) | ~Q(text=""),
                violation_error_message="答复、退回、延期、撤回和催办应写明内容或者理由（第五条第二款）。",
                violation_error_code="5.p2",
            ),
            models.CheckConstraint(
                name="notice_step_has_day",
                condition=Q(verb__in=["receive", "accept", "withdraw"]) | Q(day__isnull=False),
                violation_error_message="此步骤应写明日期（第五条第二款）。",
                violation_error_code="5.p2",
            ),
            models.UniqueConstraint(
                fields=["notice", "day"],
                condition=Q(verb="escalate"),
                name="notice_escalated_once",
                violation_error_message="该期限的逾期已经升级。",
            ),
        ]
        triggers = [
            append_only("notice_step"),
            signed("notice_step", Mark("by")),
            pgtrigger.Trigger(
                name="notice_step_side",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("of_notice", "rectification_notice%ROWTYPE"), ("superior", "bigint")],
                func=f"""
                SELECT * INTO of_notice FROM rectification_notice WHERE id = NEW.notice_id;
                SELECT parent_id INTO superior FROM registry_organ WHERE code = of_notice.issuer_code;
                IF NEW.acting_code IS DISTINCT FROM {ORGAN} OR NEW.acting_code IS DISTINCT FROM
                    (CASE WHEN NEW.verb IN ({listed(SUBJECT_VERBS)}) THEN of_notice.subject_code
                          WHEN NEW.verb IN ({listed(SUPERIOR_VERBS)}) THEN superior
                          ELSE of_notice.issuer_code END) THEN
                    RAISE EXCEPTION '此步骤应由通知的另一方办理（第五条第二款）。' {REFUSE};
                END IF;
                IF NEW.verb IN ({listed(SUPERIOR_VERBS)}) AND NOT (
                    of_notice.state IN ({listed(RUNNING)}) AND NEW.day = of_notice.due_on
                    AND of_notice.due_on < (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date) THEN
                    RAISE EXCEPTION '通知未逾期，不升级、不催办（第五条第二款）。' {REFUSE};
                END IF;
                NEW.organ_code := of_notice.organ_code;
                RETURN NEW;
                """,
            ),
        ]
