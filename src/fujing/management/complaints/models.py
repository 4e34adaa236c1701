"""Reports as boxes: what was said is in no column that anybody but a reader can read (Articles 14.5 and 31).

These tables have no organ of the desk's territories: nobody sees a row because of their office, neither in the table
nor in the history. A row is seen by who holds a key to it, or the receipt.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from fujing.kernel.calendar import TermUnit
from fujing.kernel.checks import Checked
from fujing.kernel.clock import TODAY
from fujing.kernel.fields import EncryptedField
from fujing.kernel.history import append_only, tracked, undeletable
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import ACCOUNT, HI, LO, PERSON, RowPolicy
from fujing.kernel.triggers import columns
from fujing.management.complaints.states import (
    COMPLAINT,
    HEARD_OUT,
    SUGGESTION,
    Finding,
    HearingState,
    ReportState,
    SuggestionState,
)

RECEIPT = "decode(nullif(current_setting('fujing.receipt', true), ''), 'hex')"
WRITING = "nullif(current_setting('fujing.complaint', true), '')::bigint"
"""The report whose boxes are being filled: whoever fills one for others can't be one of them."""
OF_A_REPORT = "EXISTS (SELECT 1 FROM complaints_report seen WHERE seen.id = report_id)"
"""Rows of a report are seen by who sees the report."""


class ReaderKey(models.Model):
    """A reader's key pair: the public half, and the private half under a passphrase that is kept nowhere."""

    account_id = models.BigIntegerField("账号")
    public = models.BinaryField("公钥", max_length=32)
    salt = models.BinaryField("盐", max_length=16)
    box = models.BinaryField("封存的私钥", max_length=200)
    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "查阅钥匙"
        constraints = [
            RowPolicy(name="complaint_key_own", using=f"account_id = {ACCOUNT}"),
            models.UniqueConstraint(
                fields=["account_id"],
                condition=Q(ended_at__isnull=True),
                name="complaint_key_one",
                violation_error_message="已有查阅钥匙，停用后才能另建。",
            ),
        ]
        triggers = [
            tracked("complaint_key"),
            pgtrigger.Trigger(
                name="complaint_key_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL
                    OR (NEW.account_id, NEW.public, NEW.salt, NEW.box) IS DISTINCT FROM
                       (OLD.account_id, OLD.public, OLD.salt, OLD.box) THEN
                    RAISE EXCEPTION '查阅钥匙只能停用，不能改动或者删除。' USING ERRCODE = '{RAISED}';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


STAYS_AS_RECEIVED = (
    *("kind", "channel", "received_on", "first_code", "dialogue_key", "file_key"),
    *("receipt_index", "receipt_box", "named", "made_by", "made_by_id"),
)
GATE = pgtrigger.Trigger(
    name="complaint_gate",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("waiting", "integer"), ("heard", "integer")],
    func=f"""
    IF ({columns("NEW", STAYS_AS_RECEIVED)})
        IS DISTINCT FROM
        ({columns("OLD", STAYS_AS_RECEIVED)}) THEN
        RAISE EXCEPTION '收到的投诉举报不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '31';
    ELSIF OLD.finding <> '' AND NEW.round = OLD.round AND NEW.finding <> OLD.finding THEN
        RAISE EXCEPTION '结论不得改动，可以重新调查。' USING ERRCODE = '{RAISED}', DETAIL = '31';
    END IF;
    IF NEW.state IN ('heard', 'concluded') AND OLD.state <> NEW.state AND NEW.finding <> 'unidentified' THEN
        SELECT count(*) FILTER (WHERE state = 'asked'), count(*) FILTER (WHERE state <> 'asked') INTO waiting, heard
            FROM complaints_hearing WHERE report_id = NEW.id AND round = NEW.round;
        IF waiting > 0 THEN
            RAISE EXCEPTION '还有%名当事人没有陈述，也没有登记不作陈述，不能作结论。', waiting
                USING ERRCODE = '{RAISED}', DETAIL = '31';
        ELSIF heard = 0 THEN
            RAISE EXCEPTION '没有听取当事人的陈述和申辩，也没有登记不作陈述，不能作结论。'
                USING ERRCODE = '{RAISED}', DETAIL = '31';
        END IF;
    ELSIF NEW.state = 'concluded' AND OLD.state <> NEW.state
        AND EXISTS (SELECT 1 FROM complaints_hearing WHERE report_id = NEW.id AND round = NEW.round) THEN
        RAISE EXCEPTION '已经通知当事人陈述的，不能按查不到当事人办结。' USING ERRCODE = '{RAISED}', DETAIL = '31';
    END IF;
    RETURN NEW;
    """,
)
"""Who is accused is heard, or refused to be, before anything is concluded (Article 31)."""


class Report(Checked):
    """One report. The text is in its messages; here stands only what its way needs.

    `dialogue_key` fills boxes that the reporter reads as well, `file_key` those of the readers alone. `receipt_index` is
    found by the code, `receipt_box` opened by it. `first_code` is the bureau that was competent when it came,
    `handler_code` that which handles it now. `term_days` None: no term is stated. `round` counts investigations.
    """

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", "投诉举报"
        APPEAL = "appeal", "申诉"
        ACCUSATION = "accusation", "控告"

    class Channel(models.TextChoices):
        WEB = "web", "网上"
        PHONE = "phone", "电话"
        LETTER = "letter", "来信"
        VISIT = "visit", "来访"

    kind = models.CharField("类别", max_length=10, choices=Kind)
    channel = models.CharField("来源", max_length=6, choices=Channel)
    state = models.CharField("状态", max_length=12, choices=ReportState, default=ReportState.RECEIVED)
    round = models.PositiveSmallIntegerField("第几次调查", default=1)
    first_code = models.BigIntegerField("收到的机关")
    handler_code = models.BigIntegerField("办理机关")
    target_code = models.BigIntegerField("移送的机关", null=True, blank=True)
    received_on = models.DateField("收到日期")
    accepted_on = models.DateField("受理日期", null=True, blank=True)
    term_days = models.PositiveSmallIntegerField("办结期限（天）", null=True, blank=True)
    term_unit = models.CharField("期限单位", max_length=8, choices=TermUnit, default=TermUnit.CALENDAR)
    term_basis = models.CharField("期限依据", max_length=100, blank=True)
    extended = models.PositiveSmallIntegerField("延长（天）", default=0)
    finding = models.CharField("结论", max_length=12, choices=Finding, blank=True)
    concluded_on = models.DateField("结论日期", null=True, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    named = models.BooleanField("留有身份", default=False)
    dialogue_key = models.BinaryField("对话公钥", max_length=32)
    file_key = models.BinaryField("卷内公钥", max_length=32)
    receipt_index = models.BinaryField("回执索引", max_length=32, unique=True)
    receipt_box = models.BinaryField("回执封存的钥匙", max_length=200)
    made_by = models.CharField("登记人", max_length=100, blank=True)
    made_by_id = account_of("登记人")

    class Meta:
        verbose_name = verbose_name_plural = "投诉举报"
        constraints = [
            RowPolicy(name="complaint_receipt", using=f"receipt_index = {RECEIPT}", command="SELECT"),
            RowPolicy(name="complaint_filed", using=f"receipt_index = {RECEIPT}", command="INSERT"),
            models.CheckConstraint(
                name="complaint_typed_by_somebody",
                condition=Q(channel="web", made_by="") | (~Q(channel="web") & Q(made_by__regex=r"\S")),
                violation_error_message="电话、来信、来访的，应有登记人；网上提交的没有登记人。",
                violation_error_code="31",
            ),
            models.CheckConstraint(
                name="complaint_term_has_basis",
                condition=Q(term_days__isnull=True, term_basis="") | Q(term_days__gt=0, term_basis__regex=r"\S"),
                violation_error_message="填写办结期限的，应写明依据；没有规定期限的都不填。",
                violation_error_code="31",
            ),
            models.CheckConstraint(
                name="complaint_transferred_to_another",
                condition=(Q(state="transferred", target_code__isnull=False) & ~Q(target_code=F("handler_code")))
                | (~Q(state="transferred") & Q(target_code__isnull=True)),
                violation_error_message="移送应写明另一个公安机关。",
                violation_error_code="31",
            ),
            models.CheckConstraint(
                name="complaint_concluded_with_finding",
                condition=(
                    Q(state__in=["concluded", "answered"], concluded_on__isnull=False, accepted_on__isnull=False)
                    & ~Q(finding="")
                )
                | (~Q(state__in=["concluded", "answered"]) & Q(finding="", concluded_on__isnull=True)),
                violation_error_message="作结论应写明是否属实和日期。",
                violation_error_code="31",
            ),
        ]
        triggers = [
            tracked("complaint"),
            signed("complaints_report", Mark("made_by")),
            COMPLAINT.trigger(),
            GATE,
            undeletable("complaint_undeletable", "投诉举报不得删除。", "31"),
        ]

    def public_of(self, box: str) -> bytes:
        """The key that fills a message's box."""
        return bytes(self.dialogue_key if box == Message.Box.DIALOGUE else self.file_key)


class Envelope(models.Model):
    """A report's two private keys, sealed to one reader's key. Ended: the reader is none any more."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="envelopes", verbose_name="投诉举报")
    account_id = models.BigIntegerField("查阅账号")
    key = models.ForeignKey(ReaderKey, models.PROTECT, related_name="+", verbose_name="查阅钥匙")
    box = models.BinaryField("封存的钥匙", max_length=200)
    made_at = models.DateTimeField("封存时间", auto_now_add=True)
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "投诉举报的钥匙"
        indexes = [models.Index(fields=["account_id", "report"], name="complaint_envelope_reader")]
        constraints = [
            RowPolicy(name="complaint_envelope_own", using=f"account_id = {ACCOUNT}", command="SELECT"),
            RowPolicy(name="complaint_envelope_filled", using=f"report_id = {WRITING}"),
            models.UniqueConstraint(
                fields=["report", "key"],
                condition=Q(ended_at__isnull=True),
                name="complaint_envelope_once",
                violation_error_message="这把钥匙已经能够查阅这件投诉举报。",
            ),
        ]
        triggers = [
            tracked("complaint_envelope"),
            pgtrigger.Trigger(
                name="complaint_envelope_for_a_reader",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                IF TG_OP <> 'INSERT' THEN
                    IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL
                        OR (NEW.report_id, NEW.account_id, NEW.key_id, NEW.box) IS DISTINCT FROM
                           (OLD.report_id, OLD.account_id, OLD.key_id, OLD.box) THEN
                        RAISE EXCEPTION '投诉举报的钥匙只能停用。' USING ERRCODE = '{RAISED}', DETAIL = '31';
                    END IF;
                ELSIF NOT EXISTS (SELECT 1 FROM complaints_readers() reader
                    WHERE reader.key_id = NEW.key_id AND reader.account_id = NEW.account_id) THEN
                    RAISE EXCEPTION '只有在任的纪检督察人员可以取得投诉举报的钥匙。'
                        USING ERRCODE = '{RAISED}', DETAIL = '31';
                ELSIF complaints_accused(NEW.report_id, NEW.account_id) THEN
                    RAISE EXCEPTION '当事人不能查阅对自己的投诉举报。' USING ERRCODE = '{RAISED}', DETAIL = '31';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


class Message(models.Model):
    """Something said, sealed: in the dialogue, which the reporter reads as well, or in the file of the readers alone."""

    class Box(models.TextChoices):
        DIALOGUE = "dialogue", "与反映人的对话"
        FILE = "file", "卷内"

    report = models.ForeignKey(Report, models.PROTECT, related_name="messages", verbose_name="投诉举报")
    box = models.CharField("放入", max_length=8, choices=Box)
    content = models.BinaryField("封存的内容")
    made_by = models.CharField("办理人", max_length=100, blank=True)
    made_by_id = account_of("办理人")
    made_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "投诉举报的内容"
        indexes = [models.Index(fields=["report", "id"], name="complaint_message_report")]
        constraints = [RowPolicy(name="complaint_message_of_report", using=OF_A_REPORT)]
        triggers = [append_only("complaint_message"), signed("complaints_message", Mark("made_by"))]


class IdentityBox(models.Model):
    """Who the reporter is, sealed twice: `first` opens the outer box, only then `second` the inner one."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="+", verbose_name="投诉举报")
    first = models.BigIntegerField("先开启的账号")
    second = models.BigIntegerField("后开启的账号")
    box = models.BinaryField("封存的身份")

    class Meta:
        verbose_name = verbose_name_plural = "反映人的身份"
        constraints = [
            RowPolicy(name="complaint_identity_of_report", using=OF_A_REPORT),
            models.CheckConstraint(
                name="complaint_identity_two_people",
                condition=~Q(first=F("second")),
                violation_error_message="反映人的身份应由两个人开启。",
                violation_error_code="31",
            ),
        ]
        triggers = [append_only("complaint_identity")]


class IdentityRelease(models.Model):
    """One reader's consent that another learns who the reporter is, and the reading of the other; each with its reason."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="releases", verbose_name="投诉举报")
    second = models.BigIntegerField("可以开启的账号")
    inner = models.BinaryField("封存的身份")
    reason = EncryptedField("同意的理由")
    released_by = models.CharField("同意人", max_length=100)
    released_by_id = account_of("同意人")
    released_at = models.DateTimeField("同意时间", auto_now_add=True)
    opened_by = models.CharField("开启人", max_length=100, blank=True)
    opened_by_id = account_of("开启人")
    opened_reason = EncryptedField("开启的理由", blank=True)
    opened_at = models.DateTimeField("开启时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "身份的开启"
        constraints = [
            RowPolicy(name="complaint_release_of_report", using=OF_A_REPORT),
            models.CheckConstraint(
                name="complaint_release_to_another",
                condition=~Q(second=F("released_by_id"))
                & (Q(opened_by="", opened_at__isnull=True) | Q(opened_by_id=F("second"), opened_at__isnull=False)),
                violation_error_message="反映人的身份由一人同意、另一人开启。",
                violation_error_code="31",
            ),
        ]
        triggers = [
            tracked("complaint_release"),
            signed("complaints_identityrelease", Mark("released_by"), Mark("opened_by")),
            pgtrigger.Trigger(
                name="complaint_release_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                IF TG_OP = 'DELETE' OR OLD.opened_at IS NOT NULL
                    OR (NEW.report_id, NEW.second, NEW.inner, NEW.reason, NEW.released_by) IS DISTINCT FROM
                       (OLD.report_id, OLD.second, OLD.inner, OLD.reason, OLD.released_by) THEN
                    RAISE EXCEPTION '身份开启的记录不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '31';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


class Hearing(Checked):
    """What somebody who is accused was told, and their statement or that they refused it.

    `matter` is all that they learn of the report. The statement is sealed when it is sent: they can't read it again.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="hearings", verbose_name="投诉举报")
    person_id = models.BigIntegerField("当事人")
    round = models.PositiveSmallIntegerField("第几次调查")
    state = models.CharField("状态", max_length=8, choices=HearingState, default=HearingState.ASKED)
    matter = EncryptedField("告知的事项")
    file_key = models.BinaryField("卷内公钥", max_length=32)
    asked_on = models.DateField("告知日期")
    asked_by = models.CharField("告知人", max_length=100)
    asked_by_id = account_of("告知人")
    statement = models.BinaryField("封存的陈述", null=True, blank=True)
    ended_on = models.DateField("陈述日期", null=True, blank=True)
    ended_by = models.CharField("提交人", max_length=100, blank=True)
    ended_by_id = account_of("提交人")

    class Meta:
        verbose_name = verbose_name_plural = "陈述和申辩"
        indexes = [models.Index(fields=["person_id"], name="complaint_hearing_person")]
        constraints = [
            RowPolicy(name="complaint_hearing_of_report", using=OF_A_REPORT),
            RowPolicy(name="complaint_hearing_own", using=f"person_id = {PERSON}", command="SELECT"),
            RowPolicy(name="complaint_hearing_answer", using=f"person_id = {PERSON}", command="UPDATE"),
            models.UniqueConstraint(
                fields=["report", "person_id", "round"],
                name="complaint_hearing_once",
                violation_error_message="这次调查已经通知此人陈述。",
                violation_error_code="31",
            ),
            models.CheckConstraint(
                name="complaint_hearing_ended",
                condition=Q(state="asked", statement__isnull=True, ended_on__isnull=True)
                | (
                    ~Q(state="asked")
                    & Q(statement__isnull=False, ended_on__isnull=False, ended_on__gte=F("asked_on"))
                    & Q(ended_by__regex=r"\S")
                ),
                violation_error_message="陈述或者不作陈述，应有记录、日期和提交人。",
                violation_error_code="31",
            ),
        ]
        triggers = [
            tracked("complaint_hearing"),
            signed("complaints_hearing", Mark("asked_by"), Mark("ended_by", changes("state"))),
            HEARD_OUT.trigger(),
            pgtrigger.Trigger(
                name="complaint_hearing_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                IF TG_OP = 'DELETE' THEN
                    RAISE EXCEPTION '陈述和申辩不得删除。' USING ERRCODE = '{RAISED}', DETAIL = '31';
                ELSIF NEW.asked_on > {TODAY} OR NEW.ended_on > {TODAY} THEN
                    RAISE EXCEPTION '日期不能晚于今天。' USING ERRCODE = '{RAISED}', DETAIL = '31';
                ELSIF TG_OP = 'INSERT' AND complaints_reads(NEW.report_id, NEW.person_id) THEN
                    RAISE EXCEPTION '能够查阅这件投诉举报的人不能是当事人，请先移送上级公安机关。'
                        USING ERRCODE = '{RAISED}', DETAIL = '31';
                ELSIF TG_OP = 'UPDATE' AND (OLD.state <> 'asked'
                    OR (NEW.report_id, NEW.person_id, NEW.round, NEW.matter, NEW.file_key, NEW.asked_on, NEW.asked_by)
                    IS DISTINCT FROM
                    (OLD.report_id, OLD.person_id, OLD.round, OLD.matter, OLD.file_key, OLD.asked_on, OLD.asked_by)) THEN
                    RAISE EXCEPTION '告知的事项和陈述不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '31';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


class ClockStop(models.Model):
    """Days that don't count in a report's term: from `since`, inclusive, to `resumed`, exclusive."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="stops", verbose_name="投诉举报")
    since = models.DateField("停止计算起")
    resumed = models.DateField("恢复计算", null=True, blank=True)
    made_by = models.CharField("办理人", max_length=100)
    made_by_id = account_of("办理人")

    class Meta:
        verbose_name = verbose_name_plural = "期限的停止"
        constraints = [
            RowPolicy(name="complaint_stop_of_report", using=OF_A_REPORT),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(resumed__isnull=True),
                name="complaint_stop_one",
                violation_error_message="期限已经停止计算。",
                violation_error_code="31",
            ),
            models.CheckConstraint(
                name="complaint_stop_in_order",
                condition=Q(resumed__isnull=True) | Q(resumed__gte=F("since")),
                violation_error_message="恢复计算不能早于停止计算。",
                violation_error_code="31",
            ),
        ]
        triggers = [
            tracked("complaint_stop"),
            signed("complaints_clockstop", Mark("made_by")),
            undeletable("complaint_stop_undeletable", "期限停止的记录不得删除。", "31"),
        ]


class Suggestion(Checked):
    """What somebody who serves suggests to the own unit, and the answer (Article 14.4)."""

    organ_code = models.BigIntegerField("管理机关")
    person_id = models.BigIntegerField("本人")
    state = models.CharField("状态", max_length=8, choices=SuggestionState, default=SuggestionState.MADE)
    text = EncryptedField("意见建议")
    made_at = models.DateTimeField("提出时间", auto_now_add=True)
    answer = models.CharField("答复", max_length=1000, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.CharField("答复人", max_length=100, blank=True)
    answered_by_id = account_of("答复人")

    class Meta:
        verbose_name = verbose_name_plural = "意见建议"
        indexes = [models.Index(fields=["organ_code", "state"], name="suggestion_waiting")]
        constraints = [
            RowPolicy(name="suggestion_read", using=f"organ_code BETWEEN {LO} AND {HI}", command="SELECT"),
            RowPolicy(name="suggestion_answer", using=f"organ_code BETWEEN {LO} AND {HI}", command="UPDATE"),
            RowPolicy(name="suggestion_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.CheckConstraint(
                name="suggestion_answered",
                condition=Q(state="made", answer="", answered_on__isnull=True, answered_by="")
                | (Q(state="answered", answer__regex=r"\S", answered_on__isnull=False) & ~Q(answered_by="")),
                violation_error_message="答复应写明内容、日期和答复人。",
                violation_error_code="14.4",
            ),
        ]
        triggers = [
            tracked("suggestion"),
            signed("complaints_suggestion", Mark("answered_by", changes("state"))),
            SUGGESTION.trigger(),
            pgtrigger.Trigger(
                name="suggestion_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                IF TG_OP = 'DELETE' OR OLD.state = 'answered' OR (NEW.organ_code, NEW.person_id, NEW.text)
                    IS DISTINCT FROM (OLD.organ_code, OLD.person_id, OLD.text) THEN
                    RAISE EXCEPTION '提出的意见建议和答复不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '14.4';
                END IF;
                RETURN NEW;
                """,
            ),
        ]
