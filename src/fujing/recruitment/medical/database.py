"""Objects of the section medical: who was examined."""

from __future__ import annotations

from fujing.recruitment.applications.database import of_application

OBJECTS = (of_application("medical", "medical_medicalexam", "applicant_account", needs=("applications",)),)
