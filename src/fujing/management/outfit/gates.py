"""What must never be of a work card, as the database holds it: for whom, unchanged, and signed for by its bearer."""

from __future__ import annotations

import pgtrigger

from fujing.kernel.clock import TODAY
from fujing.kernel.refusals import RAISED
from fujing.kernel.triggers import columns
from fujing.law.provisions import measures
from fujing.law.rulebooks.people.standing import EXCLUDED
from fujing.registry.states import Source

EFFECTIVE = measures().effective
WHOSE = pgtrigger.Trigger(
    name="card_for_who_serves",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("served", "record"), ("words", "text")],
    func=f"""
    IF TG_OP = 'UPDATE' AND (NEW.state = OLD.state OR NEW.state <> 'valid') THEN
        RETURN NEW;
    END IF;
    SELECT span, category, source, exit_kind INTO served FROM registry_engagement WHERE id = NEW.engagement_id FOR SHARE;
    words := outfit_excluded(NEW.engagement_id);
    IF served.span IS NULL OR NOT served.span @> {TODAY} OR served.exit_kind <> '' THEN
        RAISE EXCEPTION '此人不在职，不能制发工作证（第二十六条）。' USING ERRCODE = '{RAISED}', DETAIL = '26';
    ELSIF words <> '' THEN
        RAISE EXCEPTION '花名册写有“%”，不属于警务辅助人员，不能制发工作证（第三条第三款）。', words
            USING ERRCODE = '{RAISED}', DETAIL = '3.p3';
    ELSIF served.category NOT IN ('civil', 'field') THEN
        RAISE EXCEPTION '没有登记为文职或者勤务，不能制发工作证（第三条第二款）。' USING ERRCODE = '{RAISED}', DETAIL = '3.p2';
    ELSIF served.source = '{Source.SERVICE}' AND lower(served.span) >= '{EFFECTIVE}' THEN
        RAISE EXCEPTION '办法施行后以购买服务方式使用的人员，不能制发工作证（第四十五条第二款）。'
            USING ERRCODE = '{RAISED}', DETAIL = '45.p2';
    END IF;
    RETURN NEW;
    """,
)
"""A card is made for and handed to auxiliaries in service alone."""

PRINTED = (
    *("organ_code", "engagement_id", "person_id", "year", "serial", "number", "code", "code_index", "span"),
    *("replaces_id", "made_by", "made_by_id", "made_at"),
)
GIVEN = ("photo_id", "hand_over_id", "issued_on")
STAYS = pgtrigger.Trigger(
    name="card_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '工作证不得删除，可以注销。' USING ERRCODE = '{RAISED}', DETAIL = '26';
    ELSIF ({columns("NEW", PRINTED)}) IS DISTINCT FROM ({columns("OLD", PRINTED)})
        OR (OLD.state <> 'requested' AND ({columns("NEW", GIVEN)})
            IS DISTINCT FROM ({columns("OLD", GIVEN)})) THEN
        RAISE EXCEPTION '工作证上印的内容不得改动，需要改动的注销后申领新证。' USING ERRCODE = '{RAISED}', DETAIL = '26';
    END IF;
    RETURN NEW;
    """,
)
"""What is printed stays as it is printed."""

BY_ITS_PERSON = pgtrigger.Trigger(
    name="hand_over_by_its_person",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
    IF NOT EXISTS (SELECT 1 FROM registry_person WHERE id = NEW.person_id AND name = NEW.signed_as) THEN
        RAISE EXCEPTION '签收人应是本人，姓名与档案一致。' USING ERRCODE = '{RAISED}', DETAIL = '26';
    END IF;
    RETURN NEW;
    """,
)
"""Nobody signs for somebody else."""

# What a roster or the person's place says of them, as the rule book of a roster reads it (3.p3); empty for an auxiliary.
EXCLUDING = f"""RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT substring(concat_ws(' ', coalesce(p.name, r.post), r.category, coalesce(u.name, r.unit))
            FROM '({"|".join(EXCLUDED)})')
        FROM registry_engagement e
        LEFT JOIN registry_rosterrecord r ON r.engagement_id = e.id AND r.superseded_by_id IS NULL
        LEFT JOIN registry_assignment a ON a.engagement_id = e.id AND upper_inf(a.span)
        LEFT JOIN registry_post p ON p.id = a.post_id
        LEFT JOIN registry_organ u ON u.code = a.unit_id
        WHERE e.id = engagement ORDER BY r.period DESC LIMIT 1), '')
$$"""

# One at a time for an item: whoever takes the last two waits for whoever took the others.
BALANCED = pgtrigger.Trigger(
    name="stock_entry_balanced",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("owner", "bigint"), ("known", "text[]")],
    func=f"""
    SELECT organ_code, sizes INTO owner, known FROM outfit_item WHERE id = NEW.item_id FOR UPDATE;
    IF owner IS DISTINCT FROM NEW.organ_code THEN
        RAISE EXCEPTION '库存应记在本机关目录的物品上。' USING ERRCODE = '{RAISED}';
    ELSIF (cardinality(known) = 0 AND NEW.size <> '') OR (cardinality(known) > 0 AND NOT NEW.size = ANY (known)) THEN
        RAISE EXCEPTION '目录里没有这个规格：%。', coalesce(nullif(NEW.size, ''), '没有写规格') USING ERRCODE = '{RAISED}';
    END IF;
    -- Numbered under the lock: whoever came second has the higher number, whoever asked first for one.
    NEW.id := nextval(pg_get_serial_sequence('outfit_stockentry', 'id'));
    NEW.balance := NEW.quantity + coalesce((SELECT balance FROM outfit_stockentry
        WHERE item_id = NEW.item_id AND size = NEW.size ORDER BY id DESC LIMIT 1), 0);
    RETURN NEW;
    """,
)
"""The balance follows from the entry before, under the item's lock."""

OF_ITS_ENTRY = pgtrigger.Trigger(
    name="holding_of_its_entry",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("left_stock", "record"), ("there", "bigint"), ("served", "record")],
    func=f"""
    SELECT kind, quantity, item_id, size, organ_code INTO left_stock FROM outfit_stockentry WHERE id = NEW.entry_id;
    SELECT count(*) INTO there FROM outfit_holding WHERE entry_id = NEW.entry_id;
    IF left_stock.kind IS DISTINCT FROM 'issued' OR (left_stock.item_id, left_stock.size, left_stock.organ_code)
        IS DISTINCT FROM (NEW.item_id, NEW.size, NEW.organ_code) OR there >= - left_stock.quantity THEN
        RAISE EXCEPTION '领用的物品应与出库的发放登记一致。' USING ERRCODE = '{RAISED}', DETAIL = '27.p1';
    END IF;
    SELECT span, exit_kind INTO served FROM registry_engagement WHERE id = NEW.engagement_id FOR SHARE;
    IF served.span IS NULL OR NOT served.span @> {TODAY} OR served.exit_kind <> '' THEN
        RAISE EXCEPTION '此人不在职，不能发放服装、标识和装备（第二十六条）。' USING ERRCODE = '{RAISED}', DETAIL = '26';
    END IF;
    RETURN NEW;
    """,
)
"""What is in somebody's hands left the stock, piece by piece, and is given to people in service alone."""

OF_THE_PIECE = ("organ_code", "engagement_id", "person_id", "item_id", "size", "entry_id", "hand_over_id", "issued_on")
HOLDING_STAYS = pgtrigger.Trigger(
    name="holding_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '领用的物品不得删除，可以登记交回、遗失或者报废。' USING ERRCODE = '{RAISED}', DETAIL = '26';
    ELSIF ({columns("NEW", (*OF_THE_PIECE, "worn_from"))})
        IS DISTINCT FROM ({columns("OLD", (*OF_THE_PIECE, "worn_from"))}) THEN
        RAISE EXCEPTION '领用的内容不得改动，只能登记交回、遗失或者报废。' USING ERRCODE = '{RAISED}', DETAIL = '26';
    END IF;
    RETURN NEW;
    """,
)
"""What was signed for stays as it was signed for."""

STANDARD_STAYS = pgtrigger.Trigger(
    name="outfit_standard_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' OR (NEW.item_id, NEW.category, NEW.post_id, NEW.quantity, NEW.source, NEW.organ_code, lower(NEW.span))
        IS DISTINCT FROM (OLD.item_id, OLD.category, OLD.post_id, OLD.quantity, OLD.source, OLD.organ_code, lower(OLD.span)) THEN
        RAISE EXCEPTION '配发标准不得改动，只能结束后另立新的。' USING ERRCODE = '{RAISED}', DETAIL = '27.p1';
    END IF;
    RETURN NEW;
    """,
)
"""What was owed on a day stays known."""
