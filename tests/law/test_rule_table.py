"""Names that receipts, masks and other people's scripts rely on: rules, their facts, and what findings carry."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_announcement_check import changed

from fujing.law.announcements import check_announcement
from fujing.law.findings import Finding
from fujing.law.formats.announcement import Announcement, read_announcement
from fujing.law.formats.documents import read_document
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
]

CARRIED: dict[str, set[str]] = {
    "announcement.age": {"age", "cutoff", "max", "min", "scarce", "window"},
    "announcement.age_cutoff": {"cutoff"},
    "announcement.age_window": {"cutoff", "window"},
    "announcement.contract": {"signed_after", "trial_months"},
    "announcement.duties": {"category", "duties"},
    "announcement.education": {"category", "education", "floor"},
    "announcement.entrusted_body": {"institution", "signs"},
    "announcement.in_force": {"date", "effective"},
    "announcement.organ": {"level", "mode"},
    "announcement.organiser": {"level", "mode"},
    "announcement.plan": {"headcount", "plan"},
    "announcement.plan_approved": {"headcount", "plan"},
    "announcement.priority": {"missing", "others"},
    "announcement.priority_bonus": {"bonus_for"},
    "announcement.probation": {"limit_months", "probation_months", "term_months"},
    "announcement.procedure": set(),
    "announcement.prohibited_work": {"words"},
    "announcement.sex": {"sex", "sex_reason"},
    "announcement.simplified_consent": set(),
    "announcement.simplified_posts": set(),
    "announcement.stricter_conditions": {"不得报考情形", "户籍", "裸眼视力", "证书", "身高"},
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
