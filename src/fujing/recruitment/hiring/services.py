"""Hiring, and the labour contract."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import Refusal
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign, Position
from fujing.recruitment.hiring.lists import Listed, hire_list, line_in
from fujing.recruitment.hiring.models import Hire
from fujing.recruitment.hiring.policies import check_decline, check_hire
from fujing.recruitment.hiring.states import HIRE
from fujing.recruitment.plans.services import slot_take
from fujing.recruitment.selection.models import PublicityNotice
from fujing.recruitment.selection.publicity import notice_post
from fujing.registry.models import Account, Assignment, Engagement, Organ, Person, Post
from fujing.registry.placing import check_responsible
from fujing.registry.states import Source


def hire(
    *, actor: Actor, application: Application, start_on: date, unit: Organ, post: Post, officer: Account | None = None
) -> Engagement:
    """Hire one from the hire list: person, engagement, assignment and slot in one transaction.

    Refused when not on the hire list or still waiting for a step (21.p1), when no slot is left (16.p3), or when
    somebody else in the province already manages this person (5.p1).
    """
    check_hire(actor, application.organ_code)
    application, listed = _on_the_list(application)
    if listed.waits:
        why = listed.waits.rstrip("。")
        raise Refusal(f"现在不能聘用{application.name}：{why}。", provisions=("21.p1",))
    if post.category != application.position.category:
        raise Refusal("岗位类别与报考岗位类别不一致。", provisions=("3.p2",), errors={"post": ["请选择同类别的岗位。"]})
    if officer is not None:
        check_responsible(application.organ_code, officer)
    line = application.position.line
    if line is None:
        raise Refusal("报考岗位没有对应的计划名额。", provisions=("16.p3",))
    record = _record(application)
    move = HIRE.check(actor, record.state, "hire")
    slot = slot_take(
        actor=actor, line=line, engage=lambda: _engage(application, start_on), announced=application.position_id
    )
    engagement = slot.engagement
    if engagement is None:
        raise RuntimeError("a taken slot has an engagement")
    assignment = Assignment(
        organ_code=application.organ_code,
        engagement=engagement,
        unit=unit,
        post=post,
        officer=officer,
        span=DateRange(start_on, None),
    )
    assignment.clean()
    assignment.save()
    record.state, record.engagement, record.decided_by = move.target, engagement, actor.name
    record.save()
    decide(
        actor=actor,
        organ_code=application.organ_code,
        kind="聘用",
        subject=application,
        outcome="聘用",
        message=f"聘用{application.name}到{unit.short_name}{post.name}岗位，占用计划名额一个",
        provisions=["16.p3", "21.p1"],
        account_id=application.account_id,
        person_id=engagement.person_id,
    )
    return engagement


def _engage(application: Application, start_on: date) -> Engagement:
    person = Person.objects.filter(organ_code=application.organ_code, id_index=str(application.id_number)).first()
    person = person or Person(organ_code=application.organ_code, id_number=application.id_number)
    for field in ("name", "sex", "birth_date", "phone", "education", "major", "household", "veteran"):
        setattr(person, field, getattr(application, field))
    person.save()
    engagement = Engagement(
        organ_code=application.organ_code,
        person=person,
        category=application.position.category,
        source=Source.RECRUITED,
        span=DateRange(start_on, None),
    )
    engagement.clean()
    engagement.save()
    return engagement


def _on_the_list(application: Application) -> tuple[Application, Listed]:
    """The application and its line of the hire list, with the post locked: of two acts on one list one waits."""
    (position,) = locked(Position.objects.filter(pk=application.position_id))
    application = relocked(application)
    posts = hire_list(application.campaign, position)
    if not posts:
        raise Refusal("尚未公示，不能聘用。", provisions=("21.p1",))
    found = line_in(posts, application)
    if found is None or found.place.status != "hire":
        said = found.last_step.message if found else "没有名次"
        raise Refusal(f"{application.name}不在聘用名单中：{said}。", provisions=("21.p1",))
    return application, found


def _record(application: Application) -> Hire:
    record = Hire.objects.filter(application=application).first() or Hire.objects.create(
        organ_code=application.organ_code, application=application
    )
    return relocked(record)


def hire_decline(
    *, actor: Actor, application: Application, on: date, reason: str, proof: UploadedFile | None = None
) -> Hire:
    """Record that somebody on the hire list gave up, on which day and why; their place goes to the reserve (21.p1).

    The day decides whether the reserve is still valid: it lies within the publicity or after it, never ahead.
    """
    check_decline(actor, application.organ_code)
    application, listed = _on_the_list(application)
    record = _record(application)
    move = HIRE.check(actor, record.state, "decline")
    errors: dict[str, list[str]] = {}
    first = application.campaign.notices.get(number=1)
    if not first.starts <= on <= today():
        errors["on"] = [f"放弃日期应在{first.starts}（公示开始）和今天之间。"]
    if not reason.strip():
        errors["reason"] = ["请写明放弃的原因。"]
    if errors:
        raise Refusal("放弃聘用的记录不完整。", provisions=("21.p1",), errors=errors)
    if proof is not None:
        record.proof = file_store(actor=actor, organ_code=application.organ_code, upload=proof)
    record.state, record.declined_on, record.reason = move.target, on, reason.strip()
    record.decided_by = actor.name
    record.save()
    decide(
        actor=actor,
        organ_code=application.organ_code,
        kind="放弃聘用",
        subject=application,
        outcome="放弃",
        message=f"{application.name}于{on}放弃聘用：{record.reason}",
        provisions=["21.p1"],
        facts={"rank": listed.place.rank, "on": str(on)},
        account_id=application.account_id,
    )
    return record


def publicity_supplement(
    *, actor: Actor, campaign: Campaign, days: int | None = None, unit: str = "working"
) -> PublicityNotice:
    """Make those public who took a place from the reserve and were found fit (递补公示), all of them at once."""
    check_hire(actor, campaign.organ_code, "办理公示")
    campaign = relocked(campaign)
    lists = hire_list(campaign)
    chosen = [each.candidate for post in lists for each in post.listed if each.to_publicise]
    if not chosen:
        raise Refusal(
            "没有可以公示的递补人员。", provisions=("21.p1",), remedy="递补人员体检、考察合格后再办理递补公示。"
        )
    return notice_post(actor=actor, ranking=chosen[0].ranking, chosen=chosen, days=days, unit=unit)
