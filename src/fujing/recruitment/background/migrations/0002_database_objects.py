from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_database_objects"),
        ("background", "0001_initial"),
        ("registry", "0002_database_objects"),
    ]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION background_earlier_exit(identity bigint) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER\n    SET search_path = public AS $$\n    SELECT id FROM registry_engagement\n    WHERE identity_key = identity AND exit_kind IN ('left_without_leave', 'dismissed', 'contract_rescinded')\n    ORDER BY id DESC LIMIT 1\n$$;",
                drop="DROP FUNCTION background_earlier_exit(bigint)",
                kind="function",
                name="background_earlier_exit",
                needs=("registry",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE background_backgroundcheck ADD CONSTRAINT background_of_its_applicant FOREIGN KEY (application_id, organ_code, applicant_account) REFERENCES applications_application (id, organ_code, account_id)",
                drop="ALTER TABLE background_backgroundcheck DROP CONSTRAINT background_of_its_applicant",
                kind="constraint",
                name="background_of_its_applicant",
                needs=("applications",),
            ),
            replaces=None,
        ),
    ]
