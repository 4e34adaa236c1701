"""How a labour contract goes on after its term. The contract itself is a noun of the registry."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.fields import EncryptedField
from fujing.kernel.history import tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.management.contracts.states import OPEN, RENEWAL, RenewalState
from fujing.registry.models import Contract, Engagement
from fujing.registry.states import ContractKind


class Renewal(Checked):
    """Whether a contract that ends is renewed, on which terms, and what came of it (Article 39).

    `after` is the day after the last one of the contract: the first of the next. `fixed_terms` is how many fixed
    terms followed one another until then; empty where nobody knows.
    """

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="renewals", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    after = models.DateField("原合同到期次日")
    fixed_terms = models.PositiveSmallIntegerField("已订立固定期限合同次数", null=True, blank=True)
    open_ended_due = models.BooleanField("续订应为无固定期限", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=RenewalState, default=RenewalState.OFFERED)
    # What is offered; empty where the bureau doesn't renew.
    kind = models.CharField("续订类型", max_length=10, choices=ContractKind, blank=True)
    term_months = models.PositiveSmallIntegerField("期限（月）", null=True, blank=True)
    same_or_better = models.BooleanField("维持或者提高原约定条件", null=True, blank=True)
    answer_until = models.DateField("答复期限", null=True, blank=True)
    replied_on = models.DateField("答复日期", null=True, blank=True)
    # The person's own written wish for a fixed term, where the next one is to be without.
    request = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="本人要求固定期限的材料"
    )
    reply = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="本人书面答复"
    )
    reason = models.CharField("理由", max_length=500, blank=True)
    # Of the bureau's own refusal: that none of the situations of Labour Contract Law 42 was found.
    none_protected = models.BooleanField("已核实没有应当续延的情形", null=True, blank=True)
    # Which situation makes the term run on: about somebody's health, so only as open as that.
    ground = EncryptedField("续延的情形", null=True, blank=True)
    extended_until = models.DateField("续延到", null=True, blank=True)
    contract = models.OneToOneField(Contract, models.PROTECT, null=True, blank=True, verbose_name="续订的合同")
    made_by = models.CharField("经办人", max_length=100, blank=True)
    made_by_id = account_of("经办人")
    decided_by = models.CharField("决定人", max_length=100, blank=True)
    decided_by_id = account_of("决定人")
    made_at = models.DateTimeField("办理时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "合同续订"
        indexes = [models.Index(fields=["organ_code", "state"], name="renewal_waiting")]
        constraints = [
            within_territory("renewal"),
            RowPolicy(name="renewal_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=Q(state__in=OPEN),
                name="renewal_one_at_a_time",
                violation_error_message="此人的合同已在办理续订或者终止。",
                violation_error_code="39",
            ),
            models.CheckConstraint(
                name="renewal_terms_by_kind",
                condition=Q(
                    kind="fixed", term_months__isnull=False, same_or_better__isnull=False, answer_until__isnull=False
                )
                | Q(
                    kind="open_ended",
                    term_months__isnull=True,
                    same_or_better__isnull=False,
                    answer_until__isnull=False,
                )
                | Q(kind="", term_months__isnull=True, same_or_better__isnull=True, answer_until__isnull=True),
                violation_error_message="续订应写明类型、期限、条件和答复期限；固定期限写期限，无固定期限不写。",
                violation_error_code="39",
            ),
            # What is unknown is not lawful either: until somebody finds out how often, only without a term.
            models.CheckConstraint(
                name="renewal_open_ended_when_due",
                condition=~Q(kind="fixed")
                | Q(state__in=[RenewalState.WITHDRAWN, RenewalState.DECLINED, RenewalState.ENDED])
                | Q(open_ended_due=False, open_ended_due__isnull=False)
                | Q(request__isnull=False),
                violation_error_message="续订应为无固定期限合同；订立固定期限的，须有本人书面要求（第三十九条，劳动合同法第十四条）。",
                violation_error_code="39",
            ),
            models.CheckConstraint(
                name="renewal_reply_is_told",
                condition=~Q(state__in=[RenewalState.ACCEPTED, RenewalState.DECLINED, RenewalState.RENEWED])
                | Q(replied_on__isnull=False),
                violation_error_message="应写明本人答复的日期。",
                violation_error_code="39",
            ),
            models.CheckConstraint(
                name="renewal_refusal_is_written",
                condition=~Q(state=RenewalState.DECLINED) | Q(reply__isnull=False),
                violation_error_message="本人不续订的，应存本人的书面答复。",
                violation_error_code="39",
            ),
            models.CheckConstraint(
                name="renewal_ending_is_reasoned",
                condition=~Q(state=RenewalState.ENDING)
                | (~Q(reason="") & Q(none_protected__isnull=False, none_protected=True, kind="")),
                violation_error_message="单位不续订的，应写明理由，并逐项核实没有应当续延的情形（劳动合同法第四十五条）。",
                violation_error_code="39",
            ),
            models.CheckConstraint(
                name="renewal_extension_is_whole",
                condition=~Q(state=RenewalState.EXTENDED)
                | Q(extended_until__isnull=False, extended_until__gte=F("after"), ground__isnull=False),
                violation_error_message="续延应写明情形，续延到的日期应在原合同到期之后。",
                violation_error_code="39",
            ),
            models.CheckConstraint(
                name="renewal_has_contract",
                condition=Q(state=RenewalState.RENEWED, contract__isnull=False)
                | (~Q(state=RenewalState.RENEWED) & Q(contract__isnull=True)),
                violation_error_message="续订后应有续订的合同。",
                violation_error_code="39",
            ),
        ]
        triggers = [
            tracked("renewal"),
            signed("renewal", Mark("made_by"), Mark("decided_by", changes("state"))),
            RENEWAL.trigger(),
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id

    @property
    def last_day(self) -> date:
        """The last day of the contract that ends."""
        return self.after - timedelta(days=1)
