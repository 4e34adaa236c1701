"""What the database holds of appraisals: the steps, the points, the places of the best, and what stays."""

from __future__ import annotations

import pgtrigger

from fujing.kernel.clock import TODAY
from fujing.kernel.refusals import RAISED
from fujing.kernel.territory import ACCOUNT, LO, PERSON
from fujing.kernel.triggers import listed
from fujing.law.appraisal.scheme import FULL, HEADINGS

LATEST = (
    "SELECT * INTO {into} FROM appraisal_opinion WHERE sheet_id = NEW.id AND step = '{step}' ORDER BY id DESC LIMIT 1;"
)
POINTS = " + ".join(
    f"(chosen.scheme -> 'weights' ->> '{key}')::int * ((chosen.scheme ->> 'officer_share')::int * first.{key}"
    f" + ({FULL} - (chosen.scheme ->> 'officer_share')::int) * second.{key})"
    for key in HEADINGS
)
GRADED = "(NEW.total, NEW.due, NEW.grade) IS DISTINCT FROM (OLD.total, OLD.due, OLD.grade)"
OWN = ("self_report", "self_file_id", "self_on", "self_by", "self_by_id", "state")
EFFECTIVE = """coalesce((SELECT a.grade FROM appraisal_reconsideration a
    WHERE a.sheet_id = {sheet}.id AND a.state = 'changed' ORDER BY a.id DESC LIMIT 1), {sheet}.grade)"""
"""The grade that stands: the last one that a reconsideration gave, else the organ's."""


BY_STEPS = pgtrigger.Trigger(
    name="appraisal_sheet_by_steps",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("standing", "text")],
    func=f"""
    SELECT state INTO standing FROM appraisal_round WHERE id = NEW.round_id;
    IF TG_OP = 'INSERT' THEN
        IF standing IS DISTINCT FROM 'opened' OR NEW.grade <> '' OR NEW.result <> '' OR NEW.total IS NOT NULL THEN
            RAISE EXCEPTION '考核表在批次开始后建立，从没有分数和等次开始（第二十五条）。'
                USING ERRCODE = '{RAISED}', DETAIL = '25';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state IS DISTINCT FROM OLD.state AND NEW.state <> 'graded' THEN
        IF standing IS DISTINCT FROM 'opened' THEN
            RAISE EXCEPTION '考核批次不在考核中，考核表不能再办理（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
        ELSIF OLD.state = 'self' AND NEW.state = 'officer' AND (NEW.self_on IS NULL
            OR NEW.self_report !~ '\\S' AND NEW.self_file_id IS NULL AND NOT NEW.self_missing) THEN
            RAISE EXCEPTION '应有本人自评，本人没有提交的应注明（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
        ELSIF OLD.state = 'officer' AND NEW.state = 'unit' AND NOT EXISTS (
            SELECT 1 FROM appraisal_opinion WHERE sheet_id = NEW.id AND step = 'officer') THEN
            RAISE EXCEPTION '应先由责任民警评分（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
        ELSIF OLD.state = 'unit' AND NEW.state = 'scored' AND NOT EXISTS (
            SELECT 1 FROM appraisal_opinion WHERE sheet_id = NEW.id AND step = 'unit') THEN
            RAISE EXCEPTION '应先由用人单位评分（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
        END IF;
    END IF;
    IF {LO} IS NULL AND {PERSON} = NEW.person_id AND (to_jsonb(NEW) - ARRAY[{listed(OWN)}])
        IS DISTINCT FROM (to_jsonb(OLD) - ARRAY[{listed(OWN)}]) THEN
        RAISE EXCEPTION '本人只填写自评（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    END IF;
    IF NEW.absent_days IS DISTINCT FROM OLD.absent_days AND (standing IS DISTINCT FROM 'opened' OR OLD.state <> 'officer') THEN
        RAISE EXCEPTION '缺勤日数由责任民警评分时登记，评分以后不得改动（第二十五条）。'
            USING ERRCODE = '{RAISED}', DETAIL = '25';
    END IF;
    IF (NEW.round_id, NEW.engagement_id, NEW.person_id, NEW.organ_code) IS DISTINCT FROM
        (OLD.round_id, OLD.engagement_id, OLD.person_id, OLD.organ_code) THEN
        RAISE EXCEPTION '考核表的人员和批次不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    END IF;
    IF OLD.state <> 'self' AND NEW.state <> 'self' AND (NEW.self_report, NEW.self_file_id, NEW.self_on, NEW.self_missing)
        IS DISTINCT FROM (OLD.self_report, OLD.self_file_id, OLD.self_on, OLD.self_missing) THEN
        RAISE EXCEPTION '自评交出以后不得改动（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    END IF;
    RETURN NEW;
    """,
)
"""Self-report, officer, unit, in this order, while the round is open."""

BY_POINTS = pgtrigger.Trigger(
    name="appraisal_sheet_by_points",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("chosen", "record"), ("first", "record"), ("second", "record"), ("bound", "numeric")],
    func=f"""
    IF NOT ({GRADED}) AND NEW.result = OLD.result AND (NEW.state = OLD.state OR NEW.state <> 'graded') THEN
        RETURN NEW;
    END IF;
    -- Whoever decides the round holds its row: a grade is given before or after, never meanwhile.
    SELECT state, scheme INTO chosen FROM appraisal_round WHERE id = NEW.round_id FOR SHARE;
    IF {GRADED} AND (chosen.state IS NULL OR chosen.state NOT IN ('opened', 'proposed')) THEN
        RAISE EXCEPTION '等次决定以后不得改动，只能经复核改定（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    END IF;
    IF NEW.total IS NOT NULL THEN
        {LATEST.format(into="first", step="officer")}
        {LATEST.format(into="second", step="unit")}
        IF NEW.total IS DISTINCT FROM ({POINTS}) / {FULL * FULL}.0 THEN
            RAISE EXCEPTION '总分应由责任民警和单位的评分按方案的权重算出（第二十五条）。'
                USING ERRCODE = '{RAISED}', DETAIL = '25';
        END IF;
    END IF;
    IF NEW.grade <> '' THEN
        SELECT (each ->> 'at_least')::numeric INTO bound FROM jsonb_array_elements(chosen.scheme -> 'grades') each
            WHERE each ->> 'name' = NEW.grade;
        IF NEW.state NOT IN ('scored', 'graded') OR NEW.due IS NOT TRUE OR NEW.total IS NULL THEN
            RAISE EXCEPTION '没有自评、责任民警和单位评完，或者是否参加待核实的，不能有等次（第二十五条）。'
                USING ERRCODE = '{RAISED}', DETAIL = '25';
        ELSIF bound IS NULL OR NEW.total < bound THEN
            RAISE EXCEPTION '等次应为方案中的等次，并且分数达到（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
        END IF;
    END IF;
    IF NEW.result <> OLD.result OR NEW.state = 'graded' AND OLD.state <> 'graded' THEN
        IF chosen.state IS DISTINCT FROM 'closed' OR OLD.result <> '' OR NEW.state <> 'graded'
            OR NEW.grade = '' OR NEW.result <> {EFFECTIVE.format(sheet="NEW")} THEN
            RAISE EXCEPTION '最终等次在批次办结时确定，为决定或者复核改定的等次（第二十五条）。'
                USING ERRCODE = '{RAISED}', DETAIL = '25';
        END IF;
    END IF;
    RETURN NEW;
    """,
)
"""The points are what the scores give, the grade no better than the points, and final only when the round is over."""

BY_ANOTHER = pgtrigger.Trigger(
    name="appraisal_opinion_by_another",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("about", "record")],
    func=f"""
    SELECT s.state, s.person_id, s.organ_code, r.state AS round_state INTO about
        FROM appraisal_sheet s JOIN appraisal_round r ON r.id = s.round_id WHERE s.id = NEW.sheet_id;
    IF about.state IS DISTINCT FROM NEW.step OR about.round_state IS DISTINCT FROM 'opened' THEN
        RAISE EXCEPTION '现在不是这一步评分（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    ELSIF NEW.scored_by_id IS NULL OR EXISTS (
        SELECT 1 FROM registry_account WHERE id = NEW.scored_by_id AND person_id = about.person_id) THEN
        RAISE EXCEPTION '本人不能给自己评分（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    ELSIF EXISTS (SELECT 1 FROM appraisal_opinion
        WHERE sheet_id = NEW.sheet_id AND step <> NEW.step AND scored_by_id = NEW.scored_by_id) THEN
        RAISE EXCEPTION '责任民警和单位的评分应由两个人作出（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    END IF;
    RETURN NEW;
    """,
)
"""Whoever scores is neither the person nor who scored at the other step."""

BEST = """SELECT count(*) FROM appraisal_sheet s WHERE s.round_id = {round}.id AND s.state IN ('scored', 'graded')
    AND EXISTS (SELECT 1 FROM jsonb_array_elements({round}.scheme -> 'grades') each
        WHERE each ->> 'name' = {grade} AND (each ->> 'limited')::boolean)"""
BASE = """SELECT count(*) FROM appraisal_sheet s WHERE s.round_id = {round}.id
    AND CASE {round}.scheme ->> 'base' WHEN 'due' THEN s.due IS TRUE ELSE s.state IN ('scored', 'graded') END"""

WITHIN_SHARE = pgtrigger.Trigger(
    name="appraisal_round_within_share",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("best", "bigint"), ("base", "bigint")],
    func=f"""
    IF NEW.state <> 'decided' OR OLD.state = 'decided' THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM appraisal_sheet WHERE round_id = NEW.id
        AND (state IN ('self', 'officer', 'unit') OR state = 'scored' AND grade = '')) THEN
        RAISE EXCEPTION '还有人没有评完或者没有等次，不能决定（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    END IF;
    best := ({BEST.format(round="NEW", grade="s.grade")});
    base := ({BASE.format(round="NEW")});
    IF best > 0 AND NEW.scheme ->> 'share' IS NULL THEN
        RAISE EXCEPTION '方案没有写明优秀的比例，不能决定优秀等次（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    ELSIF best > 0 AND best > base * (NEW.scheme ->> 'share')::int / {FULL} THEN
        RAISE EXCEPTION '优秀%人，超过名额%人：基数%人的%％取整（第二十五条）。', best,
            base * (NEW.scheme ->> 'share')::int / {FULL}, base, NEW.scheme ->> 'share'
            USING ERRCODE = '{RAISED}', DETAIL = '25';
    END IF;
    RETURN NEW;
    """,
)
"""The share of the best, counted under the lock of the round."""

STAYS = pgtrigger.Trigger(
    name="appraisal_round_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '考核批次不得删除，可以取消。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    END IF;
    IF OLD.state <> 'drafted' AND (NEW.scheme, NEW.period, NEW.first, NEW.last, NEW.organ_code)
        IS DISTINCT FROM (OLD.scheme, OLD.period, OLD.first, OLD.last, OLD.organ_code) THEN
        RAISE EXCEPTION '考核开始以后，方案和考核期不得改动（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    END IF;
    IF OLD.state IN ('publicised', 'closed') AND (NEW.publicity_from, NEW.publicity_to, NEW.reconsider_until)
        IS DISTINCT FROM (OLD.publicity_from, OLD.publicity_to, OLD.reconsider_until) THEN
        RAISE EXCEPTION '公示和复核的日期不得改动（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    END IF;
    IF NEW.state = 'closed' AND OLD.state <> 'closed' THEN
        IF NEW.reconsider_until >= {TODAY} THEN
            RAISE EXCEPTION '公示和申请复核的期限到%届满，现在不能办结（第二十五条）。', NEW.reconsider_until
                USING ERRCODE = '{RAISED}', DETAIL = '25';
        ELSIF EXISTS (SELECT 1 FROM appraisal_reconsideration a JOIN appraisal_sheet s ON s.id = a.sheet_id
            WHERE s.round_id = NEW.id AND a.state = 'asked') THEN
            RAISE EXCEPTION '还有复核或者异议没有答复，不能办结（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
        END IF;
    END IF;
    RETURN NEW;
    """,
)
"""What was opened is what is decided; nothing is final before everybody could ask."""

ASKED_IN_TIME = pgtrigger.Trigger(
    name="appraisal_asked_in_time",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("about", "record")],
    func=f"""
    SELECT r.state, r.publicity_from, r.publicity_to, r.reconsider_until, s.person_id, s.grade INTO about
        FROM appraisal_sheet s JOIN appraisal_round r ON r.id = s.round_id WHERE s.id = NEW.sheet_id;
    IF about.state IS DISTINCT FROM 'publicised' OR about.grade = '' OR NEW.asked_on < about.publicity_from
        OR NEW.asked_on > (CASE NEW.kind WHEN 'person' THEN about.reconsider_until ELSE about.publicity_to END) THEN
        RAISE EXCEPTION '不在公示或者申请复核的期限内（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    END IF;
    RETURN NEW;
    """,
)
"""A result is questioned while it may be."""

ANSWERED_BY_ANOTHER = pgtrigger.Trigger(
    name="appraisal_answered_by_another",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    declare=[("about", "record"), ("best", "bigint"), ("base", "bigint")],
    func=f"""
    IF TG_OP = 'DELETE' OR OLD.state <> 'asked' THEN
        RAISE EXCEPTION '复核和答复不得改动（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    ELSIF NEW.state = 'asked' THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM appraisal_round WHERE id = (SELECT round_id FROM appraisal_sheet WHERE id = NEW.sheet_id) FOR UPDATE;
    SELECT r.*, s.person_id, s.grade AS given, s.total, s.graded_by_id INTO about
        FROM appraisal_sheet s JOIN appraisal_round r ON r.id = s.round_id WHERE s.id = NEW.sheet_id;
    IF about.state IS DISTINCT FROM 'publicised' THEN
        RAISE EXCEPTION '批次不在公示和复核中，不能答复（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    ELSIF NEW.answered_by_id IS NULL OR NEW.answered_by_id IN (about.decided_by_id, about.proposed_by_id, about.graded_by_id)
        OR EXISTS (SELECT 1 FROM appraisal_opinion WHERE sheet_id = NEW.sheet_id AND scored_by_id = NEW.answered_by_id)
        OR EXISTS (SELECT 1 FROM registry_account WHERE id = {ACCOUNT} AND person_id = about.person_id) THEN
        RAISE EXCEPTION '复核由没有参与评分、拟定和决定的人答复（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
    END IF;
    IF NEW.state = 'changed' THEN
        IF NEW.grade = about.given OR NOT EXISTS (SELECT 1 FROM jsonb_array_elements(about.scheme -> 'grades') each
            WHERE each ->> 'name' = NEW.grade) THEN
            RAISE EXCEPTION '改定的等次应为方案中的另一个等次（第二十五条）。' USING ERRCODE = '{RAISED}', DETAIL = '25';
        END IF;
        best := ({BEST.format(round="about", grade=f"CASE s.id WHEN NEW.sheet_id THEN NEW.grade ELSE {EFFECTIVE.format(sheet='s')} END")});
        base := ({BASE.format(round="about")});
        IF best > 0 AND best > base * coalesce((about.scheme ->> 'share')::int, 0) / {FULL} THEN
            RAISE EXCEPTION '改定以后优秀%人，超过名额%人（第二十五条）。', best,
                base * coalesce((about.scheme ->> 'share')::int, 0) / {FULL} USING ERRCODE = '{RAISED}', DETAIL = '25';
        END IF;
    END IF;
    RETURN NEW;
    """,
)
"""Who looks at it again had no part in it, and the best stay within their share."""
