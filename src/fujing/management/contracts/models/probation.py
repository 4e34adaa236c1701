"""What was found when a probation ends (Articles 22 and 32.1)."""

from __future__ import annotations

from datetime import date, timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.clock import TODAY
from fujing.kernel.history import tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.kernel.triggers import columns
from fujing.management.contracts.states import PROBATION, ProbationState
from fujing.registry.models import Contract, Engagement

P = ProbationState
DECIDED = (P.PASSED, P.FAILED)
FOUND = (
    *("organ_code", "engagement_id", "person_id", "contract_id", "until", "meets", "condition", "opinion", "reviewer"),
    *("reviewed_on", "report_id", "made_by", "made_by_id"),
)
STAYS = pgtrigger.Trigger(
    name="probation_review_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '试用期考核不得删除，可以撤回。' USING ERRCODE = '{RAISED}', DETAIL = '22';
    ELSIF TG_OP = 'UPDATE' AND ({columns("NEW", FOUND)})
        IS DISTINCT FROM ({columns("OLD", FOUND)}) THEN
        RAISE EXCEPTION '登记的试用期考核不得改动，可以撤回后重新登记。' USING ERRCODE = '{RAISED}', DETAIL = '22';
    ELSIF NEW.reviewed_on > {TODAY} THEN
        RAISE EXCEPTION '考核日期不能晚于今天。' USING ERRCODE = '{RAISED}', DETAIL = '22';
    ELSIF TG_OP = 'UPDATE' AND NEW.state = 'failed' AND OLD.state <> 'failed' AND NEW.until <= {TODAY} THEN
        RAISE EXCEPTION '试用期已于%届满，不能再认定试用期不符合录用条件（第三十二条第（一）项）。', NEW.until - 1
            USING ERRCODE = '{RAISED}', DETAIL = '32.1';
    END IF;
    RETURN NEW;
    """,
)
"""What was found is what is decided on; that somebody doesn't meet the conditions is decided within the probation."""


class ProbationReview(Checked):
    """Whether somebody met the conditions of recruitment, as found near the end of the probation, and what was decided.

    `until` is the day after the probation's last one. `opinion` is the responsible officer's, who is the `reviewer`;
    `condition` names the condition that isn't met and what shows it.
    """

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="probation_reviews", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="probation_reviews", verbose_name="合同")
    until = models.DateField("试用期满次日")
    state = models.CharField("状态", max_length=10, choices=ProbationState, default=P.REVIEWED)
    meets = models.BooleanField("符合录用条件")
    condition = models.CharField("不符合的录用条件和事实", max_length=500, blank=True)
    opinion = models.CharField("责任民警意见", max_length=500)
    reviewer = models.CharField("考核的责任民警", max_length=60)
    reviewed_on = models.DateField("考核日期")
    report = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="考核材料")
    reason = models.CharField("撤回的理由", max_length=500, blank=True)
    made_by = models.CharField("经办人", max_length=100)
    made_by_id = account_of("经办人")
    decided_by = models.CharField("决定人", max_length=100, blank=True)
    decided_by_id = account_of("决定人")
    decided_on = models.DateField("决定日期", null=True, blank=True)
    made_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "试用期考核"
        indexes = [models.Index(fields=["organ_code", "state"], name="probation_review_waiting")]
        constraints = [
            within_territory("probation_review"),
            RowPolicy(name="probation_review_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.UniqueConstraint(
                fields=["contract"],
                condition=~Q(state=P.WITHDRAWN),
                name="probation_review_once",
                violation_error_message="此人的试用期考核已经登记。",
                violation_error_code="22",
            ),
            models.CheckConstraint(
                name="probation_condition_named",
                condition=Q(meets=True) | Q(condition__regex=r"\S"),
                violation_error_message="不符合录用条件的，应写明是哪一项条件和证明的事实（第三十二条第（一）项）。",
                violation_error_code="32.1",
            ),
            models.CheckConstraint(
                name="probation_opinion_there",
                condition=Q(opinion__regex=r"\S", reviewer__regex=r"\S"),
                violation_error_message="试用期考核应有责任民警的意见和姓名。",
                violation_error_code="22",
            ),
            models.CheckConstraint(
                name="probation_decided_as_found",
                condition=~Q(state__in=DECIDED) | Q(state=P.PASSED, meets=True) | Q(state=P.FAILED, meets=False),
                violation_error_message="决定应与考核一致；考核有误的，撤回后重新登记。",
                violation_error_code="22",
            ),
            models.CheckConstraint(
                name="probation_decided_by_another",
                condition=~Q(state__in=DECIDED)
                | (
                    ~Q(decided_by="")
                    & Q(decided_by_id__isnull=False, made_by_id__isnull=False, decided_on__isnull=False)
                    & ~Q(decided_by_id=F("made_by_id"))
                ),
                violation_error_message="经办人不能决定自己登记的试用期考核，应由另一名负责人决定。",
                violation_error_code="22",
            ),
        ]
        triggers = [
            tracked("probation_review"),
            signed("probation_review", Mark("made_by"), Mark("decided_by", changes("state"))),
            PROBATION.trigger(),
            STAYS,
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id

    @property
    def last_day(self) -> date:
        """The last day of the probation."""
        return self.until - timedelta(days=1)
