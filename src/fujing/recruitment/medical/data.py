"""What is held of an applicant's health, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import About, End, internal, officer, personal, sensitive, table
from fujing.recruitment.medical.models import MedicalExam

TIMED = (About.APPLICANT, End.CAMPAIGN)

PRIVACY = {
    MedicalExam: table(
        internal("id organ_code state hospital exam_on told_at reexam_until requested_at waived_at reexam_hospital"),
        internal("reexam_on concluded_on"),
        personal("application applicant_account", About.APPLICANT, End.RECORD),
        sensitive("document reexam_document", *TIMED),
        # A failed examination without items would be refused by the table.
        sensitive("items", *TIMED, erased="CASE WHEN {column} IS NULL THEN NULL ELSE {blank} END"),
        officer("arranged_by arranged_by_id recorded_by recorded_by_id reexam_recorded_by reexam_recorded_by_id"),
    )
}
