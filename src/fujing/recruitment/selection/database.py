"""Objects of the selection: what a receipt of an objection answers."""

from __future__ import annotations

from fujing.kernel.objects import function, key, same_parent
from fujing.recruitment.applications.database import of_application

# Whoever objected reads what became of it: not who was objected to, who answered, or what was objected.
STATUS = """RETURNS TABLE (title text, number smallint, state text, raised_at timestamptz, ends date, answer text, answered_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT c.title, n.number, o.state, o.raised_at, n.ends, o.answer, o.answered_at
    FROM selection_objection o JOIN selection_publicitynotice n ON n.id = o.notice_id
        JOIN campaigns_campaign c ON c.id = n.campaign_id
    WHERE o.receipt = code
$$"""

BELOW = ("applications",)

OBJECTS = (
    function("selection_objection_status", "code text", STATUS, needs=("campaigns",)),
    of_application("score_check", "selection_scorecheck", needs=BELOW),
    of_application("publicised", "selection_publicised", needs=BELOW),
    key("notice_of_organ", "selection_publicitynotice", "id, organ_code"),
    same_parent(
        "publicised_in_organ_of_notice",
        "selection_publicised",
        "notice_id, organ_code",
        "selection_publicitynotice",
        "id, organ_code",
    ),
    same_parent(
        "objection_in_organ_of_notice",
        "selection_objection",
        "notice_id, organ_code",
        "selection_publicitynotice",
        "id, organ_code",
    ),
    # An objection is to somebody whose name was made public in that very notice.
    key("publicised_in_notice", "selection_publicised", "notice_id, application_id"),
    same_parent(
        "objection_to_somebody_publicised",
        "selection_objection",
        "notice_id, application_id",
        "selection_publicised",
        "notice_id, application_id",
    ),
)
