from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial"), ("campaigns", "0001_initial"), ("registry", "0001_initial")]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION applications_earlier_exit(identity bigint) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER\n    SET search_path = public AS $$\n    SELECT id FROM registry_engagement\n    WHERE identity_key = identity AND exit_kind IN ('left_without_leave', 'dismissed', 'contract_rescinded')\n    ORDER BY id DESC LIMIT 1\n$$;",
                drop="DROP FUNCTION applications_earlier_exit(bigint)",
                kind="function",
                name="applications_earlier_exit",
                needs=("registry",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION applications_status(code text) RETURNS TABLE (title text, campaign_state text, ended_on date, state text, complete_until date) LANGUAGE sql STABLE\n    SECURITY DEFINER SET search_path = public AS $$\n    SELECT c.title, c.state, c.ended_on, a.state, a.complete_until\n    FROM applications_application a JOIN campaigns_campaign c ON c.id = a.campaign_id\n    WHERE a.receipt = code AND a.state <> 'draft'\n$$;",
                drop="DROP FUNCTION applications_status(text)",
                kind="function",
                name="applications_status",
                needs=("campaigns",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE applications_screeningblock ALTER COLUMN applications SET STORAGE EXTERNAL, ALTER COLUMN violated SET STORAGE EXTERNAL, ALTER COLUMN undetermined SET STORAGE EXTERNAL",
                drop="ALTER TABLE applications_screeningblock ALTER COLUMN applications SET STORAGE EXTENDED, ALTER COLUMN violated SET STORAGE EXTENDED, ALTER COLUMN undetermined SET STORAGE EXTENDED",
                kind="column",
                name="applications_screeningblock_plain",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE VIEW applications_screeningresult WITH (security_invoker = true) AS\nSELECT block.organ_code, block.run_id, block.first, block.last, application_id, found.violated, found.undetermined\nFROM applications_screeningblock block,\n    unnest(block.applications, block.violated, block.undetermined) found (application_id, violated, undetermined)",
                drop="DROP VIEW applications_screeningresult",
                kind="view",
                name="applications_screeningresult",
                needs=(),
            ),
            replaces=None,
        ),
    ]
