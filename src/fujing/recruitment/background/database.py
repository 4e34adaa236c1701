"""Objects of the background checks: whose applicant, and an earlier exit in the whole province."""

from __future__ import annotations

from fujing.kernel.objects import function
from fujing.recruitment.applications.database import of_application

EARLIER_EXIT = """RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public AS $$
    SELECT id FROM registry_engagement
    WHERE identity_key = identity AND exit_kind IN ('left_without_leave', 'dismissed', 'contract_rescinded')
    ORDER BY id DESC LIMIT 1
$$"""

OBJECTS = (
    function("background_earlier_exit", "identity bigint", EARLIER_EXIT, needs=("registry",)),
    of_application("background", "background_backgroundcheck", "applicant_account", needs=("applications",)),
)
