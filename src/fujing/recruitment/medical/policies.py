"""Who may act on medical examinations."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.recruitment.campaigns.policies import only_the_organ
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.states import RECORDERS


def check_record(actor: Actor, organ_code: int) -> None:
    """Only who records in the recruiting organ arranges examinations, enters and reads conclusions."""
    actor.need(*RECORDERS)
    only_the_organ(actor, organ_code, "办理体检")


def check_reexam(actor: Actor, exam: MedicalExam) -> None:
    """Only the applicant asks for a re-examination or does without (18.5)."""
    if actor.account_id != exam.applicant_account:
        raise NotAllowed("只有本人可以申请或者放弃复检。", provisions=("18.5",))


can_record = asking(check_record)
can_reexam = asking(check_reexam)
