from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION kernel_record(tracked text, operation text, before jsonb, after jsonb) RETURNS void\nLANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nDECLARE\n    actor text := coalesce(current_setting('fujing.actor', true), '');\n    row_now jsonb := coalesce(after, before);\n    was jsonb := before;\n    becomes jsonb := after;\nBEGIN\n    IF actor = '' THEN\n        RAISE EXCEPTION '写入必须注明办理人。' USING ERRCODE = 'FJ001';\n    END IF;\n    IF before IS NOT NULL AND after IS NOT NULL THEN\n        SELECT jsonb_object_agg(key, value) INTO becomes FROM jsonb_each(after)\n            WHERE value IS DISTINCT FROM before -> key;\n        IF becomes IS NULL THEN RETURN; END IF;\n        SELECT jsonb_object_agg(key, value) INTO was FROM jsonb_each(before) WHERE becomes ? key;\n    END IF;\n    INSERT INTO kernel_historyentry\n        (at, tracked, row_id, organ_code, operation, before, after, actor, account_id, reason, request_id)\n    VALUES (clock_timestamp(), tracked, coalesce(row_now ->> 'id', row_now ->> 'code', row_now ->> 'organ_code')::bigint,\n        (row_now ->> 'organ_code')::bigint, operation, was, becomes, actor,\n        nullif(current_setting('fujing.account', true), '')::bigint,\n        coalesce(current_setting('fujing.reason', true), ''),\n        coalesce(current_setting('fujing.request', true), ''));\nEND $$;",
                drop="DROP FUNCTION kernel_record(text, text, jsonb, jsonb)",
                kind="function",
                name="kernel_record",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION kernel_record_all(tracked text, operation text, each_row jsonb[]) RETURNS void\nLANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nDECLARE\n    actor text := coalesce(current_setting('fujing.actor', true), '');\nBEGIN\n    IF each_row IS NULL THEN\n        RETURN;\n    ELSIF actor = '' THEN\n        RAISE EXCEPTION '写入必须注明办理人。' USING ERRCODE = 'FJ001';\n    END IF;\n    INSERT INTO kernel_historyentry\n        (at, tracked, row_id, organ_code, operation, before, after, actor, account_id, reason, request_id)\n    SELECT clock_timestamp(), tracked, (value ->> 'id')::bigint, (value ->> 'organ_code')::bigint, operation,\n        CASE operation WHEN 'delete' THEN value END, CASE operation WHEN 'insert' THEN value END, actor,\n        nullif(current_setting('fujing.account', true), '')::bigint,\n        coalesce(current_setting('fujing.reason', true), ''),\n        coalesce(current_setting('fujing.request', true), '')\n    FROM unnest(each_row) AS value;\nEND $$;",
                drop="DROP FUNCTION kernel_record_all(text, text, jsonb[])",
                kind="function",
                name="kernel_record_all",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION kernel_erase_history(tracked_table text, rows bigint[], columns text[], account bigint, leaves jsonb, rule text) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nDECLARE\n    entry record;\n    erased integer := 0;\nBEGIN\n    FOR entry IN SELECT id, organ_code, tracked = tracked_table AND row_id = ANY (rows) AS about FROM kernel_historyentry\n        WHERE tracked = tracked_table AND row_id = ANY (rows) AND (before ?| columns OR after ?| columns)\n            OR account_id = account AND actor <> '（已删除）'\n    LOOP\n        UPDATE kernel_historyentry SET before = CASE WHEN entry.about THEN before - columns ELSE before END,\n            after = CASE WHEN entry.about THEN after - columns ELSE after END,\n            actor = CASE WHEN account_id = account THEN '（已删除）' ELSE actor END\n        WHERE id = entry.id;\n        INSERT INTO kernel_historyerasure (entry, organ_code, leaf, columns, remains, rule, at, actor)\n        SELECT id, entry.organ_code, coalesce(leaves ->> id::text, ''), columns,\n            encode(sha256(convert_to(concat_ws(chr(31), id, extract(epoch FROM at), tracked, row_id, coalesce(organ_code, 0), operation,\n    coalesce(before::text, ''), coalesce(after::text, ''), actor, coalesce(account_id, 0), reason, request_id), 'UTF8')), 'hex'), rule, clock_timestamp(),\n            coalesce(current_setting('fujing.actor', true), '')\n        FROM kernel_historyentry WHERE id = entry.id;\n        erased := erased + 1;\n    END LOOP;\n    RETURN erased;\nEND $$;\nREVOKE EXECUTE ON FUNCTION kernel_erase_history(text, bigint[], text[], bigint, jsonb, text) FROM PUBLIC;",
                drop="DROP FUNCTION kernel_erase_history(text, bigint[], text[], bigint, jsonb, text)",
                kind="function",
                name="kernel_erase_history",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE UNLOGGED TABLE kernel_attempt (kind text NOT NULL, source bytea NOT NULL, at timestamptz NOT NULL);\nCREATE INDEX kernel_attempt_source ON kernel_attempt (kind, source, at);\nCREATE INDEX kernel_attempt_at ON kernel_attempt (at);\nALTER TABLE kernel_attempt ENABLE ROW LEVEL SECURITY;\nALTER TABLE kernel_attempt FORCE ROW LEVEL SECURITY;",
                drop="DROP TABLE kernel_attempt",
                kind="table",
                name="kernel_attempt",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION kernel_attempts(what text, whence bytea, span interval, another boolean) RETURNS TABLE (number bigint, free_at timestamptz) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nBEGIN\n    IF another THEN\n        INSERT INTO kernel_attempt VALUES (what, whence, clock_timestamp());\n        -- Now and then somebody sweeps; rows that another is sweeping are left to them.\n        IF random() < 0.02 THEN\n            DELETE FROM kernel_attempt WHERE ctid IN (SELECT ctid FROM kernel_attempt\n                WHERE at < clock_timestamp() - interval '1 day' LIMIT 5000 FOR UPDATE SKIP LOCKED);\n        END IF;\n    END IF;\n    RETURN QUERY SELECT count(*), min(a.at) + span FROM kernel_attempt a\n        WHERE a.kind = what AND a.source = whence AND a.at > clock_timestamp() - span;\nEND $$;",
                drop="DROP FUNCTION kernel_attempts(text, bytea, interval, boolean)",
                kind="function",
                name="kernel_attempts",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE kernel_storedfile ADD CONSTRAINT file_of_organ_and_account UNIQUE (id, organ_code, account_id)",
                drop="ALTER TABLE kernel_storedfile DROP CONSTRAINT file_of_organ_and_account",
                kind="constraint",
                name="file_of_organ_and_account",
                needs=(),
            ),
            replaces=None,
        ),
    ]
