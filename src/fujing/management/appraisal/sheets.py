"""One person's sheet: the self-report, the two opinions, who is left out, and another grade within the points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_store
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import Refusal, stated
from fujing.law.appraisal.proposing import may_have
from fujing.law.appraisal.scheme import FULL, HEADINGS
from fujing.management.appraisal.models import Opinion, Sheet
from fujing.management.appraisal.policies import check_lead_unit, check_report, check_run_round, check_score
from fujing.management.appraisal.services import OF, in_state
from fujing.management.appraisal.states import SHEET, RoundState, SheetState

MOST_ABSENT = 366


@dataclass(frozen=True, slots=True)
class Scored:
    """What somebody scores: points by heading and words; the officer also says how many days the person was away."""

    points: Mapping[str, Decimal]
    words: str
    absent_days: int | None = None


def sheet_report(
    *, actor: Actor, sheet: Sheet, words: str = "", upload: UploadedFile | None = None, missing: bool = False
) -> Sheet:
    """Hand in a self-report: the person's own words, a scan of their paper, or that they handed in nothing."""
    check_report(actor, sheet)
    sheet = relocked(sheet)
    own = actor.person_id == sheet.person_id
    move = SHEET.check(actor, sheet.state, "report")
    in_state(sheet.round, RoundState.OPENED)
    if own and missing:
        raise Refusal("请填写自评。", provisions=OF, errors={"words": ["请填写自评。"]})
    if not words.strip() and upload is None and not missing:
        text = "请填写自评或者上传材料；本人没有提交的，请注明。"
        raise Refusal("没有登记自评。", provisions=OF, errors={"words": [text]})
    sheet.self_report, sheet.self_missing = words.strip(), missing and not words.strip() and upload is None
    if upload is not None:
        sheet.self_file = file_store(actor=actor, organ_code=sheet.organ_code, upload=upload)
    sheet.self_on, sheet.self_by, sheet.state = today(), actor.name, move.target
    sheet.save(update_fields=["self_report", "self_missing", "self_file", "self_on", "self_by", "state"])
    return sheet


def sheet_score(*, actor: Actor, sheet: Sheet, scored: Scored) -> Sheet:
    """Score somebody at the step where the sheet stands: the responsible officer, then the unit."""
    check_score(actor, sheet)
    sheet = relocked(sheet)
    check_score(actor, sheet)
    move = SHEET.check(actor, sheet.state, "assess")
    in_state(sheet.round, RoundState.OPENED)
    errors = {
        key: [f"{label}应评 0 至 {FULL} 分，最多两位小数。"]
        for key, label in HEADINGS.items()
        if not _point(scored.points.get(key))
    }
    if not scored.words.strip():
        errors["words"] = ["请写评语。"]
    if scored.absent_days is not None and not 0 <= scored.absent_days <= MOST_ABSENT:
        errors["absent_days"] = [f"缺勤日数应在 0 至 {MOST_ABSENT} 之间。"]
    if errors:
        raise Refusal("没有评分。", provisions=OF, errors=errors)
    Opinion.objects.create(
        organ_code=sheet.organ_code,
        sheet=sheet,
        step=sheet.state,
        words=scored.words.strip(),
        scored_by=actor.name,
        **{key: scored.points[key] for key in HEADINGS},
    )
    if sheet.state == SheetState.OFFICER:
        sheet.absent_days = scored.absent_days
    sheet.state = move.target
    sheet.save(update_fields=["absent_days", "state"])
    return sheet


def _point(value: Decimal | None) -> bool:
    if value is None or not value.is_finite() or not 0 <= value <= FULL:
        return False
    return value == round(value, 2)


def sheets_score(*, actor: Actor, scored: Mapping[int, Scored]) -> int:
    """Score several, all or nobody: who isn't at this step any more stops it. Returns how many."""
    rows = locked(Sheet.objects.filter(pk__in=list(scored)))
    if len(rows) != len(scored):
        raise Refusal("名单有变动，请重新下载表格。", provisions=OF)
    for row in rows:
        try:
            sheet_score(actor=actor, sheet=row, scored=scored[row.pk])
        except Refusal as refused:
            why = [text for texts in refused.errors.values() for text in texts] or [refused.message]
            raise Refusal(f"{row.name}：{why[0]}没有写入任何内容。", provisions=OF) from refused
    return len(rows)


def sheet_settle(*, actor: Actor, sheet: Sheet, reason: str) -> Sheet:
    """Say that somebody takes part, where the law's own answer is unknown; the reason stays on record."""
    check_run_round(actor, sheet)
    sheet = relocked(sheet)
    in_state(sheet.round, RoundState.OPENED)
    if sheet.due is not None or sheet.state != SheetState.SCORED:
        raise Refusal(f"{sheet.name}是否参加考核不是待核实。", provisions=OF)
    reason = stated(reason, "reason", "请写明核实的情况。", provisions=OF)
    sheet.due, sheet.due_because = True, f"{reason}（{actor.name}核实）"
    sheet.save(update_fields=["due", "due_because"])
    return sheet


def sheet_return(*, actor: Actor, sheet: Sheet, reason: str) -> Sheet:
    """Send a sheet one step back to be scored again."""
    sheet = relocked(sheet)
    (check_lead_unit if sheet.state == SheetState.UNIT else check_run_round)(actor, sheet)
    move = SHEET.check(actor, sheet.state, "return")
    in_state(sheet.round, RoundState.OPENED)
    sheet.state = move.target
    sheet.save(update_fields=["state"])
    return sheet


def sheet_exempt(*, actor: Actor, sheet: Sheet, reason: str) -> Sheet:
    """Leave somebody without a grade, for a reason; whether they would have to take part stays as it is known."""
    check_run_round(actor, sheet)
    sheet = relocked(sheet)
    move = SHEET.check(actor, sheet.state, "exempt")
    in_state(sheet.round, RoundState.OPENED)
    sheet.state, sheet.due_because = move.target, reason.strip()
    sheet.save(update_fields=["state", "due_because"])
    return sheet


def sheet_include(*, actor: Actor, sheet: Sheet, reason: str) -> Sheet:
    """Take somebody in again; the law is asked anew when the sheet is scored."""
    check_run_round(actor, sheet)
    sheet = relocked(sheet)
    move = SHEET.check(actor, sheet.state, "include")
    in_state(sheet.round, RoundState.OPENED)
    sheet.state, sheet.due, sheet.due_because = move.target, None, reason.strip()
    sheet.save(update_fields=["state", "due", "due_because"])
    return sheet


def sheet_grade(*, actor: Actor, sheet: Sheet, grade: str, reason: str) -> Sheet:
    """Propose another grade than the one by the points: for equals at the border, or a lower one, with the reason."""
    check_run_round(actor, sheet)
    # The round first, as whoever decides it does: nobody waits in a circle.
    round_ = relocked(sheet.round)
    sheet = relocked(sheet)
    if round_.state != RoundState.PROPOSED or sheet.state != SheetState.SCORED:
        raise Refusal("等次在拟定以后、决定以前调整。", provisions=OF)
    errors: dict[str, list[str]] = {}
    if sheet.total is None or not may_have(round_.rules, sheet.total, grade):
        errors["grade"] = ["分数没有达到这个等次的分数线。"]
    if not reason.strip():
        errors["reason"] = ["请写明理由。"]
    if errors:
        raise Refusal(f"没有调整{sheet.name}的等次。", provisions=OF, errors=errors)
    sheet.grade, sheet.grade_because, sheet.graded_by = grade, reason.strip(), actor.name
    sheet.save(update_fields=["grade", "grade_because", "graded_by"])
    return sheet
