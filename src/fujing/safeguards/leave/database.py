"""Objects of leave: whose rows they are, that the ledger says what the requests say, and that nobody on leave is sent."""

from __future__ import annotations

from fujing.kernel.objects import function, key, same_parent, trigger
from fujing.kernel.refusals import RAISED
from fujing.kernel.triggers import listed
from fujing.law.leave.kinds import LEDGER
from fujing.safeguards.leave.states import GRANTED, LIVE

# Checked at commit, by the rows as they then are: a request and its entries are written by one act.
AGREES = f"""RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    asked bigint;
    kept record;
    booked numeric;
BEGIN
    -- Each table has its own row: a column that the other lacks can't even be named.
    IF TG_TABLE_NAME = 'leave_leaveentry' THEN
        asked := NEW.request_id;
    ELSE
        asked := NEW.id;
    END IF;
    SELECT kind, state, days INTO kept FROM leave_leaverequest WHERE id = asked;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(-sum(days), 0) INTO booked FROM leave_leaveentry WHERE request_id = asked;
    IF booked <> (CASE WHEN kept.kind IN ({listed(LEDGER)}) AND kept.state IN ({listed(LIVE)}) THEN kept.days ELSE 0 END) THEN
        RAISE EXCEPTION '台账记载的%天与请假的%天不一致，本次没有写入（第三十六条）。', booked, kept.days
            USING ERRCODE = '{RAISED}', DETAIL = '36';
    END IF;
    RETURN NULL;
END
$$"""

# Both look after they hold the employment: an approval alone, orders together. So one of the two sees the other.
NOT_SENT = f"""RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    away record;
BEGIN
    PERFORM 1 FROM registry_engagement WHERE id = NEW.engagement_id FOR SHARE;
    SELECT lower(span) AT TIME ZONE 'Asia/Shanghai' AS begins INTO away FROM leave_leaverequest
        WHERE person_id = NEW.person_id AND state IN ({listed(GRANTED)}) AND span && NEW.span LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '派勤时间内有已批准的请假（%起），不能派勤，请改派他人（第三十六条）。',
            to_char(away.begins, 'YYYY-MM-DD HH24:MI') USING ERRCODE = '{RAISED}', DETAIL = '36';
    END IF;
    RETURN NEW;
END
$$"""
NOT_AWAY = f"""RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    sent integer;
BEGIN
    PERFORM 1 FROM registry_engagement WHERE id = NEW.engagement_id FOR UPDATE;
    SELECT count(*) INTO sent FROM orders_dutyassignment
        WHERE person_id = NEW.person_id AND live AND span && NEW.span;
    IF sent > 0 THEN
        RAISE EXCEPTION '请假时间内已派勤%次，先改派或者撤回，再批准请假（第三十六条）。', sent
            USING ERRCODE = '{RAISED}', DETAIL = '36';
    END IF;
    RETURN NEW;
END
$$"""

OF_PERSON = "engagement_id, organ_code, person_id"


def _of_its_person(name: str, table: str) -> object:
    return same_parent(name, table, OF_PERSON, "registry_engagement", "id, organ_code, person_id", needs=("registry",))


OBJECTS = (
    _of_its_person("work_record_of_its_person", "leave_workrecord"),
    _of_its_person("leave_year_of_its_person", "leave_leaveyear"),
    _of_its_person("leave_request_of_its_person", "leave_leaverequest"),
    key("leave_year_of_person", "leave_leaveyear", "id, organ_code, person_id"),
    key("leave_request_of_person", "leave_leaverequest", "id, organ_code, person_id"),
    same_parent(
        "leave_entry_of_its_year",
        "leave_leaveentry",
        "account_id, organ_code, person_id",
        "leave_leaveyear",
        "id, organ_code, person_id",
    ),
    same_parent(
        "leave_entry_of_its_request",
        "leave_leaveentry",
        "request_id, organ_code, person_id",
        "leave_leaverequest",
        "id, organ_code, person_id",
    ),
    function("leave_agrees", "", AGREES),
    *(
        trigger(
            f"leave_agrees_with_{name}",
            table,
            f"AFTER {operation}",
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION leave_agrees()",
            constraint=True,
        )
        for name, table, operation in (
            ("ledger", "leave_leaverequest", "INSERT OR UPDATE"),
            ("request", "leave_leaveentry", "INSERT"),
        )
    ),
    function("leave_not_sent", "", NOT_SENT, needs=("orders", "registry")),
    function("leave_not_away", "", NOT_AWAY, needs=("orders", "registry")),
    trigger(
        "leave_not_sent",
        "orders_dutyassignment",
        "BEFORE INSERT OR UPDATE OF live, span",
        "FOR EACH ROW WHEN (NEW.live) EXECUTE FUNCTION leave_not_sent()",
        needs=("orders",),
    ),
    trigger(
        "leave_without_duty",
        "leave_leaverequest",
        "BEFORE UPDATE OF state",
        "FOR EACH ROW WHEN (NEW.state = 'approved' AND OLD.state <> 'approved') EXECUTE FUNCTION leave_not_away()",
    ),
)
