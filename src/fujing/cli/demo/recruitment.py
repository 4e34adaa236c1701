"""Two recruitments of 盐亭 for the demo, each made by the services as its people would: one takes applications, one is
in publicity. 三台 is left to whoever tries the way from quota to roster. Imported after Django is set up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fujing.cli.demo.cast import PASSWORD
from fujing.cli.demo.papers import paper_decision, photographed
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.law.citizen_numbers import check_digit
from fujing.law.formats.scores import STAGE_LABELS
from fujing.recruitment.applications.completeness import PAPERS
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.queries import applications_of
from fujing.recruitment.applications.review import application_review
from fujing.recruitment.applications.services import (
    applicant_sign_up,
    application_attach,
    application_save,
    application_submit,
)
from fujing.recruitment.background.services import check_conclude, check_open, conflict_declare, finding_record
from fujing.recruitment.background.states import GROUNDS
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.services import campaign_draft, campaign_move, campaign_publish
from fujing.recruitment.exams.attendance import attendance_mark
from fujing.recruitment.exams.services import Hall, seats_assign, sitting_arrange, sitting_move
from fujing.recruitment.medical.services import exams_arrange, exams_pass
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.plans.queries import plan_for
from fujing.recruitment.plans.services import Line, plan_decide, plan_draft, plan_submit
from fujing.recruitment.selection.models import Candidate
from fujing.recruitment.selection.publicity import objection_file, publicity_start
from fujing.recruitment.selection.queries import candidates_of
from fujing.recruitment.selection.results import scores_release
from fujing.recruitment.selection.services import ranking_compute, scores_import
from fujing.registry.models import Account
from fujing.registry.queries import account_with_roles, actor_of

VISITOR = Actor(name="访客")
STAGES: list[dict[str, Any]] = [
    {"kind": "announcement"},
    {"kind": "registration"},
    {"kind": "qualification_review"},
    {
        "kind": "written",
        "full": 100,
        "pass": 60,
        "weight": 0.5,
        "papers": [{"name": "行政职业能力", "weight": 0.6}, {"name": "公安基础知识", "weight": 0.4}],
    },
    {"kind": "fitness", "gate": True},
    {"kind": "interview", "full": 100, "weight": 0.5, "admit": {"ratio": 2, "ties": "admit_all"}},
    {"kind": "medical", "admit": {"ratio": 1}, "days": 7, "unit": "calendar"},
    {"kind": "background"},
    {"kind": "publicity", "days": 5, "unit": "working"},
    {"kind": "hire"},
]
FIELD: dict[str, Any] = {
    "code": "01",
    "name": "一线执勤",
    "category": "field",
    "duties": ["10.3", "11.2"],
    "conditions": {
        "age": {"min": 18, "max": 35},
        "education": {"min": "high_school"},
        "height_cm": {"male": 168, "female": 158},
        "household": ["四川省"],
    },
}
CIVIL: dict[str, Any] = {
    "code": "02",
    "name": "窗口服务",
    "category": "civil",
    "duties": ["9.1"],
    "conditions": {"age": {"min": 18, "max": 35}, "education": {"min": "junior_college"}},
}


@dataclass(frozen=True, slots=True)
class Person:
    """An applicant as the demo tells of them. `scores` are the two papers and the interview; none is 缺考."""

    name: str
    born: date
    male: bool
    post: str
    facts: dict[str, Any]
    scores: tuple[str, str, str] | None = None


def _person(
    name: str, born: str, post: str, education: str, scores: tuple[str, str, str] | None = None, **facts: Any
) -> Person:
    male = facts.pop("male", True)
    told = {
        "education": education,
        "household": "四川省绵阳市盐亭县",
        "height_cm": 173 if male else 162,
        "certificates": "无",
    }
    return Person(name, date.fromisoformat(born), male, post, told | facts, scores)


EXAMINED = (
    _person("杨志远", "1998-03-15", "01", "junior_college", ("78", "82", "84.5"), veteran=True),
    _person("胥文静", "2000-07-02", "02", "bachelor", ("81.5", "77", "86"), male=False),
    _person("谢光明", "1996-11-20", "01", "high_school", ("74", "70.5", "80"), veteran=False),
    _person("蒲海燕", "2001-01-09", "01", "bachelor", ("79", "85", "82"), male=False, police_school=True),
    _person("任建平", "1993-05-28", "01", "high_school", ("69", "71", "78.5")),
    _person("陈思雨", "2002-10-11", "02", "junior_college", ("72", "80", "79"), male=False),
    _person("何永强", "1999-12-30", "01", "high_school", ("55", "61", "")),
    _person("冯小军", "1997-08-08", "01", "junior_college"),
)
APPLYING = (
    _person("罗成", "2001-04-18", "01", "junior_college"),
    _person("邓丽君", "1999-09-09", "02", "bachelor", male=False, major="法学"),
    _person("敬大勇", "1995-02-14", "01", "high_school", veteran=True),
    _person("王晓东", "2003-06-21", "01", "high_school", household="", height_cm=None),
    _person("贾雪梅", "2000-12-05", "01", "bachelor", male=False, household="三台"),
    _person("范文杰", "1998-10-27", "02", "junior_college", certificates=""),
)


def seed_recruitment() -> str:
    """Both recruitments and the plan behind them; once. The user name of the applicant who reads results, if made now."""
    hr, head = signed_in("yanting_hr"), signed_in("yanting_head")
    with acting(head):
        if Campaign.objects.exists():
            return ""
    plan = _approved_plan(hr, head)
    second = _published(hr, head, plan, "第二批", timezone.localtime() + timedelta(days=10), (4, 2))
    for serial, person in enumerate(APPLYING, start=101):
        _applies(person, serial, second)
    # Registration of the first ends while the demo starts: its later steps are then as they would be.
    first = _published(hr, head, plan, "第一批", timezone.localtime() + timedelta(minutes=10), (2, 1))
    people = {
        application.pk: person
        for serial, person in enumerate(EXAMINED, start=1)
        for application in [_applies(person, serial, first)]
    }
    _examine(hr, first, people)
    chosen = _through(hr, head, first)
    with acting(head):
        notice = publicity_start(actor=head, campaign=first)
    with acting(VISITOR):
        about = chosen[-1].application_id
        objection_file(actor=VISITOR, notice=notice, about=about, text="请核实其学历证书。", contact="")
    return _phone(1)


def _approved_plan(hr: Actor, head: Actor) -> HeadcountPlan:
    """A plan that the city consented to here and whose other steps were decided on paper (8.p2)."""
    year = today().year
    lines = [Line("一线执勤", "field", 8, "巡逻防控、交通疏导"), Line("窗口服务", "civil", 4, "户政、出入境窗口辅助")]
    with acting(hr):
        plan = plan_draft(actor=hr, year=year, reason="一线执勤和窗口服务人手不足", lines=lines)
        plan_submit(actor=hr, plan=plan)
    city = signed_in("mianyang_head")
    with acting(city):
        plan_decide(actor=city, plan=plan_for(city, plan.pk), verb="pass", opinion="同意。")
    for number in (f"盐编发〔{year}〕6号", f"盐财函〔{year}〕21号", f"盐府函〔{year}〕15号"):
        with acting(head):
            paper = paper_decision(head, number, min(date(year, 1, 15), today()))
            plan = plan_decide(actor=head, plan=plan_for(head, plan.pk), verb="record_pass", paper=paper)
    return plan


def _published(
    hr: Actor, head: Actor, plan: HeadcountPlan, batch: str, until: datetime, places: tuple[int, int]
) -> Campaign:
    """An announcement that takes applications until then."""
    opened = timezone.localtime() - timedelta(days=5)
    document = {
        "title": f"盐亭县公安局{today().year}年{batch}公开招聘警务辅助人员公告",
        "organiser": {"mode": "alone"},
        "cutoff": f"{today()}",
        "age_reading": "completed_years",
        "registration": {"from": f"{opened:%Y-%m-%dT09:00}", "to": f"{until:%Y-%m-%dT%H:%M}"},
        "positions": [post | {"headcount": count} for post, count in zip((FIELD, CIVIL), places, strict=True)],
        "stages": STAGES,
        "tie_break": ["priority", "written", "interview"],
        "priority_groups": [["martyr_kin"], ["veteran"], ["bravery"], ["police_school"], ["skill"]],
        "reserve": {"months": 12},
        "contract": {"term_months": 36, "probation_months": 2},
    }
    with acting(hr):
        campaign = campaign_draft(actor=hr, document=document, plan=plan)
    with acting(head):
        return campaign_publish(actor=head, campaign=campaign)


def _phone(serial: int) -> str:
    return f"1380099{serial:04d}"


def _applies(person: Person, serial: int, campaign: Campaign) -> Application:
    """Signs up, fills in, hands in papers and submits, as on a phone."""
    first = f"510723{person.born:%Y%m%d}{2 * serial - person.male:03d}"
    with acting(VISITOR):
        account = applicant_sign_up(
            actor=VISITOR,
            name=person.name,
            id_number=first + check_digit(first),
            phone=_phone(serial),
            password=PASSWORD,
        )
    with acting(Actor(name=person.name, account_id=account.pk, roles=frozenset({"applicant"}))):
        found = account_with_roles(account.pk)
    assert found is not None
    own = actor_of(found)
    with acting(own):
        post = campaign.positions.get(code=person.post)
        application = application_save(actor=own, campaign=campaign, position=post, facts=person.facts)
        for kind in PAPERS:
            paper = photographed(person.name, str(kind.label))
            application_attach(actor=own, application=application, kind=kind, upload=paper)
        return application_submit(actor=own, application=application)


def _examine(hr: Actor, campaign: Campaign, people: dict[int, Person]) -> None:
    """Review, the written exam with one who did not come, all results, and the ranking."""
    with acting(hr):
        for application in applications_of(campaign):
            application_review(actor=hr, application=application, verb="qualify")
        campaign_move(actor=hr, campaign=campaign, verb="close")
        campaign.refresh_from_db()
        starts = timezone.now() + timedelta(hours=1)
        sitting = sitting_arrange(
            actor=hr,
            campaign=campaign,
            stage="written",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            place="盐亭县云溪中学",
            rooms=[Hall("第一考场", 30)],
            bring="身份证原件、黑色签字笔、2B铅笔",
        )
        seats_assign(actor=hr, sitting=sitting)
        sitting = sitting_move(actor=hr, sitting=sitting, verb="release")
        for seat in sitting.seats.all():
            came = people[seat.application_id].scores is not None
            attendance_mark(actor=hr, seat=seat, attendance="present" if came else "absent")
        sitting_move(actor=hr, sitting=sitting, verb="hold")
        scores_import(actor=hr, campaign=campaign, upload=_sheet(people))
        for stage in ("written", "interview"):
            scores_release(actor=hr, campaign=campaign, stage=stage, check_until=today() + timedelta(days=3))
        ranking_compute(actor=hr, campaign=campaign)


def _sheet(people: dict[int, Person]) -> SimpleUploadedFile:
    rows = ["报名序号,环节,科目,成绩"]
    for pk, person in people.items():
        if person.scores is None:
            continue
        aptitude, police, interview = person.scores
        rows += [f"{pk},笔试,行政职业能力,{aptitude}", f"{pk},笔试,公安基础知识,{police}"]
        if interview:
            rows += [f"{pk},{STAGE_LABELS['fitness']},,合格", f"{pk},面试,,{interview}"]
    return SimpleUploadedFile("成绩表.csv", "\n".join(rows).encode())


def _through(hr: Actor, head: Actor, campaign: Campaign) -> list[Candidate]:
    """Whoever takes a place is examined and checked, and found fit."""
    with acting(hr):
        chosen = [each for each in candidates_of(campaign.rankings.get()) if each.status == "hire"]
        applications = [each.application for each in chosen]
        exams = exams_arrange(
            actor=hr, campaign=campaign, applications=applications, hospital="盐亭县人民医院", exam_on=today()
        )
        paper = SimpleUploadedFile("体检结论.pdf", b"%PDF-1.4 demo")
        exams_pass(actor=hr, campaign=campaign, exams=exams, document=paper)
    checkers = [signed_in("yanting_police"), signed_in("yanting_discipline")]
    for application in applications:
        with acting(head):
            first, second = (Account.objects.get(pk=checker.account_id or 0) for checker in checkers)
            check = check_open(actor=head, application=application, first=first, second=second)
        for checker in checkers:
            with acting(checker):
                conflict_declare(actor=checker, check=check, conflict=False)
                for ground in GROUNDS:
                    finding_record(actor=checker, check=check, provision=ground, exists=False, evidence="")
        with acting(head):
            check_conclude(actor=head, check=check, adverse=False)
    return chosen
