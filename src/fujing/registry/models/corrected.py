"""What was recorded late or wrongly of somebody's places, what holds instead, and why (docs/adr/0018-two-times.md)."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from fujing.kernel.checks import Checked
from fujing.kernel.history import append_only, tracked
from fujing.kernel.signatures import Mark, account_of, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.registry.models.accounts import Account
from fujing.registry.models.organs import Post
from fujing.registry.models.people import Engagement


class PlaceCorrection(Checked):
    """For a period, half-open, the post and officer that in fact held; `before` says in words what was recorded."""

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="place_corrections", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    span = DateRangeField("更正的期间")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="岗位")
    officer = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任民警"
    )
    before = models.TextField("原来的记录", blank=True)
    reason = models.CharField("更正的事由", max_length=300)
    made_by = models.CharField("更正人", max_length=100)
    made_by_id = account_of("更正人")
    made_at = models.DateTimeField("更正时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位更正"
        indexes = [
            models.Index(fields=["organ_code"], name="place_correction_organ"),
            models.Index(fields=["person_id"], name="place_correction_person"),
        ]
        constraints = [
            within_territory("place_correction"),
            RowPolicy(name="place_correction_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.CheckConstraint(
                name="place_correction_has_days",
                condition=Q(span__isempty=False, span__startswith__isnull=False),
                violation_error_message="更正的期间至少有一天，并写明从哪一天起（第五条第一款）。",
                violation_error_code="5.p1",
            ),
            models.CheckConstraint(
                name="place_correction_reasoned",
                condition=Q(reason__regex=r"\S"),
                violation_error_message="更正应写明事由。",
                violation_error_code="5.p1",
            ),
        ]
        triggers = [
            tracked("place_correction"),
            append_only("place_correction"),
            signed("place_correction", Mark("made_by")),
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id
