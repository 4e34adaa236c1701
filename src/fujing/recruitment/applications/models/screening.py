"""Runs of the screening and what they found, in blocks."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fujing.kernel.history import append_only
from fujing.kernel.signatures import Mark, account_of, signed
from fujing.kernel.territory import within_territory
from fujing.recruitment.applications.models.applications import Application
from fujing.recruitment.campaigns.models import Campaign


class ScreeningRun(models.Model):
    """One screening of everything that waited: by whom, by which rules, on which facts, with which counts.

    A run stays; the next one is added beside it.
    """

    organ_code = models.BigIntegerField("招聘机关")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="screenings", verbose_name="招聘项目")
    started_at = models.DateTimeField("开始时间")
    made_by = models.CharField("办理人", max_length=100)
    made_by_id = account_of("办理人")
    rule_book = models.CharField("规则版本", max_length=80)
    # Over the announcement and the facts as they were read; a million derived facts would be another half of the time.
    inputs_digest = models.CharField("核对所据摘要", max_length=64)
    eligible = models.PositiveIntegerField("符合")
    undetermined = models.PositiveIntegerField("待核实")
    ineligible = models.PositiveIntegerField("不符合")

    class Meta:
        verbose_name = verbose_name_plural = "批量核对"
        constraints = [within_territory("screening_run")]
        triggers = [append_only("screening_run"), signed("screening_run", Mark("made_by"))]


class ScreeningBlock(models.Model):
    """Some thousand results of a run, side by side: the applications by id and a bit a rule for each.

    Apart from the applications, whose own facts a run doesn't change, and many in a row: a million results are
    a hundred rows. `first` and `last` are the lowest and the highest application, inclusive.
    """

    organ_code = models.BigIntegerField("招聘机关")
    run = models.ForeignKey(ScreeningRun, models.PROTECT, related_name="blocks", verbose_name="批量核对")
    first = models.BigIntegerField("最小报名序号")
    last = models.BigIntegerField("最大报名序号")
    applications = ArrayField(models.BigIntegerField(), verbose_name="报名")
    violated = ArrayField(models.PositiveIntegerField(), verbose_name="不符合（位）")
    undetermined = ArrayField(models.PositiveIntegerField(), verbose_name="待核实（位）")

    class Meta:
        verbose_name = verbose_name_plural = "核对结果分块"
        constraints = [
            within_territory("screening_block"),
            models.CheckConstraint(
                name="screening_block_side_by_side",
                condition=Q(violated__len=F("applications__len"), undetermined__len=F("applications__len")),
                violation_error_message="核对结果应与报名一一对应。",
            ),
        ]
        triggers = [append_only("screening_block")]


class ScreeningResult(models.Model):
    """What a run found about one application: the blocks read row by row, by a view under the reader's own policies."""

    pk = models.CompositePrimaryKey("run", "application")
    organ_code = models.BigIntegerField("招聘机关")
    run = models.ForeignKey(ScreeningRun, models.DO_NOTHING, related_name="+", verbose_name="批量核对")
    application = models.ForeignKey(Application, models.DO_NOTHING, related_name="screened", verbose_name="报名")
    # Of the block it stands in, so that a few applications are found without reading all blocks.
    first = models.BigIntegerField("最小报名序号")
    last = models.BigIntegerField("最大报名序号")
    violated = models.PositiveIntegerField("不符合（位）")
    undetermined = models.PositiveIntegerField("待核实（位）")

    class Meta:
        managed = False
        verbose_name = verbose_name_plural = "核对结果"
