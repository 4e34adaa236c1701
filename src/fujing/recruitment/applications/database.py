"""Objects of the applications: what somebody without a view of the rows may ask, and screening read row by row."""

from __future__ import annotations

from fujing.kernel.objects import DatabaseObject, function, view

EARLIER_EXIT = """RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public AS $$
    SELECT id FROM registry_engagement
    WHERE identity_key = identity AND exit_kind IN ('left_without_leave', 'dismissed', 'contract_rescinded')
    ORDER BY id DESC LIMIT 1
$$"""

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


OBJECTS = (
    function("applications_earlier_exit", "identity bigint", EARLIER_EXIT, needs=("registry",)),
    function("applications_status", "code text", STATUS, needs=("campaigns",)),
    # Compressing a million results takes six times as long as writing them, for a few megabytes.
    DatabaseObject("column", "applications_screeningblock_plain", stored("EXTERNAL"), stored("EXTENDED")),
    view("applications_screeningresult", RESULTS),
)
