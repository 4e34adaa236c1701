"""What the demo starts with: a recruitment that takes applications, and one in publicity; made once."""

from __future__ import annotations

from collections import Counter

import pytest

from fujing.cli.demo.appraisal import seed_appraisals
from fujing.cli.demo.cast import AUXILIARY, SANTAI, YANTING
from fujing.cli.demo.compliance import seed_oversight
from fujing.cli.demo.management import seed_leaving
from fujing.cli.demo.outfit import HELD, WAITING, seed_cards, seed_stock
from fujing.cli.demo.recruitment import APPLYING, EXAMINED, seed_recruitment
from fujing.cli.demo.registry import seed_accounts, seed_own
from fujing.cli.demo.training import seed_training
from fujing.cli.seed import seed, seed_quota
from fujing.kernel.actor import acting
from fujing.law.training.kinds import KINDS
from fujing.management.appraisal.models import Round, Sheet
from fujing.management.leaving.models import Hearing, Resignation
from fujing.management.outfit.models import Card, Holding
from fujing.management.training.models import Attendance, Course, Requirement
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.selection.models import Objection
from fujing.registry.models import Account, Assignment, Contract
from fujing.registry.seed import SEEDER, seed_organs


@pytest.mark.usefixtures("committed")
def test_two_recruitments_are_made_once_and_leave_the_first_county_alone() -> None:
    seed_organs()
    seed_quota(600)
    seed_accounts()
    assert seed_recruitment() == "13800990001"
    assert seed_recruitment() == ""
    with acting(SEEDER):
        first, second = Campaign.objects.order_by("-state")
        assert [first.state, second.state] == ["published", "publicity"]
        assert not Campaign.objects.exclude(organ_code=YANTING).exists()
        assert Application.objects.filter(campaign=first, state="submitted").count() == len(APPLYING)
        ends = {each.application.name: each.status for each in second.rankings.get().candidates.all()}
        assert len(ends) == len(EXAMINED)
        assert [name for name, status in ends.items() if status == "hire"] == ["杨志远", "蒲海燕", "胥文静"]
        assert Objection.objects.get().state == "open"
        assert Application.objects.filter(organ_code=SANTAI).count() == 0


@pytest.mark.usefixtures("committed")
def test_somebody_gives_notice_and_somebody_is_heard_once() -> None:
    seed(600, 1)
    seed_accounts()
    seed_leaving()
    seed_leaving()
    with acting(SEEDER):
        notice, hearing = Resignation.objects.get(), Hearing.objects.get()
        assert (notice.organ_code, notice.state) == (YANTING, "received")
        assert (hearing.organ_code, hearing.departure.state, hearing.state) == (YANTING, "drafted", "told")
        assert notice.engagement_id != hearing.departure.engagement_id


@pytest.mark.usefixtures("committed")
def test_somebody_who_serves_signs_in_by_phone() -> None:
    seed(600, 1)
    seed_accounts()
    seed_own()
    seed_own()
    with acting(SEEDER):
        mine = Account.objects.get(username=AUXILIARY)
        assert [each.role for each in mine.roles.all()] == ["auxiliary"]
        assert mine.organ_code == SANTAI
        assert Contract.objects.filter(person_id=mine.person_id).exists()
        assert Assignment.objects.filter(person_id=mine.person_id, officer__isnull=False).exists()


@pytest.mark.usefixtures("committed")
def test_cards_are_in_hands_to_be_printed_stopped_and_lost_once() -> None:
    seed(600, 1)
    seed_accounts()
    for _ in range(2):
        seed_cards()
        seed_stock()
    with acting(SEEDER):
        assert Holding.objects.filter(state="held").count() == (HELD - 2) * 4
        counted = Counter(Card.objects.values_list("state", flat=True))
    assert counted == {"valid": HELD - 2, "requested": WAITING, "lost": 1, "suspended": 1}


@pytest.mark.usefixtures("committed")
def test_one_county_is_being_appraised_and_another_has_its_grades_once() -> None:
    seed(600, 1)
    seed_accounts()
    seed_oversight()
    seed_appraisals()
    seed_appraisals()
    with acting(SEEDER):
        rounds = dict(Round.objects.values_list("organ_code", "state"))
        assert rounds == {SANTAI: "opened", YANTING: "closed"}
        waiting = Sheet.objects.filter(organ_code=SANTAI, unit=SANTAI + 500)
        assert set(waiting.values_list("state", flat=True)) >= {"self", "officer", "unit", "scored"}
        graded = Sheet.objects.filter(organ_code=YANTING, state="graded")
        best = graded.filter(result="优秀").count()
        assert 0 < best <= graded.count() * 15 // 100


@pytest.mark.usefixtures("committed")
def test_one_class_counts_one_waits_for_attendance_and_one_is_open() -> None:
    seed(600, 1)
    seed_accounts()
    seed_training()
    seed_training()
    with acting(SEEDER):
        assert Requirement.objects.count() == len(KINDS)
        assert sorted(Course.objects.values_list("kind", "state")) == [
            ("integrity", "published"),
            ("political", "confirmed"),
            ("secrecy", "ended"),
        ]
        assert Attendance.objects.filter(result="absent").count() == 1
