"""Objects of the departures: whose they are, and that no employment ends without one."""

from __future__ import annotations

from fujing.kernel.objects import function, key, same_parent
from fujing.kernel.refusals import RAISED
from fujing.management.contracts.database import when_employment_ends
from fujing.management.contracts.states import EXPIRED

# Checked at commit, by the row as it then is: employment and departure end by one act. A roster that is imported tells no
# kind of ending, and what had ended before it was recorded here says so by its source.
ENDS_BY_DEPARTURE = f"""RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    ended record;
BEGIN
    SELECT span, exit_kind, source, recorded_in_id INTO ended FROM registry_engagement WHERE id = NEW.id;
    IF NOT FOUND OR ended.exit_kind IN ('', '{EXPIRED}')
        OR (TG_OP = 'INSERT' AND (ended.source <> 'recruited' OR ended.recorded_in_id IS NOT NULL)) THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM leaving_departure WHERE engagement_id = NEW.id AND state IN ('ended', 'closed')
        AND last_day = upper(ended.span) - 1
        AND CASE WHEN way = 'absent' THEN 'left_without_leave' WHEN marked THEN 'dismissed' ELSE way END = ended.exit_kind)
    THEN
        RAISE EXCEPTION '离职应先按情形办理齐材料、决定、通知和交接，办结以后才能结束用工（第三十二条、第三十九条）。'
            USING ERRCODE = '{RAISED}', DETAIL = '32';
    END IF;
    RETURN NULL;
END
$$"""

# Whoever holds the acknowledgement reads how far it is and what is still to be handed back: no name, no reason.
STATUS = """RETURNS TABLE (state text, way text, received_on date, last_day date, departure text, left_open text[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT r.state, r.way, r.received_on, r.last_day, coalesce(d.state, ''),
        ARRAY(SELECT i.name::text FROM leaving_clearanceitem i WHERE i.departure_id = d.id AND i.outcome = '' ORDER BY i.id)
    FROM leaving_resignation r LEFT JOIN leaving_departure d ON d.id = r.departure_id
    WHERE r.receipt = code
$$"""

OBJECTS = (
    function("leaving_resignation_status", "code text", STATUS),
    same_parent(
        "departure_of_its_person",
        "leaving_departure",
        "engagement_id, organ_code, person_id",
        "registry_engagement",
        "id, organ_code, person_id",
        needs=("registry",),
    ),
    key("departure_of_organ", "leaving_departure", "id, organ_code"),
    key("departure_of_engagement", "leaving_departure", "id, engagement_id"),
    same_parent(
        "resignation_of_its_person",
        "leaving_resignation",
        "engagement_id, organ_code, person_id",
        "registry_engagement",
        "id, organ_code, person_id",
        needs=("registry",),
    ),
    same_parent(
        "resignation_and_its_departure",
        "leaving_resignation",
        "departure_id, engagement_id",
        "leaving_departure",
        "id, engagement_id",
    ),
    *(
        same_parent(name, table, "departure_id, organ_code", "leaving_departure", "id, organ_code")
        for name, table in (
            ("evidence_of_its_departure", "leaving_evidence"),
            ("clearance_of_its_departure", "leaving_clearanceitem"),
            ("hearing_of_its_departure", "leaving_hearing"),
        )
    ),
    function("leaving_employment_ends", "", ENDS_BY_DEPARTURE, needs=("registry",)),
    *when_employment_ends("employment_ends_by_departure", "leaving_employment_ends"),
)
