"""Objects of the training: whose rows they are, and that a class and those who take part have one time."""

from __future__ import annotations

from fujing.kernel.objects import key, same_parent

COURSE = "id, organ_code, starts_at, ends_at"
ENROLMENT = "id, organ_code, person_id"
OBJECTS = (
    key("course_of_organ_and_time", "training_course", COURSE),
    # A class that is put off takes those who are enrolled along, unless one of them is elsewhere then.
    same_parent(
        "enrolment_at_the_time_of_its_course",
        "training_enrolment",
        "course_id, organ_code, starts_at, ends_at",
        "training_course",
        COURSE,
        then="ON UPDATE CASCADE",
    ),
    same_parent(
        "enrolment_of_its_person",
        "training_enrolment",
        "engagement_id, organ_code, person_id",
        "registry_engagement",
        "id, organ_code, person_id",
        needs=("registry",),
    ),
    key("enrolment_of_organ_and_person", "training_enrolment", ENROLMENT),
    same_parent(
        "attendance_of_its_enrolment",
        "training_attendance",
        "enrolment_id, organ_code, person_id",
        "training_enrolment",
        ENROLMENT,
    ),
    same_parent(
        "sign_in_of_its_enrolment",
        "training_signin",
        "enrolment_id, organ_code, person_id",
        "training_enrolment",
        ENROLMENT,
    ),
)
