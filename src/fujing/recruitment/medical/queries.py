"""Reading medical examinations, and the standard's items."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.counts import counted_by
from fujing.kernel.refusals import existing
from fujing.law.formats.stages import Stage
from fujing.law.parameters import Parameters
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign, Position
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.states import MedicalState


@dataclass(frozen=True, slots=True)
class Term:
    """How long an applicant may ask for a re-examination: `days` of `unit` (working, calendar), and who states it."""

    days: int
    unit: str
    stated_by: str


def medical_stage(campaign: Campaign, position: Position | None = None) -> Stage | None:
    """The stage of the announcement, as far as it is for this post; None where it is lawfully left out."""
    return next(
        (
            stage
            for stage in campaign.announcement.stages or ()
            if stage.kind == "medical"
            and (position is None or stage.positions is None or position.code in stage.positions)
        ),
        None,
    )


def reexamination_term(campaign: Campaign, parameters: Parameters) -> Term | None:
    """The announcement's own term, else the parameter's (calendar days); None where neither states one (待核实)."""
    stage = medical_stage(campaign)
    if stage is not None and stage.days:
        return Term(stage.days, stage.unit or "working", "公告")
    days = parameters["recruitment.medical.reexamination_days"]
    return None if days is None else Term(days, "calendar", "本地标准")


def standard_items(parameters: Parameters) -> dict[str, str]:
    """The items of the standard that a conclusion may name, as number and matter."""
    return {row["item"]: f"{row['item']} {row['matter']}" for row in parameters["recruitment.medical.items"] or ()}


def exams_of(campaign: Campaign) -> QuerySet[MedicalExam]:
    """The examinations of a campaign, those that wait for an officer first."""
    rows = MedicalExam.objects.filter(application__campaign=campaign)
    return rows.select_related("application__position").order_by("exam_on", "application__position__code", "pk")


def exam_for(actor: Actor, pk: int) -> MedicalExam:
    """One examination of the actor's territory, or 404."""
    rows = MedicalExam.objects.filter(organ_code__range=actor.territory, pk=pk)
    return existing(
        rows.select_related("application__campaign", "application__position", "document").first(), "没有这次体检"
    )


def medically_fit(campaign: Campaign) -> set[int]:
    """Applications whose examination was passed."""
    rows = MedicalExam.objects.filter(application__campaign=campaign, state=MedicalState.PASSED)
    return set(rows.values_list("application_id", flat=True))


def exam_of(application: Application) -> MedicalExam | None:
    """The examination of one applicant, as far as the actor may see it."""
    return MedicalExam.objects.filter(application=application).first()


def exam_states(campaign: Campaign) -> dict[str, int]:
    """How many examinations of a campaign stand where."""
    return counted_by(MedicalExam.objects.filter(application__campaign=campaign), "state")
