"""Objects of the departures: whose they are, and that no dismissal is written without one."""

from __future__ import annotations

from fujing.kernel.objects import function, key, same_parent, trigger
from fujing.kernel.refusals import RAISED
from fujing.law.leaving.ways import WAYS, By, exit_kind
from fujing.management.leaving.gates import listed

DISMISSALS = sorted(
    {exit_kind(way, marked) for way, found in WAYS.items() if found.by is By.BUREAU for marked in (False, True)}
)
"""How an employment is called whose end the bureau decided."""
ENDS_BY_DEPARTURE = f"""RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM leaving_departure WHERE engagement_id = NEW.id AND state = 'cleared'
        AND last_day = upper(NEW.span) - 1
        AND CASE WHEN way = 'absent' THEN 'left_without_leave' WHEN marked THEN 'dismissed' ELSE way END = NEW.exit_kind)
    THEN
        RAISE EXCEPTION '单位解除劳动合同，应先按离职办理齐材料、决定、通知和交接（第三十二条）。'
            USING ERRCODE = '{RAISED}', DETAIL = '32';
    END IF;
    RETURN NEW;
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
    trigger(
        "employment_ends_by_departure",
        "registry_engagement",
        "BEFORE UPDATE",
        f"FOR EACH ROW WHEN (NEW.exit_kind IN ({listed(DISMISSALS)}) "
        "AND (NEW.span, NEW.exit_kind) IS DISTINCT FROM (OLD.span, OLD.exit_kind)) EXECUTE FUNCTION leaving_employment_ends()",
        needs=("registry",),
    ),
)
