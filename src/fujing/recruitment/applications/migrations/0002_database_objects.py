from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0001_initial"),
        ("campaigns", "0002_database_objects"),
        ("kernel", "0002_database_objects"),
    ]

    operations = [
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
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE applications_application ADD CONSTRAINT application_of_organ_and_account UNIQUE (id, organ_code, account_id)",
                drop="ALTER TABLE applications_application DROP CONSTRAINT application_of_organ_and_account",
                kind="constraint",
                name="application_of_organ_and_account",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE applications_application ADD CONSTRAINT application_in_organ_of_campaign FOREIGN KEY (campaign_id, organ_code) REFERENCES campaigns_campaign (id, organ_code)",
                drop="ALTER TABLE applications_application DROP CONSTRAINT application_in_organ_of_campaign",
                kind="constraint",
                name="application_in_organ_of_campaign",
                needs=("campaigns",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE applications_application ADD CONSTRAINT application_for_position_of_campaign FOREIGN KEY (position_id, campaign_id) REFERENCES campaigns_position (id, campaign_id)",
                drop="ALTER TABLE applications_application DROP CONSTRAINT application_for_position_of_campaign",
                kind="constraint",
                name="application_for_position_of_campaign",
                needs=("campaigns",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE applications_attachment ADD CONSTRAINT attachment_of_its_applicant FOREIGN KEY (application_id, organ_code, account_id) REFERENCES applications_application (id, organ_code, account_id)",
                drop="ALTER TABLE applications_attachment DROP CONSTRAINT attachment_of_its_applicant",
                kind="constraint",
                name="attachment_of_its_applicant",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE applications_attachment ADD CONSTRAINT attachment_own_file FOREIGN KEY (file_id, organ_code, account_id) REFERENCES kernel_storedfile (id, organ_code, account_id)",
                drop="ALTER TABLE applications_attachment DROP CONSTRAINT attachment_own_file",
                kind="constraint",
                name="attachment_own_file",
                needs=("kernel",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE applications_owncopy ADD CONSTRAINT own_copy_of_its_applicant FOREIGN KEY (application_id, organ_code, account_id) REFERENCES applications_application (id, organ_code, account_id)",
                drop="ALTER TABLE applications_owncopy DROP CONSTRAINT own_copy_of_its_applicant",
                kind="constraint",
                name="own_copy_of_its_applicant",
                needs=(),
            ),
            replaces=None,
        ),
    ]
