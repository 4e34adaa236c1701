from django.db import migrations

# An engagement counts as long as its end is open. The account's CHECK then refuses the person too many.
COUNT = """
CREATE FUNCTION quota_count_engagement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    was integer := 0;
    becomes integer := 0;
BEGIN
    IF TG_OP <> 'INSERT' AND upper_inf(OLD.span) THEN was := 1; END IF;
    IF TG_OP <> 'DELETE' AND upper_inf(NEW.span) THEN becomes := 1; END IF;
    IF TG_OP = 'UPDATE' AND NEW.organ_code <> OLD.organ_code THEN
        RAISE EXCEPTION '用工不能改换管理机关，应先离职再由新机关聘用（第五条第一款）。'
            USING ERRCODE = 'FJ001', DETAIL = '5.p1';
    END IF;
    IF was <> becomes THEN
        UPDATE quota_quotaaccount SET in_service = in_service + becomes - was
            WHERE organ_code = coalesce(NEW.organ_code, OLD.organ_code);
        IF NOT FOUND THEN
            RAISE EXCEPTION '该机关没有用人额度，不能聘用（第六条第一款）。'
                USING ERRCODE = 'FJ001', DETAIL = '6.p1';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER quota_count AFTER INSERT OR UPDATE OR DELETE ON registry_engagement
    FOR EACH ROW EXECUTE FUNCTION quota_count_engagement();
"""
DROP = "DROP TRIGGER quota_count ON registry_engagement; DROP FUNCTION quota_count_engagement()"


class Migration(migrations.Migration):
    dependencies = [("quota", "0001_initial"), ("registry", "0001_initial")]
    operations = [migrations.RunSQL(COUNT, DROP)]
