"""What the database holds of tiers: what stays as it was decided, and that nobody rises but by a batch."""

from __future__ import annotations

import pgtrigger

from fujing.kernel.clock import TODAY
from fujing.kernel.refusals import RAISED
from fujing.kernel.triggers import columns

SAID = ("organ_code", "name", "text", "rules", "document_number", "document_date", "scan_id", "made_by", "made_by_id")
SCHEME_STAYS = pgtrigger.Trigger(
    name="tiers_scheme_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '层级方案不得删除，可以作废或者替换。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF ({columns("NEW", SAID)}) IS DISTINCT FROM ({columns("OLD", SAID)}) THEN
        RAISE EXCEPTION '登记的层级方案不得改动，修订的应登记新的方案。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    END IF;
    RETURN NEW;
    """,
)
"""A scheme is what its document says; a revision is another one."""

OF = ("organ_code", "engagement_id", "person_id")
GIVEN = ("tier", "name", "source", "since", "recorded_on", "batch_id", "document_number", "scan_id")
HOLDING_STAYS = pgtrigger.Trigger(
    name="tiers_holding_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("serving", "daterange"), ("begins", "date")],
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '层级记录不得删除。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF TG_OP = 'UPDATE' AND ({columns("NEW", OF)}) IS DISTINCT FROM ({columns("OLD", OF)}) THEN
        RAISE EXCEPTION '层级记录的人员不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF TG_OP = 'UPDATE' AND NOT (OLD.source = 'roster' AND OLD.ended_how = '' AND NEW.source = 'paper')
        AND ({columns("NEW", GIVEN)}, lower(NEW.span)) IS DISTINCT FROM ({columns("OLD", GIVEN)}, lower(OLD.span)) THEN
        RAISE EXCEPTION '层级记录不得改动，层级的变动由批次决定。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF TG_OP = 'UPDATE' AND OLD.ended_how <> ''
        AND (NEW.span, NEW.ended_how, NEW.ended_batch_id) IS DISTINCT FROM (OLD.span, OLD.ended_how, OLD.ended_batch_id) THEN
        RAISE EXCEPTION '已经终止的层级不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    END IF;
    SELECT span INTO serving FROM registry_engagement WHERE id = NEW.engagement_id;
    IF serving IS NULL OR TG_OP = 'INSERT' AND NOT NEW.span <@ serving OR upper(NEW.span) > upper(serving) THEN
        RAISE EXCEPTION '层级应在用工的在职期间之内，离职即终止。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF NEW.source = 'roster' AND (TG_OP = 'INSERT' OR OLD.source <> 'roster') AND NOT EXISTS (
        SELECT 1 FROM registry_rosterrecord WHERE engagement_id = NEW.engagement_id AND superseded_by_id IS NULL
        AND tier IN (NEW.tier, NEW.name)) THEN
        RAISE EXCEPTION '花名册没有记载这一层级。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF NEW.source = 'paper' AND (TG_OP = 'INSERT' OR OLD.source <> 'paper') THEN
        SELECT adopted_on INTO begins FROM tiers_scheme WHERE organ_code = NEW.organ_code
            AND state IN ('adopted', 'replaced') ORDER BY adopted_on LIMIT 1;
        IF begins IS NULL OR NEW.since > begins THEN
            RAISE EXCEPTION '方案在本系统施行以后的层级由批次决定，按原文件只登记以前评定的。'
                USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
        END IF;
    END IF;
    RETURN NEW;
    """,
)
"""A tier is begun and ended, never rewritten; what only a roster says may be made sure by the paper behind it."""

FROZEN = ("organ_code", "title", "day", "scheme_id", "made_by", "made_by_id")
BATCH_GATE = pgtrigger.Trigger(
    name="tiers_batch_gate",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("standing", "text"), ("open_ones", "integer"), ("upheld_ones", "integer"), ("later", "date")],
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '层级批次不得删除，可以撤回。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF NEW.day > {TODAY} THEN
        RAISE EXCEPTION '核对日不能晚于今天。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF TG_OP = 'UPDATE' AND ({columns("NEW", FROZEN)}) IS DISTINCT FROM ({columns("OLD", FROZEN)}) THEN
        RAISE EXCEPTION '批次的方案和核对日不得改动，可以撤回后另建一批。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF TG_OP = 'UPDATE' AND OLD.publicised_until IS NOT NULL AND (NEW.publicised_from, NEW.publicised_until)
        IS DISTINCT FROM (OLD.publicised_from, OLD.publicised_until) THEN
        RAISE EXCEPTION '公示期不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF TG_OP = 'INSERT' OR NEW.state <> 'decided' OR OLD.state = 'decided' THEN
        RETURN NEW;
    END IF;
    -- Whoever decides a batch holds the scheme's row: no other batch of the organ is decided meanwhile.
    SELECT state INTO standing FROM tiers_scheme WHERE id = NEW.scheme_id FOR UPDATE;
    SELECT max(day) INTO later FROM tiers_batch WHERE organ_code = NEW.organ_code AND state = 'decided' AND id <> NEW.id;
    SELECT count(*) FILTER (WHERE o.upheld IS NULL), count(*) FILTER (WHERE o.upheld AND c.chosen)
        INTO open_ones, upheld_ones
        FROM tiers_objection o JOIN tiers_candidate c ON c.id = o.candidate_id WHERE o.batch_id = NEW.id;
    IF standing IS DISTINCT FROM 'adopted' THEN
        RAISE EXCEPTION '方案已被替换，应撤回后按新方案另建一批。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF later > NEW.day THEN
        RAISE EXCEPTION '核对日为%的批次已经决定，本批的核对日更早，应撤回后另建一批。', later
            USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF NEW.publicised_until >= {TODAY} THEN
        RAISE EXCEPTION '公示到%届满，届满以后才能决定。', NEW.publicised_until USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF open_ones > 0 THEN
        RAISE EXCEPTION '还有%件异议没有答复，不能决定。', open_ones USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF upheld_ones > 0 THEN
        RAISE EXCEPTION '有%件异议成立，应先把异议涉及的人移出名单。', upheld_ones
            USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    END IF;
    RETURN NEW;
    """,
)
"""Nothing is decided before the publicity is over and every objection answered, nor two batches at once."""

JUDGED = (
    *("organ_code", "batch_id", "engagement_id", "person_id", "name", "unit", "tier", "to_tier", "to_name", "status"),
    *("effective", "target", "score", "further", "findings"),
)
CANDIDATE_STAYS = pgtrigger.Trigger(
    name="tiers_candidate_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("standing", "text")],
    func=f"""
    SELECT state INTO standing FROM tiers_batch WHERE id = coalesce(NEW.batch_id, OLD.batch_id) FOR SHARE;
    IF standing IS DISTINCT FROM 'drafted' THEN
        IF TG_OP <> 'UPDATE' OR ({columns("NEW", JUDGED)}) IS DISTINCT FROM ({columns("OLD", JUDGED)}) THEN
            RAISE EXCEPTION '名单提出以后，核对的事实和理由不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
        ELSIF standing NOT IN ('proposed', 'publicised') OR NEW.chosen AND NOT OLD.chosen THEN
            RAISE EXCEPTION '名单提出以后只能移出，不能加入；决定以后不再变动。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
        END IF;
    END IF;
    RETURN coalesce(NEW, OLD);
    """,
)
"""What was found of somebody is frozen with the proposal: from then on one can only be left out, with a reason."""

OBJECTION_STAYS = pgtrigger.Trigger(
    name="tiers_objection_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("standing", "record")],
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '异议不得删除。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    END IF;
    SELECT state, publicised_from, publicised_until INTO standing FROM tiers_batch WHERE id = NEW.batch_id FOR SHARE;
    IF standing.state IS DISTINCT FROM 'publicised' THEN
        RAISE EXCEPTION '异议在公示以后、决定以前登记和答复。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF TG_OP = 'INSERT' AND (NEW.received_on > {TODAY}
        OR NOT NEW.received_on BETWEEN standing.publicised_from AND standing.publicised_until) THEN
        RAISE EXCEPTION '收到异议的日期应在公示期内，不晚于今天。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    ELSIF TG_OP = 'UPDATE' AND (OLD.upheld IS NOT NULL OR
        (NEW.organ_code, NEW.batch_id, NEW.candidate_id, NEW.received_on, NEW.text, NEW.recorded_by, NEW.recorded_by_id)
        IS DISTINCT FROM
        (OLD.organ_code, OLD.batch_id, OLD.candidate_id, OLD.received_on, OLD.text, OLD.recorded_by, OLD.recorded_by_id)) THEN
        RAISE EXCEPTION '登记的异议和答复不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '23.p1';
    END IF;
    RETURN NEW;
    """,
)
"""What was objected and answered stays, and comes while the list is public."""
