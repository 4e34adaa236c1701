from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [("applications", "0002_database_objects"), ("exams", "0001_initial")]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE exams_seat ADD CONSTRAINT seat_of_its_applicant FOREIGN KEY (application_id, organ_code, account_id) REFERENCES applications_application (id, organ_code, account_id)",
                drop="ALTER TABLE exams_seat DROP CONSTRAINT seat_of_its_applicant",
                kind="constraint",
                name="seat_of_its_applicant",
                needs=("applications",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE exams_elimination ADD CONSTRAINT elimination_of_its_applicant FOREIGN KEY (application_id, organ_code, account_id) REFERENCES applications_application (id, organ_code, account_id)",
                drop="ALTER TABLE exams_elimination DROP CONSTRAINT elimination_of_its_applicant",
                kind="constraint",
                name="elimination_of_its_applicant",
                needs=("applications",),
            ),
            replaces=None,
        ),
    ]
