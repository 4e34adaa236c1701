"""Hires: from an application to an engagement."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fujing.kernel.history import tracked
from fujing.kernel.territory import within_territory
from fujing.recruitment.applications.models import Application
from fujing.recruitment.hiring.states import HIRE, HireState
from fujing.registry.models import Engagement


class Hire(models.Model):
    """One applicant's hire; an engagement exists exactly when the state says so."""

    organ_code = models.BigIntegerField("招聘机关")
    application = models.OneToOneField(Application, models.PROTECT, related_name="hire", verbose_name="报名")
    engagement = models.OneToOneField(Engagement, models.PROTECT, null=True, blank=True, verbose_name="用工")
    state = models.CharField("状态", max_length=10, choices=HireState, default=HireState.PROPOSED)
    decided_by = models.CharField("决定人", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "聘用"
        constraints = [
            within_territory("hire"),
            models.CheckConstraint(
                name="hire_has_engagement",
                condition=Q(state="hired", engagement__isnull=False)
                | (~Q(state="hired") & Q(engagement__isnull=True)),
                violation_error_message="已聘用的应有用工记录，未聘用的不应有。",
                violation_error_code="16.p3",
            ),
        ]
        triggers = [tracked("hire"), HIRE.trigger()]
