"""What the budget's tables hold: money of organs."""

from __future__ import annotations

from fujing.general.budget.models import Budget, BudgetAccount, BudgetEntry, BudgetLine, BudgetRequest, BudgetTask
from fujing.kernel.privacy import internal, officer, table

PRIVACY = {
    Budget: table(
        internal("id organ_code year version previous reason state document_number document_date"),
        officer("proposed_by proposed_by_id authors"),
    ),
    BudgetTask: table(
        internal(
            "id organ_code budget round assigned_organ assigned_name state asked_at opinion decided_at on_behalf"
            " document_number document_date scan"
        ),
        officer("decided_by decided_by_id"),
    ),
    BudgetRequest: table(internal("id organ_code budget round facts digest sent_at"), officer("sent_by sent_by_id")),
    BudgetLine: internal("id organ_code budget kind amount"),
    BudgetAccount: internal("id organ_code year kind budgeted committed spent"),
    BudgetEntry: table(
        internal(
            "id organ_code account kind amount against document_number document_date reason subject_table subject_id"
            " made_at"
        ),
        officer("made_by made_by_id"),
    ),
}
