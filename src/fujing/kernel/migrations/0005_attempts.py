from django.db import migrations

# How often something was tried lately, from where: a digest, never an address. It need not survive a crash.
# Only the function reads and writes it, whatever rights a role has on all tables.
TABLE = """
CREATE UNLOGGED TABLE kernel_attempt (kind text NOT NULL, source bytea NOT NULL, at timestamptz NOT NULL);
CREATE INDEX kernel_attempt_source ON kernel_attempt (kind, source, at);
CREATE INDEX kernel_attempt_at ON kernel_attempt (at);
ALTER TABLE kernel_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE kernel_attempt FORCE ROW LEVEL SECURITY;
CREATE FUNCTION kernel_attempts(what text, whence bytea, span interval, another boolean)
    RETURNS TABLE (number bigint, free_at timestamptz) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF another THEN
        INSERT INTO kernel_attempt VALUES (what, whence, clock_timestamp());
        -- Now and then somebody sweeps; rows that another is sweeping are left to them.
        IF random() < 0.02 THEN
            DELETE FROM kernel_attempt WHERE ctid IN (SELECT ctid FROM kernel_attempt
                WHERE at < clock_timestamp() - interval '1 day' LIMIT 5000 FOR UPDATE SKIP LOCKED);
        END IF;
    END IF;
    RETURN QUERY SELECT count(*), min(a.at) + span FROM kernel_attempt a
        WHERE a.kind = what AND a.source = whence AND a.at > clock_timestamp() - span;
END $$;
"""
DROP = "DROP FUNCTION kernel_attempts(text, bytea, interval, boolean); DROP TABLE kernel_attempt"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_erasure")]
    operations = [migrations.RunSQL(TABLE, DROP)]
