"""Objects of the quota: engagements counted, and scans that whoever sees a ledger line sees."""

from __future__ import annotations

from fujing.kernel.objects import function, policy, trigger
from fujing.kernel.refusals import RAISED

# An engagement counts as long as its end is open. The account's CHECK then refuses the person too many.
COUNT = f"""RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    was integer := 0;
    becomes integer := 0;
BEGIN
    IF TG_OP <> 'INSERT' AND upper_inf(OLD.span) THEN was := 1; END IF;
    IF TG_OP <> 'DELETE' AND upper_inf(NEW.span) THEN becomes := 1; END IF;
    IF TG_OP = 'UPDATE' AND NEW.organ_code <> OLD.organ_code THEN
        RAISE EXCEPTION '用工不能改换管理机关，应先离职再由新机关聘用（第五条第一款）。'
            USING ERRCODE = '{RAISED}', DETAIL = '5.p1';
    END IF;
    IF was <> becomes THEN
        UPDATE quota_quotaaccount SET in_service = in_service + becomes - was
            WHERE organ_code = coalesce(NEW.organ_code, OLD.organ_code);
        IF NOT FOUND THEN
            RAISE EXCEPTION '该机关没有用人额度，不能聘用（第六条第一款）。'
                USING ERRCODE = '{RAISED}', DETAIL = '6.p1';
        END IF;
    END IF;
    RETURN NULL;
END $$"""

OBJECTS = (
    function("quota_count_engagement", "", COUNT),
    trigger(
        "quota_count",
        "registry_engagement",
        "AFTER INSERT OR UPDATE OR DELETE",
        "FOR EACH ROW EXECUTE FUNCTION quota_count_engagement()",
        needs=("registry",),
    ),
    # A document is kept once, at one of the organs that it moves quota between.
    policy(
        "file_of_quota_entry",
        "kernel_storedfile",
        "FOR SELECT USING (EXISTS (SELECT 1 FROM quota_quotaentry entry WHERE entry.scan_id = kernel_storedfile.id))",
        needs=("kernel",),
    ),
)
