"""Commendations, and the objections to them while they are public (Article 29)."""

from __future__ import annotations

from datetime import date, timedelta

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from fujing.general.budget.models import BudgetEntry
from fujing.kernel.checks import Checked
from fujing.kernel.clock import TODAY
from fujing.kernel.fields import EncryptedField
from fujing.kernel.history import tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.kernel.triggers import columns
from fujing.management.commendation.states import COMMENDATION, CommendationState
from fujing.registry.models import Engagement

C = CommendationState
PUBLIC = (C.PUBLICISED, C.AWARDED)
SAID = (
    *("organ_code", "engagement_id", "person_id", "title", "deed", "achieved_on", "evidence_id", "amount"),
    *("made_by", "made_by_id"),
)
STAYS = pgtrigger.Trigger(
    name="commendation_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '表彰申报不得删除，可以撤回。' USING ERRCODE = '{RAISED}', DETAIL = '29';
    ELSIF NEW.achieved_on > {TODAY} THEN
        RAISE EXCEPTION '事迹日期不能晚于今天。' USING ERRCODE = '{RAISED}', DETAIL = '29';
    ELSIF TG_OP = 'UPDATE' AND ({columns("NEW", SAID)})
        IS DISTINCT FROM ({columns("OLD", SAID)}) THEN
        RAISE EXCEPTION '申报的事迹、材料和金额不得改动，可以撤回后重新申报。' USING ERRCODE = '{RAISED}', DETAIL = '29';
    ELSIF TG_OP = 'UPDATE' AND OLD.publicised_until IS NOT NULL AND (NEW.publicised_from, NEW.publicised_until)
        IS DISTINCT FROM (OLD.publicised_from, OLD.publicised_until) THEN
        RAISE EXCEPTION '公示期不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '29';
    END IF;
    RETURN NEW;
    """,
)
"""What was proposed is what is checked, made public and awarded."""

AFTER_PUBLICITY = pgtrigger.Trigger(
    name="commendation_after_publicity",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("open_ones", "integer"), ("upheld_ones", "integer")],
    func=f"""
    IF NEW.state <> 'awarded' OR OLD.state = 'awarded' THEN
        RETURN NEW;
    END IF;
    SELECT count(*) FILTER (WHERE upheld IS NULL), count(*) FILTER (WHERE upheld) INTO open_ones, upheld_ones
        FROM commendation_objection WHERE commendation_id = NEW.id;
    IF NEW.publicised_until >= {TODAY} THEN
        RAISE EXCEPTION '公示到%届满，届满以后才能决定。', NEW.publicised_until USING ERRCODE = '{RAISED}', DETAIL = '29';
    ELSIF open_ones > 0 THEN
        RAISE EXCEPTION '还有%件异议没有答复，不能决定表彰。', open_ones USING ERRCODE = '{RAISED}', DETAIL = '29';
    ELSIF upheld_ones > 0 THEN
        RAISE EXCEPTION '有%件异议成立，不能决定表彰。', upheld_ones USING ERRCODE = '{RAISED}', DETAIL = '29';
    END IF;
    RETURN NEW;
    """,
)
"""Nothing is awarded before the publicity is over and every objection answered, nor over one that holds."""


class Commendation(Checked):
    """What somebody is proposed for and why; `deed` is what they did, `achieved_on` the day, `amount` the bonus in 元.

    `publicised_from` and `publicised_until` are inclusive.
    """

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="commendations", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    state = models.CharField("状态", max_length=10, choices=CommendationState, default=C.PROPOSED)
    title = models.CharField("表彰名称", max_length=60)
    deed = models.CharField("事迹", max_length=1000)
    achieved_on = models.DateField("事迹日期")
    evidence = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="事迹材料")
    amount = models.DecimalField(
        "奖金（元）", max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    publicised_from = models.DateField("公示起", null=True, blank=True)
    publicised_until = models.DateField("公示止（含当日）", null=True, blank=True)
    document_number = models.CharField("决定文号", max_length=60, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    reason = models.CharField("撤回或者不予表彰的理由", max_length=500, blank=True)
    commitment = models.OneToOneField(BudgetEntry, models.PROTECT, null=True, blank=True, verbose_name="预留的奖励经费")
    made_by = models.CharField("申报人", max_length=100)
    made_by_id = account_of("申报人")
    checked_by = models.CharField("核对人", max_length=100, blank=True)
    checked_by_id = account_of("核对人")
    decided_by = models.CharField("决定人", max_length=100, blank=True)
    decided_by_id = account_of("决定人")
    made_at = models.DateTimeField("申报时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "表彰奖励"
        indexes = [models.Index(fields=["organ_code", "state"], name="commendation_waiting")]
        constraints = [
            within_territory("commendation"),
            RowPolicy(name="commendation_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.CheckConstraint(
                name="commendation_deed_told",
                condition=Q(title__regex=r"\S", deed__regex=r"\S"),
                violation_error_message="应写明表彰名称和事迹。",
                violation_error_code="29",
            ),
            models.CheckConstraint(
                name="commendation_amount_positive",
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                violation_error_message="奖金应大于零；没有奖金的不填。",
                violation_error_code="29",
            ),
            models.CheckConstraint(
                name="commendation_checked_by_another",
                condition=~Q(state__in=[C.CHECKED, *PUBLIC])
                | (
                    ~Q(checked_by="")
                    & Q(checked_by_id__isnull=False, made_by_id__isnull=False)
                    & ~Q(checked_by_id=F("made_by_id"))
                ),
                violation_error_message="申报人不能核对自己申报的表彰，应由另一人核对。",
                violation_error_code="29",
            ),
            models.CheckConstraint(
                name="commendation_publicised",
                condition=~Q(state__in=PUBLIC)
                | Q(
                    publicised_from__isnull=False,
                    publicised_until__isnull=False,
                    publicised_until__gt=F("publicised_from"),
                ),
                violation_error_message="应写明公示的起止日期，至少两日。",
                violation_error_code="29",
            ),
            models.CheckConstraint(
                name="commendation_awarded_by_decision",
                condition=~Q(state=C.AWARDED)
                | (
                    Q(document_number__regex=r"\S", decided_on__isnull=False, decided_by_id__isnull=False)
                    & ~Q(decided_by_id=F("made_by_id"))
                    & (Q(amount__isnull=True, commitment__isnull=True) | Q(amount__gt=0, commitment__isnull=False))
                ),
                violation_error_message="决定表彰应有文号和日期，由申报人以外的人决定；有奖金的应从奖励经费中预留。",
                violation_error_code="29",
            ),
        ]
        triggers = [
            tracked("commendation"),
            signed(
                "commendation",
                Mark("made_by"),
                Mark("checked_by", f"{changes('state')} AND NEW.state = 'checked'"),
                Mark("decided_by", f"{changes('state')} AND NEW.state IN ('awarded', 'refused')"),
            ),
            COMMENDATION.trigger(),
            STAYS,
            AFTER_PUBLICITY,
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id

    @property
    def decided_from(self) -> date | None:
        """The first day on which it can be decided."""
        return self.publicised_until + timedelta(days=1) if self.publicised_until else None


OBJECTION_STAYS = pgtrigger.Trigger(
    name="commendation_objection_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("standing", "record")],
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '异议不得删除。' USING ERRCODE = '{RAISED}', DETAIL = '29';
    END IF;
    SELECT state, publicised_from, publicised_until INTO standing FROM commendation_commendation
        WHERE id = NEW.commendation_id FOR SHARE;
    IF standing.state IS DISTINCT FROM 'publicised' THEN
        RAISE EXCEPTION '异议在公示以后、决定以前登记和答复。' USING ERRCODE = '{RAISED}', DETAIL = '29';
    ELSIF TG_OP = 'INSERT' AND (NEW.received_on > {TODAY}
        OR NOT NEW.received_on BETWEEN standing.publicised_from AND standing.publicised_until) THEN
        RAISE EXCEPTION '收到异议的日期应在公示期内，不晚于今天。' USING ERRCODE = '{RAISED}', DETAIL = '29';
    ELSIF TG_OP = 'UPDATE' AND (OLD.upheld IS NOT NULL OR
        (NEW.organ_code, NEW.commendation_id, NEW.received_on, NEW.text, NEW.recorded_by, NEW.recorded_by_id)
        IS DISTINCT FROM
        (OLD.organ_code, OLD.commendation_id, OLD.received_on, OLD.text, OLD.recorded_by, OLD.recorded_by_id)) THEN
        RAISE EXCEPTION '登记的异议和答复不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '29';
    END IF;
    RETURN NEW;
    """,
)
"""What was objected and answered stays, and comes while the commendation is public."""


class Objection(Checked):
    """What somebody objects to a commendation, and whether it holds. Who objects isn't kept."""

    organ_code = models.BigIntegerField("管理机关")
    commendation = models.ForeignKey(Commendation, models.PROTECT, related_name="objections", verbose_name="表彰奖励")
    received_on = models.DateField("收到日期")
    text = EncryptedField("异议内容")
    upheld = models.BooleanField("异议成立", null=True, blank=True)
    answer = models.CharField("调查和答复", max_length=500, blank=True)
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_by_id = account_of("登记人")
    answered_by = models.CharField("答复人", max_length=100, blank=True)
    answered_by_id = account_of("答复人")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "表彰异议"
        constraints = [
            within_territory("commendation_objection"),
            models.CheckConstraint(
                name="commendation_objection_answered",
                condition=Q(upheld__isnull=True, answer="", answered_by="")
                | (Q(upheld__isnull=False, answer__regex=r"\S") & ~Q(answered_by="")),
                violation_error_message="答复异议应写明是否成立、调查情况和答复人。",
                violation_error_code="29",
            ),
        ]
        triggers = [
            tracked("commendation_objection"),
            signed("commendation_objection", Mark("recorded_by"), Mark("answered_by", changes("upheld"))),
            OBJECTION_STAYS,
        ]
