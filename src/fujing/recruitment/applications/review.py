"""The qualification review: one application at a time, or several that no rule questions (Article 18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.locks import locked, relocked
from fujing.kernel.papers import chinese_date
from fujing.kernel.refusals import Refusal, stated
from fujing.law.findings import Finding, Outcome
from fujing.recruitment.applications.completeness import REVIEW, asked_as_it_is
from fujing.recruitment.applications.models import Application, Verification
from fujing.recruitment.applications.policies import check_review
from fujing.recruitment.applications.queries import RULES, WANTED, screening_of, verifications_of
from fujing.recruitment.applications.services import keep_masks
from fujing.recruitment.applications.states import APPLICATION, ApplicationState
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.policies import only_the_organ
from fujing.registry.tasks import tell

AT_ONCE = 200


def _breaking(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.outcome is Outcome.VIOLATED]


def application_review(
    *,
    actor: Actor,
    application: Application,
    verb: str,
    note: str = "",
    missing: Sequence[str] = (),
    until: date | None = None,
) -> Application:
    """Qualification review: `qualify`, `reject` or `return`, the last two with reasons that the applicant reads.

    A return also names what is `missing` (keys of WANTED) and the last day, inclusive, to complete it. Qualifying one
    whom the law refuses is refused.
    """
    (application,) = locked(Application.objects.filter(pk=application.pk).select_related("campaign", "position"))
    move = APPLICATION.check(actor, application.state, verb)
    only_the_organ(actor, application.organ_code, "审查报名")
    if verb == "return":
        application.missing, application.complete_until = _asked(missing, until)
    elif application.state == ApplicationState.RETURNED and not _late(application):
        raise Refusal(f"补充期到{application.complete_until}届满，现在不能作出结论。", provisions=("18",))
    screening = screening_of(application.campaign, [application])
    violated = _breaking(screening.findings(0))
    if verb == "qualify" and violated:
        raise Refusal(
            "不能通过资格审查：" + "；".join(each.message for each in violated),
            provisions=tuple(dict.fromkeys(each.provision for each in violated)),
        )
    still = unverified(application, screening.findings(0)) if verb == "qualify" else []
    if still:
        raise Refusal(
            f"还有 {len(still)} 项待核实：{'；'.join(each.message for each in still)}。",
            provisions=tuple(dict.fromkeys(("18", *(each.provision for each in still)))),
            remedy="逐项写明看到的材料和来源后，再作结论。",
        )
    if verb != "qualify" and not note.strip():
        raise Refusal("请写明理由，报名人会看到。", errors={"note": ["请写明理由，报名人会看到。"]})
    keep_masks(application, screening, 0)
    facts = {"asked": asked_as_it_is(application)} if verb == "return" else None
    _conclude(actor, application, move.target, move.label, note.strip(), violated, facts)
    return application


def unverified(application: Application, findings: Iterable[Finding]) -> list[Finding]:
    """The open conditions that nobody has looked into since the application was handed in."""
    done = set(verifications_of(application).values_list("rule", flat=True))
    return [each for each in findings if each.outcome is Outcome.UNDETERMINED and each.rule not in done]


def verification_record(*, actor: Actor, application: Application, rule: str, source: str, seen: str) -> Verification:
    """Record that an open condition was looked into and is met: what was seen, and where (18).

    Refused unless the application waits for review and the law leaves that condition open. What is seen not to be met
    is a reason to reject, never a verification.
    """
    check_review(actor, application.organ_code, "核实报名条件")
    application = relocked(application)
    if application.state != ApplicationState.SUBMITTED:
        raise Refusal("报名不在待资格审查状态，不能核实。", provisions=("18",))
    screening = screening_of(application.campaign, [application])
    found = next((each for each in unverified(application, screening.findings(0)) if each.rule == rule), None)
    if found is None:
        raise Refusal("这一项条件没有待核实，或者已经核实。", provisions=("18",))
    errors = {name: ["请填写。"] for name, text in (("source", source), ("seen", seen)) if not text.strip()}
    if errors:
        raise Refusal("核实应写明来源和看到的内容。", provisions=("18",), errors=errors)
    return Verification.objects.create(
        organ_code=application.organ_code,
        application=application,
        rule=rule,
        provision=found.provision,
        bit=RULES[rule],
        rule_book=screening.edition.hash,
        source=source.strip(),
        seen=seen.strip(),
        by_id=actor.account_id or 0,
        by=actor.name,
    )


def verdict_correct(*, actor: Actor, application: Application, reason: str) -> Application:
    """Take a verdict back, for a reason that the applicant reads; the application waits for review again (18).

    The database refuses it once a ticket, a score, a ranking, an examination or a background check follows from it.
    """
    application = relocked(application)
    move = APPLICATION.check(actor, application.state, "correct")
    only_the_organ(actor, application.organ_code, "更正审查结论")
    reason = stated(reason, "reason", "请写明更正的理由。", refusal="请写明更正的理由，报名人会看到。")
    _conclude(actor, application, move.target, move.label, reason)
    return application


def _told(application: Application) -> None:
    """A message that there is something to read; what it is stands behind the sign-in."""
    title, until = application.campaign.title, application.complete_until
    if application.state == ApplicationState.RETURNED and until:
        text = f"您报名的《{title}》需要补充材料，请在{chinese_date(until)}（含当日）前登录“我的报名”按列明的内容补齐并重新提交。"
    else:
        text = f"您报名的《{title}》资格审查已有结果，请登录“我的报名”查看。"
    tell([application.account_id], text)


def _asked(missing: Sequence[str], until: date | None) -> tuple[list[str], date]:
    """What is to be completed and until when, or a refusal at both fields."""
    errors = {}
    if not missing or set(missing) - WANTED.keys():
        errors["missing"] = ["请选择需要补充的材料或者信息。"]
    if until is None or until <= today():
        errors["until"] = ["补充截止日应晚于今天。"]
    if errors or until is None:
        raise Refusal("退回补充应写明缺少什么、何时截止。", provisions=("21.p1",), errors=errors)
    return list(missing), until


def _late(application: Application) -> bool:
    return application.complete_until is not None and application.complete_until < today()


def _conclude(
    actor: Actor,
    application: Application,
    state: str,
    label: str,
    note: str,
    violated: Sequence[Finding] = (),
    facts: dict[str, Any] | None = None,
) -> None:
    application.state, application.reviewed_by, application.review_note = state, actor.name, note
    application.save()
    decide(
        actor=actor,
        organ_code=application.organ_code,
        kind=REVIEW,
        subject=application,
        outcome=label,
        message=note or label,
        provisions=sorted({each.provision for each in violated}) or ["18"],
        account_id=application.account_id,
        facts=facts,
        rule_book=application.rule_book,
    )
    _told(application)


def applications_qualify(*, actor: Actor, campaign: Campaign, seen: Mapping[int, datetime]) -> list[Application]:
    """Qualify at once those whom the officer has seen as a list, each with a decision of its own; all or none.

    `seen` holds when each was screened last as the list showed it. Refused by name if one was changed since, or if any
    rule is broken or undetermined for one. At most AT_ONCE.
    """
    check_review(actor, campaign.organ_code)
    if not seen or len(seen) > AT_ONCE:
        raise Refusal(f"一次通过1至{AT_ONCE}人，现为{len(seen)}人。", provisions=("18",))
    rows = locked(Application.objects.filter(campaign=campaign, pk__in=list(seen)))
    changed = [row.name for row in rows if row.state != ApplicationState.SUBMITTED or row.screened_at != seen[row.pk]]
    if changed or len(rows) < len(seen):
        raise Refusal(
            f"名单显示后有变动：{'、'.join(changed) or '有的报名已不在本公告'}。没有办理任何一人，请重新查看名单。",
            provisions=("18",),
        )
    screening = screening_of(campaign, rows)
    unclear = [row.name for row, outcome in zip(rows, screening.outcomes, strict=True) if outcome != "eligible"]
    if unclear:
        raise Refusal(f"须逐人审查：{'、'.join(unclear)}有不符合或者待核实的条件。", provisions=("18",))
    for index, row in enumerate(rows):
        move = APPLICATION.check(actor, row.state, "qualify")
        keep_masks(row, screening, index)
        _conclude(actor, row, move.target, move.label, "")
    return rows
