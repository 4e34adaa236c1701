"""Objects of the outfit: what a card answers to anybody, whose it is, and that nobody leaves with it."""

from __future__ import annotations

from fujing.kernel.clock import TODAY
from fujing.kernel.objects import function, key, same_parent, trigger
from fujing.kernel.refusals import RAISED
from fujing.management.outfit.gates import EXCLUDING

# A valid card of somebody in service: the name with one character masked, category, organ, and nothing else. No row for
# one that is unknown, stopped, lost, handed in or out of date: which of them is told to nobody. PL/pgSQL keeps its plan.
ANSWER = """RETURNS TABLE (name text, category text, organ text) LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public AS $$
BEGIN
    RETURN QUERY SELECT overlay(p.name placing '*' from 2 for 1), e.category::text, o.name::text
    FROM outfit_card c
        JOIN registry_engagement e ON e.id = c.engagement_id
        JOIN registry_person p ON p.id = c.person_id
        JOIN registry_organ o ON o.code = c.organ_code
    WHERE {found} AND c.state = 'valid' AND c.span @> {today} AND e.span @> {today};
END $$"""
BY_CODE = ANSWER.format(found="c.code_index = digest", today=TODAY)
BY_NUMBER = ANSWER.format(found="c.number = printed AND p.name = called", today=TODAY)

# At commit: who leaves by an act of the system has no card any more, however the exit came about (26). A roster only
# tells that somebody left; the card of such a person is invalid by its answer, and waits to be taken back.
HANDED_IN = f"""RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    held text;
BEGIN
    SELECT '工作证' || number INTO held FROM outfit_card WHERE engagement_id = NEW.id AND state IN ('requested', 'valid', 'suspended');
    IF held IS NULL THEN
        SELECT concat_ws(' ', i.name, nullif(h.size, ''), '第', h.id, '号') INTO held FROM outfit_holding h
            JOIN outfit_item i ON i.id = h.item_id WHERE h.engagement_id = NEW.id AND h.state = 'held';
    END IF;
    IF held IS NOT NULL AND EXISTS (SELECT 1 FROM registry_engagement WHERE id = NEW.id AND exit_kind <> '') THEN
        RAISE EXCEPTION '%还没有收回，遗失的还没有登记，不能办结离职（第二十六条）。', held
            USING ERRCODE = '{RAISED}', DETAIL = '26';
    END IF;
    RETURN NULL;
END
$$"""

OBJECTS = (
    key("item_of_organ", "outfit_item", "id, organ_code"),
    *(
        same_parent(name, table, "item_id, organ_code", "outfit_item", "id, organ_code")
        for name, table in (
            ("standard_of_its_item", "outfit_standard"),
            ("entry_of_its_item", "outfit_stockentry"),
            ("holding_of_its_item", "outfit_holding"),
        )
    ),
    function("outfit_excluded", "engagement bigint", EXCLUDING, needs=("registry",)),
    function("outfit_card_by_code", "digest bytea", BY_CODE, needs=("registry",)),
    function("outfit_card_by_number", "printed text, called text", BY_NUMBER, needs=("registry",)),
    *(
        same_parent(
            name,
            table,
            "engagement_id, organ_code, person_id",
            "registry_engagement",
            "id, organ_code, person_id",
            needs=("registry",),
        )
        for name, table in (
            ("card_of_its_person", "outfit_card"),
            ("hand_over_of_its_person", "outfit_handover"),
            ("holding_of_its_person", "outfit_holding"),
        )
    ),
    function("outfit_handed_in", "", HANDED_IN, needs=("registry",)),
    trigger(
        "engagement_hands_in",
        "registry_engagement",
        "AFTER UPDATE",
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.exit_kind <> '' AND "
        "(NEW.span, NEW.exit_kind) IS DISTINCT FROM (OLD.span, OLD.exit_kind)) EXECUTE FUNCTION outfit_handed_in()",
        constraint=True,
        needs=("registry",),
    ),
)
