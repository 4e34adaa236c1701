"""What is stored of a campaign's results as the public scores format has it, for the law to read."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl

from fujing.law.formats.scores import read_scores
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.medical.queries import exams_of
from fujing.recruitment.medical.states import MedicalState
from fujing.recruitment.selection.queries import ranked_rows, scores_of

WORD_OF: dict[str, str] = {MedicalState.PASSED: "合格", MedicalState.FAILED: "不合格", MedicalState.ABSENT: "放弃"}


def score_sheet(campaign: Campaign, people: pl.DataFrame) -> pl.DataFrame:
    """The stored scores and what examinations and background checks concluded, read by the public reader."""
    examined = {exam.application_id: WORD_OF[exam.state] for exam in exams_of(campaign) if exam.state in WORD_OF}
    stored = scores_of(campaign).values_list("application_id", "stage", "item", "score", "judge")
    rows: list[tuple[str, str, str | None, str, str | None]] = [
        (str(pk), stage, item or None, score, judge or None)
        for pk, stage, item, score, judge in stored
        if stage != "medical" or pk not in examined
    ]
    rows += [(str(pk), "medical", None, word, None) for pk, word in examined.items()]
    gone = ranked_rows(campaign).filter(state="withdrawn")
    rows += [(str(pk), "hire", None, "放弃", None) for pk in gone.values_list("pk", flat=True)]
    adverse = BackgroundCheck.objects.filter(application__campaign=campaign, state="adverse")
    rows += [(str(pk), "background", None, "不合格", None) for pk in adverse.values_list("application_id", flat=True)]
    frame = pl.DataFrame(
        rows,
        schema={"id": pl.String, "stage": pl.String, "item": pl.String, "score": pl.String, "judge": pl.String},
        orient="row",
    )
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        frame.write_csv(file.name)
        return read_scores(Path(file.name), campaign.announcement, people)
