"""The organ's own rules on breaches of duty: which document, in force when, and the measures that it names (Article 43)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.history import tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import within_territory
from fujing.kernel.triggers import columns
from fujing.management.discipline.states import SCHEME, SchemeState

S = SchemeState
SAID = (
    *("organ_code", "title", "document_number", "effective_from", "ask_days", "file_id"),
    *("entered_by", "entered_by_id"),
)
SCHEME_STAYS = pgtrigger.Trigger(
    name="discipline_scheme_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '处理规定不得删除，可以撤下或者停用。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    ELSIF ({columns("NEW", SAID)}) IS DISTINCT FROM ({columns("OLD", SAID)}) THEN
        RAISE EXCEPTION '处理规定不得改动，可以撤下或者停用后重新录入。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    ELSIF NEW.effective_until IS DISTINCT FROM OLD.effective_until
        AND NOT (OLD.state = 'confirmed' AND NEW.state = 'ended') THEN
        RAISE EXCEPTION '施行的最后一日只在停用时写明。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    ELSIF NEW.state = 'confirmed' AND OLD.state = 'entered'
        AND NOT EXISTS (SELECT 1 FROM discipline_measure WHERE scheme_id = NEW.id) THEN
        RAISE EXCEPTION '处理规定没有录入处理种类，不能核对。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    END IF;
    RETURN NEW;
    """,
)
"""What was entered from the document is what decisions are taken by."""

MEASURE_STAYS = pgtrigger.Trigger(
    name="discipline_measure_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("standing", "text")],
    func=f"""
    SELECT state INTO standing FROM discipline_scheme
        WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.scheme_id ELSE NEW.scheme_id END FOR SHARE;
    IF TG_OP = 'UPDATE' OR standing IS DISTINCT FROM 'entered' THEN
        RAISE EXCEPTION '处理种类在核对以前录入或者撤下，录入以后不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    """,
)
"""Measures come and go while the document is entered; from the check on they stay as they were."""


class Scheme(Checked):
    """The organ's own rules as it entered them. The Measures name no grades: without such rules there is none.

    `effective_from` and `effective_until` are inclusive; without the latter they are still in force. `ask_days`: how many
    days after the decision a reconsideration may be asked for, None where the document says none.
    """

    organ_code = models.BigIntegerField("管理机关")
    state = models.CharField("状态", max_length=10, choices=SchemeState, default=S.ENTERED)
    title = models.CharField("文件名称", max_length=100)
    document_number = models.CharField("文号", max_length=60)
    effective_from = models.DateField("施行日期")
    effective_until = models.DateField("施行的最后一日", null=True, blank=True)
    ask_days = models.PositiveSmallIntegerField("申请复核的期限（日）", null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件原文")
    entered_by = models.CharField("录入人", max_length=100)
    entered_by_id = account_of("录入人")
    entered_at = models.DateTimeField("录入时间", auto_now_add=True)
    confirmed_by = models.CharField("核对人", max_length=100, blank=True)
    confirmed_by_id = account_of("核对人")
    reason = models.CharField("撤下的理由", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "处理规定"
        constraints = [
            within_territory("discipline_scheme"),
            models.CheckConstraint(
                name="discipline_scheme_named",
                condition=Q(title__regex=r"\S", document_number__regex=r"\S"),
                violation_error_message="应写明处理规定的文件名称和文号。",
                violation_error_code="43",
            ),
            models.CheckConstraint(
                name="discipline_scheme_days",
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                violation_error_message="施行的最后一日不能早于施行日期。",
                violation_error_code="43",
            ),
            models.CheckConstraint(
                name="discipline_scheme_ended",
                condition=Q(state="ended", effective_until__isnull=False)
                | (~Q(state="ended") & Q(effective_until__isnull=True)),
                violation_error_message="停用应写明施行的最后一日。",
                violation_error_code="43",
            ),
            models.CheckConstraint(
                name="discipline_scheme_checked_by_another",
                condition=~Q(state__in=[S.CONFIRMED, S.ENDED])
                | (
                    ~Q(confirmed_by="")
                    & Q(confirmed_by_id__isnull=False, entered_by_id__isnull=False)
                    & ~Q(confirmed_by_id=F("entered_by_id"))
                ),
                violation_error_message="录入人不能核对自己录入的处理规定，应由另一人核对。",
                violation_error_code="43",
            ),
        ]
        triggers = [
            tracked("discipline_scheme"),
            signed(
                "discipline_scheme",
                Mark("entered_by"),
                Mark("confirmed_by", f"{changes('state')} AND NEW.state = 'confirmed'"),
            ),
            SCHEME.trigger(),
            SCHEME_STAYS,
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.document_number}）"


class Measure(Checked):
    """One measure that the rules name: `rank` 1 is the lightest, `clause` where it stands in the document.

    `months` is how long it works from the day of the decision, 0 not at all; None where the document says no number.
    """

    organ_code = models.BigIntegerField("管理机关")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="measures", verbose_name="处理规定")
    rank = models.PositiveSmallIntegerField("由轻到重的次序")
    name = models.CharField("处理种类", max_length=40)
    clause = models.CharField("所在条款", max_length=60)
    months = models.PositiveSmallIntegerField("影响期（月）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "处理种类"
        constraints = [
            within_territory("discipline_measure"),
            models.CheckConstraint(
                name="discipline_measure_named",
                condition=Q(name__regex=r"\S", clause__regex=r"\S", rank__gte=1),
                violation_error_message="应写明处理种类、所在条款和由轻到重的次序。",
                violation_error_code="43",
            ),
            models.UniqueConstraint(
                fields=["scheme", "rank"],
                name="discipline_measure_rank_once",
                violation_error_message="这个次序已经有处理种类。",
                violation_error_code="43",
            ),
            models.UniqueConstraint(
                fields=["scheme", "name"],
                name="discipline_measure_name_once",
                violation_error_message="这个处理种类已经录入。",
                violation_error_code="43",
            ),
        ]
        triggers = [tracked("discipline_measure"), MEASURE_STAYS]

    def __str__(self) -> str:
        return f"{self.name}（{self.scheme}{self.clause}）"
