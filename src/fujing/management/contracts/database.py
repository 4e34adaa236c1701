"""Objects of the contracts: whose they are, and that no employment runs out without its renewal having been decided."""

from __future__ import annotations

from fujing.kernel.objects import DatabaseObject, function, key, same_parent, trigger
from fujing.kernel.refusals import RAISED
from fujing.management.contracts.states import EXPIRED

# Checked at commit, by the row as it then is. What had ended before it was recorded here says so by its source.
RUNS_OUT = f"""RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    ended record;
BEGIN
    SELECT span, exit_kind, source, recorded_in_id INTO ended FROM registry_engagement WHERE id = NEW.id;
    IF NOT FOUND OR ended.exit_kind <> '{EXPIRED}'
        OR (TG_OP = 'INSERT' AND (ended.source <> 'recruited' OR ended.recorded_in_id IS NOT NULL)) THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM contracts_renewal WHERE engagement_id = NEW.id AND state = 'ended'
        AND after = upper(ended.span)) THEN
        RAISE EXCEPTION '合同期满终止应先征求本人续订意见或者作出不续订的决定，到期当日起办理（第三十九条）。'
            USING ERRCODE = '{RAISED}', DETAIL = '39';
    END IF;
    RETURN NULL;
END
$$"""


def when_employment_ends(name: str, call: str) -> tuple[DatabaseObject, ...]:
    """Triggers that call a function at the commit of whatever ends an employment, or says otherwise how it ended."""
    return tuple(
        trigger(
            f"{name}_{when}",
            "registry_engagement",
            f"AFTER {operation}",
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ({said}) EXECUTE FUNCTION {call}()",
            constraint=True,
            needs=("registry",),
        )
        for when, operation, said in (
            ("at_once", "INSERT", "NEW.exit_kind <> ''"),
            ("later", "UPDATE", "(NEW.span, NEW.exit_kind) IS DISTINCT FROM (OLD.span, OLD.exit_kind)"),
        )
    )


OBJECTS = (
    *(
        same_parent(
            name,
            table,
            "engagement_id, organ_code, person_id",
            "registry_engagement",
            "id, organ_code, person_id",
            needs=("registry",),
        )
        for name, table in (
            ("renewal_of_its_person", "contracts_renewal"),
            ("probation_of_its_person", "contracts_probationreview"),
            ("contract_change_of_its_person", "contracts_contractchange"),
        )
    ),
    key("contract_and_its_probation", "registry_contract", "id, engagement_id, probation_until", needs=("registry",)),
    same_parent(
        "probation_of_its_contract",
        "contracts_probationreview",
        "contract_id, engagement_id, until",
        "registry_contract",
        "id, engagement_id, probation_until",
        needs=("registry",),
    ),
    key("contract_of_its_engagement", "registry_contract", "id, engagement_id", needs=("registry",)),
    same_parent(
        "contract_change_of_its_contract",
        "contracts_contractchange",
        "contract_id, engagement_id",
        "registry_contract",
        "id, engagement_id",
        needs=("registry",),
    ),
    function("contracts_employment_runs_out", "", RUNS_OUT, needs=("registry",)),
    *when_employment_ends("employment_runs_out_by_renewal", "contracts_employment_runs_out"),
)
