"""Objects of the section exams: whose seat it is."""

from __future__ import annotations

from fujing.recruitment.applications.database import of_application

OBJECTS = (
    of_application("seat", "exams_seat", needs=("applications",)),
    of_application("elimination", "exams_elimination", needs=("applications",)),
)
