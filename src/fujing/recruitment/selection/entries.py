"""Double entry (双人录入): two people enter a stage's results apart; only what both entered alike is written (21.p1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor
from fujing.kernel.locks import relocked
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.law.formats.scores import EXAMS, STAGE_LABELS
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.selection.models import ScoreEntry
from fujing.recruitment.selection.policies import check_score
from fujing.recruitment.selection.services import entered, score_rows, scores_read, scores_write
from fujing.recruitment.selection.states import SCORE_ENTRY, ScoreEntryState


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two entries differ; an empty score was not entered."""

    application: int
    name: str
    matter: str
    first: str
    second: str


def entries_of(campaign: Campaign, stage: str) -> list[ScoreEntry]:
    """The entries that wait for each other, the first one first: at most two."""
    rows = ScoreEntry.objects.filter(campaign=campaign, stage=stage, state=ScoreEntryState.WAITING)
    return list(rows.order_by("place"))


def entry_save(*, actor: Actor, campaign: Campaign, stage: str, upload: UploadedFile, reason: str = "") -> ScoreEntry:
    """Keep one's own entry of a stage, or put a corrected one in its place; two that agree are written at once.

    `reason` is needed only where a result that is there already would change.
    """
    check_score(actor, campaign.organ_code)
    campaign = relocked(campaign)
    if campaign.state != "closed":
        raise Refusal("报名截止后、公示前才能录入成绩。", provisions=("21.p1",))
    rows = score_rows(scores_read(actor=actor, campaign=campaign, upload=upload))
    if stage not in EXAMS or not rows or any(kind != stage for _, kind, *_ in rows):
        wanted = STAGE_LABELS.get(stage, stage)
        raise Refusal(f"成绩表应当只有{wanted}的成绩。", errors={"file": [f"只录入{wanted}的成绩。"]})
    entries = entries_of(campaign, stage)
    mine = next((entry for entry in entries if entry.account_id == actor.account_id), None)
    if mine is None and len(entries) == 2:
        raise Refusal("已经有两人录入，由其中一人更正后重新上传。", provisions=("21.p1",))
    if mine is None:
        taken = {entry.place for entry in entries}
        mine = ScoreEntry(
            organ_code=campaign.organ_code,
            campaign=campaign,
            stage=stage,
            place=1 if 1 not in taken else 2,
            account_id=actor.account_id or 0,
            entered_by=actor.name,
        )
        entries.append(mine)
    mine.scores = [[pk, item, judge, score] for pk, _, item, judge, score in sorted(rows)]
    mine.full_clean()
    mine.save()
    entries = [mine if entry.pk == mine.pk else entry for entry in entries]
    if len(entries) == 2 and entries[0].scores == entries[1].scores:
        both = entered(*sorted(entries, key=lambda each: each.place))
        scores_write(actor=actor, campaign=campaign, rows=rows, reason=reason, by=both)
        for entry in entries:
            entry.state = SCORE_ENTRY.check(actor, entry.state, "match").target
            entry.save()
    return mine


def entry_drop(*, actor: Actor, entry: ScoreEntry) -> ScoreEntry:
    """Take one's own entry back, so that another may enter in its place."""
    entry = relocked(entry)
    move = SCORE_ENTRY.check(actor, entry.state, "drop")
    if entry.account_id != actor.account_id:
        raise NotAllowed("只能撤回自己的录入。", provisions=("21.p1",))
    entry.state = move.target
    entry.save()
    return entry


def differences(campaign: Campaign, entries: Sequence[ScoreEntry]) -> list[Difference]:
    """Everything in which two entries differ; nothing is told of a single one."""
    if len(entries) < 2:
        return []
    first, second = ({tuple(row[:3]): row[3] for row in entry.scores} for entry in entries)
    keys = [key for key in sorted(first.keys() | second.keys()) if first.get(key) != second.get(key)]
    named = Application.objects.filter(campaign=campaign, pk__in={key[0] for key in keys})
    names = dict(named.values_list("pk", "name"))
    return [
        Difference(
            key[0], names.get(key[0], ""), " ".join(filter(None, key[1:])), first.get(key, ""), second.get(key, "")
        )
        for key in keys
    ]
