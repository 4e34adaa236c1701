"""Objects of the selection: what a receipt of an objection answers."""

from __future__ import annotations

from fujing.kernel.objects import function

# Whoever objected reads what became of it: not who was objected to, who answered, or what was objected.
STATUS = """RETURNS TABLE (title text, number smallint, state text, raised_at timestamptz, ends date, answer text, answered_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT c.title, n.number, o.state, o.raised_at, n.ends, o.answer, o.answered_at
    FROM selection_objection o JOIN selection_publicitynotice n ON n.id = o.notice_id
        JOIN campaigns_campaign c ON c.id = n.campaign_id
    WHERE o.receipt = code
$$"""

OBJECTS = (function("selection_objection_status", "code text", STATUS, needs=("campaigns",)),)
