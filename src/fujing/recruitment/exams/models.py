"""Sittings, their rooms and who sits where."""

from __future__ import annotations

import secrets

import pgtrigger
from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.history import append_only, tracked
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import ACCOUNT, RowPolicy, everyone_reads, within_territory
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.exams.states import ATTENDANCE, SITTING, Attendance, SittingState
from fujing.registry.models import Account


def seed() -> str:
    """What the places are drawn by."""
    return secrets.token_hex(16)


class Sitting(Checked):
    """One exam stage of a campaign at a place, `starts_at` to `ends_at`; its date and place are public once released.

    The seed is drawn once and stays, so nobody can draw again until they like the places.
    """

    organ_code = models.BigIntegerField("招聘机关")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="sittings", verbose_name="招聘项目")
    stage = models.CharField("环节", max_length=20)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    place = models.CharField("地点", max_length=200)
    bring = models.CharField("携带物品", max_length=300, blank=True)
    state = models.CharField("状态", max_length=8, choices=SittingState, default=SittingState.ARRANGED)
    seed = models.CharField("编排种子", max_length=32, default=seed, editable=False)
    made_by = models.CharField("编排人", max_length=100)
    made_by_id = account_of("编排人")

    class Meta:
        verbose_name = verbose_name_plural = "考试安排"
        constraints = [
            within_territory("sitting"),
            everyone_reads("sitting", "state <> 'arranged'"),
            models.UniqueConstraint(
                fields=["campaign", "stage"], name="sitting_once", violation_error_message="这个环节已有考试安排。"
            ),
            models.CheckConstraint(
                name="sitting_in_order",
                condition=Q(starts_at__lt=F("ends_at")),
                violation_error_message="结束时间应晚于开始时间。",
            ),
        ]
        triggers = [
            tracked("sitting"),
            signed("sitting", Mark("made_by")),
            SITTING.trigger(),
            pgtrigger.Trigger(
                name="sitting_seed_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__seed__df=pgtrigger.F("new__seed")),
                func=f"RAISE EXCEPTION '编排种子不能更改。' USING ERRCODE = '{RAISED}';",
            ),
        ]


class Room(Checked):
    """An exam room and how many it takes."""

    organ_code = models.BigIntegerField("招聘机关")
    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="rooms", verbose_name="考试安排")
    name = models.CharField("考场", max_length=40)
    capacity = models.PositiveIntegerField("座位数")

    class Meta:
        verbose_name = verbose_name_plural = "考场"
        constraints = [
            within_territory("room"),
            RowPolicy(
                name="room_own",
                using=f"EXISTS (SELECT 1 FROM exams_seat s WHERE s.room_id = exams_room.id AND s.account_id = {ACCOUNT})",
                command="SELECT",
            ),
            models.UniqueConstraint(
                fields=["sitting", "name"], name="room_once", violation_error_message="考场名称重复。"
            ),
            models.CheckConstraint(
                name="room_has_places", condition=Q(capacity__gt=0), violation_error_message="考场至少有一个座位。"
            ),
        ]
        triggers = [
            tracked("room"),
            pgtrigger.Trigger(
                name="room_keeps_its_places",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                IF EXISTS (SELECT 1 FROM exams_seat s WHERE s.room_id = NEW.id
                    AND (s.number > NEW.capacity OR s.sitting_id <> NEW.sitting_id)) THEN
                    RAISE EXCEPTION '考场座位数不能少于已编排的座位。' USING ERRCODE = '{RAISED}';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


class Seat(Checked):
    """One applicant's place and ticket, and whether they came. Numbers run from 1 to the room's capacity."""

    organ_code = models.BigIntegerField("招聘机关")
    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="seats", verbose_name="考试安排")
    room = models.ForeignKey(Room, models.PROTECT, related_name="seats", verbose_name="考场")
    application = models.ForeignKey(Application, models.PROTECT, related_name="seats", verbose_name="报名")
    account_id = models.BigIntegerField("报名账号")
    number = models.PositiveIntegerField("座位号")
    ticket = models.CharField("准考证号", max_length=16)
    attendance = models.CharField("到考情况", max_length=10, choices=Attendance, default=Attendance.EXPECTED)
    happened = models.TextField("违纪经过", blank=True)
    first_invigilator = models.CharField("监考人一", max_length=60, blank=True)
    second_invigilator = models.CharField("监考人二", max_length=60, blank=True)
    marked_by = models.CharField("登记人", max_length=100, blank=True)
    marked_by_id = account_of("登记人")
    marked_at = models.DateTimeField("登记时间", null=True, blank=True)
    statement = models.TextField("本人陈述", blank=True)
    stated_at = models.DateTimeField("陈述时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "座位"
        constraints = [
            within_territory("seat"),
            RowPolicy(
                name="seat_own",
                using=f"account_id = {ACCOUNT} AND EXISTS (SELECT 1 FROM exams_sitting t"
                " WHERE t.id = exams_seat.sitting_id AND t.state <> 'arranged')",
                command="SELECT",
            ),
            models.UniqueConstraint(
                fields=["sitting", "application"],
                name="seat_once",
                violation_error_message="同一人在一场考试中只有一个座位。",
            ),
            models.UniqueConstraint(
                fields=["room", "number"], name="seat_of_one", violation_error_message="一个座位只能安排一人。"
            ),
            models.UniqueConstraint(
                fields=["sitting", "ticket"], name="ticket_once", violation_error_message="准考证号重复。"
            ),
            models.CheckConstraint(
                name="seat_number_from_one", condition=Q(number__gt=0), violation_error_message="座位号从1开始。"
            ),
            models.CheckConstraint(
                name="mark_has_its_author",
                condition=Q(attendance="expected") | (~Q(marked_by="") & Q(marked_at__isnull=False)),
                violation_error_message="登记到考情况应有登记人和时间。",
            ),
            models.CheckConstraint(
                name="misconduct_witnessed",
                condition=~Q(attendance="misconduct")
                | (
                    ~Q(happened="")
                    & ~Q(first_invigilator="")
                    & ~Q(second_invigilator="")
                    & ~Q(first_invigilator=F("second_invigilator"))
                ),
                violation_error_message="登记违纪应写明经过和两名监考人。",
            ),
            models.CheckConstraint(
                name="statement_has_its_time",
                condition=Q(statement="") | Q(stated_at__isnull=False),
                violation_error_message="本人陈述应有时间。",
            ),
        ]
        triggers = [
            tracked("seat"),
            signed("seat", Mark("marked_by", changes("attendance", "marked_at"))),
            ATTENDANCE.trigger("attendance"),
            pgtrigger.Trigger(
                name="attendance_in_time",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("attendance"),
                condition=pgtrigger.Q(old__attendance__df=pgtrigger.F("new__attendance")),
                func=f"""
                PERFORM 1 FROM exams_sitting t WHERE t.id = NEW.sitting_id AND t.state IN ('released', 'held') FOR SHARE;
                IF NOT FOUND THEN
                    RAISE EXCEPTION '准考证发放后、归档前才能登记到考情况（第二十一条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '21.p1';
                END IF;
                IF OLD.attendance <> 'expected' AND NOT (OLD.attendance = 'present' AND NEW.attendance = 'misconduct')
                    AND coalesce(current_setting('fujing.reason', true), '') = '' THEN
                    RAISE EXCEPTION '更正到考情况应写明理由（第二十一条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '21.p1';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="seat_fits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("sitting_id", "room_id", "application_id", "number", "ticket"),
                func=f"""
                PERFORM 1 FROM exams_sitting t WHERE t.id = NEW.sitting_id AND t.state = 'arranged' FOR SHARE;
                IF NOT FOUND THEN
                    RAISE EXCEPTION '准考证发放后不能调整座位。' USING ERRCODE = '{RAISED}';
                END IF;
                PERFORM 1 FROM exams_room r WHERE r.id = NEW.room_id AND r.sitting_id = NEW.sitting_id
                    AND NEW.number <= r.capacity FOR SHARE;
                IF NOT FOUND THEN
                    RAISE EXCEPTION '座位号超出考场座位数。' USING ERRCODE = '{RAISED}';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="seat_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=f"""
                IF EXISTS (SELECT 1 FROM exams_sitting t WHERE t.id = OLD.sitting_id AND t.state <> 'arranged') THEN
                    RAISE EXCEPTION '准考证发放后不能调整座位。' USING ERRCODE = '{RAISED}';
                END IF;
                RETURN OLD;
                """,
            ),
        ]


class Elimination(models.Model):
    """Who does not go on to a stage, at which stage they fell out and why; told when its tickets go out."""

    organ_code = models.BigIntegerField("招聘机关")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="eliminations", verbose_name="考试安排")
    application = models.ForeignKey(Application, models.PROTECT, related_name="eliminations", verbose_name="报名")
    account_id = models.BigIntegerField("报名账号")
    stage = models.CharField("止于环节", max_length=20)
    why = models.CharField("理由", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "未入围"
        constraints = [
            within_territory("elimination"),
            RowPolicy(name="elimination_own", using=f"account_id = {ACCOUNT}", command="SELECT"),
            models.UniqueConstraint(
                fields=["application"], name="elimination_once", violation_error_message="未入围的结果已经告知本人。"
            ),
        ]
        triggers = [append_only("elimination")]


class Invigilator(models.Model):
    """Who was named to stand at the door: for one room, or for all rooms of the sitting."""

    organ_code = models.BigIntegerField("招聘机关")
    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="invigilators", verbose_name="考试安排")
    room = models.ForeignKey(
        Room, models.CASCADE, related_name="invigilators", null=True, blank=True, verbose_name="考场"
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="监考账号")
    name = models.CharField("监考人", max_length=60)
    named_by = models.CharField("指定人", max_length=100)
    named_by_id = account_of("指定人")

    class Meta:
        verbose_name = verbose_name_plural = "监考人"
        constraints = [
            within_territory("invigilator"),
            # A station's officer sees that they were named, and nothing else of the exam.
            RowPolicy(name="invigilator_own", using=f"account_id = {ACCOUNT}", command="SELECT"),
            models.UniqueConstraint(
                fields=["sitting", "account"],
                name="invigilator_once",
                violation_error_message="此人已是这场考试的监考人。",
            ),
        ]
        triggers = [
            tracked("invigilator"),
            signed("invigilator", Mark("named_by", changes("room_id", "name"))),
            pgtrigger.Trigger(
                name="invigilator_before_the_end",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                PERFORM 1 FROM exams_sitting t WHERE t.id = coalesce(NEW.sitting_id, OLD.sitting_id)
                    AND t.state IN ('arranged', 'released') FOR SHARE;
                IF NOT FOUND THEN
                    RAISE EXCEPTION '考试结束后不能改变监考人。' USING ERRCODE = '{RAISED}';
                END IF;
                IF TG_OP <> 'DELETE' AND NEW.room_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM exams_room r
                    WHERE r.id = NEW.room_id AND r.sitting_id = NEW.sitting_id) THEN
                    RAISE EXCEPTION '监考的考场不属于这场考试。' USING ERRCODE = '{RAISED}';
                END IF;
                RETURN coalesce(NEW, OLD);
                """,
            ),
        ]
