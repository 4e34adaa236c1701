"""What the database holds of protection cases: no conclusion without what it needs, nothing public against the person's will."""

from __future__ import annotations

import pgtrigger

from fujing.kernel.clock import TODAY
from fujing.kernel.refusals import RAISED
from fujing.kernel.territory import ACCOUNT
from fujing.kernel.triggers import columns, listed
from fujing.law.protection import Kind
from fujing.law.protection.kinds import OF_NAME, ON_DUTY

SAID = (
    *("organ_code", "engagement_id", "person_id", "kind", "source", "happened_on", "happened_at", "place", "duty"),
    *("commander", "order_id", "told", "against", "harmed", "damage", "opened_by", "opened_by_id"),
)
RESULT = ("finding", "conclusion", "without_why", "concluded_on", "decided_by", "decided_by_id")


def _refuse(sentence: str, provision: str, *values: str) -> str:
    given = "".join(f", {value}" for value in values)
    return f"RAISE EXCEPTION '{sentence}'{given} USING ERRCODE = '{RAISED}', DETAIL = '{provision}';"


CASE_STAYS = pgtrigger.Trigger(
    name="protection_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("mine", "bigint")],
    func=f"""
    IF TG_OP = 'DELETE' THEN
        {_refuse("维权案件不得删除。", "28.p1")}
    ELSIF NEW.happened_on > {TODAY} THEN
        {_refuse("发生日期不能晚于今天。", "28.p1")}
    END IF;
    SELECT person_id INTO mine FROM registry_account WHERE id = {ACCOUNT};
    IF TG_OP = 'INSERT' THEN
        IF mine IS NOT NULL AND (mine <> NEW.person_id OR NEW.source <> 'self') OR mine IS NULL AND NEW.source = 'self' THEN
            {_refuse("本人提出的，由本人登录提出；不能代别人提出。", "28.p1")}
        END IF;
        RETURN NEW;
    END IF;
    IF ({columns("NEW", SAID)}) IS DISTINCT FROM ({columns("OLD", SAID)}) THEN
        {_refuse("提出的内容不得改动，可以补充材料。", "28.p1")}
    ELSIF NEW.state <> OLD.state AND mine IS NOT NULL AND (NEW.state <> 'taken_back' OR mine <> NEW.person_id) THEN
        {_refuse("维权案件由公安机关办理，本人只能撤回自己提出的。", "28.p1")}
    ELSIF NEW.state = 'taken_back' AND OLD.state <> NEW.state AND (mine IS NULL OR NEW.source <> 'self') THEN
        {_refuse("只有本人提出的，才能由本人登录撤回。", "28.p1")}
    ELSIF OLD.accused_id IS NOT NULL AND NEW.accused_id IS DISTINCT FROM OLD.accused_id THEN
        {_refuse("登记的涉及人员不得改动。", "28.p1")}
    ELSIF OLD.decision_id IS NOT NULL AND NEW.decision_id IS DISTINCT FROM OLD.decision_id THEN
        {_refuse("登记的追究决定不得改动。", "28.p2")}
    ELSIF OLD.state <> 'opened' AND OLD.state <> 'handling' AND ({columns("NEW", RESULT)})
        IS DISTINCT FROM ({columns("OLD", RESULT)}) THEN
        {_refuse("结论不得改动。", "28.p1")}
    ELSIF OLD.corrected_on IS NOT NULL AND (NEW.corrected_on, NEW.corrected_by_whom, NEW.correction_number, NEW.correction)
        IS DISTINCT FROM (OLD.corrected_on, OLD.corrected_by_whom, OLD.correction_number, OLD.correction) THEN
        {_refuse("登记的纠正不得改动。", "28.p2")}
    END IF;
    RETURN NEW;
    """,
)
"""What was said stays, and who is harmed takes back only what they said themselves."""

NOT_BY_ACCUSED = pgtrigger.Trigger(
    name="protection_not_by_accused",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("contested", "bigint")],
    func=f"""
    IF NEW.state IN ('handling', 'concluded', 'declined') AND NEW.state <> OLD.state THEN
        SELECT decided_by_id INTO contested FROM kernel_decision WHERE id = NEW.decision_id;
        IF {ACCOUNT} = NEW.accused_id THEN
            {_refuse("涉及本人的维权案件，应由他人办理、决定。", "28.p2")}
        ELSIF {ACCOUNT} = contested THEN
            {_refuse("追究决定是您作出的，是否错误应由他人办理、决定。", "28.p2")}
        END IF;
    END IF;
    RETURN NEW;
    """,
)
"""Whoever is accused, or decided what is contested, neither accepts nor concludes."""

CONCLUDED = pgtrigger.Trigger(
    name="protection_concluded_whole",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[
        ("done", "integer"),
        ("referred", "integer"),
        ("waiting", "integer"),
        ("told", "text"),
        ("why", "boolean"),
    ],
    func=f"""
    IF NEW.state <> 'concluded' OR OLD.state = 'concluded' THEN
        RETURN NEW;
    END IF;
    SELECT count(*) INTO waiting FROM protection_clarification
        WHERE case_id = NEW.id AND state IN ('proposed', 'agreed');
    IF waiting > 0 THEN
        {_refuse("还有%份澄清没有办完，办完或者撤回以后再办结。", "28.p2", "waiting")}
    ELSIF NEW.finding <> 'upheld' THEN
        RETURN NEW;
    END IF;
    why := NEW.without_why ~ '\\S';
    SELECT count(*) INTO done FROM protection_measure WHERE case_id = NEW.id;
    SELECT count(*), count(*) FILTER (WHERE outcome = '') INTO referred, waiting
        FROM protection_referral WHERE case_id = NEW.id;
    SELECT state INTO told FROM protection_clarification
        WHERE case_id = NEW.id AND state <> 'dropped' ORDER BY state = 'published' DESC, id DESC LIMIT 1;
    IF done + referred = 0 AND NOT why THEN
        {_refuse("没有登记采取的措施，也没有写明理由，不能办结。", "28.p1")}
    ELSIF NEW.kind IN ({listed(sorted(ON_DUTY))}) AND referred = 0 AND NOT why THEN
        {_refuse("没有移送追究阻碍人、侵害人的责任，也没有写明理由，不能办结。", "44")}
    ELSIF waiting > 0 AND NOT why THEN
        {_refuse("还有%件移送没有登记处理结果，也没有写明理由，不能办结。", "44", "waiting")}
    ELSIF NEW.kind IN ({listed(sorted(OF_NAME))}) AND coalesce(told, '') NOT IN ('published', 'refused') THEN
        {_refuse("没有澄清事实，本人也没有表示不公开澄清，不能办结。", "28.p2")}
    ELSIF NEW.kind = '{Kind.ACCOUNTABILITY}' AND NEW.corrected_on IS NULL THEN
        {_refuse("没有登记纠正错误追究的决定，不能办结。", "28.p2")}
    END IF;
    RETURN NEW;
    """,
)
"""The same as law/protection says to whoever concludes."""


def of_open_case(
    name: str, kept: tuple[str, ...], *, by: str = "recorded_by_id", states: str = "'handling'"
) -> pgtrigger.Trigger:
    """Rows of a case come while it is handled, by nobody who is accused in it, and their `kept` columns stay."""
    return pgtrigger.Trigger(
        name=f"{name}_of_open_case",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("about", "record"), ("contested", "bigint")],
        func=f"""
        IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND ({columns("NEW", kept)}) IS DISTINCT FROM ({columns("OLD", kept)}) THEN
            {_refuse("维权案件中登记的内容不得改动、删除。", "28.p1")}
        END IF;
        SELECT state, accused_id, decision_id INTO about FROM protection_protectioncase WHERE id = NEW.case_id FOR SHARE;
        SELECT decided_by_id INTO contested FROM kernel_decision WHERE id = about.decision_id;
        IF TG_OP = 'INSERT' AND about.state NOT IN ({states}) THEN
            {_refuse("受理以后、办结以前才能登记。", "28.p1")}
        ELSIF {ACCOUNT} IN (about.accused_id, contested) THEN
            {_refuse("涉及本人的维权案件，应由他人办理。", "28.p1")}
        END IF;
        RETURN NEW;
        """,
    )


REFERRAL_OUTCOME = pgtrigger.Trigger(
    name="protection_referral_dates",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""
    IF NEW.referred_on > {TODAY} OR NEW.outcome_on > {TODAY} OR NEW.outcome_on < NEW.referred_on THEN
        {_refuse("移送和结果的日期不能晚于今天，结果不能早于移送。", "44")}
    ELSIF TG_OP = 'UPDATE' AND OLD.outcome <> '' AND (NEW.outcome, NEW.outcome_on, NEW.outcome_text, NEW.outcome_by)
        IS DISTINCT FROM (OLD.outcome, OLD.outcome_on, OLD.outcome_text, OLD.outcome_by) THEN
        {_refuse("登记的处理结果不得改动。", "44")}
    END IF;
    RETURN NEW;
    """,
)
MEASURE_DATE = pgtrigger.Trigger(
    name="protection_measure_date",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
    IF NEW.taken_on > {TODAY} THEN
        {_refuse("采取措施的日期不能晚于今天。", "28.p1")}
    END IF;
    RETURN NEW;
    """,
)
CONSENT = pgtrigger.Trigger(
    name="protection_consent",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("mine", "bigint")],
    func=f"""
    IF TG_OP = 'INSERT' THEN
        IF NEW.agreed_scope IS NOT NULL OR NEW.published_on IS NOT NULL THEN
            {_refuse("澄清先征求本人意见，再公开。", "28.p2")}
        END IF;
        RETURN NEW;
    END IF;
    SELECT person_id INTO mine FROM registry_account WHERE id = {ACCOUNT};
    IF NEW.state IN ('agreed', 'refused') AND NEW.state <> OLD.state AND mine IS DISTINCT FROM NEW.person_id
        AND (NEW.consent_paper_id IS NULL OR NEW.consent_paper_id IS NOT DISTINCT FROM OLD.consent_paper_id) THEN
        {_refuse("是否公开由本人登录表示；本人书面表示的，应附书面意见。", "28.p2")}
    ELSIF NEW.state NOT IN ('agreed', 'refused') AND NEW.state <> OLD.state AND mine IS NOT NULL THEN
        {_refuse("澄清由公安机关进行。", "28.p2")}
    ELSIF NEW.state NOT IN ('agreed', 'refused') AND NEW.agreed_scope IS DISTINCT FROM OLD.agreed_scope
        OR NEW.state = OLD.state AND NEW.agreed_scope IS DISTINCT FROM OLD.agreed_scope THEN
        {_refuse("本人同意的范围不得改动。", "28.p2")}
    ELSIF NEW.state = 'published' AND (NEW.published_on > {TODAY} OR NEW.published_on < NEW.consented_on) THEN
        {_refuse("公开的日期不能早于本人同意，不能晚于今天。", "28.p2")}
    ELSIF NEW.state = 'published' AND OLD.state <> NEW.state
        AND (SELECT state FROM protection_protectioncase WHERE id = NEW.case_id) <> 'handling' THEN
        {_refuse("案件办理中才能登记澄清。", "28.p2")}
    END IF;
    RETURN NEW;
    """,
)
"""The person says whether and how far; nobody else says it for them without their paper."""
