"""Objects of the plans: whoever was recruited has a slot."""

from __future__ import annotations

from fujing.kernel.objects import function, trigger
from fujing.kernel.refusals import RAISED

NEEDS_SLOT = f"""RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NEW.source = 'recruited' AND NOT EXISTS (SELECT 1 FROM plans_slot WHERE engagement_id = NEW.id) THEN
        RAISE EXCEPTION '未经批准，不得无计划聘用：没有占用用人计划名额（第十六条第三款）。'
            USING ERRCODE = '{RAISED}', DETAIL = '16.p3';
    END IF;
    RETURN NULL;
END $$"""

OBJECTS = (
    function("plans_recruited_needs_slot", "", NEEDS_SLOT),
    # Checked at commit: engagement and slot are written by one act, in this order.
    trigger(
        "plans_slot_needed",
        "registry_engagement",
        "AFTER INSERT OR UPDATE OF source",
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plans_recruited_needs_slot()",
        constraint=True,
        needs=("registry",),
    ),
)
