"""What 人社 is asked about an announcement, and to whom a recruitment is entrusted."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fujing.kernel.approvals import Answer, Authored, Frozen, answer_constraints, answer_triggers
from fujing.kernel.history import tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import ORGAN, RowPolicy, within_territory
from fujing.law.announcements.organising import LABOUR_DISPATCH, POLICE_BODY
from fujing.recruitment.campaigns.models.campaigns import Campaign
from fujing.recruitment.campaigns.states import CONSENT, ConsentPurpose, ConsentState, InstitutionKind, Signer


class Consent(Answer, Frozen, Authored):
    """What 人社 of the same level is asked about one announcement, in the words it was asked about, and its answer.

    The department reads this row and never the campaign, so what it sees is what it is asked and no applicant.
    """

    organ_code = models.BigIntegerField("招聘机关")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="consents", verbose_name="招聘项目")
    purpose = models.CharField("事项", max_length=10, choices=ConsentPurpose)
    document = models.JSONField("所送公告")
    dropped = ArrayField(models.CharField(max_length=24), verbose_name="简化掉的环节", default=list, blank=True)
    state = models.CharField("结果", max_length=10, choices=ConsentState, default=ConsentState.WAITING)
    asked_at = models.DateTimeField("送办时间", auto_now_add=True)
    asked_by = models.CharField("送办人", max_length=100)
    asked_by_id = models.BigIntegerField("送办账号")

    class Meta:
        verbose_name = verbose_name_plural = "人社部门同意"
        constraints = [
            within_territory("consent"),
            RowPolicy(name="consent_mine", using=f"assigned_organ = {ORGAN}", command="SELECT"),
            models.UniqueConstraint(
                fields=["campaign", "purpose"],
                condition=Q(state__in=["waiting", "passed"]),
                name="consent_open_once",
                violation_error_message="该事项已送人社部门。",
            ),
            # A bureau's code is followed by those of the departments beside it.
            models.CheckConstraint(
                name="consent_same_level",
                condition=Q(assigned_organ__gt=F("organ_code"), assigned_organ__lt=F("organ_code") + 10**6),
                violation_error_message="应由同级人力资源社会保障部门办理（第十七条第一款、第二十一条第二款）。",
                violation_error_code="17.p1 21.p2",
            ),
            models.CheckConstraint(
                name="consent_says_what_is_dropped",
                condition=Q(purpose="joint", dropped=[]) | Q(purpose="simplified", dropped__len__gt=0),
                violation_error_message="简化程序应写明简化掉的环节（第二十一条第二款）。",
                violation_error_code="21.p2",
            ),
            *answer_constraints("consent"),
            models.CheckConstraint(
                name="consent_dated",
                condition=~Q(state="passed")
                | (Q(document_date__isnull=False) & (Q(purpose="joint") | ~Q(document_number=""))),
                violation_error_message="同意简化程序应有文号和日期（第二十一条第二款）。",
                violation_error_code="21.p2",
            ),
        ]
        triggers = [
            tracked("consent"),
            signed("consent", Mark("asked_by"), Mark("decided_by", changes("decided_at"))),
            CONSENT.trigger(),
            *answer_triggers("consent", thing="公告", authors="NEW.authors", provision="8.p2", asked=[]),
            pgtrigger.Trigger(
                name="consent_knows_authors",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                IF NOT NEW.authors @> (SELECT c.authors || NEW.asked_by_id FROM campaigns_campaign c
                    WHERE c.id = NEW.campaign_id) THEN
                    RAISE EXCEPTION '写入过公告内容和送办的账号应全部保留（第八条第二款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '8.p2';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="consent_asked_of_hrss",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                IF NOT EXISTS (SELECT FROM registry_organ o
                    WHERE o.code = NEW.assigned_organ AND o.partner_kind = 'hrss') THEN
                    RAISE EXCEPTION '应由同级人力资源社会保障部门办理（第十七条第一款、第二十一条第二款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '17.p1 21.p2';
                END IF;
                RETURN NEW;
                """,
            ),
            # The campaign is locked first: of a publication and a return at once, the second sees the first.
            pgtrigger.Trigger(
                name="consent_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                declare=[("published", "timestamptz")],
                func=f"""
                SELECT published_at INTO published FROM campaigns_campaign WHERE id = OLD.campaign_id FOR UPDATE;
                IF published IS NOT NULL THEN
                    RAISE EXCEPTION '公告已发布，人社部门的意见不能再变动（第八条第二款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '8.p2';
                END IF;
                IF TG_OP = 'DELETE' OR OLD.state IN ('returned', 'lapsed')
                    OR (OLD.state = 'passed' AND NEW.state = 'passed')
                    OR (OLD.state = 'passed' AND (NEW.document_number, NEW.document_date, NEW.on_behalf, NEW.scan_id)
                        IS DISTINCT FROM (OLD.document_number, OLD.document_date, OLD.on_behalf, OLD.scan_id))
                    OR (NEW.campaign_id, NEW.purpose, NEW.document, NEW.dropped, NEW.assigned_organ, NEW.asked_by_id,
                        NEW.assigned_name, NEW.asked_at, NEW.round, NEW.authors, NEW.facts, NEW.digest)
                        IS DISTINCT FROM
                        (OLD.campaign_id, OLD.purpose, OLD.document, OLD.dropped, OLD.assigned_organ, OLD.asked_by_id,
                        OLD.assigned_name, OLD.asked_at, OLD.round, OLD.authors, OLD.facts, OLD.digest)
                THEN
                    RAISE EXCEPTION '送办的公告和作出的意见不得更改（第八条第二款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '8.p2';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}：{self.document['title']}"


class Entrustment(models.Model):
    """The institution that the bureau entrusted with a recruitment, by which paper, and who signs the contracts (22)."""

    organ_code = models.BigIntegerField("招聘机关")
    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="entrustment", verbose_name="招聘项目")
    institution = models.CharField("受委托的机构", max_length=100)
    kind = models.CharField("机构性质", max_length=20, choices=InstitutionKind)
    signs = models.CharField("劳动合同由谁签订", max_length=10, choices=Signer)
    document_number = models.CharField("委托文号", max_length=60)
    document_date = models.DateField("委托日期")
    document = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="委托文件")
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_by_id = account_of("登记人")

    class Meta:
        verbose_name = verbose_name_plural = "委托"
        constraints = [
            within_territory("entrustment"),
            models.CheckConstraint(
                name="entrustment_not_to_police_body",
                condition=~Q(kind="internal") & ~Q(institution__regex=POLICE_BODY),
                violation_error_message="公安机关内设机构、派出机构不得自行聘用，不能受委托（第十七条第二款）。",
                violation_error_code="17.p2",
            ),
            models.CheckConstraint(
                name="entrustment_dispatcher_never_signs",
                condition=Q(signs="organ") | (~Q(kind="labour_dispatch") & ~Q(institution__regex=LABOUR_DISPATCH)),
                violation_error_message="劳务派遣单位签订的是派遣合同，不能受委托签订劳动合同（第二十二条）。",
                violation_error_code="22",
            ),
            models.CheckConstraint(
                name="entrustment_by_paper",
                condition=~Q(document_number="") & ~Q(institution=""),
                violation_error_message="委托应写明机构和文号（第二十二条）。",
                violation_error_code="22",
            ),
        ]
        triggers = [
            tracked("entrustment"),
            signed("entrustment", Mark("recorded_by", "NEW IS DISTINCT FROM OLD")),
            pgtrigger.Trigger(
                name="entrustment_only_in_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                IF EXISTS (SELECT FROM campaigns_campaign c
                    WHERE c.id IN (NEW.campaign_id, OLD.campaign_id) AND c.state <> 'draft') THEN
                    RAISE EXCEPTION '公告送办或者发布后，委托不得更改（第二十二条）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '22';
                END IF;
                RETURN coalesce(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"委托{self.institution}"
