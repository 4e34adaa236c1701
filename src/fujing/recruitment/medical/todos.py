"""What waits about examinations: conclusions to record, results to tell, re-examinations (18.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Count, Min, Q

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.todos import MOST, Todo
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.states import RECORDERS, MedicalState

STEPS = {MedicalState.FOUND: "体检不合格，待告知本人", MedicalState.REQUESTED: "本人申请复检，待安排、录入结论"}
KINDS = {
    "medical": {
        "arranged": "medical",
        "recheck": "medical",
        "found": "medical_exam",
        "told": "medical_exam",
        "requested": "medical_exam",
    }
}


def medical_todos(actor: Actor, running: Mapping[int, Campaign]) -> Iterator[Todo]:
    """Of these campaigns, for who records."""
    if not actor.has(*RECORDERS):
        return
    rows = MedicalExam.objects.filter(application__campaign__in=running).select_related("application")
    past = Q(state__in=[MedicalState.ARRANGED, MedicalState.RECHECK], exam_on__lte=today())
    held = rows.filter(past).order_by().values_list("application__campaign")
    for pk, count, first in held.annotate(Count("id"), Min("exam_on")):
        yield Todo(
            "medical",
            count,
            "体检结论待录入",
            pk,
            matter=running[pk].title,
            total=f"共 {count} 人",
            provision="18.5",
            since=first,
            campaign=pk,
        )
    single = rows.filter(Q(state__in=list(STEPS)) | Q(state=MedicalState.TOLD, reexam_until__lt=today()))
    for exam in single.order_by("exam_on", "id")[:MOST]:
        what = STEPS.get(MedicalState(exam.state), "申请复检的期限已过，待作结论")
        campaign = exam.application.campaign_id
        yield Todo(
            "medical_exam",
            1,
            f"{what}：{exam.application.name}",
            exam.pk,
            matter=running[campaign].title,
            provision="18.5",
            due=exam.reexam_until if exam.state == MedicalState.TOLD else None,
            since=exam.exam_on,
            campaign=campaign,
        )
