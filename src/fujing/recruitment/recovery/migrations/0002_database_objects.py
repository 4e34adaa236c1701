from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_database_objects"),
        ("recovery", "0001_initial"),
        ("registry", "0002_database_objects"),
    ]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION recovery_match(identity bytea, called text, code text, number text) RETURNS TABLE (account_id bigint, application_id bigint, organ_code bigint, holder_id bigint) LANGUAGE sql STABLE\n    SECURITY DEFINER SET search_path = public AS $$\n    SELECT a.account_id, a.id, a.organ_code,\n        (SELECT h.id FROM registry_account h WHERE h.username = number AND h.id <> a.account_id AND h.organ_code IS NULL)\n    FROM applications_application a JOIN registry_account o ON o.id = a.account_id\n    WHERE a.receipt = code AND a.state <> 'draft' AND a.erased_at IS NULL\n        AND a.id_index = identity AND a.name = called AND o.id_index = identity AND o.is_active AND o.organ_code IS NULL\n$$;",
                drop="DROP FUNCTION recovery_match(bytea, text, text, text)",
                kind="function",
                name="recovery_match",
                needs=("applications", "registry"),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE recovery_recovery ADD CONSTRAINT recovery_of_its_applicant FOREIGN KEY (application_id, organ_code, account_id) REFERENCES applications_application (id, organ_code, account_id)",
                drop="ALTER TABLE recovery_recovery DROP CONSTRAINT recovery_of_its_applicant",
                kind="constraint",
                name="recovery_of_its_applicant",
                needs=("applications",),
            ),
            replaces=None,
        ),
    ]
