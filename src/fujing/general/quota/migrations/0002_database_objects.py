from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0002_database_objects"),
        ("quota", "0001_initial"),
        ("registry", "0002_database_objects"),
    ]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION quota_count(organ bigint, people integer, hired integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nBEGIN\n    UPDATE quota_quotaaccount SET in_service = in_service + people,\n        recorded_excess = CASE WHEN hired <= 0 AND people > 0\n            THEN greatest(0, passed_down + in_service + people + reserved - granted) ELSE recorded_excess END\n        WHERE organ_code = organ;\n    IF FOUND THEN\n        RETURN;\n    ELSIF hired <> 0 THEN\n        RAISE EXCEPTION '该机关没有用人额度，不能聘用（第六条第一款）。' USING ERRCODE = 'FJ001', DETAIL = '6.p1';\n    END IF;\n    INSERT INTO quota_quotaaccount (organ_code, granted, passed_down, in_service, reserved, recorded_excess)\n        VALUES (organ, 0, 0, people, 0, people);\nEND $$;\nREVOKE EXECUTE ON FUNCTION quota_count(bigint, integer, integer) FROM PUBLIC;",
                drop="DROP FUNCTION quota_count(bigint, integer, integer)",
                kind="function",
                name="quota_count",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION quota_count_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nDECLARE\n    each record;\nBEGIN\n    FOR each IN\n        SELECT organ_code, sum(counts)::integer AS people,\n            coalesce(sum(counts) FILTER (WHERE recorded_in_id IS NULL), 0)::integer AS hired\n        FROM (SELECT organ_code, recorded_in_id, 1 FROM became WHERE upper_inf(span)) AS changed (organ_code, recorded_in_id, counts)\n        GROUP BY organ_code HAVING sum(counts) <> 0 ORDER BY organ_code\n    LOOP\n        PERFORM quota_count(each.organ_code, each.people, each.hired);\n    END LOOP;\n    RETURN NULL;\nEND $$;",
                drop="DROP FUNCTION quota_count_insert()",
                kind="function",
                name="quota_count_insert",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION quota_count_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nDECLARE\n    each record;\nBEGIN\n    IF EXISTS (SELECT 1 FROM was JOIN became USING (id) WHERE was.organ_code <> became.organ_code) THEN\n        RAISE EXCEPTION '用工不能改换管理机关，应先离职再由新机关聘用（第五条第一款）。'\n            USING ERRCODE = 'FJ001', DETAIL = '5.p1';\n    END IF;\n    FOR each IN\n        SELECT organ_code, sum(counts)::integer AS people,\n            coalesce(sum(counts) FILTER (WHERE recorded_in_id IS NULL), 0)::integer AS hired\n        FROM (SELECT organ_code, recorded_in_id, -1 FROM was WHERE upper_inf(span)\n            UNION ALL SELECT organ_code, recorded_in_id, 1 FROM became WHERE upper_inf(span)) AS changed (organ_code, recorded_in_id, counts)\n        GROUP BY organ_code HAVING sum(counts) <> 0 ORDER BY organ_code\n    LOOP\n        PERFORM quota_count(each.organ_code, each.people, each.hired);\n    END LOOP;\n    RETURN NULL;\nEND $$;",
                drop="DROP FUNCTION quota_count_update()",
                kind="function",
                name="quota_count_update",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION quota_count_delete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nDECLARE\n    each record;\nBEGIN\n    FOR each IN\n        SELECT organ_code, sum(counts)::integer AS people,\n            coalesce(sum(counts) FILTER (WHERE recorded_in_id IS NULL), 0)::integer AS hired\n        FROM (SELECT organ_code, recorded_in_id, -1 FROM was WHERE upper_inf(span)) AS changed (organ_code, recorded_in_id, counts)\n        GROUP BY organ_code HAVING sum(counts) <> 0 ORDER BY organ_code\n    LOOP\n        PERFORM quota_count(each.organ_code, each.people, each.hired);\n    END LOOP;\n    RETURN NULL;\nEND $$;",
                drop="DROP FUNCTION quota_count_delete()",
                kind="function",
                name="quota_count_delete",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE TRIGGER quota_count_insert AFTER INSERT ON registry_engagement REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION quota_count_insert()",
                drop="DROP TRIGGER quota_count_insert ON registry_engagement",
                kind="trigger",
                name="quota_count_insert",
                needs=("registry",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE TRIGGER quota_count_update AFTER UPDATE ON registry_engagement REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION quota_count_update()",
                drop="DROP TRIGGER quota_count_update ON registry_engagement",
                kind="trigger",
                name="quota_count_update",
                needs=("registry",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE TRIGGER quota_count_delete AFTER DELETE ON registry_engagement REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION quota_count_delete()",
                drop="DROP TRIGGER quota_count_delete ON registry_engagement",
                kind="trigger",
                name="quota_count_delete",
                needs=("registry",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE POLICY file_of_quota_entry ON kernel_storedfile FOR SELECT USING (EXISTS (SELECT 1 FROM quota_quotaentry entry WHERE entry.scan_id = kernel_storedfile.id))",
                drop="DROP POLICY file_of_quota_entry ON kernel_storedfile",
                kind="policy",
                name="file_of_quota_entry",
                needs=("kernel",),
            ),
            replaces=None,
        ),
    ]
