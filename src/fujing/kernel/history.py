"""Every change of a tracked row, with actor, reason, time and request: written by trigger, never changed."""

from __future__ import annotations

import pgtrigger

from fujing.kernel.refusals import RAISED


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


def tracked_in_bulk(name: str) -> list[pgtrigger.Trigger]:
    """The same history for a table whose rows come and go by thousands: a statement writes its entries at once."""
    changed = tracked(name)
    changed.operation = pgtrigger.Update
    return [changed, *(_tracked_at_once(name, *each) for each in AT_ONCE)]


AT_ONCE = (
    ("insert", pgtrigger.Insert, pgtrigger.Referencing(new="moved")),
    ("delete", pgtrigger.Delete, pgtrigger.Referencing(old="moved")),
)


def _tracked_at_once(
    name: str, verb: str, operation: pgtrigger.Operation, referencing: pgtrigger.Referencing
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"{name}_{verb}_history",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=referencing,
        func=f"""
        PERFORM kernel_record_all(TG_TABLE_NAME::text, '{verb}', (SELECT array_agg(to_jsonb(moved)) FROM moved));
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


def undeletable(name: str, sentence: str, provision: str = "") -> pgtrigger.Trigger:
    """Trigger that refuses to delete a row; the sentence says what can be done instead."""
    detail = f", DETAIL = '{provision}'" if provision else ""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=f"RAISE EXCEPTION '{sentence}' USING ERRCODE = '{RAISED}'{detail};",
    )
