"""Medical examinations. Of anybody's health only the conclusion and the standard's item numbers are kept, encrypted."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.fields import EncryptedField
from fujing.kernel.history import ERASING, tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import ACCOUNT, RowPolicy, within_territory
from fujing.recruitment.applications.models import Application
from fujing.recruitment.medical.states import MEDICAL, MedicalState

ADVERSE = ["found", "told", "requested", "failed"]


class MedicalExam(Checked):
    """One applicant's examination and, if they asked for it, the re-examination, whose conclusion is final.

    `items` are the numbers of the failing items of the standard, `reexam_until` the last day to ask for a
    re-examination, inclusive; empty where neither announcement nor parameters state a term.
    """

    organ_code = models.BigIntegerField("招聘机关")
    application = models.OneToOneField(Application, models.PROTECT, related_name="medical", verbose_name="报名")
    applicant_account = models.BigIntegerField("报名账号")
    state = models.CharField("状态", max_length=10, choices=MedicalState, default=MedicalState.ARRANGED)
    hospital = models.CharField("体检医院", max_length=100)
    exam_on = models.DateField("体检日期")
    arranged_by = models.CharField("安排人", max_length=100)
    arranged_by_id = account_of("安排人")
    document = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="医院结论"
    )
    items = EncryptedField("不合格条目", null=True, blank=True)
    recorded_by = models.CharField("结论录入人", max_length=100, blank=True)
    recorded_by_id = account_of("结论录入人")
    told_at = models.DateTimeField("告知时间", null=True, blank=True)
    reexam_until = models.DateField("申请复检截止", null=True, blank=True)
    requested_at = models.DateTimeField("申请复检时间", null=True, blank=True)
    waived_at = models.DateTimeField("放弃复检时间", null=True, blank=True)
    reexam_hospital = models.CharField("复检医院", max_length=100, blank=True)
    reexam_on = models.DateField("复检日期", null=True, blank=True)
    reexam_document = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复检结论"
    )
    reexam_recorded_by = models.CharField("复检结论录入人", max_length=100, blank=True)
    reexam_recorded_by_id = account_of("复检结论录入人")
    concluded_on = models.DateField("结论日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "体检"
        constraints = [
            within_territory("medical"),
            RowPolicy(name="medical_own", using=f"applicant_account = {ACCOUNT}"),
            models.CheckConstraint(
                name="medical_recorded_by_somebody",
                condition=Q(state="arranged") | ~Q(recorded_by=""),
                violation_error_message="体检结论应有录入人（第十八条第（五）项）。",
                violation_error_code="18.5",
            ),
            models.CheckConstraint(
                name="medical_fails_by_an_item",
                condition=~Q(state__in=ADVERSE) | Q(items__isnull=False),
                violation_error_message="不合格应写明所依据的标准条目（第十八条第（五）项）。",
                violation_error_code="18.5",
            ),
            models.CheckConstraint(
                name="medical_told_first",
                condition=~Q(state="failed")
                | (
                    Q(told_at__isnull=False, concluded_on__isnull=False)
                    & (
                        Q(waived_at__isnull=False)
                        | ~Q(reexam_recorded_by="")
                        # Said twice: a comparison with an unknown day is unknown, and a check lets that pass.
                        | Q(reexam_until__isnull=False, reexam_until__lt=F("concluded_on"))
                    )
                ),
                violation_error_message="告知本人且复检期满、放弃复检或者复检有结论后，才能认定体检不合格（第十八条第（五）项）。",
                violation_error_code="18.5",
            ),
        ]
        triggers = [
            tracked("medical"),
            signed(
                "medical",
                Mark("arranged_by"),
                Mark("recorded_by", "OLD.state IN ('arranged', 'recheck') AND NEW.state <> OLD.state"),
                Mark("reexam_recorded_by", changes("reexam_document_id")),
            ),
            MEDICAL.trigger(),
            # As the state moves, not as a check: the paper is erased with the applicant's other papers in its time.
            pgtrigger.Trigger(
                name="medical_by_document",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state__in=["passed", "recheck", *ADVERSE])
                & pgtrigger.Q(new__document__isnull=True),
                func=f"""
                RAISE EXCEPTION '体检结论应有医院出具的材料（第十八条第（五）项）。'
                    USING ERRCODE = '{RAISED}', DETAIL = '18.5';
                """,
            ),
            pgtrigger.Trigger(
                name="medical_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["passed", "failed", "absent"]),
                func=f"""
                IF {ERASING} THEN RETURN coalesce(NEW, OLD); END IF;
                RAISE EXCEPTION '体检结论已经作出，不得更改（第十八条第（五）项）。'
                    USING ERRCODE = '{RAISED}', DETAIL = '18.5';
                """,
            ),
        ]
