"""The background check (考察): two named people, evidence, the applicant heard before a no (Article 20)."""

from __future__ import annotations

import json
from datetime import date

from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.locks import relocked
from fujing.kernel.readings import value_opened
from fujing.kernel.refusals import Refusal, stated
from fujing.law.provisions import cite
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.background.models import BackgroundCheck, BackgroundFinding, ConflictDeclaration
from fujing.recruitment.background.policies import (
    can_lead_check,
    check_answer_check,
    check_examine,
    check_lead_check,
    check_read_findings,
)
from fujing.recruitment.background.states import CHECK, CHECKERS, GROUNDS
from fujing.registry.models import Account
from fujing.registry.queries import holds


def _may_check(organ_code: int, checker: Account) -> None:
    if not holds(checker, organ_code, CHECKERS):
        raise Refusal(f"{checker.name}不是本机关承担考察的在任人员。", provisions=("20",))


def check_open(*, actor: Actor, application: Application, first: Account, second: Account) -> BackgroundCheck:
    """Name the two who check; each must declare whether they have an interest before recording anything."""
    check_lead_check(actor, application.organ_code)
    if application.state != ApplicationState.QUALIFIED:
        raise Refusal("资格审查合格后才能考察。", provisions=("21.p1",))
    if first.pk == second.pk:
        raise Refusal("考察应由两人进行。", provisions=("20",), errors={"second": ["请选择另一人。"]})
    for checker in (first, second):
        _may_check(application.organ_code, checker)
    check = BackgroundCheck(
        organ_code=application.organ_code,
        application=application,
        applicant_account=application.account_id,
        first_checker=first.pk,
        first_name=first.name,
        second_checker=second.pk,
        second_name=second.name,
    )
    check.full_clean()
    check.save()
    return check


def conflict_declare(*, actor: Actor, check: BackgroundCheck, conflict: bool) -> BackgroundCheck:
    """A checker says whether they have an interest in the applicant; who has one is a checker no longer (20)."""
    check = relocked(check)
    checker = check_examine(actor, check, "声明")
    if check.state != "open":
        raise Refusal("考察已告知或已作结论，不能再声明。", provisions=("20",))
    ConflictDeclaration.objects.create(
        organ_code=check.organ_code, check_of=check, checker=checker, checker_name=actor.name, conflict=conflict
    )
    if conflict:
        place = "first" if check.first_checker == actor.account_id else "second"
        setattr(check, f"{place}_checker", None)
        setattr(check, f"{place}_name", "")
        check.save()
    return check


def checker_replace(*, actor: Actor, check: BackgroundCheck, checker: Account) -> BackgroundCheck:
    """Name somebody in the place of a checker who had to withdraw."""
    check_lead_check(actor, check.organ_code)
    check = relocked(check)
    if check.first_checker is not None and check.second_checker is not None:
        raise Refusal("两名考察人都在，不需要更换。", provisions=("20",))
    _may_check(check.organ_code, checker)
    if check.declarations.filter(checker=checker.pk, conflict=True).exists():
        raise Refusal(f"{checker.name}已声明有利害关系，应当回避。", provisions=("20",))
    place = "first" if check.first_checker is None else "second"
    setattr(check, f"{place}_checker", checker.pk)
    setattr(check, f"{place}_name", checker.name)
    check.full_clean(exclude=["application", "answer", "reasons"])
    check.save()
    return check


def finding_record(
    *, actor: Actor, check: BackgroundCheck, provision: str, exists: bool, evidence: str
) -> BackgroundFinding:
    """One checker's finding on one ground of `GROUNDS`, after declaring to have no interest."""
    checker = check_examine(actor, check)
    if check.state != "open":
        raise Refusal("考察已告知或已作结论，不能再填写。", provisions=("20",))
    if provision not in GROUNDS:
        raise ValueError(f"not a ground of the check: {provision}")
    if not check.declarations.filter(checker=checker, conflict=False).exists():
        raise Refusal("请先声明与被考察人没有利害关系；有利害关系的应当回避。", provisions=("20",))
    if exists and not evidence.strip():
        raise Refusal(
            f"认定{cite(provision)}应写明依据。",
            errors={f"evidence_{provision.replace('.', '_')}": [f"认定{cite(provision)}，请写明依据。"]},
        )
    finding = BackgroundFinding(
        organ_code=check.organ_code,
        check_of=check,
        checker=checker,
        checker_name=actor.name,
        provision=provision,
        content=json.dumps({"exists": exists, "evidence": evidence.strip()}, ensure_ascii=False),
    )
    finding.full_clean(exclude=["content", "check_of"])
    finding.save()
    return finding


def findings_open(*, actor: Actor, check: BackgroundCheck, reason: str) -> list[dict]:
    """Read the findings: only the checkers and the personnel head, with a reason, and the reading is recorded.

    A checker reads them after giving their own on every ground: two who check don't copy from each other.
    """
    check_read_findings(actor, check)
    deciding = can_lead_check(actor, check.organ_code)
    own = set(check.findings.filter(checker=actor.account_id or 0).values_list("provision", flat=True))
    if not deciding and own != set(GROUNDS):
        raise Refusal("您还没有填齐自己的考察结论，填齐后才能查阅。", provisions=("20",))
    value_opened(
        actor=actor,
        row=check,
        what="考察结论和依据",
        reason=reason,
        organ_code=check.organ_code,
        account_id=check.applicant_account,
    )
    return [
        {"provision": row.provision, "checker": row.checker_name, **json.loads(row.content)}
        for row in check.findings.order_by("provision", "id")
    ]


def _results(check: BackgroundCheck) -> dict[str, list[bool]]:
    results: dict[str, list[bool]] = {}
    # What somebody found who later declared a conflict doesn't count.
    for row in check.findings.filter(checker__in=[check.first_checker or 0, check.second_checker or 0]):
        results.setdefault(row.provision, []).append(json.loads(row.content)["exists"])
    return results


def _complete(check: BackgroundCheck) -> dict[str, list[bool]]:
    """Both checkers' findings on every ground, or a refusal that names what is missing."""
    results = _results(check)
    missing = [ground for ground in GROUNDS if len(results.get(ground, [])) < 2]
    if missing:
        given = set(check.findings.values_list("checker", "provision"))
        places = ((check.first_checker, check.first_name), (check.second_checker, check.second_name))
        lacking = [
            f"{name}还有 {left} 项没有填写" if who else "一人回避，还没有指定接替的人"
            for who, name in places
            if (left := sum((who, ground) not in given for ground in GROUNDS)) or who is None
        ]
        raise Refusal(f"两名考察人尚未填齐：{'；'.join(lacking)}。", provisions=("20",), facts={"missing": missing})
    return results


def check_tell(*, actor: Actor, check: BackgroundCheck, answer_until: date) -> BackgroundCheck:
    """Tell the applicant the grounds found and until when (inclusive) they may answer."""
    check = relocked(check)
    move = CHECK.check(actor, check.state, "tell")
    check_lead_check(actor, check.organ_code)
    grounds = [ground for ground, found in _complete(check).items() if any(found)]
    if not grounds:
        raise Refusal("没有认定任何情形，可以直接作出合格结论。", provisions=("20",))
    if answer_until <= today():
        raise Refusal("陈述截止日应晚于今天。", errors={"answer_until": ["陈述截止日应晚于今天。"]})
    check.state, check.grounds_told = move.target, "、".join(grounds)
    check.told_at, check.answer_until = timezone.now(), answer_until
    check.save()
    return check


def check_answer(*, actor: Actor, check: BackgroundCheck, text: str) -> BackgroundCheck:
    """The applicant's statement and defence."""
    check_answer_check(actor, check)
    check = relocked(check)
    move = CHECK.check(actor, check.state, "answer")
    if check.answer_until is None or check.answer_until < today():
        raise Refusal(f"陈述期已于{check.answer_until}届满。", provisions=("20",))
    text = stated(text, "text", "请填写陈述内容。")
    check.state, check.answer = move.target, text
    check.save()
    return check


def check_conclude(*, actor: Actor, check: BackgroundCheck, adverse: bool, reasons: str = "") -> BackgroundCheck:
    """Decide: cleared, or adverse after the applicant answered or let the time pass (Article 20)."""
    check = relocked(check)
    move = CHECK.check(actor, check.state, "conclude" if adverse else "clear")
    check_lead_check(actor, check.organ_code)
    found = [ground for ground, results in _complete(check).items() if any(results)]
    if adverse and check.state == "told" and check.answer_until and check.answer_until >= today():
        raise Refusal(f"本人陈述期到{check.answer_until}届满，现在不能作出不合格结论。", provisions=("20",))
    if (adverse or found) and not reasons.strip():
        raise Refusal("请写明结论的理由。", errors={"reasons": ["请写明结论的理由。"]})
    check.reasons = reasons.strip() or None
    check.state, check.decided_by, check.decided_at = move.target, actor.name, timezone.now()
    check.save()
    # Decisions are read by all officers of the territory: grounds and reasons stay with the check.
    decide(
        actor=actor,
        organ_code=check.organ_code,
        kind="考察",
        subject=check.application,
        outcome=check.get_state_display(),
        message=check.get_state_display(),
        provisions=["20"],
        account_id=check.applicant_account,
    )
    return check
