from django.db import migrations

# Checked at commit: engagement and slot are written by one act, in this order.
CHECK = """
CREATE FUNCTION plans_recruited_needs_slot() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NEW.source = 'recruited' AND NOT EXISTS (SELECT 1 FROM plans_slot WHERE engagement_id = NEW.id) THEN
        RAISE EXCEPTION '未经批准，不得无计划聘用：没有占用用人计划名额（第十六条第三款）。'
            USING ERRCODE = 'FJ001', DETAIL = '16.p3';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER plans_slot_needed AFTER INSERT OR UPDATE OF source ON registry_engagement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plans_recruited_needs_slot();
"""
DROP = "DROP TRIGGER plans_slot_needed ON registry_engagement; DROP FUNCTION plans_recruited_needs_slot()"


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("registry", "0001_initial")]
    operations = [migrations.RunSQL(CHECK, DROP)]
