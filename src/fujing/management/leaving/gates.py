"""The evidence of each way of leaving as the database asks for it: the law's own table, written as SQL."""

from __future__ import annotations

import pgtrigger

from fujing.kernel.clock import TODAY
from fujing.kernel.hearings import MINE, heard_of_oneself
from fujing.kernel.refusals import RAISED
from fujing.kernel.triggers import columns, listed
from fujing.law.leaving.ways import CLEARANCE, IN_PROBATION, LATER, WAYS, By, Step
from fujing.management.leaving.states import DECIDED, NOTIFIED, DepartureState
from fujing.management.outfit.states import OPEN

CHECKED_ON = (DepartureState.CHECKED, *DECIDED)


def _needs() -> str:
    """The needs of every way as rows: way, place, kinds, whether in order, whether later, whether of Article 37, words."""
    rows = [
        f"('{way}', {place}, ARRAY[{listed(need.kinds)}], {need.after}, {need.step is Step.NOTIFY}, "
        f"{need.placement}, '{need.label}（{need.statute}）')"
        for way, found in WAYS.items()
        for place, need in enumerate(found.needs)
    ]
    return ",\n".join(rows)


WHOLE = pgtrigger.Trigger(
    name="departure_whole",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("need", "record"), ("found", "date"), ("reached", "date")],
    func=f"""
    IF TG_OP = 'UPDATE' AND NEW.state = OLD.state AND NEW.way = OLD.way
        AND NEW.placement_due IS NOT DISTINCT FROM OLD.placement_due OR NEW.state NOT IN ({listed(CHECKED_ON)}) THEN
        RETURN NEW;
    END IF;
    reached := '-infinity';
    FOR need IN SELECT * FROM (VALUES {_needs()}) AS each (way, place, kinds, in_order, later, placement, words)
        WHERE each.way = NEW.way AND (NOT each.placement OR NEW.placement_due IS NOT FALSE)
          AND (NOT each.later OR NEW.state IN ({listed(NOTIFIED)}))
        ORDER BY each.place
    LOOP
        SELECT min(proof.dated) INTO found FROM leaving_evidence proof
            WHERE proof.departure_id = NEW.id AND proof.kind = ANY(need.kinds)
              AND (NOT need.in_order OR proof.dated >= reached);
        IF found IS NULL THEN
            RAISE EXCEPTION '材料不齐，缺少：%。', need.words USING ERRCODE = '{RAISED}', DETAIL = '32';
        END IF;
        reached := found;
    END LOOP;
    RETURN NEW;
    """,
)
"""No decision without all evidence of its ground, in its order of days."""

IN_TIME = pgtrigger.Trigger(
    name="departure_in_time",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""
    IF NEW.way IN ({listed(IN_PROBATION)}) AND NEW.state IN ({listed(CHECKED_ON)}) AND NOT EXISTS (
        SELECT 1 FROM registry_contract WHERE engagement_id = NEW.engagement_id
          AND probation_until > NEW.last_day AND lower(span) <= NEW.last_day) THEN
        RAISE EXCEPTION '最后工作日不在合同约定的试用期内，不能以试用期不符合录用条件解除（第三十二条第（一）项）。'
            USING ERRCODE = '{RAISED}', DETAIL = '32.1';
    END IF;
    IF NEW.way IN ({listed(IN_PROBATION)}) AND NEW.state IN ({listed(CHECKED_ON)}) AND EXISTS (
        SELECT 1 FROM contracts_probationreview WHERE engagement_id = NEW.engagement_id AND state = 'passed') THEN
        RAISE EXCEPTION '已经同意转正，不能再以试用期不符合录用条件解除（第三十二条第（一）项）。'
            USING ERRCODE = '{RAISED}', DETAIL = '32.1';
    END IF;
    IF NEW.state IN ({listed(NOTIFIED)})
        AND NEW.way IN ({listed(way for way, found in WAYS.items() if found.notice or found.by is By.BUREAU)})
        AND NEW.last_day < NEW.notice_on + NEW.notice_days THEN
        RAISE EXCEPTION '最后工作日应在通知满%日以后（第三十九条）。', NEW.notice_days
            USING ERRCODE = '{RAISED}', DETAIL = '39';
    END IF;
    RETURN NEW;
    """,
)
"""Probation and notice by the days that are stored."""

HANDED_BACK = pgtrigger.Trigger(
    name="departure_handed_back",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""
    IF NEW.state = 'cleared' AND OLD.state <> 'cleared' AND (
        EXISTS (SELECT 1 FROM leaving_clearanceitem WHERE departure_id = NEW.id AND outcome = '')
        OR (SELECT count(DISTINCT kind) FROM leaving_clearanceitem
            WHERE departure_id = NEW.id AND kind IN ({listed(CLEARANCE)})) < {len(CLEARANCE)}
        OR EXISTS (SELECT 1 FROM outfit_card WHERE engagement_id = NEW.engagement_id AND state IN ({listed(OPEN)}))
        OR EXISTS (SELECT 1 FROM outfit_holding WHERE engagement_id = NEW.engagement_id AND state = 'held')) THEN
        RAISE EXCEPTION '还有物品没有交接，证件、服装、标识应当收回（第二十六条）。'
            USING ERRCODE = '{RAISED}', DETAIL = '26';
    END IF;
    RETURN NEW;
    """,
)
"""Nobody leaves before everything is handed back or explained, whatever the list says of it."""

KEPT = ("organ_code", "engagement_id", "person_id", "way", "reason", "age_or_health", "placement_due")
KEPT_TOO = ("statute", "damage", "proposed_by_bureau", "made_by", "made_by_id")
STAYS = pgtrigger.Trigger(
    name="departure_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '离职办理不得删除，可以撤回。' USING ERRCODE = '{RAISED}', DETAIL = '32';
    END IF;
    IF OLD.state <> 'drafted' AND ({columns("NEW", KEPT + KEPT_TOO)})
        IS DISTINCT FROM ({columns("OLD", KEPT + KEPT_TOO)}) THEN
        RAISE EXCEPTION '核对以后，离职的情形和理由不得改动，可以退回。' USING ERRCODE = '{RAISED}', DETAIL = '32';
    END IF;
    IF OLD.state IN ({listed(DECIDED)}) AND NEW.marked IS DISTINCT FROM OLD.marked THEN
        RAISE EXCEPTION '决定以后，第二十条第（七）项的标记不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '20.7';
    END IF;
    IF OLD.state IN ({listed(DECIDED)}) AND NEW.heard IS DISTINCT FROM OLD.heard THEN
        RAISE EXCEPTION '决定以后，本人是否陈述的记载不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '20.7';
    END IF;
    IF OLD.state IN ('ended', 'closed') AND NEW.last_day <> OLD.last_day THEN
        RAISE EXCEPTION '离职以后，最后工作日不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '39';
    END IF;
    RETURN NEW;
    """,
)
"""What was checked is what is decided."""

EVIDENCE_STAYS = pgtrigger.Trigger(
    name="departure_evidence_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("standing", "text"), ("later", "boolean")],
    func=f"""
    SELECT state INTO standing FROM leaving_departure
        WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.departure_id ELSE NEW.departure_id END FOR SHARE;
    later := CASE TG_OP WHEN 'DELETE' THEN OLD.kind ELSE NEW.kind END IN ({listed(sorted(LATER))});
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION '材料不得改动，可以在核对前撤下重新登记。' USING ERRCODE = '{RAISED}', DETAIL = '32';
    ELSIF NOT later AND standing IS DISTINCT FROM 'drafted' THEN
        RAISE EXCEPTION '材料已经核对，不再增减；需要补充的请先退回。' USING ERRCODE = '{RAISED}', DETAIL = '32';
    ELSIF later AND (TG_OP = 'DELETE' OR standing IS NULL OR standing NOT IN ({listed(DECIDED)})) THEN
        RAISE EXCEPTION '送达和本人意见在决定以后登记，登记后不得撤下。' USING ERRCODE = '{RAISED}', DETAIL = '32';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    """,
)
"""Evidence comes and goes while it is collected; from the check on it stays as it was."""

ITEM_STAYS = pgtrigger.Trigger(
    name="clearance_item_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '交接的物品不得删除。' USING ERRCODE = '{RAISED}', DETAIL = '26';
    ELSIF NOT EXISTS (SELECT 1 FROM leaving_departure
        WHERE id = NEW.departure_id AND state IN ('decided', 'notified')) THEN
        RAISE EXCEPTION '物品在决定以后、交接完毕以前登记。' USING ERRCODE = '{RAISED}', DETAIL = '26';
    ELSIF TG_OP = 'UPDATE' AND (NEW.departure_id, NEW.kind, NEW.name, NEW.card_id, NEW.holding_id) IS DISTINCT FROM
        (OLD.departure_id, OLD.kind, OLD.name, OLD.card_id, OLD.holding_id) THEN
        RAISE EXCEPTION '只能登记交接的结果。' USING ERRCODE = '{RAISED}', DETAIL = '26';
    END IF;
    RETURN NEW;
    """,
)
"""Things are confirmed between the decision and the end of the handing back."""

SAID = (
    *("organ_code", "engagement_id", "person_id", "receipt", "way", "dated", "received_on", "reason"),
    *("notice_days", "last_day", "file_id", "received_by", "received_by_id", "received_at", "own"),
)
RESIGNATION_STAYS = pgtrigger.Trigger(
    name="resignation_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '本人的书面通知不得删除，本人可以撤回。' USING ERRCODE = '{RAISED}', DETAIL = '14.6';
    ELSIF TG_OP = 'UPDATE' AND ({columns("NEW", SAID)})
        IS DISTINCT FROM ({columns("OLD", SAID)}) THEN
        RAISE EXCEPTION '收到的书面通知不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '14.6';
    ELSIF NEW.last_day < NEW.received_on + NEW.notice_days THEN
        RAISE EXCEPTION '最后工作日应在收到书面通知满%日以后（第三十九条）。', NEW.notice_days
            USING ERRCODE = '{RAISED}', DETAIL = '39';
    END IF;
    RETURN NEW;
    """,
)
"""A notice stays as it was received, and its last day is reckoned from the day on which it was received."""

RESIGNATION_OF_ONESELF = pgtrigger.Trigger(
    name="resignation_of_oneself",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("mine", "bigint")],
    func=f"""
    {MINE}
    IF mine <> NEW.person_id OR (mine IS NOT NULL AND TG_OP = 'UPDATE' AND NEW.state <> 'withdrawn') THEN
        RAISE EXCEPTION '只能提交、撤回本人的辞职。' USING ERRCODE = '{RAISED}', DETAIL = '14.6';
    ELSIF TG_OP = 'INSERT' AND NEW.own IS DISTINCT FROM (mine IS NOT NULL) THEN
        RAISE EXCEPTION '写明本人提交的辞职，只能由本人登录提交。' USING ERRCODE = '{RAISED}', DETAIL = '14.6';
    END IF;
    RETURN NEW;
    """,
)
"""What is said to come from the person comes from their own sign-in, and from there comes nobody else's."""

AS_RESIGNED = pgtrigger.Trigger(
    name="departure_as_resigned",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("notice", "record")],
    func=f"""
    SELECT way, last_day, received_on INTO notice FROM leaving_resignation WHERE departure_id = NEW.id;
    IF FOUND AND ((NEW.way, NEW.last_day) IS DISTINCT FROM (notice.way, notice.last_day)
        OR coalesce(NEW.notice_on, notice.received_on) <> notice.received_on) THEN
        RAISE EXCEPTION '本人的书面通知已于%收到，最后工作日为%，不得改动。', notice.received_on, notice.last_day
            USING ERRCODE = '{RAISED}', DETAIL = '14.6';
    END IF;
    RETURN NEW;
    """,
)
"""A departure that follows a notice of the person's own is on its ground, from its day and to its last day."""

BY_BUREAU = [way for way, found in WAYS.items() if found.by is By.BUREAU]
"""What the bureau decides, and nobody before the person was told and heard."""
OPEN_TO_HEARING = (DepartureState.DRAFTED, DepartureState.CHECKED)

HEARD_FIRST = pgtrigger.Trigger(
    name="departure_heard_first",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("open_until", "date"), ("told", "boolean"), ("answered", "boolean"), ("unread", "boolean")],
    func=f"""
    IF NEW.state <> 'decided' OR OLD.state = 'decided' OR NEW.way NOT IN ({listed(BY_BUREAU)}) THEN
        RETURN NEW;
    END IF;
    SELECT count(*) > 0, coalesce(bool_or(state = 'answered'), false),
        max(answer_until) FILTER (WHERE state = 'told' AND answer_until >= {TODAY}),
        coalesce(bool_or(state = 'answered' AND NOT EXISTS (SELECT 1 FROM kernel_reading r WHERE r.row_id = h.id
            AND r.tracked = 'leaving_hearing' AND r.reader = NEW.decided_by_id)), false)
        INTO told, answered, open_until, unread
        FROM leaving_hearing h WHERE h.departure_id = NEW.id AND h.way = NEW.way;
    IF NOT told THEN
        RAISE EXCEPTION '决定以前，应书面告知本人事实、理由和后果，听取陈述和申辩。'
            USING ERRCODE = '{RAISED}', DETAIL = '20.7';
    ELSIF open_until IS NOT NULL THEN
        RAISE EXCEPTION '本人陈述的期限到%届满，现在不能决定。', open_until USING ERRCODE = '{RAISED}', DETAIL = '20.7';
    ELSIF NEW.heard IS DISTINCT FROM (CASE WHEN answered THEN 'answered' ELSE 'silent' END) THEN
        RAISE EXCEPTION '决定应写明本人是否陈述，与登记一致。' USING ERRCODE = '{RAISED}', DETAIL = '20.7';
    ELSIF unread THEN
        RAISE EXCEPTION '决定人应先查阅本人的陈述，再决定。' USING ERRCODE = '{RAISED}', DETAIL = '20.7';
    END IF;
    RETURN NEW;
    """,
)
"""Nobody is dismissed unheard: told, then the answer or the end of its term, and the answer read by who decides."""

TOLD_ONCE = ("organ_code", "departure_id", "way", "told_on", "answer_until", "told_file_id", "told_by", "told_by_id")
HEARING_STAYS = pgtrigger.Trigger(
    name="hearing_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("standing", "record")],
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '告知和陈述不得删除。' USING ERRCODE = '{RAISED}', DETAIL = '20.7';
    END IF;
    SELECT state, way INTO standing FROM leaving_departure WHERE id = NEW.departure_id FOR SHARE;
    IF standing.state IS NULL OR standing.state NOT IN ({listed(OPEN_TO_HEARING)}) THEN
        RAISE EXCEPTION '告知和陈述在决定以前登记，决定以后不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '20.7';
    ELSIF TG_OP = 'INSERT' AND NEW.way <> standing.way THEN
        RAISE EXCEPTION '告知的情形应与离职办理一致。' USING ERRCODE = '{RAISED}', DETAIL = '20.7';
    ELSIF TG_OP = 'UPDATE' AND (OLD.state = 'answered' OR ({columns("NEW", TOLD_ONCE)})
        IS DISTINCT FROM ({columns("OLD", TOLD_ONCE)})) THEN
        RAISE EXCEPTION '告知的内容和本人的陈述不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '20.7';
    END IF;
    RETURN NEW;
    """,
)
"""What the person was told, and answered, stays word for word."""

HEARING_OF_ONESELF = heard_of_oneself("hearing", "leaving_departure", "departure_id", "20.7")
