"""What both sides changed of a contract in writing (Article 39, Labour Contract Law 35)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q, TextChoices

from fujing.kernel.checks import Checked
from fujing.kernel.clock import TODAY
from fujing.kernel.history import tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.registry.models import Contract, Engagement


class Subject(TextChoices):
    """What of a contract is changed. A term isn't: how it goes on is a renewal."""

    POST = "post", "岗位和工作内容"
    PLACE = "place", "工作地点"
    HOURS = "hours", "工作时间和休息休假"
    PAY = "pay", "劳动报酬"
    PROTECTION = "protection", "劳动保护和社会保险"
    OTHER = "other", "其他约定"


STAYS = pgtrigger.Trigger(
    name="contract_change_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("term", "daterange")],
    func=f"""
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION '合同变更登记后不得改动或者删除；约定有误的，另行签订变更协议。' USING ERRCODE = '{RAISED}', DETAIL = '39';
    END IF;
    SELECT span INTO term FROM registry_contract WHERE id = NEW.contract_id;
    IF NOT term @> NEW.effective_on THEN
        RAISE EXCEPTION '变更的生效日期应在合同期间以内。' USING ERRCODE = '{RAISED}', DETAIL = '39';
    ELSIF NEW.agreed_on > {TODAY} THEN
        RAISE EXCEPTION '双方签订变更协议的日期不能晚于今天。' USING ERRCODE = '{RAISED}', DETAIL = '39';
    END IF;
    RETURN NEW;
    """,
)
"""What was agreed stays; a mistake is mended by another agreement."""


class ContractChange(Checked):
    """One thing that both sides agreed on in writing: `before` and `after` in the contract's own words.

    It works from `effective_on` on, a day of the contract's term.
    """

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="contract_changes", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="changes", verbose_name="合同")
    subject = models.CharField("变更的内容", max_length=12, choices=Subject)
    before = models.CharField("原约定", max_length=500)
    after = models.CharField("变更后的约定", max_length=500)
    agreed_on = models.DateField("双方签订日期")
    effective_on = models.DateField("生效日期")
    agreement = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="变更协议")
    made_by = models.CharField("经办人", max_length=100)
    made_by_id = account_of("经办人")
    made_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "合同变更"
        constraints = [
            within_territory("contract_change"),
            RowPolicy(name="contract_change_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.CheckConstraint(
                name="contract_change_told",
                condition=Q(before__regex=r"\S", after__regex=r"\S") & ~Q(before=F("after")),
                violation_error_message="应写明原约定和变更后的约定，两者应有不同。",
                violation_error_code="39",
            ),
            models.CheckConstraint(
                name="contract_change_subject_known",
                condition=Q(subject__in=Subject.values),
                violation_error_message="应写明变更的是哪一项约定；期限的变更按续订办理。",
                violation_error_code="39",
            ),
        ]
        triggers = [tracked("contract_change"), signed("contract_change", Mark("made_by")), STAYS]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id
