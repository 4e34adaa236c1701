"""Tier schemes, who holds which tier from when to when, and the batches by which tiers change (Articles 23 and 25)."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.fields import EncryptedField
from fujing.kernel.history import append_only, tracked, tracked_in_bulk
from fujing.kernel.models import StoredFile
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.management.tiers.gates import BATCH_GATE, CANDIDATE_STAYS, HOLDING_STAYS, OBJECTION_STAYS, SCHEME_STAYS
from fujing.management.tiers.states import (
    BATCH,
    BY_BATCH,
    FOUND,
    GIVES,
    PUBLIC,
    SCHEME,
    BatchState,
    Ended,
    Past,
    SchemeState,
    Source,
)
from fujing.registry.models import Engagement
from fujing.registry.models.people import Same

OWN = f"person_id = {PERSON}"


class Scheme(Checked):
    """A bureau's tier scheme as its document says it: `text` is the file, `rules` what the database holds of it.

    `rules`: by version `from` (inclusive), `to` (exclusive), `tiers` by code with name and 元 a month, and `caps`.
    """

    organ_code = models.BigIntegerField("管理机关")
    name = models.CharField("方案名称", max_length=100)
    text = models.TextField("方案文件")
    rules = models.JSONField("层级和名额")
    document_number = models.CharField("文号", max_length=60)
    document_date = models.DateField("文件日期")
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件扫描件")
    state = models.CharField("状态", max_length=10, choices=SchemeState, default=SchemeState.DRAFTED)
    adopted_on = models.DateField("决定施行日期", null=True, blank=True)
    reason = models.CharField("作废的理由", max_length=500, blank=True)
    made_by = models.CharField("登记人", max_length=100)
    made_by_id = account_of("登记人")
    adopted_by = models.CharField("决定人", max_length=100, blank=True)
    adopted_by_id = account_of("决定人")
    made_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "层级方案"
        constraints = [
            within_territory("tiers_scheme"),
            RowPolicy(
                name="tiers_scheme_of_person", using=f"{PERSON} IS NOT NULL AND state = 'adopted'", command="SELECT"
            ),
            models.UniqueConstraint(
                fields=["organ_code"],
                condition=Q(state=SchemeState.ADOPTED),
                name="tiers_scheme_one_at_a_time",
                violation_error_message="本机关已有施行中的层级方案，新方案施行时即被替换。",
                violation_error_code="23.p1",
            ),
            models.CheckConstraint(
                name="tiers_scheme_of_a_document",
                condition=Q(name__regex=r"\S", document_number__regex=r"\S"),
                violation_error_message="应写明方案的名称和文号。",
                violation_error_code="23.p1",
            ),
            models.CheckConstraint(
                name="tiers_scheme_adopted_by_another",
                condition=~Q(state__in=[SchemeState.ADOPTED, SchemeState.REPLACED])
                | Q(adopted_on__isnull=False, adopted_by_id__isnull=False, made_by_id__isnull=False)
                & ~Q(adopted_by_id=F("made_by_id")),
                violation_error_message="层级方案由登记人以外的负责人决定施行。",
                violation_error_code="23.p1",
            ),
        ]
        triggers = [
            tracked("tiers_scheme"),
            signed(
                "tiers_scheme", Mark("made_by"), Mark("adopted_by", f"{changes('state')} AND NEW.state = 'adopted'")
            ),
            SCHEME.trigger(),
            SCHEME_STAYS,
        ]

    def __str__(self) -> str:
        return self.name


class Batch(Checked):
    """One batch on one `day`, as of which everybody is judged and the places are counted.

    `quota` in persons, None where the ledger has none; `places`: each cap as the law found it. Publicity inclusive.
    """

    organ_code = models.BigIntegerField("管理机关")
    title = models.CharField("批次名称", max_length=100)
    day = models.DateField("核对日")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="batches", verbose_name="层级方案")
    state = models.CharField("状态", max_length=10, choices=BatchState, default=BatchState.DRAFTED)
    judged_at = models.DateTimeField("核对时间", null=True, blank=True)
    quota = models.PositiveIntegerField("用人额度（人）", null=True, blank=True)
    places = models.JSONField("名额", default=list, blank=True)
    unsaid = models.JSONField("方案没有写明的", default=list, blank=True)
    publicised_from = models.DateField("公示起", null=True, blank=True)
    publicised_until = models.DateField("公示止（含当日）", null=True, blank=True)
    document_number = models.CharField("决定文号", max_length=60, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    reason = models.CharField("退回或者撤回的理由", max_length=500, blank=True)
    made_by = models.CharField("经办人", max_length=100)
    made_by_id = account_of("经办人")
    proposed_by = models.CharField("提出人", max_length=100, blank=True)
    proposed_by_id = account_of("提出人")
    decided_by = models.CharField("决定人", max_length=100, blank=True)
    decided_by_id = account_of("决定人")
    made_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "层级批次"
        indexes = [models.Index(fields=["organ_code", "state"], name="tiers_batch_waiting")]
        constraints = [
            within_territory("tiers_batch"),
            RowPolicy(
                name="tiers_batch_of_person",
                using=f"{PERSON} IS NOT NULL AND state IN ('publicised', 'decided')",
                command="SELECT",
            ),
            models.CheckConstraint(
                name="tiers_batch_publicised",
                condition=~Q(state__in=PUBLIC)
                | Q(
                    publicised_from__isnull=False,
                    publicised_until__isnull=False,
                    publicised_until__gt=F("publicised_from"),
                ),
                violation_error_message="应写明公示的起止日期，至少两日。",
                violation_error_code="23.p1",
            ),
            models.CheckConstraint(
                name="tiers_batch_decided_by_another",
                condition=~Q(state=BatchState.DECIDED)
                | Q(
                    document_number__regex=r"\S",
                    decided_on__isnull=False,
                    decided_by_id__isnull=False,
                    proposed_by_id__isnull=False,
                )
                & ~Q(decided_by_id=F("proposed_by_id")),
                violation_error_message="决定应有文号和日期，由提出名单以外的负责人决定。",
                violation_error_code="23.p1",
            ),
        ]
        triggers = [
            tracked("tiers_batch"),
            signed(
                "tiers_batch",
                Mark("made_by"),
                Mark("proposed_by", f"{changes('state')} AND NEW.state = 'proposed'"),
                Mark("decided_by", f"{changes('state')} AND NEW.state = 'decided'"),
            ),
            BATCH.trigger(),
            BATCH_GATE,
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def decided_from(self) -> date | None:
        """The first day on which it can be decided."""
        return self.publicised_until + timedelta(1) if self.publicised_until else None


class Holding(Checked):
    """Who holds a tier: `span` half-open, `since` the day from which time in it counts (None: nobody knows).

    Where only a roster tells of it, `recorded_on` is the day of the roster and `span` begins with the employment.
    """

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="tiers", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    tier = models.CharField("层级代码", max_length=60)
    name = models.CharField("层级", max_length=60)
    span = DateRangeField("期间")
    since = models.DateField("任职起算", null=True, blank=True)
    recorded_on = models.DateField("花名册日期", null=True, blank=True)
    source = models.CharField("来源", max_length=10, choices=Source)
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, blank=True, related_name="given", verbose_name="决定的批次"
    )
    document_number = models.CharField("评定文号", max_length=60, blank=True)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评定文件"
    )
    ended_how = models.CharField("终止情形", max_length=10, choices=Ended, blank=True)
    ended_batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, blank=True, related_name="ended", verbose_name="终止的批次"
    )
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_by_id = account_of("登记人")

    class Meta:
        verbose_name = verbose_name_plural = "层级"
        indexes = [models.Index(fields=["organ_code", "tier"], name="tiers_holding_held")]
        constraints = [
            within_territory("tiers_holding"),
            RowPolicy(name="tiers_holding_own", using=OWN, command="SELECT"),
            ExclusionConstraint(
                name="tiers_holding_one_at_a_time",
                expressions=[(Same("engagement_id"), RangeOperators.OVERLAPS), ("span", RangeOperators.OVERLAPS)],
                violation_error_message="同一时间只能有一个层级。",
                violation_error_code="23.p1",
            ),
            models.CheckConstraint(
                name="tiers_holding_by_its_source",
                condition=Q(
                    source=Source.ROSTER,
                    batch__isnull=True,
                    since__isnull=True,
                    recorded_on__isnull=False,
                    scan__isnull=True,
                )
                | Q(
                    source=Source.PAPER,
                    batch__isnull=True,
                    since__isnull=False,
                    document_number__regex=r"\S",
                    scan__isnull=False,
                )
                | Q(source__in=BY_BATCH, batch__isnull=False, since__isnull=False),
                violation_error_message="首次评定、晋升和降低应有批次的决定；按原文件登记的应有任职日期、文号和扫描件。",
                violation_error_code="23.p1",
            ),
            models.CheckConstraint(
                name="tiers_holding_ends_for_a_reason",
                condition=Q(span__endswith__isnull=True, ended_how="", ended_batch__isnull=True)
                | Q(span__endswith__isnull=False, ended_how=Ended.LEFT, ended_batch__isnull=True)
                | Q(
                    span__endswith__isnull=False,
                    ended_how__in=[Ended.PROMOTION, Ended.DEMOTION],
                    ended_batch__isnull=False,
                ),
                violation_error_message="层级终止应注明情形，晋升和降低的应有批次。",
                violation_error_code="23.p1",
            ),
        ]
        triggers = [*tracked_in_bulk("tiers_holding"), signed("tiers_holding", Mark("recorded_by")), HOLDING_STAYS]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id


class PastFact(models.Model):
    """A year's grade or an honour from before this system, with the paper that says it. `on`: the last day of the year."""

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="past_facts", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    kind = models.CharField("事项", max_length=10, choices=Past)
    on = models.DateField("日期")
    word = models.CharField("等次或者荣誉名称", max_length=60)
    document_number = models.CharField("文号", max_length=60)
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件扫描件")
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_by_id = account_of("登记人")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "以前的考核和表彰"
        constraints = [
            within_territory("tiers_past_fact"),
            RowPolicy(name="tiers_past_fact_own", using=OWN, command="SELECT"),
            models.UniqueConstraint(
                fields=["person_id", "on"],
                condition=Q(kind=Past.GRADE),
                name="tiers_past_grade_once",
                violation_error_message="这一年度的考核等次已经登记。",
                violation_error_code="25",
            ),
            models.CheckConstraint(
                name="tiers_past_fact_told",
                condition=Q(word__regex=r"\S", document_number__regex=r"\S"),
                violation_error_message="应写明等次或者荣誉名称，以及文号。",
                violation_error_code="25",
            ),
            models.CheckConstraint(
                name="tiers_past_grade_of_a_year",
                condition=~Q(kind=Past.GRADE) | Q(on__month=12, on__day=31),
                violation_error_message="年度考核登记到年度的最后一日。",
                violation_error_code="25",
            ),
        ]
        triggers = [append_only("tiers_past_fact"), signed("tiers_past_fact", Mark("recorded_by"))]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id


class Candidate(models.Model):
    """What a batch finds of one person in service, and why. `tier` and `to_tier` by code.

    `effective`: the day from which the new tier counts. `target`, `score` and `further` are what the officer says.
    `chosen`: on the list; `left_out`: why somebody who could be isn't.
    """

    organ_code = models.BigIntegerField("管理机关")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="candidates", verbose_name="批次")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="+", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    name = models.CharField("姓名", max_length=60)
    unit = models.CharField("用人单位", max_length=100, blank=True)
    tier = models.CharField("现层级", max_length=60, blank=True)
    tier_name = models.CharField("现层级名称", max_length=60)
    to_tier = models.CharField("去向", max_length=60, blank=True)
    to_name = models.CharField("去向名称", max_length=60, blank=True)
    status = models.CharField("核对结果", max_length=20, choices=FOUND)
    effective = models.DateField("起算日期", null=True, blank=True)
    target = models.CharField("申报层级", max_length=60, blank=True)
    score = models.DecimalField("得分", max_digits=8, decimal_places=3, null=True, blank=True)
    further = models.BooleanField("其他条件具备", null=True, blank=True)
    findings = models.JSONField("理由", default=list)
    chosen = models.BooleanField("列入名单", default=False)
    left_out = models.CharField("不列入的理由", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "批次人员"
        indexes = [models.Index(fields=["batch", "status"], name="tiers_candidate_found")]
        constraints = [
            within_territory("tiers_candidate"),
            RowPolicy(
                name="tiers_candidate_own",
                using=f"{OWN} AND EXISTS (SELECT 1 FROM tiers_batch b WHERE b.id = batch_id"
                " AND b.state IN ('publicised', 'decided'))",
                command="SELECT",
            ),
            models.UniqueConstraint(
                fields=["batch", "engagement"],
                name="tiers_candidate_once",
                violation_error_message="一人在一批中只有一行。",
                violation_error_code="23.p1",
            ),
            models.CheckConstraint(
                name="tiers_candidate_qualifies",
                condition=Q(chosen=False)
                | (Q(status__in=[str(each) for each in GIVES], effective__isnull=False, left_out="") & ~Q(to_tier="")),
                violation_error_message="只有符合条件、有名额的人可以列入名单，待核实的不能列入。",
                violation_error_code="23.p1",
            ),
        ]
        triggers = [*tracked_in_bulk("tiers_candidate"), CANDIDATE_STAYS]

    def __str__(self) -> str:
        return self.name

    @property
    def decision(self) -> str:
        """The sentence that says what was found and why."""
        return str(self.findings[0]["message"]) if self.findings else ""


class Objection(Checked):
    """What somebody objects to one name on a list, and whether it holds. Who objects isn't kept."""

    organ_code = models.BigIntegerField("管理机关")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="objections", verbose_name="批次")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="objections", verbose_name="涉及的人")
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
        verbose_name = verbose_name_plural = "层级异议"
        constraints = [
            within_territory("tiers_objection"),
            models.CheckConstraint(
                name="tiers_objection_answered",
                condition=Q(upheld__isnull=True, answer="", answered_by="")
                | (Q(upheld__isnull=False, answer__regex=r"\S") & ~Q(answered_by="")),
                violation_error_message="答复异议应写明是否成立、调查情况和答复人。",
                violation_error_code="23.p1",
            ),
        ]
        triggers = [
            tracked("tiers_objection"),
            signed("tiers_objection", Mark("recorded_by"), Mark("answered_by", changes("upheld"))),
            OBJECTION_STAYS,
        ]
