"""What the registry's tables need beside their models."""

from __future__ import annotations

from fujing.kernel.objects import Closed, DatabaseObject, function, key, same_parent, trigger
from fujing.kernel.refusals import RAISED
from fujing.registry.models.activations import MOST_FAILURES

# A sign-in that reads somebody's file is that human's, by the citizen number, whoever writes it.
SIGN_IN_OF_ITS_PERSON = f"""RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM registry_person p
        WHERE p.id = NEW.person_id AND p.id_index = NEW.id_index AND p.organ_code = NEW.organ_code) THEN
        RAISE EXCEPTION '本人服务只能开通给本人：账号的公民身份号码、机关应与本人档案一致。'
            USING ERRCODE = '{RAISED}', DETAIL = '14';
    END IF;
    RETURN NEW;
END
$$"""

# Whoever serves as an auxiliary and also works at the desk has two sign-ins, so that no click of the one is of the other.
ROLES_APART = f"""RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    file bigint;
BEGIN
    SELECT person_id INTO file FROM registry_account WHERE id = NEW.account_id;
    IF NEW.role = 'auxiliary' AND file IS NULL THEN
        RAISE EXCEPTION '辅警角色随本人服务开通，不单独授予。' USING ERRCODE = '{RAISED}', DETAIL = '14';
    ELSIF NEW.role NOT IN ('auxiliary', 'applicant') AND file IS NOT NULL THEN
        RAISE EXCEPTION '本人服务的账号不能授予工作角色，请另建工作账号。' USING ERRCODE = '{RAISED}', DETAIL = '14';
    END IF;
    RETURN NEW;
END
$$"""

# Whose code this is, if the last characters of the citizen number fit, and which account the human has already, with its
# name shortened. A wrong try is counted here, so that no refusal undoes it.
TRY = f"""RETURNS TABLE (activation_id bigint, organ_code bigint, person_id bigint, account_id bigint, joined boolean,
    username text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE
    theirs record;
BEGIN
    SELECT a.id, a.organ_code, a.person_id, a.failures + 1 AS failures, p.id_index, p.id_tail_index INTO theirs
    FROM registry_activation a JOIN registry_person p ON p.id = a.person_id
    WHERE a.code_index = code AND a.outcome = '' AND a.until > clock_timestamp() FOR UPDATE OF a;
    IF NOT FOUND THEN
        RETURN;
    ELSIF theirs.id_tail_index IS DISTINCT FROM tail THEN
        UPDATE registry_activation SET failures = theirs.failures,
            outcome = CASE WHEN theirs.failures >= {MOST_FAILURES} THEN 'spent' ELSE '' END,
            ended_at = CASE WHEN theirs.failures >= {MOST_FAILURES} THEN now() END WHERE id = theirs.id;
        RETURN;
    END IF;
    RETURN QUERY SELECT theirs.id, theirs.organ_code, theirs.person_id, o.id,
        coalesce(o.person_id = theirs.person_id, false), coalesce(left(o.username, 3) || '****' || right(o.username, 4), '')
    FROM (SELECT 1) AS one LEFT JOIN registry_account o ON o.id_index = theirs.id_index;
END
$$"""

# At commit: whoever was placed once stays placed until service ends. Before that they wait for a place, as a roster
# without units or somebody just hired leaves them; that is a to-do, not a fault. The engagement is locked, so that of
# two who write the second judges what the first left; not for its key, which every assignment holds already.
NO_GAP = f"""RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
    about bigint := CASE TG_TABLE_NAME WHEN 'registry_engagement' THEN (to_jsonb(NEW) ->> 'id')::bigint
        ELSE (to_jsonb(coalesce(NEW, OLD)) ->> 'engagement_id')::bigint END;
    served daterange;
    placed datemultirange;
BEGIN
    SELECT span INTO served FROM registry_engagement WHERE id = about FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT range_agg(span) INTO placed FROM registry_assignment WHERE engagement_id = about;
    IF NOT coalesce(isempty(placed), true) AND placed <> datemultirange(daterange(lower(placed), upper(served))) THEN
        RAISE EXCEPTION '岗位安排之间不能有空档，到离职为止应一直有用人单位和岗位（第五条第一款）。'
            USING ERRCODE = '{RAISED}', DETAIL = '5.p1';
    END IF;
    RETURN NULL;
END
$$"""
# What was recorded of a place stands: it is ended, and its officer named where there was none. Anything else is a
# correction of what is known, and its reason goes into the history with it (docs/adr/0018-two-times.md).
PLACE_STANDS = f"""RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF coalesce(current_setting('fujing.reason', true), '') !~ '\\S' AND (TG_OP = 'DELETE'
        OR (NEW.engagement_id, NEW.unit_id, NEW.post_id) IS DISTINCT FROM (OLD.engagement_id, OLD.unit_id, OLD.post_id)
        OR OLD.officer_id IS NOT NULL AND NEW.officer_id IS DISTINCT FROM OLD.officer_id
        OR lower(NEW.span) IS DISTINCT FROM lower(OLD.span)
        OR NOT upper_inf(OLD.span) AND upper(NEW.span) IS DISTINCT FROM upper(OLD.span)) THEN
        RAISE EXCEPTION '更正或者撤销已登记的用人单位、岗位、责任民警和起止日期，应写明事由（第五条第一款）。'
            USING ERRCODE = '{RAISED}', DETAIL = '5.p1';
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$"""
DEFERRED = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"

OBJECTS = (
    # Almost everybody's engagement is open. Without being told, the planner takes it for one in two hundred, and under
    # row security it looks up each person's contracts one by one.
    DatabaseObject(
        "statistics",
        "engagement_open",
        "CREATE STATISTICS engagement_open ON (upper(span)) FROM registry_engagement;",
        "DROP STATISTICS engagement_open",
    ),
    # Whoever writes a row about an employment names the organ and the person in it.
    key("engagement_of_organ_and_person", "registry_engagement", "id, organ_code, person_id"),
    same_parent(
        "activation_of_its_person",
        "registry_activation",
        "engagement_id, organ_code, person_id",
        "registry_engagement",
        "id, organ_code, person_id",
    ),
    function("registry_activation_try", "code bytea, tail bytea", TRY),
    function("registry_sign_in_of_its_person", "", SIGN_IN_OF_ITS_PERSON),
    function("registry_roles_apart", "", ROLES_APART),
    trigger(
        "sign_in_of_its_person",
        "registry_account",
        "BEFORE INSERT OR UPDATE OF person_id, organ_code, id_index",
        "FOR EACH ROW WHEN (NEW.person_id IS NOT NULL) EXECUTE FUNCTION registry_sign_in_of_its_person()",
    ),
    trigger(
        "roles_apart",
        "registry_roleassignment",
        "BEFORE INSERT OR UPDATE OF role, account_id",
        "FOR EACH ROW EXECUTE FUNCTION registry_roles_apart()",
    ),
    same_parent(
        "place_correction_of_its_person",
        "registry_placecorrection",
        "engagement_id, organ_code, person_id",
        "registry_engagement",
        "id, organ_code, person_id",
    ),
    function("registry_place_stands", "", PLACE_STANDS),
    trigger(
        "assignment_stands",
        "registry_assignment",
        "BEFORE UPDATE OR DELETE",
        "FOR EACH ROW EXECUTE FUNCTION registry_place_stands()",
    ),
    function("registry_no_gap", "", NO_GAP),
    trigger(
        "assignment_no_gap",
        "registry_assignment",
        "AFTER INSERT OR DELETE OR UPDATE OF span, engagement_id",
        f"{DEFERRED} EXECUTE FUNCTION registry_no_gap()",
        constraint=True,
    ),
    trigger(
        "engagement_no_gap",
        "registry_engagement",
        "AFTER UPDATE OF span",
        f"{DEFERRED} WHEN (NEW.span IS DISTINCT FROM OLD.span) EXECUTE FUNCTION registry_no_gap()",
        constraint=True,
    ),
)
CLOSED: tuple[Closed, ...] = ()
