from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [("contracts", "0005_changes"), ("registry", "0005_places_and_contracts_by_organ")]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE contracts_contractchange ADD CONSTRAINT contract_change_of_its_person FOREIGN KEY (engagement_id, organ_code, person_id) REFERENCES registry_engagement (id, organ_code, person_id)",
                drop="ALTER TABLE contracts_contractchange DROP CONSTRAINT contract_change_of_its_person",
                kind="constraint",
                name="contract_change_of_its_person",
                needs=("registry",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE registry_contract ADD CONSTRAINT contract_of_its_engagement UNIQUE (id, engagement_id)",
                drop="ALTER TABLE registry_contract DROP CONSTRAINT contract_of_its_engagement",
                kind="constraint",
                name="contract_of_its_engagement",
                needs=("registry",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE contracts_contractchange ADD CONSTRAINT contract_change_of_its_contract FOREIGN KEY (contract_id, engagement_id) REFERENCES registry_contract (id, engagement_id)",
                drop="ALTER TABLE contracts_contractchange DROP CONSTRAINT contract_change_of_its_contract",
                kind="constraint",
                name="contract_change_of_its_contract",
                needs=("registry",),
            ),
            replaces=None,
        ),
    ]
