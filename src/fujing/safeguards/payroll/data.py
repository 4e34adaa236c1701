"""What is held about pay, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, personal, sensitive, table
from fujing.registry.data import FILE
from fujing.safeguards.payroll.models import FactSheet, MonthFacts, PayLine, PayRun, PayScheme, PaySlip, StandingFacts

SUMS = "gross contributions employer tax recovery net cost"

PRIVACY = {
    PayScheme: table(
        internal("id organ_code version state text effective document_number document_date scan reason made_at"),
        officer("made_by made_by_id decided_by decided_by_id"),
    ),
    FactSheet: table(internal("id organ_code source known_at"), officer("said_by said_by_id")),
    StandingFacts: table(
        internal("id organ_code sheet"),
        personal("person since category tier post_grade hired_on left_on appraisal first_job", *FILE),
        sensitive("social_base housing_base special_deductions", *FILE),
    ),
    MonthFacts: table(
        internal("id organ_code sheet"),
        personal("person month night_shifts duty_days overtime_weekday overtime_restday overtime_holiday", *FILE),
        sensitive("personal_leave_days sick_leave_days back_pay recovery_due", *FILE),
    ),
    PayRun: table(
        internal("id organ_code month state pays_since scheme schemes facts_until previous codes people undetermined"),
        internal(f"{SUMS} paid owed basis digest reason pay_entry insurance_entry made_at locked_on"),
        officer("made_by made_by_id decided_by decided_by_id locked_by locked_by_id"),
    ),
    PaySlip: table(
        internal("id organ_code run"),
        personal("person name outcome missing", *FILE),
        sensitive(f"{SUMS} brought paid owes", *FILE),
    ),
    PayLine: table(
        internal("id organ_code run slip"), personal("person_id month", *FILE), sensitive(f"amounts {SUMS}", *FILE)
    ),
}
