"""What the database holds of classes, those who take part and their attendance."""

from __future__ import annotations

import pgtrigger

from fujing.kernel.clock import ZONE
from fujing.kernel.refusals import RAISED
from fujing.kernel.territory import ACCOUNT
from fujing.kernel.triggers import columns

THIS_YEAR = f"extract(year FROM now() AT TIME ZONE '{ZONE.key}')"


def _refuse(sentence: str, *values: str) -> str:
    """Raise a sentence of Article 24."""
    given = "".join(f", {value}" for value in values)
    return f"RAISE EXCEPTION '{sentence}'{given} USING ERRCODE = '{RAISED}', DETAIL = '24';"


REQUIREMENT_STAYS = pgtrigger.Trigger(
    name="requirement_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF OLD.year < {THIS_YEAR} THEN
        {_refuse("%年已经结束，当年的培训要求不得改动。", "OLD.year")}
    ELSIF TG_OP = 'UPDATE' AND (NEW.organ_code, NEW.year, NEW.kind, NEW.topic)
        IS DISTINCT FROM (OLD.organ_code, OLD.year, OLD.kind, OLD.topic) THEN
        {_refuse("培训要求的年度、种类和专项名称不得改动，可以删除后另行登记。")}
    END IF;
    RETURN coalesce(NEW, OLD);
    """,
)
"""What a year asked stays once it is over."""

FIXED = ("organ_code", "kind", "topic", "hours", "exam", "pass_mark", "made_by", "made_by_id")
WHERE = ("title", "subjects", "lecturer", "place", "starts_at", "ends_at", "capacity")
COURSE_STAYS = pgtrigger.Trigger(
    name="course_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        {_refuse("培训班不得删除，可以取消。")}
    ELSIF OLD.state <> 'drafted' AND ({columns("NEW", FIXED)})
        IS DISTINCT FROM ({columns("OLD", FIXED)}) THEN
        {_refuse("发布以后，培训的种类、学时和考试不得改动。")}
    ELSIF OLD.state NOT IN ('drafted', 'published') AND ({columns("NEW", WHERE)})
        IS DISTINCT FROM ({columns("OLD", WHERE)}) THEN
        {_refuse("结束以后，培训的内容、时间和地点不得改动。")}
    ELSIF NEW.capacity < (SELECT count(*) FROM training_enrolment WHERE course_id = NEW.id AND active) THEN
        {_refuse("名额不能少于已报名的人数。")}
    END IF;
    RETURN NEW;
    """,
)
"""What was published is what is held."""

COURSE_WHOLE = pgtrigger.Trigger(
    name="course_whole",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("missing", "integer")],
    func=f"""
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    IF NEW.state = 'cancelled' AND EXISTS (SELECT 1 FROM training_enrolment WHERE course_id = NEW.id AND active) THEN
        {_refuse("还有人报名，先退出报名，再取消。")}
    ELSIF NEW.state = 'ended' AND NEW.starts_at > now() THEN
        {_refuse("培训还没有开始，不能结束。")}
    ELSIF NEW.state = 'ended' AND NOT EXISTS (SELECT 1 FROM training_enrolment WHERE course_id = NEW.id AND active) THEN
        {_refuse("没有人报名，不能登记考勤，可以取消。")}
    ELSIF NEW.state = 'confirmed' THEN
        SELECT count(*) INTO missing FROM training_enrolment e WHERE e.course_id = NEW.id AND e.active
            AND NOT EXISTS (SELECT 1 FROM training_attendance a WHERE a.enrolment_id = e.id AND a.stands
                AND (NOT NEW.exam OR a.result = 'absent' OR a.score IS NOT NULL));
        IF missing > 0 THEN
            {_refuse("还有%人没有登记考勤或者考试成绩，不能确认。", "missing")}
        ELSIF NEW.ends_at > now() THEN
            {_refuse("培训还没有结束，不能确认。")}
        ELSIF EXISTS (SELECT 1 FROM training_enrolment e JOIN registry_person p ON p.id = e.person_id
            JOIN registry_account a ON a.id_index = p.id_index
            WHERE e.course_id = NEW.id AND e.active AND a.id = NEW.confirmed_by_id) THEN
            {_refuse("参加培训的人不能确认自己的考勤，应由另一人确认。")}
        END IF;
    END IF;
    RETURN NEW;
    """,
)
"""No class is confirmed without attendance for each, nor by somebody who took part."""

ENROLMENT_OPEN = pgtrigger.Trigger(
    name="enrolment_open",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("held", "record"), ("taken", "integer")],
    func=f"""
    IF TG_OP = 'DELETE' THEN
        {_refuse("报名不得删除，可以退出。")}
    ELSIF TG_OP = 'UPDATE' AND (NEW.organ_code, NEW.course_id, NEW.engagement_id, NEW.person_id)
        IS DISTINCT FROM (OLD.organ_code, OLD.course_id, OLD.engagement_id, OLD.person_id) THEN
        {_refuse("报名的人员和培训班不得改动。")}
    ELSIF TG_OP = 'UPDATE' AND NEW.active = OLD.active THEN
        RETURN NEW;
    END IF;
    SELECT state, capacity, starts_at INTO held FROM training_course WHERE id = NEW.course_id FOR NO KEY UPDATE;
    IF held.state IS DISTINCT FROM 'published' THEN
        {_refuse("培训没有发布或者已经结束，不能报名或者退出。")}
    ELSIF NOT NEW.active THEN
        RETURN NEW;
    END IF;
    SELECT count(*) INTO taken FROM training_enrolment WHERE course_id = NEW.course_id AND active;
    IF taken >= held.capacity THEN
        {_refuse("名额已满，共%人。", "held.capacity")}
    ELSIF NOT EXISTS (SELECT 1 FROM registry_engagement WHERE id = NEW.engagement_id
        AND span @> (held.starts_at AT TIME ZONE '{ZONE.key}')::date) THEN
        {_refuse("此人在培训当日不在职，不能报名。")}
    END IF;
    RETURN NEW;
    """,
)
"""Who comes and goes while a class is open, within its places."""

ATTENDANCE_STAYS = pgtrigger.Trigger(
    name="attendance_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("held", "record")],
    func=f"""
    SELECT c.state, c.hours, c.exam, e.active INTO held FROM training_enrolment e JOIN training_course c ON c.id = e.course_id
        WHERE e.id = CASE TG_OP WHEN 'DELETE' THEN OLD.enrolment_id ELSE NEW.enrolment_id END FOR SHARE OF c;
    IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 AND OLD.stands AND NOT NEW.stands THEN
        RETURN NEW;
    ELSIF TG_OP <> 'DELETE' AND held.active IS NOT TRUE THEN
        {_refuse("没有报名参加这次培训，不能登记考勤。")}
    ELSIF TG_OP <> 'DELETE' AND NEW.hours > held.hours THEN
        {_refuse("登记的学时不能多于培训的%学时。", "held.hours")}
    ELSIF TG_OP <> 'DELETE' AND NEW.score IS NOT NULL AND NOT held.exam THEN
        {_refuse("这次培训没有考试，不登记成绩。")}
    ELSIF TG_OP = 'UPDATE' AND (NEW.enrolment_id, NEW.corrects_id, NEW.stands)
        IS DISTINCT FROM (OLD.enrolment_id, OLD.corrects_id, OLD.stands) THEN
        {_refuse("考勤的人员和更正关系不得改动。")}
    ELSIF held.state = 'confirmed' THEN
        IF TG_OP <> 'INSERT' OR NEW.corrects_id IS NULL THEN
            {_refuse("考勤已经确认，不得改动，可以登记更正并写明原因。")}
        END IF;
        UPDATE training_attendance SET stands = false WHERE id = NEW.corrects_id AND enrolment_id = NEW.enrolment_id AND stands;
        IF NOT FOUND THEN
            {_refuse("这条考勤已经更正过，请更正最近的一条。")}
        END IF;
    ELSIF held.state IS DISTINCT FROM 'ended' THEN
        {_refuse("培训结束以后才能登记考勤。")}
    ELSIF TG_OP <> 'DELETE' AND NEW.corrects_id IS NOT NULL THEN
        {_refuse("考勤没有确认，直接修改即可，不用更正。")}
    END IF;
    RETURN coalesce(NEW, OLD);
    """,
)
"""Attendance of those who are enrolled, once the class is over; what was confirmed is corrected by a further row."""

SIGNED_IN_THERE = pgtrigger.Trigger(
    name="signed_in_there",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("held", "training_course"), ("taking", "boolean"), ("mine", "bigint")],
    func=f"""
    IF TG_OP <> 'INSERT' THEN
        {_refuse("签到不得改动、删除。")}
    END IF;
    SELECT * INTO held FROM training_course WHERE id = NEW.course_id;
    SELECT active INTO taking FROM training_enrolment WHERE id = NEW.enrolment_id AND course_id = NEW.course_id;
    SELECT person_id INTO mine FROM registry_account WHERE id = {ACCOUNT};
    IF mine IS DISTINCT FROM NEW.person_id THEN
        {_refuse("签到只能由本人登录办理。")}
    ELSIF taking IS NOT TRUE THEN
        {_refuse("没有报名这次培训，不能签到。")}
    ELSIF held.state <> 'published' OR now() < held.starts_at - interval '30 minutes' OR now() >= held.ends_at THEN
        {_refuse("不在签到时间内。")}
    END IF;
    RETURN NEW;
    """,
)
"""Signed by the person, of who takes part, while the class is held."""
