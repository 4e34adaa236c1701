from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [("payroll", "0001_initial")]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE payroll_factsheet ADD CONSTRAINT pay_sheet_of_organ UNIQUE (id, organ_code)",
                drop="ALTER TABLE payroll_factsheet DROP CONSTRAINT pay_sheet_of_organ",
                kind="constraint",
                name="pay_sheet_of_organ",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE payroll_standingfacts ADD CONSTRAINT pay_standing_of_its_sheet FOREIGN KEY (sheet_id, organ_code) REFERENCES payroll_factsheet (id, organ_code)",
                drop="ALTER TABLE payroll_standingfacts DROP CONSTRAINT pay_standing_of_its_sheet",
                kind="constraint",
                name="pay_standing_of_its_sheet",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE payroll_monthfacts ADD CONSTRAINT pay_month_of_its_sheet FOREIGN KEY (sheet_id, organ_code) REFERENCES payroll_factsheet (id, organ_code)",
                drop="ALTER TABLE payroll_monthfacts DROP CONSTRAINT pay_month_of_its_sheet",
                kind="constraint",
                name="pay_month_of_its_sheet",
                needs=(),
            ),
            replaces=None,
        ),
    ]
