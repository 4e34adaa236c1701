"""Objects of the quota: engagements counted, and scans that whoever sees a ledger line sees."""

from __future__ import annotations

from fujing.kernel.objects import function, policy, trigger
from fujing.kernel.refusals import RAISED

# Each kind of statement on engagements, and the rows before and after it.
STATEMENTS = {
    "insert": ("NEW TABLE AS became", "SELECT organ_code, recorded_in_id, 1 FROM became WHERE upper_inf(span)"),
    "update": (
        "OLD TABLE AS was NEW TABLE AS became",
        """SELECT organ_code, recorded_in_id, -1 FROM was WHERE upper_inf(span)
            UNION ALL SELECT organ_code, recorded_in_id, 1 FROM became WHERE upper_inf(span)""",
    ),
    "delete": ("OLD TABLE AS was", "SELECT organ_code, recorded_in_id, -1 FROM was WHERE upper_inf(span)"),
}

# An engagement counts as long as its end is open. The account's CHECK then refuses the person too many; people who were
# only recorded are true, too many or not: the account says by how many (docs/adr/0011-moving-in.md).
COUNT = f"""RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE quota_quotaaccount SET in_service = in_service + people,
        recorded_excess = CASE WHEN hired <= 0 AND people > 0
            THEN greatest(0, passed_down + in_service + people + reserved - granted) ELSE recorded_excess END
        WHERE organ_code = organ;
    IF FOUND THEN
        RETURN;
    ELSIF hired <> 0 THEN
        RAISE EXCEPTION '该机关没有用人额度，不能聘用（第六条第一款）。' USING ERRCODE = '{RAISED}', DETAIL = '6.p1';
    END IF;
    INSERT INTO quota_quotaaccount (organ_code, granted, passed_down, in_service, reserved, recorded_excess)
        VALUES (organ, 0, 0, people, 0, people);
END $$"""

MOVED = f"""
    IF EXISTS (SELECT 1 FROM was JOIN became USING (id) WHERE was.organ_code <> became.organ_code) THEN
        RAISE EXCEPTION '用工不能改换管理机关，应先离职再由新机关聘用（第五条第一款）。'
            USING ERRCODE = '{RAISED}', DETAIL = '5.p1';
    END IF;"""


def _counting(operation: str) -> str:
    """Once a statement: an organ that moves in with 20,000 people changes its account once."""
    _, counted = STATEMENTS[operation]
    return f"""RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    each record;
BEGIN{MOVED if operation == "update" else ""}
    FOR each IN
        SELECT organ_code, sum(counts)::integer AS people,
            coalesce(sum(counts) FILTER (WHERE recorded_in_id IS NULL), 0)::integer AS hired
        FROM ({counted}) AS changed (organ_code, recorded_in_id, counts)
        GROUP BY organ_code HAVING sum(counts) <> 0 ORDER BY organ_code
    LOOP
        PERFORM quota_count(each.organ_code, each.people, each.hired);
    END LOOP;
    RETURN NULL;
END $$"""


OBJECTS = (
    function("quota_count", "organ bigint, people integer, hired integer", COUNT, private="bigint, integer, integer"),
    *(function(f"quota_count_{each}", "", _counting(each)) for each in STATEMENTS),
    *(
        trigger(
            f"quota_count_{each}",
            "registry_engagement",
            f"AFTER {each.upper()}",
            f"REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION quota_count_{each}()",
            needs=("registry",),
        )
        for each, (tables, _) in STATEMENTS.items()
    ),
    # A document is kept once, at one of the organs that it moves quota between.
    policy(
        "file_of_quota_entry",
        "kernel_storedfile",
        "FOR SELECT USING (EXISTS (SELECT 1 FROM quota_quotaentry entry WHERE entry.scan_id = kernel_storedfile.id))",
        needs=("kernel",),
    ),
)
