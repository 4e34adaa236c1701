from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [("commendation", "0001_initial"), ("registry", "0007_database_objects")]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE commendation_commendation ADD CONSTRAINT commendation_of_its_person FOREIGN KEY (engagement_id, organ_code, person_id) REFERENCES registry_engagement (id, organ_code, person_id)",
                drop="ALTER TABLE commendation_commendation DROP CONSTRAINT commendation_of_its_person",
                kind="constraint",
                name="commendation_of_its_person",
                needs=("registry",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE commendation_commendation ADD CONSTRAINT commendation_of_organ UNIQUE (id, organ_code)",
                drop="ALTER TABLE commendation_commendation DROP CONSTRAINT commendation_of_organ",
                kind="constraint",
                name="commendation_of_organ",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE commendation_objection ADD CONSTRAINT objection_of_its_commendation FOREIGN KEY (commendation_id, organ_code) REFERENCES commendation_commendation (id, organ_code)",
                drop="ALTER TABLE commendation_objection DROP CONSTRAINT objection_of_its_commendation",
                kind="constraint",
                name="objection_of_its_commendation",
                needs=(),
            ),
            replaces=None,
        ),
    ]
