from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [("applications", "0002_database_objects"), ("medical", "0001_initial")]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE medical_medicalexam ADD CONSTRAINT medical_of_its_applicant FOREIGN KEY (application_id, organ_code, applicant_account) REFERENCES applications_application (id, organ_code, account_id)",
                drop="ALTER TABLE medical_medicalexam DROP CONSTRAINT medical_of_its_applicant",
                kind="constraint",
                name="medical_of_its_applicant",
                needs=("applications",),
            ),
            replaces=None,
        )
    ]
