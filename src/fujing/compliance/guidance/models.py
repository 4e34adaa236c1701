"""Guidance documents, read-only to every organ below their issuer, and who signed for them."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fujing.compliance.guidance.states import GUIDANCE, GuidanceState
from fujing.kernel.checks import Checked
from fujing.kernel.history import append_only, tracked, undeletable
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import LO, ORGAN, RowPolicy, within_territory

REFUSE = f"USING ERRCODE = '{RAISED}', DETAIL = '5.p2'"


def last_below(column: str) -> str:
    """SQL for the last organ code below an organ: what `territory_of` says."""
    return (
        f"{column} + CASE WHEN {column} % 10000000000 = 0 THEN 9999999999 "
        f"WHEN {column} % 100000000 = 0 THEN 99999999 ELSE 999999 END"
    )


class Guidance(Checked):
    """A document of a superior organ on how auxiliaries are managed. Both dates of force are inclusive."""

    organ_code = models.BigIntegerField("发布机关")
    number = models.CharField("文号", max_length=60)
    title = models.CharField("标题", max_length=200)
    issued_on = models.DateField("成文日期")
    provisions = ArrayField(models.CharField(max_length=12), verbose_name="所涉条文")
    text = models.TextField("正文", blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件")
    force_from = models.DateField("施行日期")
    force_until = models.DateField("有效期至", null=True, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="替代"
    )
    state = models.CharField("状态", max_length=10, choices=GuidanceState, default=GuidanceState.DRAFT)
    published_on = models.DateField("发布日期", null=True, blank=True)
    published_by = models.CharField("发布人", max_length=100, blank=True)
    published_by_id = account_of("发布人")
    revoked_on = models.DateField("废止日期", null=True, blank=True)
    revoked_why = models.CharField("废止理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "指导文件"
        constraints = [
            within_territory("guidance"),
            RowPolicy(
                name="guidance_below",
                using=f"state <> 'draft' AND {LO} BETWEEN organ_code AND {last_below('organ_code')}",
                command="SELECT",
            ),
            models.CheckConstraint(
                name="guidance_says_something",
                condition=Q(provisions__len__gt=0) & ~Q(number="") & (~Q(text="") | Q(file__isnull=False)),
                violation_error_message="指导文件应有文号、所涉条文，以及正文或者文件（第五条第二款）。",
                violation_error_code="5.p2",
            ),
            models.CheckConstraint(
                name="guidance_dates_in_order",
                condition=Q(force_until__isnull=True) | Q(force_until__gte=F("force_from")),
                violation_error_message="有效期至不能早于施行日期。",
            ),
            models.CheckConstraint(
                name="guidance_published_by_somebody",
                condition=Q(state="draft", published_on__isnull=True)
                | (Q(published_on__isnull=False) & ~Q(state="draft") & ~Q(published_by="")),
                violation_error_message="发布指导文件应有发布日期和发布人（第五条第二款）。",
                violation_error_code="5.p2",
            ),
            models.CheckConstraint(
                name="guidance_revoked_on_a_day",
                condition=(Q(state="revoked", revoked_on__isnull=False) & ~Q(revoked_why=""))
                | (~Q(state="revoked") & Q(revoked_on__isnull=True, revoked_why="")),
                violation_error_message="废止应有日期和理由。",
            ),
            models.UniqueConstraint(
                fields=["organ_code", "number"],
                name="guidance_number_once",
                violation_error_message="本机关已有相同文号的指导文件。",
            ),
        ]
        triggers = [
            tracked("guidance"),
            signed("guidance", Mark("published_by", changes("published_on"))),
            GUIDANCE.trigger(),
            pgtrigger.Trigger(
                name="guidance_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF NEW.organ_code IS DISTINCT FROM {ORGAN} OR NOT EXISTS (
                    SELECT 1 FROM registry_organ below WHERE below.parent_id = NEW.organ_code
                      AND below.kind = 'public_security') THEN
                    RAISE EXCEPTION '指导文件由上级公安机关以本机关名义发布（第五条第二款）。' {REFUSE};
                END IF;
                IF TG_OP = 'UPDATE' AND OLD.state <> 'draft' AND to_jsonb(NEW) - '{{state,revoked_on,revoked_why}}'::text[]
                    <> to_jsonb(OLD) - '{{state,revoked_on,revoked_why}}'::text[] THEN
                    RAISE EXCEPTION '指导文件发布后不得改动，可发布新文件替代（第五条第二款）。' {REFUSE};
                END IF;
                RETURN NEW;
                """,
            ),
            undeletable("guidance_stays", "指导文件不得删除，可以废止。", "5.p2"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"


class GuidanceReading(models.Model):
    """An organ signed for a guidance document: who, when."""

    organ_code = models.BigIntegerField("签收机关")
    guidance = models.ForeignKey(Guidance, models.PROTECT, related_name="readings", verbose_name="指导文件")
    read_by = models.CharField("签收人", max_length=100)
    read_by_id = account_of("签收人")
    at = models.DateTimeField("签收时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "指导文件签收"
        constraints = [
            within_territory("guidance_reading"),
            models.UniqueConstraint(
                fields=["guidance", "organ_code"],
                name="guidance_read_once",
                violation_error_message="本机关已签收该文件。",
            ),
        ]
        triggers = [
            append_only("guidance_reading"),
            signed("guidance_reading", Mark("read_by")),
            pgtrigger.Trigger(
                name="guidance_reading_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                IF NEW.organ_code IS DISTINCT FROM {ORGAN} OR NEW.organ_code % 1000000 <> 0 OR NOT EXISTS (
                    SELECT 1 FROM guidance_guidance document WHERE document.id = NEW.guidance_id
                      AND document.state = 'published' AND NEW.organ_code > document.organ_code
                      AND NEW.organ_code <= {last_below("document.organ_code")}) THEN
                    RAISE EXCEPTION '指导文件由收到文件的下级公安机关自行签收（第五条第二款）。' {REFUSE};
                END IF;
                RETURN NEW;
                """,
            ),
        ]
