"""Running rounds of appraisals: one function an act."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from fujing.kernel.actor import Actor
from fujing.kernel.calendar import TermUnit, term_ends
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import Refusal
from fujing.law.appraisal.scheme import Scheme, faults
from fujing.management.appraisal.facts import facts_of, kept
from fujing.management.appraisal.models import Reconsideration, Round, Sheet
from fujing.management.appraisal.policies import (
    check_decide_round,
    check_open_rounds,
    check_return_round,
    check_run_round,
)
from fujing.management.appraisal.queries import (
    latest_opinions,
    left_to_score,
    probations,
    proposals,
    taking_part,
    total_of,
    unsettled,
)
from fujing.management.appraisal.states import ROUND, AskedState, Period, RoundState, SheetState
from fujing.registry.models import Assignment, Engagement

OF = ("25",)
BATCH = 1000
MONTHS = {Period.YEAR: 12, Period.HALF: 6, Period.QUARTER: 3}
"""How many months a period has; it begins on the first day of one."""


def period_of(period: str, year: int, part: int) -> tuple[date, date]:
    """First and last day of a year, of its first or second half, or of one of its quarters."""
    months = MONTHS[Period(period)]
    first = date(year, months * (part - 1) + 1, 1)
    after = date(year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1)
    return first, after - timedelta(1)


def round_draft(
    *, actor: Actor, period: str, year: int, part: int, scheme: Scheme, round_: Round | None = None
) -> Round:
    """Draw up a round of the actor's bureau, or change one that wasn't opened."""
    check_open_rounds(actor)
    row = relocked(round_) if round_ else Round(organ_code=actor.organ_code or 0)
    check_run_round(actor, row)
    if row.state != RoundState.DRAFTED:
        raise Refusal("考核已经开始，方案不得改动。", provisions=OF)
    errors: dict[str, list[str]] = {}
    for field, sentence in faults(scheme):
        errors.setdefault(field, []).append(sentence)
    if not 1 <= part <= 12 // MONTHS[Period(period)]:
        errors["part"] = ["请选择考核期。"]
    if errors:
        raise Refusal("方案不能用于考核。", provisions=OF, errors=errors)
    row.period, row.scheme, row.made_by = period, scheme.model_dump(mode="json"), actor.name
    row.first, row.last = period_of(period, year, part)
    row.title = titled(row)
    row.full_clean()
    row.save()
    return row


def titled(row: Round) -> str:
    """What a round is called: 2025年度考核, 2025年上半年考核, 2025年第3季度考核."""
    year = row.first.year
    if row.period == Period.YEAR:
        return f"{year}年度考核"
    if row.period == Period.HALF:
        return f"{year}年{'上' if row.first.month == 1 else '下'}半年考核"
    return f"{year}年第{row.first.month // 3 + 1}季度考核"


def round_open(*, actor: Actor, round_: Round) -> Round:
    """Open a round: a sheet for everybody in service who began before the period's end, with what is on record."""
    check_run_round(actor, round_)
    round_ = relocked(round_)
    move = ROUND.check(actor, round_.state, "open")
    if round_.last > today():
        raise Refusal(f"考核期到{round_.last}，期满以后开始考核。", provisions=OF)
    here = Engagement.objects.filter(organ_code=round_.organ_code, span__endswith__isnull=True)
    people = list(here.filter(span__startswith__lte=round_.last).select_related("person").order_by("pk"))
    if not people:
        raise Refusal("考核期末没有在职人员，不能开始考核。", provisions=OF)
    round_.state = move.target
    round_.save(update_fields=["state"])
    for at in range(0, len(people), BATCH):
        Sheet.objects.bulk_create(_sheets(round_, people[at : at + BATCH]))
    return round_


def _sheets(round_: Round, people: list[Engagement]) -> list[Sheet]:
    places = {
        each.engagement_id: each
        for each in Assignment.objects.filter(engagement__in=people, span__endswith__isnull=True).select_related("post")
    }
    facts, probation = facts_of(people, round_.first, round_.last), probations(people, round_.last)
    made = []
    for each in people:
        place = places.get(each.pk)
        said = taking_part(round_, each, probation[each.pk], None)
        made.append(
            Sheet(
                organ_code=round_.organ_code,
                round=round_,
                engagement=each,
                person_id=each.person_id,
                name=each.person.name,
                post=place.post.name if place else "",
                unit_id=place.unit_id if place else None,
                officer_id=place.officer_id if place else None,
                state=SheetState.UNGRADED if said.holds is False else SheetState.SELF,
                facts=kept(facts[each.pk]),
                facts_on=today(),
                due=said.holds,
                due_because=said.because,
            )
        )
    return made


def places_refresh(*, actor: Actor, round_: Round) -> int:
    """Bring unit, post and responsible officer of sheets that aren't scored yet up to today; how many changed."""
    check_run_round(actor, round_)
    in_state(relocked(round_), RoundState.OPENED)
    now = Assignment.objects.filter(organ_code=round_.organ_code, span__endswith__isnull=True)
    places = {each.engagement_id: each for each in now.select_related("post")}
    changed = 0
    for sheet in locked(Sheet.objects.filter(round=round_, state__in=[SheetState.SELF, SheetState.OFFICER])):
        place = places.get(sheet.engagement_id)
        if place is None or (place.unit_id, place.officer_id) == (sheet.unit_id, sheet.officer_id):
            continue
        sheet.unit_id, sheet.officer_id, sheet.post = place.unit_id, place.officer_id, place.post.name
        sheet.save(update_fields=["unit", "officer", "post"])
        changed += 1
    return changed


def round_propose(*, actor: Actor, round_: Round) -> Round:
    """Propose a grade for everybody by points and places; equals at the border stay open until somebody decides."""
    check_run_round(actor, round_)
    round_ = relocked(round_)
    move = ROUND.check(actor, round_.state, "propose")
    if left := left_to_score(round_):
        raise Refusal(f"还有 {left} 人没有评完，不能拟定等次。", provisions=OF)
    rows = Sheet.objects.filter(round=round_)
    if unknown := _settled(round_, rows):
        names = "、".join(unknown[:10])
        raise Refusal(
            f"{names}是否参加考核待核实（共 {len(unknown)} 人），不能拟定等次。",
            provisions=OF,
            remedy="在各人的考核表核实是否参加，或者改为不确定等次。",
        )
    sheets = locked(rows.filter(state=SheetState.SCORED))
    if not sheets:
        raise Refusal("没有人评完分，不能拟定等次。", provisions=OF)
    opinions = latest_opinions(each.pk for each in sheets)
    for sheet in sheets:
        sheet.total = total_of(round_, opinions, sheet.pk)
    known, _ = proposals(round_, [*sheets, *rows.filter(state=SheetState.UNGRADED)])
    for sheet in sheets:
        found = known[sheet.pk]
        sheet.grade, sheet.grade_because = found.grade or "", found.because
        sheet.graded_by = actor.name if found.grade else ""
        sheet.save(update_fields=["total", "grade", "grade_because", "graded_by"])
    round_.state, round_.proposed_by = move.target, actor.name
    round_.save(update_fields=["state", "proposed_by"])
    return round_


def _settled(round_: Round, rows: QuerySet[Sheet]) -> list[str]:
    """Say of everybody whether they take part, now that the officers said how long they were away; who is unknown."""
    sheets = locked(unsettled(rows))
    people = Engagement.objects.in_bulk([each.engagement_id for each in sheets])
    known = probations(people.values(), round_.last)
    unknown = []
    for sheet in sheets:
        said = taking_part(round_, people[sheet.engagement_id], known[sheet.engagement_id], sheet.absent_days)
        if said.holds is None:
            unknown.append(f"{sheet.name}（{said.because}）")
            continue
        sheet.due, sheet.due_because = said.holds, said.because
        sheet.state = sheet.state if said.holds else SheetState.UNGRADED
        sheet.save(update_fields=["due", "due_because", "state"])
    return unknown


def round_return(*, actor: Actor, round_: Round, reason: str) -> Round:
    """Send a proposal back: its grades are taken out, the scores stay."""
    check_return_round(actor, round_)
    round_ = relocked(round_)
    move = ROUND.check(actor, round_.state, "return")
    for sheet in locked(Sheet.objects.filter(round=round_, state=SheetState.SCORED)):
        sheet.total, sheet.grade, sheet.grade_because, sheet.graded_by = None, "", "", ""
        sheet.save(update_fields=["total", "grade", "grade_because", "graded_by"])
    round_.state, round_.why = move.target, reason.strip()
    round_.save(update_fields=["state", "why"])
    return round_


def round_decide(*, actor: Actor, round_: Round) -> Round:
    """Decide on somebody else's proposal; the best are at most their places, counted under the lock of the round."""
    round_ = relocked(round_)
    check_decide_round(actor, round_)
    move = ROUND.check(actor, round_.state, "decide")
    rows = Sheet.objects.filter(round=round_)
    scored = locked(rows.filter(state=SheetState.SCORED))
    if open_ := [each.name for each in scored if not each.grade]:
        raise Refusal(f"{'、'.join(open_[:10])}还没有等次（共 {len(open_)} 人），先由经办研究拟定。", provisions=OF)
    over_share(round_, scored, list(rows.filter(state=SheetState.UNGRADED)))
    round_.state, round_.decided_by, round_.decided_on = move.target, actor.name, today()
    round_.save(update_fields=["state", "decided_by", "decided_on"])
    _told(actor, round_, "决定", f"{round_.title}，{len(scored)}人确定等次")
    return round_


def over_share(round_: Round, scored: list[Sheet], others: list[Sheet]) -> None:
    """Refuse more of the best than there are places, or any where the scheme says no share."""
    limited = {grade.name for grade in round_.rules.grades if grade.limited}
    best = sum(each.stands in limited for each in scored)
    _, places = proposals(round_, [*scored, *others])
    if best and places.most is None:
        raise Refusal(f"{places.because}。", provisions=OF)
    if places.most is not None and best > places.most:
        raise Refusal(f"{'、'.join(sorted(limited))}共 {best} 人，{places.because}。", provisions=OF)


def round_publicise(*, actor: Actor, round_: Round) -> Round:
    """Make the grades public from today on, for the scheme's working days; then comes the term for a reconsideration."""
    check_run_round(actor, round_)
    round_ = relocked(round_)
    move = ROUND.check(actor, round_.state, "publicise")
    scheme = round_.rules
    if not scheme.publicity_days or not scheme.reconsider_days:
        raise Refusal("方案没有写明公示或者申请复核的期限，不能公示。", provisions=OF)
    round_.publicity_from = today()
    round_.publicity_to = term_ends(today() - timedelta(1), scheme.publicity_days, TermUnit.WORKING)
    round_.reconsider_until = term_ends(round_.publicity_to, scheme.reconsider_days, TermUnit.WORKING)
    round_.state = move.target
    round_.save(update_fields=["state", "publicity_from", "publicity_to", "reconsider_until"])
    return round_


def round_close(*, actor: Actor, round_: Round) -> Round:
    """Make the grades final, after everybody could ask and whoever asked was answered."""
    check_run_round(actor, round_)
    round_ = relocked(round_)
    move = ROUND.check(actor, round_.state, "close")
    if round_.reconsider_until is None or today() <= round_.reconsider_until:
        raise Refusal(f"公示和申请复核的期限到{round_.reconsider_until}届满，现在不能办结。", provisions=OF)
    open_ = Reconsideration.objects.filter(sheet__round=round_, state=AskedState.ASKED).count()
    if open_:
        raise Refusal(f"还有 {open_} 份复核或者异议没有答复，不能办结。", provisions=OF)
    round_.state = move.target
    round_.save(update_fields=["state"])
    changed = Reconsideration.objects.filter(sheet=OuterRef("pk"), state=AskedState.CHANGED).order_by("-pk")
    done = Sheet.objects.filter(round=round_, state=SheetState.SCORED).update(
        state=SheetState.GRADED, result=Coalesce(Subquery(changed.values("grade")[:1]), F("grade"))
    )
    _told(actor, round_, "办结", f"{round_.title}，{done}人的等次就此确定")
    return round_


def round_cancel(*, actor: Actor, round_: Round, reason: str) -> Round:
    """Give a round up before any grade was proposed."""
    check_run_round(actor, round_)
    round_ = relocked(round_)
    round_.state, round_.why = ROUND.check(actor, round_.state, "cancel").target, reason.strip()
    round_.save(update_fields=["state", "why"])
    return round_


def in_state(round_: Round, *states: str) -> None:
    """Refuse an act that belongs to another step of the round."""
    if round_.state not in states:
        raise Refusal(f"考核批次为“{round_.get_state_display()}”，不能办理此步骤。", provisions=OF)


def _told(actor: Actor, round_: Round, outcome: str, message: str, **more: Any) -> None:
    decide(
        actor=actor,
        organ_code=round_.organ_code,
        kind="考核",
        subject=round_,
        outcome=outcome,
        message=message,
        provisions=["25"],
        **more,
    )
