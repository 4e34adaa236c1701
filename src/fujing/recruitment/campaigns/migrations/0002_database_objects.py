from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial")]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE campaigns_campaign ADD CONSTRAINT campaign_of_organ UNIQUE (id, organ_code)",
                drop="ALTER TABLE campaigns_campaign DROP CONSTRAINT campaign_of_organ",
                kind="constraint",
                name="campaign_of_organ",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE campaigns_position ADD CONSTRAINT position_of_campaign UNIQUE (id, campaign_id)",
                drop="ALTER TABLE campaigns_position DROP CONSTRAINT position_of_campaign",
                kind="constraint",
                name="position_of_campaign",
                needs=(),
            ),
            replaces=None,
        ),
    ]
