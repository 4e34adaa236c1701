"""What is held about training, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, personal, table
from fujing.management.training.models import Attendance, Course, Enrolment, Requirement, SignIn
from fujing.registry.data import FILE

PRIVACY = {
    Requirement: table(
        internal("id organ_code year kind topic category post hours newcomers basis made_at"),
        officer("made_by made_by_id"),
    ),
    Course: table(
        internal("id organ_code kind topic title subjects hours place starts_at ends_at capacity exam pass_mark"),
        internal("state cancelled_why confirmed_at made_at"),
        officer("lecturer made_by made_by_id confirmed_by confirmed_by_id"),
    ),
    Enrolment: table(
        internal("id organ_code course starts_at ends_at"),
        personal("engagement person_id active withdrawn_why", *FILE),
        officer("made_by made_by_id"),
    ),
    Attendance: table(
        internal("id organ_code recorded_at"),
        personal("enrolment person_id result hours absent_why score corrects corrected_why stands", *FILE),
        officer("recorded_by recorded_by_id"),
    ),
    SignIn: table(internal("id organ_code course"), personal("enrolment person_id device at", *FILE)),
}
