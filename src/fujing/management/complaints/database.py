"""Objects of the complaints: who may have a key, whoever asks, and whether that is the accused."""

from __future__ import annotations

from fujing.kernel.clock import TODAY
from fujing.kernel.objects import function, policy
from fujing.kernel.territory import ACCOUNT, PERSON

# Public keys are everybody's to fill boxes with; the private halves and their salts stay with their readers.
READERS = f"""RETURNS TABLE (key_id bigint, account_id bigint, name text, bureau bigint, unit bigint, public bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT k.id, a.id, a.name::text, r.organ_code / 1000000 * 1000000, coalesce(a.unit_id, r.organ_code), k.public
    FROM complaints_readerkey k
    JOIN registry_account a ON a.id = k.account_id AND a.is_active
    JOIN registry_roleassignment r ON r.account_id = a.id AND r.role = 'discipline' AND r.span @> {TODAY}
    WHERE k.ended_at IS NULL
    ORDER BY k.id
$$"""
ACCUSED = """RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM complaints_hearing h JOIN registry_person p ON p.id = h.person_id
        JOIN registry_account a ON a.id = account
        WHERE h.report_id = report AND (a.person_id = h.person_id OR a.id_index = p.id_index))
$$"""
READS = """RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM complaints_envelope e JOIN registry_account a ON a.id = e.account_id
        JOIN registry_person p ON p.id = person
        WHERE e.report_id = report AND e.ended_at IS NULL AND (a.person_id = person OR a.id_index = p.id_index))
$$"""

OBJECTS = (
    function("complaints_readers", "", READERS, needs=("registry",)),
    function("complaints_accused", "report bigint, account bigint", ACCUSED, needs=("registry",)),
    function("complaints_reads", "report bigint, person bigint", READS, needs=("registry",)),
    policy(
        "complaint_readers",
        "complaints_report",
        "USING (EXISTS (SELECT 1 FROM complaints_envelope held WHERE held.report_id = complaints_report.id"
        f" AND held.account_id = {ACCOUNT} AND held.ended_at IS NULL))",
    ),
    # Only in the own name, and to the organ that keeps the own file.
    policy(
        "suggestion_made",
        "complaints_suggestion",
        f"FOR INSERT WITH CHECK (person_id = {PERSON} AND EXISTS (SELECT 1 FROM registry_person own"
        " WHERE own.id = complaints_suggestion.person_id AND own.organ_code = complaints_suggestion.organ_code))",
        needs=("registry",),
    ),
)
