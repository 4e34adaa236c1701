"""What a roster says of a person, column by column: never corrected, superseded by what a later roster says."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fujing.kernel.history import tracked_in_bulk
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.law.formats.roster import COLUMNS, LABELS
from fujing.registry.models.imports import RosterImport
from fujing.registry.models.people import Engagement, Person

# The citizen number stands with the person, encrypted; `organ_code` is the bureau, whatever code the file gives.
ELSEWHERE = {"organ_code": "organ_said"}
FACTS = {
    name: ELSEWHERE.get(name, name)
    for column in COLUMNS
    for name in ((column.key, column.said) if column.words else (column.key,))
    if column.key != "id_number"
}
"""The columns of the frame that is read from a file, and in which column of a record each is kept."""


def _text(key: str) -> models.TextField:
    return models.TextField(LABELS[key], blank=True)


def _date(key: str) -> models.DateField:
    return models.DateField(LABELS[key], null=True)


def _count(key: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(LABELS[key], null=True)


def _money(key: str) -> models.DecimalField:
    return models.DecimalField(LABELS[key], max_digits=18, decimal_places=6, null=True)


def _bool(key: str) -> models.BooleanField:
    return models.BooleanField(LABELS[key], null=True)


def _said(key: str) -> models.CharField:
    """The statement (无, 未收回) that stands in a value's place."""
    return models.CharField(f"{LABELS[key]}（原文）", max_length=10, blank=True)


STANDS = Q(superseded_by__isnull=True)


class RosterRecord(models.Model):
    """One row of a roster, typed and as it says. Nothing of it is judged here: unlawful facts are facts.

    `row`: as the sheet numbers it. `period`: which of a person's rows in the file, the earliest joining first, from 0.
    `superseded_by`: the import that said something else later; empty while this stands. 月应发工资 in 元.
    """

    organ_code = models.BigIntegerField("管理机关")
    roster_import = models.ForeignKey(RosterImport, models.PROTECT, related_name="records", verbose_name="导入")
    superseded_by = models.ForeignKey(
        RosterImport, models.PROTECT, null=True, blank=True, related_name="superseded", verbose_name="被其更新"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="records", verbose_name="人员")
    engagement = models.ForeignKey(
        Engagement, models.PROTECT, null=True, blank=True, related_name="records", verbose_name="用工"
    )
    row = models.PositiveIntegerField("行")
    period = models.PositiveSmallIntegerField("第几段")
    name = _text("name")
    category = _text("category")
    organ_said = _text("organ_code")
    unit = _text("unit")
    post = _text("post")
    education = _text("education")
    employment = _text("employment")
    hired_on = _date("hired_on")
    contract_kind = _text("contract_kind")
    contract_from = _date("contract_from")
    contract_from_said = _said("contract_from")
    contract_to = _date("contract_to")
    contract_to_said = _said("contract_to")
    contract_count = _count("contract_count")
    contract_count_said = _said("contract_count")
    probation_to = _date("probation_to")
    probation_to_said = _said("probation_to")
    tier = _text("tier")
    monthly_pay = _money("monthly_pay")
    insured_pension = _bool("insured_pension")
    insured_medical = _bool("insured_medical")
    insured_unemployment = _bool("insured_unemployment")
    insured_injury = _bool("insured_injury")
    insured_housing = _bool("insured_housing")
    insured_accident = _bool("insured_accident")
    inducted_on = _date("inducted_on")
    inducted_on_said = _said("inducted_on")
    educated_political = _date("educated_political")
    educated_political_said = _said("educated_political")
    educated_discipline = _date("educated_discipline")
    educated_discipline_said = _said("educated_discipline")
    educated_integrity = _date("educated_integrity")
    educated_integrity_said = _said("educated_integrity")
    educated_secrecy = _date("educated_secrecy")
    educated_secrecy_said = _said("educated_secrecy")
    trained_on = _date("trained_on")
    trained_on_said = _said("trained_on")
    appraisal = _text("appraisal")
    card_number = _text("card_number")
    card_valid_to = _date("card_valid_to")
    card_valid_to_said = _said("card_valid_to")
    qualifications = _text("qualifications")
    left_on = _date("left_on")
    left_on_said = _said("left_on")
    returned_card = _date("returned_card")
    returned_card_said = _said("returned_card")
    returned_uniform = _date("returned_uniform")
    returned_uniform_said = _said("returned_uniform")
    returned_insignia = _date("returned_insignia")
    returned_insignia_said = _said("returned_insignia")

    class Meta:
        verbose_name = verbose_name_plural = "花名册记载"
        indexes = [
            models.Index(fields=["roster_import", "row"], name="roster_record_row"),
            models.Index(fields=["organ_code"], condition=STANDS, name="roster_record_standing"),
            # Whose number stands beside every quota.
            models.Index(
                fields=["organ_code", "row"],
                condition=STANDS & Q(engagement__isnull=True, hired_on__isnull=True),
                name="roster_record_undated",
            ),
        ]
        constraints = [
            within_territory("roster_record"),
            RowPolicy(name="roster_record_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.UniqueConstraint(
                fields=["person", "period"],
                condition=STANDS,
                name="roster_record_stands_once",
                violation_error_message="此人的花名册记载刚被更新，请重新预览。",
            ),
        ]
        triggers = tracked_in_bulk("roster_record")
