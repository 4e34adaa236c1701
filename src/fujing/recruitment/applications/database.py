"""Objects of the applications: what somebody without a view of the rows may ask, and screening read row by row."""

from __future__ import annotations

from typing import Any

from fujing.kernel.objects import DatabaseObject, function, key, same_parent, view

# What a receipt answers: nobody's name, nothing that was stated, and no draft.
STATUS = """RETURNS TABLE (title text, campaign_state text, ended_on date, state text, complete_until date) LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public AS $$
    SELECT c.title, c.state, c.ended_on, a.state, a.complete_until
    FROM applications_application a JOIN campaigns_campaign c ON c.id = a.campaign_id
    WHERE a.receipt = code AND a.state <> 'draft'
$$"""

RESULTS = """
SELECT block.organ_code, block.run_id, block.first, block.last, application_id, found.violated, found.undetermined
FROM applications_screeningblock block,
    unnest(block.applications, block.violated, block.undetermined) found (application_id, violated, undetermined)
"""
BLOCK = "ALTER TABLE applications_screeningblock"


def stored(how: str) -> str:
    """How the arrays of a block are kept."""
    return f"{BLOCK} " + ", ".join(
        f"ALTER COLUMN {column} SET STORAGE {how}" for column in ("applications", "violated", "undetermined")
    )


def of_application(name: str, table: str, account: str = "account_id", **more: Any) -> DatabaseObject:
    """Organ and account of a row about an application are the application's."""
    return same_parent(
        f"{name}_of_its_applicant",
        table,
        f"application_id, organ_code, {account}",
        "applications_application",
        "id, organ_code, account_id",
        **more,
    )


OBJECTS = (
    function("applications_status", "code text", STATUS, needs=("campaigns",)),
    # Compressing a million results takes six times as long as writing them, for a few megabytes.
    DatabaseObject("column", "applications_screeningblock_plain", stored("EXTERNAL"), stored("EXTENDED")),
    view("applications_screeningresult", RESULTS),
    # Whoever writes a row names the organ and the account in it: both are the parent's, whatever a request says.
    key("application_of_organ_and_account", "applications_application", "id, organ_code, account_id"),
    same_parent(
        "application_in_organ_of_campaign",
        "applications_application",
        "campaign_id, organ_code",
        "campaigns_campaign",
        "id, organ_code",
        needs=("campaigns",),
    ),
    same_parent(
        "application_for_position_of_campaign",
        "applications_application",
        "position_id, campaign_id",
        "campaigns_position",
        "id, campaign_id",
        needs=("campaigns",),
    ),
    of_application("attachment", "applications_attachment"),
    same_parent(
        "attachment_own_file",
        "applications_attachment",
        "file_id, organ_code, account_id",
        "kernel_storedfile",
        "id, organ_code, account_id",
        needs=("kernel",),
    ),
    of_application("own_copy", "applications_owncopy"),
)
