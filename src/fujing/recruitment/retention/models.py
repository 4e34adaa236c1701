"""What was erased of a campaign's applicants when its retention period had passed."""

from __future__ import annotations

from django.db import models

from fujing.kernel.history import append_only
from fujing.kernel.signatures import Mark, account_of, signed
from fujing.kernel.territory import within_territory
from fujing.recruitment.campaigns.models import Campaign


class ErasureRecord(models.Model):
    """One erasure: of how many applications and files, by which rule. Names nobody."""

    organ_code = models.BigIntegerField("招聘机关")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="erasures", verbose_name="招聘项目")
    applications = models.PositiveIntegerField("报名（份）")
    files = models.PositiveIntegerField("文件（个）")
    rule = models.CharField("依据", max_length=200)
    made_by = models.CharField("办理人", max_length=100)
    made_by_id = account_of("办理人")
    made_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "报名资料删除记录"
        constraints = [within_territory("erasure_record")]
        triggers = [append_only("erasure_record"), signed("erasure_record", Mark("made_by"))]
