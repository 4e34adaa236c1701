from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE STATISTICS engagement_open ON (upper(span)) FROM registry_engagement;",
                drop="DROP STATISTICS engagement_open",
                kind="statistics",
                name="engagement_open",
                needs=(),
            ),
            replaces=None,
        )
    ]
