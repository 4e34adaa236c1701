"""Objects of the recovery: whom a request is about, without a view of anybody's rows."""

from __future__ import annotations

from fujing.kernel.objects import function, same_parent

# The person who stated this number and name in the application with this receipt, and, if the wanted phone number is
# the name of somebody else's account, that account. Names nobody; a draft has no receipt yet.
MATCH = """RETURNS TABLE (account_id bigint, application_id bigint, organ_code bigint, holder_id bigint) LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public AS $$
    SELECT a.account_id, a.id, a.organ_code,
        (SELECT h.id FROM registry_account h WHERE h.username = number AND h.id <> a.account_id AND h.organ_code IS NULL)
    FROM applications_application a JOIN registry_account o ON o.id = a.account_id
    WHERE a.receipt = code AND a.state <> 'draft' AND a.erased_at IS NULL
        AND a.id_index = identity AND a.name = called AND o.id_index = identity AND o.is_active AND o.organ_code IS NULL
$$"""

OBJECTS = (
    function(
        "recovery_match",
        "identity bytea, called text, code text, number text",
        MATCH,
        needs=("applications", "registry"),
    ),
    same_parent(
        "recovery_of_its_applicant",
        "recovery_recovery",
        "application_id, organ_code, account_id",
        "applications_application",
        "id, organ_code, account_id",
        needs=("applications",),
    ),
)
