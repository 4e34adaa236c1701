from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [("contracts", "0003_probation"), ("registry", "0005_places_and_contracts_by_organ")]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE contracts_probationreview ADD CONSTRAINT probation_of_its_person FOREIGN KEY (engagement_id, organ_code, person_id) REFERENCES registry_engagement (id, organ_code, person_id)",
                drop="ALTER TABLE contracts_probationreview DROP CONSTRAINT probation_of_its_person",
                kind="constraint",
                name="probation_of_its_person",
                needs=("registry",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE registry_contract ADD CONSTRAINT contract_and_its_probation UNIQUE (id, engagement_id, probation_until)",
                drop="ALTER TABLE registry_contract DROP CONSTRAINT contract_and_its_probation",
                kind="constraint",
                name="contract_and_its_probation",
                needs=("registry",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="ALTER TABLE contracts_probationreview ADD CONSTRAINT probation_of_its_contract FOREIGN KEY (contract_id, engagement_id, until) REFERENCES registry_contract (id, engagement_id, probation_until)",
                drop="ALTER TABLE contracts_probationreview DROP CONSTRAINT probation_of_its_contract",
                kind="constraint",
                name="probation_of_its_contract",
                needs=("registry",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION contracts_employment_runs_out() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$\nDECLARE\n    ended record;\nBEGIN\n    SELECT span, exit_kind, source, recorded_in_id INTO ended FROM registry_engagement WHERE id = NEW.id;\n    IF NOT FOUND OR ended.exit_kind <> 'contract_expired'\n        OR (TG_OP = 'INSERT' AND (ended.source <> 'recruited' OR ended.recorded_in_id IS NOT NULL)) THEN\n        RETURN NULL;\n    END IF;\n    IF NOT EXISTS (SELECT 1 FROM contracts_renewal WHERE engagement_id = NEW.id AND state = 'ended'\n        AND after = upper(ended.span)) THEN\n        RAISE EXCEPTION '合同期满终止应先征求本人续订意见或者作出不续订的决定，到期当日起办理（第三十九条）。'\n            USING ERRCODE = 'FJ001', DETAIL = '39';\n    END IF;\n    RETURN NULL;\nEND\n$$;",
                drop="DROP FUNCTION contracts_employment_runs_out()",
                kind="function",
                name="contracts_employment_runs_out",
                needs=("registry",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE CONSTRAINT TRIGGER employment_runs_out_by_renewal_at_once AFTER INSERT ON registry_engagement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.exit_kind <> '') EXECUTE FUNCTION contracts_employment_runs_out()",
                drop="DROP TRIGGER employment_runs_out_by_renewal_at_once ON registry_engagement",
                kind="trigger",
                name="employment_runs_out_by_renewal_at_once",
                needs=("registry",),
            ),
            replaces=None,
        ),
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE CONSTRAINT TRIGGER employment_runs_out_by_renewal_later AFTER UPDATE ON registry_engagement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((NEW.span, NEW.exit_kind) IS DISTINCT FROM (OLD.span, OLD.exit_kind)) EXECUTE FUNCTION contracts_employment_runs_out()",
                drop="DROP TRIGGER employment_runs_out_by_renewal_later ON registry_engagement",
                kind="trigger",
                name="employment_runs_out_by_renewal_later",
                needs=("registry",),
            ),
            replaces=None,
        ),
    ]
