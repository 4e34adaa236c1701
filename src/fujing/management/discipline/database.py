"""Objects of the breaches of duty: whose they are."""

from __future__ import annotations

from fujing.kernel.objects import key, same_parent

OBJECTS = (
    key("discipline_scheme_of_organ", "discipline_scheme", "id, organ_code"),
    same_parent(
        "discipline_measure_of_its_scheme",
        "discipline_measure",
        "scheme_id, organ_code",
        "discipline_scheme",
        "id, organ_code",
    ),
    key("discipline_measure_of_organ", "discipline_measure", "id, organ_code"),
    same_parent(
        "discipline_matter_of_its_person",
        "discipline_matter",
        "engagement_id, organ_code, person_id",
        "registry_engagement",
        "id, organ_code, person_id",
        needs=("registry",),
    ),
    same_parent(
        "discipline_matter_by_own_rules",
        "discipline_matter",
        "measure_id, organ_code",
        "discipline_measure",
        "id, organ_code",
    ),
    same_parent(
        "discipline_matter_and_its_departure",
        "discipline_matter",
        "departure_id, engagement_id",
        "leaving_departure",
        "id, engagement_id",
        needs=("leaving",),
    ),
    key("discipline_matter_of_organ", "discipline_matter", "id, organ_code"),
    *(
        same_parent(f"{table}_of_its_matter", table, "matter_id, organ_code", "discipline_matter", "id, organ_code")
        for table in ("discipline_proof", "discipline_hearing", "discipline_referral", "discipline_asking")
    ),
)
