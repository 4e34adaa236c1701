"""What the plans' tables hold: places, not people."""

from __future__ import annotations

from fujing.kernel.privacy import About, End, internal, officer, personal, table
from fujing.recruitment.plans.models import HeadcountPlan, PlanLine, PlanRequest, PlanTask, Slot

PRIVACY = {
    HeadcountPlan: table(
        internal(
            "id organ_code level year version previous reason state number consented_on reviewed_on funded_on"
            " approved_on"
        ),
        officer("proposed_by proposed_by_id authors"),
    ),
    PlanLine: internal("id organ_code plan post_name category count reason yearly_cost"),
    PlanTask: table(
        internal(
            "id organ_code plan round step assigned_organ assigned_name state asked_at opinion decided_at on_behalf"
            " document_number document_date scan"
        ),
        officer("decided_by decided_by_id"),
    ),
    PlanRequest: table(internal("id organ_code plan round facts digest sent_at"), officer("sent_by sent_by_id")),
    Slot: table(internal("id organ_code line announced"), personal("engagement", About.AUXILIARY, End.DOSSIER)),
}
