"""Importing scores and computing the ranking."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TypedDict

import polars as pl
from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor, acting
from fujing.kernel.digests import sm3
from fujing.kernel.locks import relocked
from fujing.kernel.numbers import bare
from fujing.kernel.refusals import Refusal
from fujing.law.formats.documents import DocumentError
from fujing.law.formats.scores import STAGE_LABELS, read_scores
from fujing.law.ranking import explain_line, panel_gaps, rank
from fujing.law.ranking.readiness import require_rankable
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.selection.models import Candidate, Ranking, ScoreEntry, StageScore
from fujing.recruitment.selection.policies import check_score
from fujing.recruitment.selection.queries import (
    latest_ranking,
    ranked_applications,
    ranking_frame,
    scores_changed_since,
    scores_of,
)
from fujing.recruitment.selection.sheet import score_sheet

# A medical examination as the ranking reads it; one without a conclusion says nothing yet.


def _faults(error: DocumentError, name: str) -> Refusal:
    lines = [
        f"{fault.path or '文件'}：{f'“{fault.value}”，' if fault.value else ''}{fault.expected}"
        for fault in error.faults
    ]
    return Refusal(f"{name}有 {len(lines)} 处问题，未写入任何成绩。", errors={"file": lines})


def scores_read(*, actor: Actor, campaign: Campaign, upload: UploadedFile) -> pl.DataFrame:
    """Read a score sheet against the campaign; every fault at once, nothing written."""
    check_score(actor, campaign.organ_code)
    people = ranking_frame(ranked_applications(campaign))
    suffix = Path(upload.name or "").suffix.lower()
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        try:
            return read_scores(Path(file.name), campaign.announcement, people)
        except DocumentError as error:
            raise _faults(error, upload.name or "成绩表") from error


def scores_import(*, actor: Actor, campaign: Campaign, upload: UploadedFile, reason: str = "") -> dict[str, int]:
    """Write a score sheet: new results are added, equal ones left. Safe to repeat.

    A result that is there already, 缺考 and 违纪 of the exam room among them, is changed only with a reason; without
    one the refusal names each change, and nothing is written.
    """
    sheet = scores_read(actor=actor, campaign=campaign, upload=upload)
    return scores_write(actor=actor, campaign=campaign, rows=score_rows(sheet), reason=reason, by=entered(actor))


Row = tuple[int, str, str, str, str]
"""Application, stage, subject, judge and score."""


def score_rows(sheet: pl.DataFrame) -> list[Row]:
    """What a sheet says, a score or a word a row."""
    return [
        (
            int(row["id"]),
            row["kind"],
            row["item"] or "",
            row["judge"] or "",
            row["word"] or bare(Decimal(row["points"]) / 10**6),
        )
        for row in sheet.iter_rows(named=True)
    ]


class Entered(TypedDict):
    """Who entered a result: the names to be read, the accounts to judge by."""

    entered_by: str
    entered_by_ids: list[int]


def entered(*people: Actor | ScoreEntry) -> Entered:
    """One person, or the two of a double entry in their order."""
    names = [each.name if isinstance(each, Actor) else each.entered_by for each in people]
    return Entered(entered_by="、".join(names), entered_by_ids=[each.account_id or 0 for each in people])


def scores_write(*, actor: Actor, campaign: Campaign, rows: list[Row], reason: str, by: Entered) -> dict[str, int]:
    """Write results that were read and checked; a result that is there is changed only with a reason.

    Only for services that asked who writes them. The campaign is locked: of two sheets at once one waits and is
    compared with what the other wrote, and a ranking is either made before all of a sheet or after all of it.
    """
    campaign = relocked(campaign)
    if campaign.state != "closed":
        raise Refusal("报名截止后、公示前才能录入成绩。", provisions=("21.p1",))
    stored = scores_of(campaign).defer("application__id_number", "application__phone")
    known = {(row.application_id, row.stage, row.item, row.judge): row for row in stored}
    fresh, changed = [], []
    for pk, stage, item, judge, value in rows:
        old = known.get((pk, stage, item, judge))
        if old is None:
            fresh.append(
                StageScore(
                    organ_code=campaign.organ_code,
                    application_id=pk,
                    stage=stage,
                    item=item,
                    judge=judge,
                    score=value,
                    **by,
                )
            )
        elif old.score != value:
            changed.append((old, value))
    if changed and not reason.strip():
        raise Refusal(
            f"{len(changed)} 项成绩与已录入的不同，未写入任何成绩。",
            remedy="确需更正的，写明更正理由后重新导入。",
            errors={
                "file": [_change(old, value) for old, value in changed],
                "reason": ["更改已录入的成绩应写明理由。"],
            },
        )
    with acting(replace(actor, reason=reason.strip())):
        # As one statement a thousand: the trail still has each change with who, why, before and after.
        StageScore.objects.bulk_create(
            [
                StageScore(
                    organ_code=old.organ_code,
                    application_id=old.application_id,
                    stage=old.stage,
                    item=old.item,
                    judge=old.judge,
                    score=value,
                    **by,
                )
                for old, value in changed
            ],
            batch_size=1000,
            update_conflicts=True,
            update_fields=["score", "entered_by", "entered_by_ids"],
            unique_fields=["application", "stage", "item", "judge"],
        )
    StageScore.objects.bulk_create(fresh, batch_size=1000)
    return {"added": len(fresh), "changed": len(changed), "same": len(rows) - len(fresh) - len(changed)}


def _change(old: StageScore, value: str) -> str:
    matter = "".join((STAGE_LABELS.get(old.stage, old.stage), old.item, old.judge))
    return f"{old.application.name} {matter}：已录入 {old.score}（{old.entered_by}），成绩表为 {value}"


def ranking_compute(*, actor: Actor, campaign: Campaign) -> Ranking:
    """Rank by the announcement from what is stored. The same inputs give the newest ranking back, not another one."""
    check_score(actor, campaign.organ_code, "计算排名")
    campaign = relocked(campaign)
    if campaign.state != "closed":
        raise Refusal("报名截止后、公示前才能计算排名。", provisions=("21.p1",))
    applications = ranked_applications(campaign)
    people = ranking_frame(applications)
    if people.is_empty():
        raise Refusal("没有资格审查合格的报名人，不能排名。", provisions=("21.p1",))
    try:
        require_rankable("公告", campaign.announcement)
        sheet = score_sheet(campaign, people)
    except DocumentError as error:
        raise _faults(error, "成绩") from error
    inputs = sm3((campaign.announcement.model_dump_json() + people.write_csv() + sheet.write_csv()).encode()).hex()
    last = latest_ranking(campaign)
    # One made before a score went and came back is not told from an outdated one: it is made anew.
    if last is not None and last.inputs == inputs and not scores_changed_since(last):
        return last
    results = rank(campaign.announcement, people, sheet)
    gaps = panel_gaps(campaign.announcement, sheet)
    document = {"positions": [result.document() | {"gaps": gaps.get(result.position, [])} for result in results]}
    ranking = Ranking.objects.create(
        organ_code=campaign.organ_code, campaign=campaign, document=document, inputs=inputs, made_by=actor.name
    )
    by_id = {str(each.pk): each for each in applications}
    positions = {position.code: position for position in campaign.positions.all()}
    Candidate.objects.bulk_create(
        [
            Candidate(
                organ_code=campaign.organ_code,
                ranking=ranking,
                application=by_id[line.subject],
                account_id=by_id[line.subject].account_id,
                position=positions[result.position],
                total=Decimal(line.total) if line.total is not None else None,
                rank=line.rank,
                status=line.status,
                stage=line.stage or "",
                why=line.why,
                finding=explain_line(campaign.announcement, result, line).model_dump(mode="json"),
            )
            for result in results
            for line in result.ranking
        ],
        batch_size=1000,
    )
    return ranking
