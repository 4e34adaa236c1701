"""What never happens to a matter whatever a service does: the person unheard, the file changed, the grade without rules."""

from __future__ import annotations

import pgtrigger

from fujing.kernel.clock import TODAY
from fujing.kernel.hearings import heard_of_oneself
from fujing.kernel.refusals import RAISED
from fujing.kernel.territory import PERSON
from fujing.kernel.triggers import columns, listed
from fujing.management.discipline.states import DECIDED, HEARD, PROPOSED

SAID = (
    *("organ_code", "engagement_id", "person_id", "report_id", "duty", "happened_on", "facts"),
    *("recorded_by", "recorded_by_id", "recorded_at"),
)
WEIGHED = ("means", "measure_id", "governed", "statute", "suspects", "opinion", "proposed_by", "proposed_by_id")
TAKEN = ("document_number", "decided_on", "decided_by", "decided_by_id", "measure_words", "effect_until", "ask_until")

STAYS = pgtrigger.Trigger(
    name="discipline_matter_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '违反义务的记录不得删除，可以撤回。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    ELSIF NEW.happened_on > {TODAY} THEN
        RAISE EXCEPTION '事实发生的日期不能晚于今天。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    ELSIF TG_OP = 'UPDATE' AND ({columns("NEW", SAID)}) IS DISTINCT FROM ({columns("OLD", SAID)}) THEN
        RAISE EXCEPTION '记录的义务和事实不得改动，可以撤回后重新记录。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    ELSIF TG_OP = 'UPDATE' AND OLD.state IN ({listed(PROPOSED)})
        AND ({columns("NEW", WEIGHED)}) IS DISTINCT FROM ({columns("OLD", WEIGHED)}) THEN
        RAISE EXCEPTION '提出的处理意见不得改动，可以退回补充。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    ELSIF TG_OP = 'UPDATE' AND OLD.state IN ({listed(DECIDED)})
        AND ({columns("NEW", TAKEN)}) IS DISTINCT FROM ({columns("OLD", TAKEN)}) THEN
        RAISE EXCEPTION '决定不得改动，本人可以申请复核。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    ELSIF NEW.state = 'ended' AND NEW.effect_until >= {TODAY} THEN
        RAISE EXCEPTION '影响期到%届满，届满以后才能办结。', NEW.effect_until USING ERRCODE = '{RAISED}', DETAIL = '43';
    END IF;
    RETURN NEW;
    """,
)
"""What was recorded is what the person answers to, what was proposed is what is decided, and a decision stays."""

HEARD_FIRST = pgtrigger.Trigger(
    name="discipline_heard_first",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("heard", "record")],
    func=f"""
    IF NEW.state = OLD.state OR NEW.state NOT IN ('invited', {listed(HEARD)}, 'decided') THEN
        RETURN NEW;
    ELSIF NEW.state = 'invited' AND NOT EXISTS (SELECT 1 FROM discipline_proof WHERE matter_id = NEW.id) THEN
        RAISE EXCEPTION '事实没有证据材料，不能告知本人。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    END IF;
    SELECT h.state, EXISTS (SELECT 1 FROM kernel_reading r WHERE r.tracked = 'discipline_hearing' AND r.row_id = h.id
        AND r.reader = NEW.decided_by_id) AS opened INTO heard
        FROM discipline_hearing h WHERE h.matter_id = NEW.id ORDER BY h.id DESC LIMIT 1;
    IF heard.state IS NULL OR heard.state IS DISTINCT FROM (CASE NEW.state
        WHEN 'invited' THEN 'told' WHEN 'stated' THEN 'answered' WHEN 'declined' THEN 'declined' ELSE heard.state END) THEN
        RAISE EXCEPTION '办理的步骤应与告知和陈述的登记一致。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    ELSIF NEW.state = 'decided' AND heard.state = 'told' THEN
        RAISE EXCEPTION '没有听取本人的陈述，也没有登记不作陈述，不能决定。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    ELSIF NEW.state = 'decided' AND NOT heard.opened THEN
        RAISE EXCEPTION '决定人应先查阅本人的陈述，再决定。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    END IF;
    RETURN NEW;
    """,
)
"""Nobody is decided on unheard: told of the facts, then the answer or its recorded refusal, read by who decides."""

GRADED = pgtrigger.Trigger(
    name="discipline_graded",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("rules", "record")],
    func=f"""
    IF NEW.state NOT IN ('proposed', 'decided') OR NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    IF NEW.measure_id IS NOT NULL THEN
        SELECT s.state, s.effective_from, s.effective_until, s.organ_code INTO rules
            FROM discipline_measure m JOIN discipline_scheme s ON s.id = m.scheme_id WHERE m.id = NEW.measure_id;
        IF rules.state IS NULL OR rules.state NOT IN ('confirmed', 'ended') OR rules.organ_code <> NEW.organ_code
            OR NEW.happened_on < rules.effective_from OR NEW.happened_on > rules.effective_until THEN
            RAISE EXCEPTION '处理种类应出自本机关当时施行、已经核对的处理规定。' USING ERRCODE = '{RAISED}', DETAIL = '43';
        END IF;
    END IF;
    IF NEW.state = 'decided' AND NEW.suspects <> 'none' AND NOT EXISTS (SELECT 1 FROM discipline_referral
        WHERE matter_id = NEW.id AND kind = NEW.suspects) THEN
        RAISE EXCEPTION '涉嫌违反治安管理或者犯罪的，应先移送有权机关并登记回执，再决定。'
            USING ERRCODE = '{RAISED}', DETAIL = '43';
    END IF;
    RETURN NEW;
    """,
)
"""A grade is one of the rules that were in force when it happened, and what another authority decides was sent there."""

REPORTED = pgtrigger.Trigger(
    name="discipline_reported",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
    IF NEW.report_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM complaints_report r
        JOIN complaints_hearing h ON h.report_id = r.id AND h.round = r.round AND h.person_id = NEW.person_id
        WHERE r.id = NEW.report_id AND r.finding IN ('founded', 'partly')) THEN
        RAISE EXCEPTION '投诉举报对此人没有属实、部分属实的结论，不能据此记录。' USING ERRCODE = '{RAISED}', DETAIL = '31';
    END IF;
    RETURN NEW;
    """,
)
"""What follows from a report follows from what was found of this person (Article 31)."""


def of_the_file(name: str, table: str, states: str, sentence: str) -> pgtrigger.Trigger:
    """Rows of the file come while the matter is in these states, and stay as they are."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("standing", "text")],
        func=f"""
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION '{table}登记后不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    END IF;
    SELECT state INTO standing FROM discipline_matter WHERE id = NEW.matter_id FOR SHARE;
    IF standing IS NULL OR standing NOT IN ({states}) THEN
        RAISE EXCEPTION '{sentence}' USING ERRCODE = '{RAISED}', DETAIL = '43';
    END IF;
    RETURN NEW;
    """,
    )


PROOF_STAYS = of_the_file(
    "discipline_proof_stays", "材料", "'recorded'", "材料在告知本人以前登记；需要补充的，退回后补充，再告知本人。"
)
REFERRAL_STAYS = of_the_file(
    "discipline_referral_stays", "移送", listed(("recorded", "invited", *HEARD, *PROPOSED)), "已经撤回的，不登记移送。"
)

TOLD_ONCE = (*("organ_code", "matter_id", "told_on", "answer_until", "told_file_id"), *("told_by", "told_by_id"))
HEARING_STAYS = pgtrigger.Trigger(
    name="discipline_hearing_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("standing", "text")],
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '告知和陈述不得删除。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    END IF;
    SELECT state INTO standing FROM discipline_matter WHERE id = NEW.matter_id FOR SHARE;
    IF standing IS DISTINCT FROM (CASE TG_OP WHEN 'INSERT' THEN 'recorded' ELSE 'invited' END) THEN
        RAISE EXCEPTION '陈述在告知以后、提出处理意见以前登记。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    ELSIF TG_OP = 'UPDATE' AND (OLD.state <> 'told' OR ({columns("NEW", TOLD_ONCE)})
        IS DISTINCT FROM ({columns("OLD", TOLD_ONCE)})) THEN
        RAISE EXCEPTION '告知的内容和本人的陈述不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '43';
    END IF;
    RETURN NEW;
    """,
)
HEARING_OF_ONESELF = heard_of_oneself("discipline_hearing", "discipline_matter", "matter_id", "43")

ASKED_ONCE = ("organ_code", "matter_id", "asked_on", "text", "own", "file_id", "recorded_by", "recorded_by_id")
ASKING_STAYS = pgtrigger.Trigger(
    name="discipline_asking_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("standing", "record"), ("mine", "bigint")],
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '复核申请不得删除。' USING ERRCODE = '{RAISED}', DETAIL = '14.5';
    END IF;
    SELECT state, person_id, decided_on, decided_by_id, ask_until INTO standing
        FROM discipline_matter WHERE id = NEW.matter_id FOR SHARE;
    mine := {PERSON};
    IF standing.state IS DISTINCT FROM (CASE TG_OP WHEN 'INSERT' THEN 'decided' ELSE 'asked' END) THEN
        RAISE EXCEPTION '复核在决定以后申请，答复以前登记。' USING ERRCODE = '{RAISED}', DETAIL = '14.5';
    ELSIF mine IS NOT NULL AND (TG_OP = 'UPDATE' OR mine <> standing.person_id)
        OR TG_OP = 'INSERT' AND NEW.own IS DISTINCT FROM (mine IS NOT NULL) THEN
        RAISE EXCEPTION '只能申请复核本人的决定；写明本人提交的，只能由本人登录提交。'
            USING ERRCODE = '{RAISED}', DETAIL = '14.5';
    ELSIF TG_OP = 'INSERT' AND (NEW.asked_on > {TODAY} OR NEW.asked_on < standing.decided_on
        OR NEW.asked_on > standing.ask_until) THEN
        RAISE EXCEPTION '申请复核应在决定以后、期限以内，不晚于今天。' USING ERRCODE = '{RAISED}', DETAIL = '14.5';
    ELSIF TG_OP = 'UPDATE' AND (OLD.outcome <> '' OR ({columns("NEW", ASKED_ONCE)})
        IS DISTINCT FROM ({columns("OLD", ASKED_ONCE)})) THEN
        RAISE EXCEPTION '复核申请和答复不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '14.5';
    ELSIF TG_OP = 'UPDATE' AND NEW.answered_by_id = standing.decided_by_id THEN
        RAISE EXCEPTION '决定人不能答复对自己决定的复核申请。' USING ERRCODE = '{RAISED}', DETAIL = '14.5';
    END IF;
    RETURN NEW;
    """,
)
"""A decision is looked at again when the person asks, in time, by somebody else than who took it."""

LOOKED_AGAIN = pgtrigger.Trigger(
    name="discipline_looked_again",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("said", "text")],
    func=f"""
    IF NEW.state = OLD.state OR NEW.state NOT IN ('asked', 'answered', 'revoked') THEN
        RETURN NEW;
    END IF;
    SELECT outcome INTO said FROM discipline_asking WHERE matter_id = NEW.id;
    IF said IS DISTINCT FROM (CASE NEW.state
        WHEN 'asked' THEN '' WHEN 'answered' THEN 'maintained' ELSE 'revoked' END) THEN
        RAISE EXCEPTION '复核的步骤应与复核申请和答复的登记一致。' USING ERRCODE = '{RAISED}', DETAIL = '14.5';
    END IF;
    RETURN NEW;
    """,
)
"""The state of a reconsideration is what was asked and answered."""
