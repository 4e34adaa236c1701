"""What the database holds of duty orders: an order is given only by its shape, to the right people, once at a time."""

from __future__ import annotations

import pgtrigger

from fujing.kernel.clock import ZONE
from fujing.kernel.refusals import RAISED
from fujing.kernel.triggers import columns, listed
from fujing.law.catalogue import BY_NATIONAL_RULES, ITEMS, MODES, OF_CASES, PERFORMED
from fujing.registry.states import RESPONSIBLE

DAY = f"(lower(NEW.span) AT TIME ZONE '{ZONE.key}')::date"
"""The day on which it begins: whoever is sent serves on it."""
NOBODY = ("", "无")
SHAPES = [f"{article}:{mode}" for article, modes in MODES.items() for mode in modes]


def _refuse(sentence: str, provision: str, *values: str) -> str:
    """Raise a sentence; `provision` is SQL."""
    given = "".join(f", {value}" for value in values)
    return f"RAISE EXCEPTION '{sentence}'{given} USING ERRCODE = '{RAISED}', DETAIL = {provision};"


GIVEN = pgtrigger.Trigger(
    name="duty_order_given",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("head", "text"), ("sent", "integer"), ("absent", "integer"), ("others", "integer"), ("civil", "boolean")],
    func=f"""
    IF NOT (NEW.state = 'ordered' AND OLD.state = 'draft') THEN
        RETURN NEW;
    END IF;
    head := split_part(NEW.item, '.', 1);
    IF NEW.item NOT IN ({listed(ITEMS)}) THEN
        {_refuse("事项“%”不在职责目录（第九条至第十一条）中。", f"CASE WHEN head IN ({listed(MODES)}) THEN head ELSE '4' END", "NEW.item")}
    ELSIF NEW.item IN ({listed(BY_NATIONAL_RULES)}) AND btrim(NEW.basis) IN ({listed(NOBODY)}) THEN
        {_refuse("其他工作应写明所依据的国家规定。", "head")}
    ELSIF NEW.commander_id IS NULL OR NOT EXISTS (SELECT 1 FROM registry_roleassignment r
        JOIN registry_account a ON a.id = r.account_id
        WHERE r.account_id = NEW.commander_id AND r.role IN ({listed(RESPONSIBLE)}) AND r.span @> {DAY}
            AND a.person_id IS NULL AND a.organ_code / 1000000 = NEW.organ_code / 1000000) THEN
        {_refuse("没有指挥民警：应写明本机关一名有民警身份的账号。", "CASE WHEN head IN ('9', '10') THEN head ELSE '4' END")}
    ELSIF head || ':' || NEW.mode NOT IN ({listed(SHAPES)}) THEN
        {_refuse("指挥方式与事项不符。", "head")}
    ELSIF NEW.part = 'decide' THEN
        {_refuse("由辅警作出决定，属于不得从事的工作（第十三条第（六）项）。", "'13.6'")}
    ELSIF NEW.part = '' THEN
        {_refuse("没有写明辅警是协助民警还是自行开展。", "head")}
    ELSIF NEW.part <> 'assist' AND NEW.item NOT IN ({listed(PERFORMED)}) THEN
        {_refuse("这项工作只能协助民警进行。", f"CASE WHEN NEW.item IN ({listed(OF_CASES)}) THEN '13.3' ELSE head END")}
    END IF;
    -- Whoever ends an employment, or changes a category, waits until the order stands, or comes first.
    PERFORM 1 FROM registry_engagement e WHERE e.id IN (
        SELECT engagement_id FROM orders_dutyassignment WHERE order_id = NEW.id) FOR SHARE;
    SELECT count(*), count(*) FILTER (WHERE NOT e.span @> {DAY}),
        count(*) FILTER (WHERE e.category <> CASE head WHEN '9' THEN 'civil' ELSE 'field' END), bool_or(e.category = 'civil')
        INTO sent, absent, others, civil
        FROM orders_dutyassignment a JOIN registry_engagement e ON e.id = a.engagement_id WHERE a.order_id = NEW.id;
    IF sent = 0 THEN
        {_refuse("派勤单没有派人。", "'5.p1'")}
    ELSIF absent > 0 THEN
        {_refuse("有%人当日不在职，不能派勤。", "'5.p1'", "absent")}
    ELSIF others > 0 THEN
        {_refuse("有%人的类别与事项不符：第九条的工作由文职承担，第十条、第十一条的由勤务承担。", "head", "others")}
    ELSIF NEW.restraint AND (civil OR btrim(NEW.emergency) IN ({listed((*NOBODY, "否"))})) THEN
        {_refuse("约束性警械只能在紧急情形下由勤务人员协助使用。", "'27.p2'")}
    END IF;
    RETURN NEW;
    """,
)
"""No order is given against its catalogue, its shape, or the people's category and service."""

SAID = (
    *(
        "organ_code",
        "unit_id",
        "span",
        "item",
        "mode",
        "part",
        "text",
        "place",
        "commander_id",
        "commander_name",
        "basis",
    ),
    *("needs", "restraint", "emergency", "vehicle", "equipment", "made_by", "made_by_id"),
)
STAYS = pgtrigger.Trigger(
    name="duty_order_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        {_refuse("派勤单不得删除，可以撤回。", "'4'")}
    ELSIF OLD.state <> 'draft' AND ({columns("NEW", SAID)}) IS DISTINCT FROM ({columns("OLD", SAID)}) THEN
        {_refuse("派勤以后，派勤单不得改动，可以撤回后重新草拟。", "'4'")}
    ELSIF OLD.state <> 'draft' AND (NEW.released_why, NEW.released_by, NEW.released_by_id)
        IS DISTINCT FROM (OLD.released_why, OLD.released_by, OLD.released_by_id) THEN
        {_refuse("放行的理由不得改动。", "'13'")}
    ELSIF (NEW.organ_code, NEW.unit_id) IS DISTINCT FROM (OLD.organ_code, OLD.unit_id) THEN
        {_refuse("派勤单不得改到别的单位。", "'4'")}
    END IF;
    RETURN NEW;
    """,
)
"""What was ordered is what is done."""

CARRIED = pgtrigger.Trigger(
    name="duty_order_carried",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    func="""
    IF (NEW.span, NEW.state) IS DISTINCT FROM (OLD.span, OLD.state) THEN
        UPDATE orders_dutyassignment SET span = NEW.span, live = NEW.state IN ('ordered', 'started', 'ended')
            WHERE order_id = NEW.id;
    END IF;
    RETURN NULL;
    """,
)
"""Whoever is sent is on duty for as long as the order says, and while it stands."""

OF_DRAFT = pgtrigger.Trigger(
    name="duty_assignment_of_draft",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("held", "record")],
    func=f"""
    IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    SELECT state, span INTO held FROM orders_dutyorder
        WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.order_id ELSE NEW.order_id END FOR SHARE;
    IF held.state IS DISTINCT FROM 'draft' THEN
        {_refuse("派勤以后不得增减人员，可以撤回后重新草拟。", "'4'")}
    ELSIF TG_OP = 'UPDATE' AND (NEW.order_id, NEW.engagement_id, NEW.organ_code)
        IS DISTINCT FROM (OLD.order_id, OLD.engagement_id, OLD.organ_code) THEN
        {_refuse("派勤的人员不得改动，可以去掉后另派。", "'4'")}
    ELSIF TG_OP <> 'DELETE' THEN
        NEW.span := held.span;
        NEW.live := false;
    END IF;
    RETURN coalesce(NEW, OLD);
    """,
)
"""People come and go while an order is a draft; its time is the order's."""
