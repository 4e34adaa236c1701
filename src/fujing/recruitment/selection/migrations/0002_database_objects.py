from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_database_objects"),
        ("campaigns", "0002_database_objects"),
        ("selection", "0001_initial"),
    ]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION selection_objection_status(code text) RETURNS TABLE (title text, number smallint, state text, raised_at timestamptz, ends date, answer text, answered_at timestamptz)\n    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$\n    SELECT c.title, n.number, o.state, o.raised_at, n.ends, o.answer, o.answered_at\n    FROM selection_objection o JOIN selection_publicitynotice n ON n.id = o.notice_id\n        JOIN campaigns_campaign c ON c.id = n.campaign_id\n    WHERE o.receipt = code\n$$;",
                drop="DROP FUNCTION selection_objection_status(text)",
                kind="function",
                name="selection_objection_status",
                needs=("campaigns",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE selection_scorecheck ADD CONSTRAINT score_check_of_its_applicant FOREIGN KEY (application_id, organ_code, account_id) REFERENCES applications_application (id, organ_code, account_id)",
                drop="ALTER TABLE selection_scorecheck DROP CONSTRAINT score_check_of_its_applicant",
                kind="constraint",
                name="score_check_of_its_applicant",
                needs=("applications",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE selection_publicised ADD CONSTRAINT publicised_of_its_applicant FOREIGN KEY (application_id, organ_code, account_id) REFERENCES applications_application (id, organ_code, account_id)",
                drop="ALTER TABLE selection_publicised DROP CONSTRAINT publicised_of_its_applicant",
                kind="constraint",
                name="publicised_of_its_applicant",
                needs=("applications",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE selection_publicitynotice ADD CONSTRAINT notice_of_organ UNIQUE (id, organ_code)",
                drop="ALTER TABLE selection_publicitynotice DROP CONSTRAINT notice_of_organ",
                kind="constraint",
                name="notice_of_organ",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE selection_publicised ADD CONSTRAINT publicised_in_organ_of_notice FOREIGN KEY (notice_id, organ_code) REFERENCES selection_publicitynotice (id, organ_code)",
                drop="ALTER TABLE selection_publicised DROP CONSTRAINT publicised_in_organ_of_notice",
                kind="constraint",
                name="publicised_in_organ_of_notice",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE selection_objection ADD CONSTRAINT objection_in_organ_of_notice FOREIGN KEY (notice_id, organ_code) REFERENCES selection_publicitynotice (id, organ_code)",
                drop="ALTER TABLE selection_objection DROP CONSTRAINT objection_in_organ_of_notice",
                kind="constraint",
                name="objection_in_organ_of_notice",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE selection_publicised ADD CONSTRAINT publicised_in_notice UNIQUE (notice_id, application_id)",
                drop="ALTER TABLE selection_publicised DROP CONSTRAINT publicised_in_notice",
                kind="constraint",
                name="publicised_in_notice",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE selection_objection ADD CONSTRAINT objection_to_somebody_publicised FOREIGN KEY (notice_id, application_id) REFERENCES selection_publicised (notice_id, application_id)",
                drop="ALTER TABLE selection_objection DROP CONSTRAINT objection_to_somebody_publicised",
                kind="constraint",
                name="objection_to_somebody_publicised",
                needs=(),
            ),
            replaces=None,
        ),
    ]
