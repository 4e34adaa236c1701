"""A breach of duty and its file: evidence, hearing, referral, and the decision looked at again (Articles 15, 40 and 43)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.fields import EncryptedField
from fujing.kernel.hearings import HearingFields, hearing_checks
from fujing.kernel.history import tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.law.discipline.cases import DUTIES, Means, Suspects
from fujing.law.provisions import cite
from fujing.management.complaints.models import Report
from fujing.management.discipline.gates import (
    ASKING_STAYS,
    GRADED,
    HEARD_FIRST,
    HEARING_OF_ONESELF,
    HEARING_STAYS,
    LOOKED_AGAIN,
    PROOF_STAYS,
    REFERRAL_STAYS,
    REPORTED,
    STAYS,
)
from fujing.management.discipline.models.schemes import Measure
from fujing.management.discipline.states import DECIDED, HEARING, MATTER, PROPOSED, HearingState, MatterState, Verdict
from fujing.management.leaving.models import Departure
from fujing.registry.models import Engagement

M = MatterState
TOLD_OF = f"EXISTS (SELECT 1 FROM discipline_matter d WHERE d.id = matter_id AND d.person_id = {PERSON})"
"""Rows of a matter that its person sees: those of a matter of theirs that they were told of."""


class Matter(Checked):
    """What somebody is said to have done against a duty of Article 15, found by named people, never by a computation.

    `happened_on` is the (last) day of the facts. `told_on`: the person was told; from then on they read it. `means` to
    `opinion` are proposed; `governed`: whether another law provides for it, and `statute` which and where (Article 40).
    `measure_words`, `effect_until` and `ask_until` (both inclusive) are as decided; a day is empty where the rules say
    none. `report` is the complaint from whose conclusion it follows, `departure` the dismissal that it became.
    """

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="breaches", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="属实的投诉举报"
    )
    state = models.CharField("状态", max_length=10, choices=MatterState, default=M.RECORDED)
    duty = models.CharField("违反的义务", max_length=6, choices=[(key, cite(key)) for key in DUTIES])
    happened_on = models.DateField("事实发生日期")
    facts = EncryptedField("事实")
    told_on = models.DateField("告知日期", null=True, blank=True)
    recorded_by = models.CharField("记录人", max_length=100)
    recorded_by_id = account_of("记录人")
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    means = models.CharField(
        "处理意见", max_length=10, choices=[(each.value, each.label) for each in Means], blank=True
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理种类"
    )
    governed = models.BooleanField("法律、法规另有规定", null=True, blank=True)
    statute = models.CharField("所适用的法律、法规条文", max_length=200, blank=True)
    suspects = models.CharField(
        "是否涉嫌违法犯罪", max_length=10, choices=[(each.value, each.label) for each in Suspects], blank=True
    )
    opinion = EncryptedField("处理意见的理由", null=True, blank=True)
    proposed_by = models.CharField("提出人", max_length=100, blank=True)
    proposed_by_id = account_of("提出人")
    document_number = models.CharField("决定文号", max_length=60, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    decided_by = models.CharField("决定人", max_length=100, blank=True)
    decided_by_id = account_of("决定人")
    measure_words = models.CharField("决定的处理", max_length=250, blank=True)
    effect_until = models.DateField("影响期止（含当日）", null=True, blank=True)
    ask_until = models.DateField("申请复核期限（含当日）", null=True, blank=True)
    departure = models.OneToOneField(
        Departure, models.PROTECT, null=True, blank=True, related_name="breach", verbose_name="离职办理"
    )
    ended_on = models.DateField("办结日期", null=True, blank=True)
    reason = models.CharField("撤回或者退回的理由", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "违反义务的处理"
        indexes = [models.Index(fields=["organ_code", "state"], name="discipline_waiting")]
        constraints = [
            within_territory("discipline_matter"),
            RowPolicy(
                name="discipline_matter_own", using=f"person_id = {PERSON} AND told_on IS NOT NULL", command="SELECT"
            ),
            models.CheckConstraint(
                name="discipline_duty_known",
                condition=Q(duty__in=list(DUTIES)),
                violation_error_message="应写明违反第十五条的哪一项义务。",
                violation_error_code="15",
            ),
            models.CheckConstraint(
                name="discipline_person_told",
                condition=Q(state__in=[M.RECORDED, M.WITHDRAWN])
                | Q(told_on__isnull=False, told_on__gte=F("happened_on")),
                violation_error_message="应写明告知本人的日期，不早于事实发生日期。",
                violation_error_code="43",
            ),
            models.CheckConstraint(
                name="discipline_proposal_whole",
                condition=~Q(state__in=PROPOSED)
                | Q(
                    Q(means=Means.RULES, measure__isnull=False)
                    | Q(means__in=[Means.NONE, Means.DISMISSAL], measure__isnull=True),
                    suspects__in=[each.value for each in Suspects],
                    opinion__isnull=False,
                    proposed_by_id__isnull=False,
                ),
                violation_error_message="处理意见应写明处理种类、理由和是否涉嫌违法犯罪；依据处理规定的应选定种类。",
                violation_error_code="43",
            ),
            models.CheckConstraint(
                name="discipline_other_law_named",
                condition=~Q(state__in=PROPOSED)
                | Q(governed=False, governed__isnull=False, statute="")
                | Q(governed=True, governed__isnull=False, statute__regex=r"\S"),
                violation_error_message="应写明法律、法规是否另有规定；另有规定的，写明哪一部、哪一条。",
                violation_error_code="40",
            ),
            models.CheckConstraint(
                name="discipline_decided_by_another",
                condition=~Q(state__in=DECIDED)
                | (
                    Q(
                        document_number__regex=r"\S",
                        measure_words__regex=r"\S",
                        decided_on__isnull=False,
                        decided_by_id__isnull=False,
                        recorded_by_id__isnull=False,
                    )
                    & ~Q(decided_by="")
                    & ~Q(decided_by_id=F("recorded_by_id"))
                    & ~Q(decided_by_id=F("proposed_by_id"))
                ),
                violation_error_message="决定应有文号、日期和处理内容，由记录人、提出人以外的负责人作出。",
                violation_error_code="43",
            ),
            models.CheckConstraint(
                name="discipline_dismissed_by_departure",
                condition=Q(state=M.DISMISSED, means=Means.DISMISSAL, departure__isnull=False)
                | (~Q(state=M.DISMISSED) & Q(departure__isnull=True)),
                violation_error_message="决定建议解除劳动合同的，才转办离职；转办应同时开始办理离职。",
                violation_error_code="32",
            ),
            models.CheckConstraint(
                name="discipline_ended_on_a_day",
                condition=(Q(state=M.ENDED, ended_on__isnull=False) & ~Q(means=Means.DISMISSAL))
                | (~Q(state=M.ENDED) & Q(ended_on__isnull=True)),
                violation_error_message="办结应写明日期；决定建议解除劳动合同的，转办离职。",
                violation_error_code="43",
            ),
        ]
        triggers = [
            tracked("discipline_matter"),
            signed(
                "discipline_matter",
                Mark("recorded_by"),
                Mark("proposed_by", f"{changes('state')} AND NEW.state = 'proposed'"),
                Mark("decided_by", f"{changes('state')} AND NEW.state = 'decided'"),
            ),
            MATTER.trigger(),
            STAYS,
            HEARD_FIRST,
            GRADED,
            REPORTED,
            LOOKED_AGAIN,
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id


class Proof(Checked):
    """One piece of evidence: what it is, the day it is from, the paper, and who recorded it."""

    organ_code = models.BigIntegerField("管理机关")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="proofs", verbose_name="违反义务的处理")
    title = models.CharField("材料名称", max_length=60)
    dated = models.DateField("材料日期")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_by_id = account_of("登记人")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "违反义务的证据材料"
        constraints = [
            within_territory("discipline_proof"),
            RowPolicy(name="discipline_proof_own", using=TOLD_OF, command="SELECT"),
            models.CheckConstraint(
                name="discipline_proof_named",
                condition=Q(title__regex=r"\S"),
                violation_error_message="应写明材料名称。",
                violation_error_code="43",
            ),
        ]
        triggers = [tracked("discipline_proof"), signed("discipline_proof", Mark("recorded_by")), PROOF_STAYS]


class Hearing(HearingFields):
    """The person is told of facts and evidence, and what they say, or that they say nothing and how that was recorded."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="hearings", verbose_name="违反义务的处理")
    state = models.CharField("状态", max_length=10, choices=HearingState, default=HearingState.TOLD)

    class Meta:
        verbose_name = verbose_name_plural = "违反义务的告知和陈述"
        constraints = [
            within_territory("discipline_hearing"),
            RowPolicy(name="discipline_hearing_own", using=TOLD_OF, command="SELECT"),
            *hearing_checks(
                "discipline_hearing", "43", state__in=[HearingState.ANSWERED.value, HearingState.DECLINED.value]
            ),
        ]
        triggers = [
            tracked("discipline_hearing"),
            signed("discipline_hearing", Mark("told_by"), Mark("answered_by", changes("state"))),
            HEARING.trigger(),
            HEARING_OF_ONESELF,
            HEARING_STAYS,
        ]


class Referral(Checked):
    """What a named authority has to decide, sent there on a day and received (Article 43): never decided here."""

    organ_code = models.BigIntegerField("管理机关")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="referrals", verbose_name="违反义务的处理")
    kind = models.CharField(
        "移送的情形",
        max_length=10,
        choices=[(each.value, each.label) for each in Suspects if each is not Suspects.NONE],
    )
    authority = models.CharField("移送的机关", max_length=100)
    sent_on = models.DateField("移送日期")
    receipt = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="对方的回执")
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_by_id = account_of("登记人")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "移送有权机关"
        constraints = [
            within_territory("discipline_referral"),
            models.CheckConstraint(
                name="discipline_referral_whole",
                condition=Q(kind__in=[Suspects.SECURITY.value, Suspects.CRIME.value], authority__regex=r"\S"),
                violation_error_message="移送应写明情形和对方机关的名称。",
                violation_error_code="43",
            ),
        ]
        triggers = [tracked("discipline_referral"), signed("discipline_referral", Mark("recorded_by")), REFERRAL_STAYS]


class Asking(Checked):
    """The person asks that a decision be looked at again, and what somebody else than its taker answers (14.5).

    `own`: by the person's own sign-in, and `file` is then the paper that was made of it.
    """

    organ_code = models.BigIntegerField("管理机关")
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="asking", verbose_name="违反义务的处理")
    asked_on = models.DateField("申请日期")
    text = EncryptedField("申请复核的理由")
    own = models.BooleanField("本人登录提交", default=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="本人签名的申请")
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_by_id = account_of("登记人")
    outcome = models.CharField("复核结果", max_length=10, choices=Verdict, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answer = EncryptedField("答复", null=True, blank=True)
    answered_by = models.CharField("答复人", max_length=100, blank=True)
    answered_by_id = account_of("答复人")

    class Meta:
        verbose_name = verbose_name_plural = "处理决定的复核"
        constraints = [
            within_territory("discipline_asking"),
            RowPolicy(name="discipline_asking_own", using=TOLD_OF, command="SELECT"),
            models.CheckConstraint(
                name="discipline_asking_answered",
                condition=Q(outcome="", answered_on__isnull=True, answer__isnull=True, answered_by="")
                | (
                    Q(
                        outcome__in=[Verdict.MAINTAINED, Verdict.REVOKED],
                        answered_on__isnull=False,
                        answer__isnull=False,
                        answered_by_id__isnull=False,
                    )
                    & ~Q(answered_by="")
                ),
                violation_error_message="答复应写明维持或者撤销、理由、日期和答复人。",
                violation_error_code="14.5",
            ),
        ]
        triggers = [
            tracked("discipline_asking"),
            signed("discipline_asking", Mark("recorded_by"), Mark("answered_by", changes("outcome"))),
            ASKING_STAYS,
        ]
