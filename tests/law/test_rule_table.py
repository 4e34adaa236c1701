"""Names that receipts, masks and other people's scripts rely on: rules, their facts, and what findings carry."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_announcement_check import changed

from fujing.law.announcements import check_announcement
from fujing.law.engine import Rule
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement, read_announcement
from fujing.law.formats.documents import read_document
from fujing.law.rulebooks.people import LEAVERS, ORGANS, PEOPLE, SCOPE
from fujing.law.rulebooks.recruitment import RECRUITMENT

HERE = Path(__file__).parent
TODAY = date(2026, 1, 22)

RULES = [
    ("46", "recruitment.in_force", "event_date", ("event_date",)),
    ("18.1", "recruitment.nationality", "nationality", ("nationality",)),
    ("18.2", "recruitment.conduct", "conduct", ("conduct",)),
    ("18.3", "recruitment.age", "birth_date", ("birth_date", "cutoff")),
    ("18.6", "recruitment.birth_window", "birth_date", ("birth_date", "post_window_from", "post_window_to")),
    ("18.4", "recruitment.education", "education", ("education", "post_category")),
    ("18.5", "recruitment.medical", "medical", ("medical",)),
    ("18.5", "recruitment.psychological", "psychological", ("psychological",)),
    ("18.5", "recruitment.height", "height_cm", ("height_cm", "sex")),
    ("18.5", "recruitment.vision", "naked_vision", ("naked_vision",)),
    ("18.6", "recruitment.sex", "sex", ("sex", "post_sex")),
    ("18.6", "recruitment.household", "household", ("household",)),
    ("18.6", "recruitment.certificates", "certificates", ("certificates",)),
    ("18.6", "recruitment.major", "major", ("major",)),
    *(
        (f"20.{item}", f"background.ground_{item}", f"ground_20_{item}", (f"ground_20_{item}",))
        for item in range(1, 10)
    ),
    ("20.8", "background.identity", "id_number", ("birth_date", "sex")),
    ("18.6", "recruitment.post_age", "birth_date", ("birth_date", "cutoff")),
    ("18.5", "recruitment.corrected_vision", "corrected_vision", ("corrected_vision",)),
    ("18.5", "recruitment.bmi", "weight_kg", ("weight_kg", "height_cm")),
    ("18.6", "recruitment.pool", "pool_met", ("pool_met",)),
]

ROSTER_RULES = [
    ("3.p3", "roster.excluded", "excluded_words", "excluded_words post category unit"),
    ("3.p2", "roster.category", "category", "category"),
    ("2", "roster.jurisdiction", "organ_code", "organ_code"),
    ("17.p2", "roster.organ", "organ_code", "organ_code"),
    ("5.p1", "roster.identity", "id_number", "id_number same_number_rows"),
    ("5.p1", "roster.unit", "unit", "unit"),
    ("18.3", "roster.age", "id_number", "id_number hired_on"),
    ("18.4", "roster.education", "education", "education category hired_on"),
    ("45.p2", "roster.purchased", "employment", "employment hired_on"),
    ("22", "roster.contract", "contract_kind", "contract_kind hired_on contract_from contract_count"),
    ("39", "roster.contract_current", "contract_to", "contract_kind contract_to"),
    ("39", "roster.open_ended", "contract_count", "contract_kind contract_count contract_to"),
    (
        "22",
        "roster.probation",
        "probation_to",
        "probation_to contract_kind contract_from contract_to contract_count hired_on",
    ),
    ("23.p1", "roster.tier", "tier", "tier probation_to"),
    ("24", "roster.induction", "inducted_on", "inducted_on inducted_on_said hired_on"),
    ("24", "roster.education_political", "educated_political", "educated_political educated_political_said hired_on"),
    (
        "24",
        "roster.education_discipline",
        "educated_discipline",
        "educated_discipline educated_discipline_said hired_on",
    ),
    ("24", "roster.education_integrity", "educated_integrity", "educated_integrity educated_integrity_said hired_on"),
    ("24", "roster.education_secrecy", "educated_secrecy", "educated_secrecy educated_secrecy_said hired_on"),
    ("24", "roster.annual_training", "trained_on", "trained_on trained_on_said hired_on"),
    ("25", "roster.appraisal", "appraisal", "appraisal hired_on"),
    ("26", "roster.card", "card_held", "card_number card_valid_to same_card_rows"),
    ("12", "roster.qualification", "qualifications", "qualifications undated_qualifications expired_qualifications"),
    ("34", "roster.insurance_pension", "insured_pension", "insured_pension"),
    ("34", "roster.insurance_medical", "insured_medical", "insured_medical"),
    ("34", "roster.insurance_unemployment", "insured_unemployment", "insured_unemployment"),
    ("34", "roster.insurance_injury", "insured_injury", "insured_injury"),
    ("34", "roster.insurance_housing", "insured_housing", "insured_housing"),
    ("34", "roster.insurance_accident", "insured_accident", "insured_accident category"),
    ("33", "roster.pay_person", "monthly_pay", "monthly_pay organ_income"),
    ("26", "roster.exit_card", "returned_card", "returned_card returned_card_said left_on"),
    ("26", "roster.exit_uniform", "returned_uniform", "returned_uniform returned_uniform_said left_on"),
    ("26", "roster.exit_insignia", "returned_insignia", "returned_insignia returned_insignia_said left_on"),
    ("6.p1", "roster.quota", "quota", "in_service quota"),
    ("16.p3", "roster.plan", "planned", "hired planned"),
    ("33", "roster.pay_floor", "income", "in_service pay_total pay_empty income income_source"),
]

CARRIED: dict[str, set[str]] = {
    "announcement.age": {"age", "cutoff", "max", "min", "scarce", "window"},
    "announcement.age_cutoff": {"cutoff", "registration"},
    "announcement.age_window": {"cutoff", "window"},
    "announcement.auxiliaries": {"kind", "words"},
    "announcement.contract": {"signed_after", "trial_months"},
    "announcement.dates": {"dates"},
    "announcement.duties": {"category", "duties"},
    "announcement.education": {"category", "education", "floor"},
    "announcement.entrusted_body": {"institution", "signs"},
    "announcement.in_force": {"date", "effective"},
    "announcement.organ": {"code", "level", "mode", "name"},
    "announcement.organiser": {"level", "mode", "partner"},
    "announcement.other_work": {"basis"},
    "announcement.plan": {"headcount", "plan"},
    "announcement.plan_approved": {"headcount", "plan"},
    "announcement.pool": {"pool"},
    "announcement.printed": {"missing"},
    "announcement.priority": {"missing", "others"},
    "announcement.priority_bonus": {"bonus_for"},
    "announcement.probation": {"limit_months", "probation_months", "term_months"},
    "announcement.procedure": set(),
    "announcement.prohibited_work": {"words"},
    "announcement.protected_grounds": {"disqualifier", "ground", "see"},
    "announcement.province": {"code", "name", "province"},
    "announcement.publicity": {"days"},
    "announcement.qualification": {"category"},
    "announcement.sex": {"sex", "sex_reason"},
    "announcement.simplified_consent": {"consent"},
    "announcement.simplified_posts": {"dropped", "scarce"},
    "announcement.stricter_conditions": {"不得报考情形", "专业", "户籍", "裸眼视力", "证书", "身高"},
    "announcement.tie_break": {"tie_break"},
    "announcement.weights": {"weights"},
    "announcement.within_plan": {"headcount", "plan"},
}
"""Facts that findings on an announcement carry, by rule."""


def test_rules_keep_their_bits_their_names_and_what_their_findings_show() -> None:
    assert [(rule.provision, rule.id, rule.matter, rule.shows) for rule in RECRUITMENT.rules] == RULES
    assert (RECRUITMENT.id, RECRUITMENT.valid_from, RECRUITMENT.valid_to) == (
        "sichuan-345/recruitment",
        date(2021, 3, 1),
        None,
    )
    for rule in RECRUITMENT.rules:
        assert {rule.matter, *rule.shows} <= set(RECRUITMENT.facts.declared())


def carried(findings: list[Finding]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for finding in findings:
        found.setdefault(finding.rule, set()).update(finding.facts)
    return found


@pytest.mark.parametrize("path", sorted((HERE / "announcements").rglob("*.yaml")), ids=lambda path: path.stem)
def test_findings_on_announcements_have_known_rules_and_carry_known_facts(path: Path) -> None:
    for rule, facts in carried(check_announcement(read_announcement(path), today=TODAY)).items():
        assert facts <= CARRIED[rule], rule


def test_findings_on_every_case_have_known_rules_and_carry_known_facts() -> None:
    document = read_document(HERE / "cases" / "announcement_check.yaml")
    found: dict[str, set[str]] = {}
    for case in document["案例"]:
        announcement = Announcement.model_validate(changed(document["底稿"], case.get("改动", {})))
        for rule, facts in carried(check_announcement(announcement, today=TODAY)).items():
            found.setdefault(rule, set()).update(facts)
    assert {rule: facts - CARRIED[rule] for rule, facts in found.items()} == {rule: set() for rule in found}


def draft(**changes: Any) -> list[Finding]:
    base = yaml.safe_load((HERE / "cases" / "announcement_check.yaml").read_text("utf-8"))["底稿"]
    return check_announcement(Announcement.model_validate({**base, **changes}), today=TODAY)


def test_only_each_applicants_own_cutoff_draws_the_advice_of_one_for_all() -> None:
    rolling = [finding for finding in draft(cutoff="registration_day") if finding.rule == "announcement.age_cutoff"]
    assert [(finding.provision, finding.outcome) for finding in rolling] == [("18.3", "advice")]
    assert not [f for f in draft(cutoff="2026-01-22") if f.rule == "announcement.age_cutoff"]


def test_the_rules_of_the_roster_keep_their_names_and_the_facts_that_they_are_about() -> None:
    rules = [rule for book in (SCOPE, PEOPLE, LEAVERS, ORGANS) for rule in book.rules]
    assert [(each.provision, each.id, each.matter, " ".join(each.shows)) for each in rules] == ROSTER_RULES


@pytest.mark.parametrize(
    "each",
    [each for book in (SCOPE, PEOPLE, LEAVERS, ORGANS) for each in book.rules if each.advice],
    ids=lambda x: x.id,
)
def test_what_to_do_about_a_violation_is_not_what_is_advised(each: Rule) -> None:
    asked = dict.fromkeys(each.shows), PEOPLE.parameters(TODAY)
    assert each.advice is not None
    assert each.remedy_for(Outcome.ADVICE, *asked) == each.advice.remedy
    assert each.remedy_for(Outcome.UNDETERMINED, *asked) == "补充材料后重新核对"
    assert each.remedy_for(Outcome.SATISFIED, *asked) is None
    if not each._remedy:
        assert each.remedy_for(Outcome.VIOLATED, *asked) == each.remedy
