"""Objects of the appraisals: whose a sheet is, and that its parts are of one bureau."""

from __future__ import annotations

from fujing.kernel.objects import key, same_parent

OBJECTS = (
    key("appraisal_round_of_organ", "appraisal_round", "id, organ_code"),
    key("appraisal_sheet_of_organ", "appraisal_sheet", "id, organ_code"),
    key("appraisal_sheet_of_person", "appraisal_sheet", "id, organ_code, person_id"),
    same_parent(
        "appraisal_sheet_of_its_round", "appraisal_sheet", "round_id, organ_code", "appraisal_round", "id, organ_code"
    ),
    same_parent(
        "appraisal_sheet_of_its_person",
        "appraisal_sheet",
        "engagement_id, organ_code, person_id",
        "registry_engagement",
        "id, organ_code, person_id",
        needs=("registry",),
    ),
    same_parent(
        "appraisal_opinion_of_its_sheet",
        "appraisal_opinion",
        "sheet_id, organ_code",
        "appraisal_sheet",
        "id, organ_code",
    ),
    same_parent(
        "appraisal_asked_of_its_sheet",
        "appraisal_reconsideration",
        "sheet_id, organ_code, person_id",
        "appraisal_sheet",
        "id, organ_code, person_id",
    ),
)
