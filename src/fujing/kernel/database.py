"""Objects of the kernel: history, erasure in the history, and attempts."""

from __future__ import annotations

from fujing.kernel.history import ENTRY_TEXT, ERASED_NAME
from fujing.kernel.objects import Closed, DatabaseObject, function, key
from fujing.kernel.refusals import RAISED

# SECURITY DEFINER: the application role itself may not write the history table.
RECORD = f"""RETURNS void
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
END $$"""

# Many rows that came or went by one statement: the same entries, written by one statement, too.
RECORD_ALL = f"""RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    actor text := coalesce(current_setting('fujing.actor', true), '');
BEGIN
    IF each_row IS NULL THEN
        RETURN;
    ELSIF actor = '' THEN
        RAISE EXCEPTION '写入必须注明办理人。' USING ERRCODE = '{RAISED}';
    END IF;
    INSERT INTO kernel_historyentry
        (at, tracked, row_id, organ_code, operation, before, after, actor, account_id, reason, request_id)
    SELECT clock_timestamp(), tracked, (value ->> 'id')::bigint, (value ->> 'organ_code')::bigint, operation,
        CASE operation WHEN 'delete' THEN value END, CASE operation WHEN 'insert' THEN value END, actor,
        nullif(current_setting('fujing.account', true), '')::bigint,
        coalesce(current_setting('fujing.reason', true), ''),
        coalesce(current_setting('fujing.request', true), '')
    FROM unnest(each_row) AS value;
END $$"""

# `leaves`: SM3 of each entry as it was, by id, since PostgreSQL has none; an entry of this very day needs none. With it the day's seal still holds; SHA-256
# of what remains keeps that too from being changed. Not for the application role: an eraser of a section calls it.
# `account`: whose name as the one who acted goes too, wherever it stands; null for nobody's.
ERASE_TYPES = "text, bigint[], text[], bigint, jsonb, text"
ERASE = f"""RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
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
END $$"""

# How often something was tried lately, from where: a digest, never an address. It need not survive a crash.
# Only the function reads and writes it, whatever rights a role has on all tables.
ATTEMPT = """
CREATE UNLOGGED TABLE kernel_attempt (kind text NOT NULL, source bytea NOT NULL, at timestamptz NOT NULL);
CREATE INDEX kernel_attempt_source ON kernel_attempt (kind, source, at);
CREATE INDEX kernel_attempt_at ON kernel_attempt (at);
ALTER TABLE kernel_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE kernel_attempt FORCE ROW LEVEL SECURITY;
"""
ATTEMPTS = """RETURNS TABLE (number bigint, free_at timestamptz) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF another THEN
        INSERT INTO kernel_attempt VALUES (what, whence, clock_timestamp());
        -- Now and then somebody sweeps; rows that another is sweeping are left to them.
        IF random() < 0.02 THEN
            DELETE FROM kernel_attempt WHERE ctid IN (SELECT ctid FROM kernel_attempt
                WHERE at < clock_timestamp() - interval '1 day' LIMIT 5000 FOR UPDATE SKIP LOCKED);
        END IF;
    END IF;
    RETURN QUERY SELECT count(*), min(a.at) + span FROM kernel_attempt a
        WHERE a.kind = what AND a.source = whence AND a.at > clock_timestamp() - span;
END $$"""

OBJECTS = (
    function("kernel_record", "tracked text, operation text, before jsonb, after jsonb", RECORD),
    function("kernel_record_all", "tracked text, operation text, each_row jsonb[]", RECORD_ALL),
    function(
        "kernel_erase_history",
        "tracked_table text, rows bigint[], columns text[], account bigint, leaves jsonb, rule text",
        ERASE,
        private=ERASE_TYPES,
    ),
    DatabaseObject("table", "kernel_attempt", ATTEMPT.strip(), "DROP TABLE kernel_attempt"),
    function("kernel_attempts", "what text, whence bytea, span interval, another boolean", ATTEMPTS),
    key("file_of_organ_and_account", "kernel_storedfile", "id, organ_code, account_id"),
)
# History and seals can only be added to, and history only by the functions.
CLOSED = (
    Closed("INSERT, UPDATE, DELETE, TRUNCATE", "kernel_historyentry"),
    Closed("UPDATE, DELETE, TRUNCATE", "kernel_historyseal"),
    Closed("INSERT, UPDATE, DELETE, TRUNCATE", "kernel_historyerasure"),
    Closed("EXECUTE", f"FUNCTION kernel_erase_history({ERASE_TYPES})"),
    Closed("INSERT, UPDATE, DELETE", "django_migrations"),
)
