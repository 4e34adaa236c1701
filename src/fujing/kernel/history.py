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


def append_only(name: str) -> pgtrigger.Trigger:
    """Trigger that refuses to change or delete a row once written, for anyone."""
    return pgtrigger.Trigger(
        name=f"{name}_append_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = '{RAISED}';",
    )
