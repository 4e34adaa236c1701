from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("registry", "0002_database_objects")]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION plans_recruited_needs_slot() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nBEGIN\n    IF NEW.source = 'recruited' AND NOT EXISTS (SELECT 1 FROM plans_slot WHERE engagement_id = NEW.id) THEN\n        RAISE EXCEPTION '未经批准，不得无计划聘用：没有占用用人计划名额（第十六条第三款）。'\n            USING ERRCODE = 'FJ001', DETAIL = '16.p3';\n    END IF;\n    RETURN NULL;\nEND $$;",
                drop="DROP FUNCTION plans_recruited_needs_slot()",
                kind="function",
                name="plans_recruited_needs_slot",
                needs=(),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE CONSTRAINT TRIGGER plans_slot_needed AFTER INSERT OR UPDATE OF source ON registry_engagement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plans_recruited_needs_slot()",
                drop="DROP TRIGGER plans_slot_needed ON registry_engagement",
                kind="trigger",
                name="plans_slot_needed",
                needs=("registry",),
            ),
            replaces=None,
        ),
    ]
