"""The demo's appraisals: 三台 is being appraised for last year, 盐亭 has its grades; made once. Imported after Django is set up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.cli.demo.cast import PASSWORD, YANTING
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.law.appraisal.grades import FAIR
from fujing.law.appraisal.scheme import HEADINGS, Scheme, usual
from fujing.law.parameters import Parameters
from fujing.management.appraisal.models import Round, Sheet
from fujing.management.appraisal.queries import to_score
from fujing.management.appraisal.services import round_close, round_decide, round_draft, round_open, round_propose
from fujing.management.appraisal.sheets import Scored, sheet_grade, sheet_report, sheet_score
from fujing.management.appraisal.states import RoundState
from fujing.registry.models import Account, Assignment, RoleAssignment
from fujing.registry.queries import account_with_roles, actor_of
from fujing.registry.seed import SEEDER
from fujing.registry.states import Role

WORDS = ("服从安排，完成巡逻和值守任务。", "工作主动，群众评价好。", "完成本职工作，业务学习还要加强。")


def seed_appraisals() -> None:
    """A round of 三台 with people at each step, and one of 盐亭 whose grades are final; once."""
    with acting(SEEDER):
        if Round.objects.exists() or not Assignment.objects.filter(organ_code=YANTING).exists():
            return
    year = today().year - 1
    _finished(year)
    _open(year)


def _scheme() -> Scheme:
    return usual(Parameters(today())).model_copy(
        update={
            "share": 15,
            "base": "graded",
            "months": 6,
            "absent_days": 60,
            "probation": False,
            "publicity_days": 5,
            "reconsider_days": 5,
            "document": "虚构的考核办法，仅供演示",
        }
    )


def _opened(hr: Actor, year: int) -> Round:
    with acting(hr):
        round_ = round_draft(actor=hr, period="year", year=year, part=1, scheme=_scheme())
        return round_open(actor=hr, round_=round_)


def _open(year: int) -> None:
    """The people of one station: two scored by both, two by the officer, four wait for the officer."""
    hr, officer, leader = (signed_in(f"santai_{name}") for name in ("hr", "police", "unit"))
    round_ = _opened(hr, year)
    with acting(hr):
        own = Sheet.objects.filter(round=round_, unit=leader.organ_code, officer=officer.account_id, state="self")
        chosen = list(own.order_by("pk")[:8])
    for number, sheet in enumerate(chosen):
        with acting(hr):
            sheet_report(actor=hr, sheet=sheet, words="全年出勤，完成巡逻防控和值守任务。")
        for who in (officer, leader)[: max(0, 2 - number // 2)]:
            _score(who, sheet.pk, number)


def _score(who: Actor, pk: int, number: int) -> None:
    with acting(who):
        sheet = Sheet.objects.select_related("round").get(pk=pk)
        points = {key: Decimal(96 - 2 * ((number + place) % 12)) for place, key in enumerate(HEADINGS)}
        absent = 0 if sheet.state == "officer" else None
        sheet_score(actor=who, sheet=sheet, scored=Scored(points, WORDS[number % len(WORDS)], absent))


def _finished(year: int) -> None:
    """Everybody of 盐亭 scored by the responsible officer and by a leader of each unit, decided and final."""
    hr, head, officer = (signed_in(f"yanting_{name}") for name in ("hr", "head", "police"))
    with acting(SEEDER):
        now = Assignment.objects.filter(organ_code=YANTING, span__endswith__isnull=True)
        now.update(officer_id=officer.account_id)
        units = sorted(set(now.values_list("unit", flat=True)))
    leaders = [_leader(code) for code in units]
    round_ = _opened(hr, year)
    everybody_scored(round_, hr, [officer, *leaders])
    with acting(hr):
        round_ = round_propose(actor=hr, round_=round_)
        for sheet in Sheet.objects.filter(round=round_, state="scored", grade="").select_related("round"):
            sheet_grade(actor=hr, sheet=sheet, grade=FAIR[-1], reason="与他人同分，名额不足，经研究确定")
    with acting(head):
        round_ = round_decide(actor=head, round_=round_)
    with acting(hr):
        # As if it had been public some weeks ago: the service begins publicity today.
        days = {"publicity_from": 30, "publicity_to": 20, "reconsider_until": 10}
        past = {name: today() - timedelta(back) for name, back in days.items()}
        Round.objects.filter(pk=round_.pk).update(state=RoundState.PUBLICISED, **past)
        round_close(actor=hr, round_=round_)


def everybody_scored(round_: Round, hr: Actor, scorers: Sequence[Actor], *, but: int = 0) -> None:
    """Self-reports and scores of a round, all but those of one sheet, by those who score there, officers first."""
    with acting(hr):
        for sheet in Sheet.objects.filter(round=round_, state="self").order_by("pk"):
            sheet_report(actor=hr, sheet=sheet, words="全年出勤，完成巡逻防控和值守任务。")
    for who in scorers:
        with acting(who):
            mine = list(to_score(who, round_).exclude(pk=but).values_list("pk", flat=True))
        for pk in mine:
            _score(who, pk, pk)


def _leader(code: int) -> Actor:
    """Who leads a unit of 盐亭."""
    with acting(SEEDER):
        account = Account.objects.create_user(
            username=f"unit_{code}", password=PASSWORD, name=f"负责人{code // 100 % 100}", organ_code=code
        )
        since = DateRange(date(2021, 3, 1), None)
        RoleAssignment.objects.create(account=account, organ_code=code, role=Role.UNIT_LEADER, span=since)
        found = account_with_roles(account.pk)
    assert found is not None
    return actor_of(found)
