from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_database_objects"), ("quota", "0001_initial"), ("registry", "0001_initial")]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION quota_count_engagement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nDECLARE\n    was integer := 0;\n    becomes integer := 0;\nBEGIN\n    IF TG_OP <> 'INSERT' AND upper_inf(OLD.span) THEN was := 1; END IF;\n    IF TG_OP <> 'DELETE' AND upper_inf(NEW.span) THEN becomes := 1; END IF;\n    IF TG_OP = 'UPDATE' AND NEW.organ_code <> OLD.organ_code THEN\n        RAISE EXCEPTION '用工不能改换管理机关，应先离职再由新机关聘用（第五条第一款）。'\n            USING ERRCODE = 'FJ001', DETAIL = '5.p1';\n    END IF;\n    IF was <> becomes THEN\n        UPDATE quota_quotaaccount SET in_service = in_service + becomes - was\n            WHERE organ_code = coalesce(NEW.organ_code, OLD.organ_code);\n        IF NOT FOUND THEN\n            RAISE EXCEPTION '该机关没有用人额度，不能聘用（第六条第一款）。'\n                USING ERRCODE = 'FJ001', DETAIL = '6.p1';\n        END IF;\n    END IF;\n    RETURN NULL;\nEND $$;",
                drop="DROP FUNCTION quota_count_engagement()",
                kind="function",
                name="quota_count_engagement",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE TRIGGER quota_count AFTER INSERT OR UPDATE OR DELETE ON registry_engagement FOR EACH ROW EXECUTE FUNCTION quota_count_engagement()",
                drop="DROP TRIGGER quota_count ON registry_engagement",
                kind="trigger",
                name="quota_count",
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
