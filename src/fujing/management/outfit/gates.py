"""What must never be of a work card, as the database holds it: for whom, unchanged, and signed for by its bearer."""

from __future__ import annotations

import pgtrigger

from fujing.kernel.clock import TODAY
from fujing.kernel.refusals import RAISED
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
    ELSIF ({", ".join(f"NEW.{name}" for name in PRINTED)}) IS DISTINCT FROM ({", ".join(f"OLD.{name}" for name in PRINTED)})
        OR (OLD.state <> 'requested' AND ({", ".join(f"NEW.{name}" for name in GIVEN)})
            IS DISTINCT FROM ({", ".join(f"OLD.{name}" for name in GIVEN)})) THEN
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
