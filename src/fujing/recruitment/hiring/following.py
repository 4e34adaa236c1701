"""What already follows from a qualification review: while anything does, its verdict stands (Article 18)."""

from __future__ import annotations

from fujing.recruitment.applications.models import Application
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.exams.models import Seat
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.selection.models import Candidate, StageScore

STEPS = ((Seat, "准考证"), (StageScore, "成绩"), (Candidate, "排名"), (MedicalExam, "体检"), (BackgroundCheck, "考察"))


def followed_by(application: Application) -> str:
    """Why the verdict can't be corrected any more; empty if it can. The database holds the same."""
    found = [label for model, label in STEPS if model.objects.filter(application=application).exists()]  # type: ignore[attr-defined]
    return f"已有{'、'.join(found)}，不能再更正审查结论。" if found else ""
