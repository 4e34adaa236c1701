"""Scores as entered, rankings as computed, and the publicity before anybody is hired."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from fujing.kernel.checks import Checked
from fujing.kernel.clock import TODAY
from fujing.kernel.fields import EncryptedField
from fujing.kernel.history import append_only, tracked
from fujing.kernel.receipts import receipt
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import ACCOUNT, RowPolicy, everyone_reads, within_territory
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign, Position
from fujing.recruitment.selection.states import (
    OBJECTION,
    SCORE_CHECK,
    SCORE_ENTRY,
    CandidateStatus,
    ObjectionState,
    ScoreCheckState,
    ScoreEntryState,
)


class StageScore(models.Model):
    """One result of one applicant in one stage, as on the score sheet (number or word)."""

    organ_code = models.BigIntegerField("招聘机关")
    application = models.ForeignKey(Application, models.PROTECT, related_name="scores", verbose_name="报名")
    stage = models.CharField("环节", max_length=20)
    item = models.CharField("科目", max_length=40, blank=True)
    judge = models.CharField("评委", max_length=40, blank=True)
    score = models.CharField("成绩", max_length=12)
    entered_by = models.CharField("录入人", max_length=100)
    entered_by_ids = ArrayField(models.BigIntegerField(), verbose_name="录入账号", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "成绩"
        constraints = [
            within_territory("stage_score"),
            # One's own, once the stage's results were released.
            RowPolicy(
                name="stage_score_own",
                using="EXISTS (SELECT 1 FROM applications_application a JOIN selection_scorerelease r"
                " ON r.campaign_id = a.campaign_id AND r.stage = selection_stagescore.stage"
                f" WHERE a.id = selection_stagescore.application_id AND a.account_id = {ACCOUNT})",
                command="SELECT",
            ),
            models.UniqueConstraint(
                fields=["application", "stage", "item", "judge"],
                name="stage_score_once",
                violation_error_message="同一人同一环节、科目、评委的成绩重复。",
            ),
        ]
        triggers = [
            tracked("stage_score"),
            pgtrigger.Trigger(
                name="stage_score_entered_here",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF (TG_OP = 'INSERT' OR NEW.score IS DISTINCT FROM OLD.score)
                    AND NOT NEW.entered_by_ids @> ARRAY[coalesce({ACCOUNT}, 0)] AND {ACCOUNT} IS NOT NULL THEN
                    RAISE EXCEPTION '录入账号应包括当前登录的账号。' USING ERRCODE = '{RAISED}';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


class ScoreEntry(Checked):
    """One person's own entry of a stage's results; two by different people that agree become the results.

    `scores` has a list of application, subject, judge and score a row.
    """

    organ_code = models.BigIntegerField("招聘机关")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="entries", verbose_name="招聘项目")
    stage = models.CharField("环节", max_length=20)
    place = models.PositiveSmallIntegerField("第几次录入")
    account_id = models.BigIntegerField("录入账号")
    entered_by = models.CharField("录入人", max_length=100)
    entered_at = models.DateTimeField("录入时间", auto_now=True)
    state = models.CharField("状态", max_length=10, choices=ScoreEntryState, default=ScoreEntryState.WAITING)
    scores = models.JSONField("成绩")

    class Meta:
        verbose_name = verbose_name_plural = "成绩录入"
        constraints = [
            within_territory("score_entry"),
            models.UniqueConstraint(
                fields=["campaign", "stage", "account_id"],
                condition=Q(state="waiting"),
                name="score_entry_by_two",
                violation_error_message="两次录入应由不同的人完成。",
            ),
            models.UniqueConstraint(
                fields=["campaign", "stage", "place"],
                condition=Q(state="waiting"),
                name="score_entry_twice",
                violation_error_message="已经有两人录入。",
            ),
            models.CheckConstraint(
                name="score_entry_first_or_second",
                condition=Q(place__in=[1, 2]),
                violation_error_message="只有第一次和第二次录入。",
            ),
        ]
        triggers = [
            tracked("score_entry"),
            signed("score_entry", Mark("entered_by", account="account_id")),
            SCORE_ENTRY.trigger(),
        ]


class ScoreRelease(Checked):
    """That a stage's results are told to whoever sat it, and until which day (inclusive) they may ask for a re-check."""

    organ_code = models.BigIntegerField("招聘机关")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="releases", verbose_name="招聘项目")
    stage = models.CharField("环节", max_length=20)
    check_until = models.DateField("申请复核截止")
    released_by = models.CharField("公布人", max_length=100)
    released_by_id = account_of("公布人")
    released_at = models.DateTimeField("公布时间", auto_now_add=True)
    # By the post's code, counted at the release: everybody may read a number, and nobody another's score.
    entered = models.JSONField("各岗位有成绩的人数", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "成绩公布"
        constraints = [
            within_territory("score_release"),
            everyone_reads("score_release"),
            models.UniqueConstraint(
                fields=["campaign", "stage"],
                name="score_release_once",
                violation_error_message="这个环节的成绩已经公布。",
            ),
        ]
        triggers = [append_only("score_release"), signed("score_release", Mark("released_by"))]


OWN_SCORE = "成绩由您录入，应由他人复核。"
"""For the page and for the database alike."""


class ScoreCheck(models.Model):
    """An applicant's request that a released result be checked against the paper, and its answer."""

    organ_code = models.BigIntegerField("招聘机关")
    application = models.ForeignKey(Application, models.PROTECT, related_name="score_checks", verbose_name="报名")
    account_id = models.BigIntegerField("报名账号")
    stage = models.CharField("环节", max_length=20)
    text = models.TextField("申请理由")
    state = models.CharField("状态", max_length=10, choices=ScoreCheckState, default=ScoreCheckState.OPEN)
    asked_at = models.DateTimeField("申请时间", auto_now_add=True)
    answer = models.TextField("答复", blank=True)
    answered_by = models.CharField("复核人", max_length=100, blank=True)
    answered_by_id = account_of("复核人")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "成绩复核"
        constraints = [
            within_territory("score_check"),
            RowPolicy(name="score_check_own", using=f"account_id = {ACCOUNT}", command="SELECT"),
            models.UniqueConstraint(
                fields=["application", "stage"],
                name="score_check_once",
                violation_error_message="每个环节的成绩只能申请一次复核。",
            ),
            models.CheckConstraint(
                name="score_check_answered",
                condition=Q(state="open") | (~Q(answer="") & ~Q(answered_by="") & Q(answered_at__isnull=False)),
                violation_error_message="复核应写明答复、复核人和时间。",
            ),
        ]
        triggers = [
            tracked("score_check"),
            signed("score_check", Mark("answered_by", changes("answered_at"))),
            SCORE_CHECK.trigger(),
            pgtrigger.Trigger(
                name="score_check_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="confirmed"),
                func=f"""
                IF EXISTS (SELECT 1 FROM selection_stagescore s WHERE s.application_id = NEW.application_id
                    AND s.stage = NEW.stage AND NEW.answered_by_id = ANY (s.entered_by_ids)) THEN
                    RAISE EXCEPTION '{OWN_SCORE}' USING ERRCODE = '{RAISED}', DETAIL = '21.p1';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="score_check_in_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                -- The campaign's row is held, so that nobody is made public between the request and its answer.
                PERFORM 1 FROM campaigns_campaign c JOIN applications_application a ON a.campaign_id = c.id
                    WHERE a.id = NEW.application_id AND c.state = 'closed' FOR SHARE OF c;
                IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM selection_scorerelease r
                    JOIN applications_application a ON a.campaign_id = r.campaign_id
                    WHERE a.id = NEW.application_id AND r.stage = NEW.stage
                    AND r.check_until >= {TODAY}) THEN
                    RAISE EXCEPTION '现在不在申请成绩复核的时间内（第二十一条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '21.p1';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


class Ranking(models.Model):
    """One computation over one state of the scores: same inputs, same document."""

    organ_code = models.BigIntegerField("招聘机关")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="rankings", verbose_name="招聘项目")
    document = models.JSONField("排名")
    inputs = models.CharField("输入摘要", max_length=64)
    made_by = models.CharField("计算人", max_length=100)
    made_by_id = account_of("计算人")
    # By the database's clock, as the trail of the scores: which of the two was first is read from these times.
    made_at = models.DateTimeField("计算时间", db_default=Now(), editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "排名"
        constraints = [within_territory("ranking")]
        triggers = [append_only("ranking"), signed("ranking", Mark("made_by"))]


class Candidate(models.Model):
    """One applicant's place in a ranking; `why` is the sentence that they are told, `finding` what it rests on."""

    organ_code = models.BigIntegerField("招聘机关")
    ranking = models.ForeignKey(Ranking, models.PROTECT, related_name="candidates", verbose_name="排名")
    application = models.ForeignKey(Application, models.PROTECT, related_name="places", verbose_name="报名")
    account_id = models.BigIntegerField("报名账号")
    position = models.ForeignKey(Position, models.PROTECT, verbose_name="岗位")
    total = models.DecimalField("总成绩", max_digits=12, decimal_places=6, null=True)
    rank = models.PositiveIntegerField("名次", null=True)
    status = models.CharField("结果", max_length=8, choices=CandidateStatus)
    stage = models.CharField("止于环节", max_length=20, blank=True)
    why = models.CharField("说明", max_length=300, blank=True)
    finding = models.JSONField("依据", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "候选人"
        indexes = [models.Index(fields=["ranking", "position", "rank"], name="candidate_order")]
        constraints = [
            within_territory("candidate"),
            RowPolicy(name="candidate_own", using=f"account_id = {ACCOUNT}", command="SELECT"),
        ]
        triggers = [append_only("candidate")]


class PublicityNotice(Checked):
    """Names made public before hiring, for so many days, both ends inclusive.

    The first notice of a campaign has number 1; those who take a place later (递补) come in supplementary ones.
    """

    organ_code = models.BigIntegerField("招聘机关")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="notices", verbose_name="招聘项目")
    number = models.PositiveSmallIntegerField("第几次公示", default=1)
    ranking = models.ForeignKey(Ranking, models.PROTECT, verbose_name="排名")
    starts = models.DateField("公示开始")
    ends = models.DateField("公示结束")
    names = models.JSONField("公示人员")
    made_by = models.CharField("办理人", max_length=100)
    made_by_id = account_of("办理人")

    class Meta:
        verbose_name = verbose_name_plural = "公示"
        constraints = [
            within_territory("notice"),
            everyone_reads("notice"),
            models.UniqueConstraint(
                fields=["campaign", "number"], name="notice_once", violation_error_message="这次公示已经办理。"
            ),
            models.CheckConstraint(
                name="notice_in_order",
                condition=Q(starts__lte=F("ends")),
                violation_error_message="公示结束日不能早于开始日。",
            ),
        ]
        triggers = [
            tracked("notice"),
            signed("notice", Mark("made_by")),
            pgtrigger.Trigger(
                name="notice_after_score_checks",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                IF EXISTS (SELECT 1 FROM selection_scorecheck s JOIN applications_application a ON a.id = s.application_id
                    WHERE a.campaign_id = NEW.campaign_id AND s.state = 'open') THEN
                    RAISE EXCEPTION '还有成绩复核没有答复，不能公示（第二十一条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '21.p1';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    @property
    def title(self) -> str:
        """公示 or 递补公示."""
        return "拟聘用人员公示" if self.number == 1 else f"递补人员公示（第{self.number - 1}次）"


class Publicised(models.Model):
    """That one applicant's name is in a notice: nobody is made public twice, nobody unchecked."""

    organ_code = models.BigIntegerField("招聘机关")
    notice = models.ForeignKey(PublicityNotice, models.PROTECT, related_name="publicised", verbose_name="公示")
    application = models.OneToOneField(Application, models.PROTECT, related_name="publicised", verbose_name="报名")
    account_id = models.BigIntegerField("报名账号")

    class Meta:
        verbose_name = verbose_name_plural = "公示人员"
        constraints = [
            within_territory("publicised"),
            RowPolicy(name="publicised_own", using=f"account_id = {ACCOUNT}", command="SELECT"),
        ]
        triggers = [
            append_only("publicised"),
            pgtrigger.Trigger(
                name="publicised_when_fit",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                IF NOT EXISTS (SELECT 1 FROM background_backgroundcheck c
                    WHERE c.application_id = NEW.application_id AND c.state = 'cleared') THEN
                    RAISE EXCEPTION '考察合格后才能公示（第二十一条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '21.p1 20';
                END IF;
                IF EXISTS (SELECT 1 FROM applications_application a
                    JOIN campaigns_campaign c ON c.id = a.campaign_id JOIN campaigns_position p ON p.id = a.position_id
                    CROSS JOIN jsonb_array_elements(c.document -> 'stages') stage
                    WHERE a.id = NEW.application_id AND stage ->> 'kind' = 'medical'
                    AND (jsonb_typeof(stage -> 'positions') IS DISTINCT FROM 'array' OR stage -> 'positions' ? p.code))
                    AND NOT EXISTS (SELECT 1 FROM medical_medicalexam m
                    WHERE m.application_id = NEW.application_id AND m.state = 'passed') THEN
                    RAISE EXCEPTION '体检合格后才能公示（第二十一条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '21.p1 18.5';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


class Objection(models.Model):
    """An objection during publicity; anybody may raise one, also without a name."""

    organ_code = models.BigIntegerField("招聘机关")
    notice = models.ForeignKey(PublicityNotice, models.PROTECT, related_name="objections", verbose_name="公示")
    application = models.ForeignKey(Application, models.PROTECT, related_name="objections", verbose_name="所涉报名")
    receipt = models.CharField("回执码", max_length=12, unique=True, default=receipt)
    about = models.CharField("所涉人员", max_length=60)
    text = models.TextField("异议内容")
    contact = EncryptedField("联系方式", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=ObjectionState, default=ObjectionState.OPEN)
    answer = models.TextField("答复", blank=True)
    answered_by = models.CharField("答复人", max_length=100, blank=True)
    answered_by_id = account_of("答复人")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    raised_at = models.DateTimeField("提出时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "公示异议"
        constraints = [
            within_territory("objection"),
            models.CheckConstraint(
                name="objection_answered",
                condition=Q(state="open") | (~Q(answer="") & ~Q(answered_by="") & Q(answered_at__isnull=False)),
                violation_error_message="处理异议应写明答复、答复人和时间。",
            ),
        ]
        triggers = [
            tracked("objection"),
            signed("objection", Mark("answered_by", changes("answered_at"))),
            OBJECTION.trigger(),
        ]
