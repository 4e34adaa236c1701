"""Every change of a tracked row, with actor, reason, time and request: written by trigger, never changed."""

from __future__ import annotations

import pgtrigger

from fujing.kernel.refusals import RAISED

# SECURITY DEFINER: the application role itself may not write the history table.
RECORD_FUNCTION = f"""
CREATE OR REPLACE FUNCTION kernel_record(tracked text, operation text, before jsonb, after jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    actor text := coalesce(current_setting('fujing.actor', true), '');
    row_now jsonb := coalesce(after, before);
    was jsonb := before;
    becomes jsonb := after;
BEGIN
    IF actor = '' THEN
        RAISE EXCEPTION '写入必须注明办理人。' USING ERRCODE = '{RAISED}';
    END IF;
    IF before IS NOT NULL AND after IS NOT NULL THEN
        SELECT jsonb_object_agg(key, value) INTO becomes FROM jsonb_each(after)
            WHERE value IS DISTINCT FROM before -> key;
        IF becomes IS NULL THEN RETURN; END IF;
        SELECT jsonb_object_agg(key, value) INTO was FROM jsonb_each(before) WHERE becomes ? key;
    END IF;
    INSERT INTO kernel_historyentry
        (at, tracked, row_id, organ_code, operation, before, after, actor, account_id, reason, request_id)
    VALUES (clock_timestamp(), tracked, coalesce(row_now ->> 'id', row_now ->> 'code', row_now ->> 'organ_code')::bigint,
        (row_now ->> 'organ_code')::bigint, operation, was, becomes, actor,
        nullif(current_setting('fujing.account', true), '')::bigint,
        coalesce(current_setting('fujing.reason', true), ''),
        coalesce(current_setting('fujing.request', true), ''));
END $$;
"""


def tracked(name: str) -> pgtrigger.Trigger:
    """Trigger that records inserts, changes and deletions; a write without an actor is refused."""
    return pgtrigger.Trigger(
        name=f"{name}_history",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
        PERFORM kernel_record(
            TG_TABLE_NAME::text, lower(TG_OP),
            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,
            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);
        RETURN NULL;
        """,
    )


# True only inside the functions below: the flag alone, or the owner's role alone, opens nothing.
ERASING = """current_setting('fujing.erasing', true) = 'on'
    AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID)"""


def append_only(name: str, *, erasable: bool = False) -> pgtrigger.Trigger:
    """Trigger that refuses to change or delete a row once written, for anyone.

    `erasable`: but for the functions that erase personal data whose time has passed (docs/adr/0003-history.md).
    """
    door = f"IF {ERASING} THEN RETURN coalesce(NEW, OLD); END IF;\n" if erasable else ""
    return pgtrigger.Trigger(
        name=f"{name}_append_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"{door}RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = '{RAISED}';",
    )


# Everything of an entry, in one canonical text.
ENTRY_TEXT = """concat_ws(chr(31), id, extract(epoch FROM at), tracked, row_id, coalesce(organ_code, 0), operation,
    coalesce(before::text, ''), coalesce(after::text, ''), actor, coalesce(account_id, 0), reason, request_id)"""
ERASED_NAME = "（已删除）"
# `leaves`: SM3 of each entry as it was, by id, since PostgreSQL has none; an entry of this very day needs none. With it the day's seal still holds; SHA-256
# of what remains keeps that too from being changed. Not for the application role: an eraser of a section calls it.
# `account`: whose name as the one who acted goes too, wherever it stands; null for nobody's.
ERASE_SIGNATURE = "kernel_erase_history(text, bigint[], text[], bigint, jsonb, text)"
ERASE_FUNCTION = f"""
CREATE FUNCTION kernel_erase_history(
    tracked_table text, rows bigint[], columns text[], account bigint, leaves jsonb, rule text
) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    entry record;
    erased integer := 0;
BEGIN
    FOR entry IN SELECT id, organ_code, tracked = tracked_table AND row_id = ANY (rows) AS about FROM kernel_historyentry
        WHERE tracked = tracked_table AND row_id = ANY (rows) AND (before ?| columns OR after ?| columns)
            OR account_id = account AND actor <> '{ERASED_NAME}'
    LOOP
        UPDATE kernel_historyentry SET before = CASE WHEN entry.about THEN before - columns ELSE before END,
            after = CASE WHEN entry.about THEN after - columns ELSE after END,
            actor = CASE WHEN account_id = account THEN '{ERASED_NAME}' ELSE actor END
        WHERE id = entry.id;
        INSERT INTO kernel_historyerasure (entry, organ_code, leaf, columns, remains, rule, at, actor)
        SELECT id, entry.organ_code, coalesce(leaves ->> id::text, ''), columns,
            encode(sha256(convert_to({ENTRY_TEXT}, 'UTF8')), 'hex'), rule, clock_timestamp(),
            coalesce(current_setting('fujing.actor', true), '')
        FROM kernel_historyentry WHERE id = entry.id;
        erased := erased + 1;
    END LOOP;
    RETURN erased;
END $$;
REVOKE EXECUTE ON FUNCTION {ERASE_SIGNATURE} FROM PUBLIC;
"""
