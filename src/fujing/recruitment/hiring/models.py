"""Hires: from an application to an engagement, or given up."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from fujing.kernel.clock import TODAY
from fujing.kernel.history import tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import ACCOUNT, RowPolicy, within_territory
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
    decided_by_id = account_of("决定人")
    declined_on = models.DateField("放弃日期", null=True, blank=True)
    reason = models.CharField("放弃原因", max_length=300, blank=True)
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, verbose_name="放弃声明")

    class Meta:
        verbose_name = verbose_name_plural = "聘用"
        constraints = [
            within_territory("hire"),
            RowPolicy(
                name="hire_own",
                using=f"EXISTS (SELECT 1 FROM applications_application a WHERE a.id = application_id AND a.account_id = {ACCOUNT})",
                command="SELECT",
            ),
            models.CheckConstraint(
                name="hire_has_engagement",
                condition=Q(state="hired", engagement__isnull=False) | (~Q(state="hired") & Q(engagement__isnull=True)),
                violation_error_message="已聘用的应有用工记录，未聘用的不应有。",
                violation_error_code="16.p3",
            ),
            models.CheckConstraint(
                name="hire_declined_says_why",
                condition=~Q(state="declined") | (Q(declined_on__isnull=False) & ~Q(reason="")),
                violation_error_message="放弃聘用应写明日期和原因（第二十一条第一款）。",
                violation_error_code="21.p1",
            ),
        ]
        triggers = [
            tracked("hire"),
            signed("hire", Mark("decided_by", changes("state"))),
            HIRE.trigger(),
            pgtrigger.Trigger(
                name="hire_after_publicity",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="hired"),
                func=f"""
                IF NOT EXISTS (SELECT 1 FROM selection_publicised p
                    JOIN selection_publicitynotice n ON n.id = p.notice_id
                    WHERE p.application_id = NEW.application_id
                    AND n.ends < {TODAY}
                    AND NOT EXISTS (SELECT 1 FROM selection_objection o WHERE o.notice_id = n.id
                        AND (o.state = 'open' OR (o.state = 'upheld' AND o.application_id = NEW.application_id)))) THEN
                    RAISE EXCEPTION '公示期满、异议核查完毕才能聘用（第二十一条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '21.p1';
                END IF;
                RETURN NEW;
                """,
            ),
            # The post is locked first: of two hires for its last place, one waits and then counts the other's.
            pgtrigger.Trigger(
                name="hire_within_post",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="hired"),
                declare=[("allowed", "integer"), ("post", "bigint")],
                func=f"""
                SELECT p.id, p.headcount INTO post, allowed FROM campaigns_position p
                    JOIN applications_application a ON a.position_id = p.id
                    WHERE a.id = NEW.application_id FOR UPDATE OF p;
                IF (SELECT count(*) FROM hiring_hire h JOIN applications_application a ON a.id = h.application_id
                    WHERE a.position_id = post AND h.state = 'hired' AND h.id <> NEW.id) >= allowed THEN
                    RAISE EXCEPTION '该岗位公告招聘 % 人，已全部聘用（第十六条第三款）。', allowed
                        USING ERRCODE = '{RAISED}', DETAIL = '16.p3';
                END IF;
                RETURN NEW;
                """,
            ),
        ]
