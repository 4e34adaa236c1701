"""History, readings, decisions and files: what every section writes into."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from fujing.kernel.history import append_only
from fujing.kernel.signatures import Mark, signed
from fujing.kernel.territory import ACCOUNT, HI, LO, PERSON, RowPolicy, administered, within_territory

OWN_READING = f"reader IS NOT DISTINCT FROM {ACCOUNT}"
SEALING = "current_setting('fujing.sealing', true) = 'on'"


class HistoryEntry(models.Model):
    """One change of one row. `before` and `after` hold only what changed; inserts have no `before`."""

    at = models.DateTimeField("时间")
    tracked = models.CharField("表", max_length=63)
    row_id = models.BigIntegerField("行")
    organ_code = models.BigIntegerField("机关", null=True)
    operation = models.CharField("动作", max_length=6)
    before = models.JSONField("改前", null=True)
    after = models.JSONField("改后", null=True)
    actor = models.CharField("办理人", max_length=100)
    account_id = models.BigIntegerField("账号", null=True)
    reason = models.TextField("事由", blank=True)
    request_id = models.CharField("请求", max_length=64, blank=True)
    # Whose row it is, told by its first entry: a column, since row security lets no index look into `after`.
    of_person = models.GeneratedField(
        verbose_name="当事人",
        expression=Cast(KeyTextTransform("person_id", "after"), models.BigIntegerField()),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )

    class Meta:
        verbose_name = verbose_name_plural = "变更留痕"
        indexes = [
            models.Index(fields=["of_person"], name="history_person", condition=Q(of_person__isnull=False)),
            models.Index(fields=["tracked", "row_id"], name="history_row"),
            models.Index(fields=["organ_code", "at"], name="history_organ"),
            models.Index(fields=["at", "id"], name="history_at"),
            models.Index(fields=["actor", "at"], name="history_actor"),
            models.Index(fields=["tracked", "at"], name="history_kind"),
        ]
        constraints = [
            RowPolicy(name="history_read", using=f"organ_code BETWEEN {LO} AND {HI}", command="SELECT"),
            administered("history", command="SELECT"),
            # Sealing and verifying read the whole chain, whoever it concerns.
            RowPolicy(name="history_seal", using=SEALING, command="SELECT"),
            # Only kernel_record() inserts; the application role has no right to.
            RowPolicy(name="history_add", using="true", command="INSERT"),
        ]
        triggers = [append_only("history", erasable=True)]


class HistoryErasure(models.Model):
    """Personal values taken out of one history entry when their time had passed; the seal still proves the rest."""

    # An entry may lose values twice: its account's and its application's.
    entry = models.BigIntegerField("留痕")
    organ_code = models.BigIntegerField("机关", null=True)
    leaf = models.CharField("删除前的摘要", max_length=64, blank=True)
    columns = ArrayField(models.CharField(max_length=63), verbose_name="删除的字段")
    remains = models.CharField("删除后的摘要", max_length=64)
    rule = models.CharField("依据", max_length=200)
    at = models.DateTimeField("时间")
    actor = models.CharField("办理人", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "留痕删除"
        indexes = [models.Index(fields=["entry"], name="erasure_entry")]
        constraints = [
            RowPolicy(name="erasure_read", using=f"organ_code BETWEEN {LO} AND {HI}", command="SELECT"),
            administered("erasure", command="SELECT"),
            RowPolicy(name="erasure_seal", using=SEALING, command="SELECT"),
            # Only kernel_erase_history() inserts; the application role has no right to.
            RowPolicy(name="erasure_add", using="true", command="INSERT"),
        ]
        triggers = [append_only("erasure")]


class HistorySeal(models.Model):
    """All history of one day under one SM3 Merkle root, chained to the day before."""

    day = models.DateField("日期", unique=True)
    entries = models.PositiveIntegerField("条数")
    root = models.CharField("默克尔根", max_length=64)
    previous = models.CharField("前一日摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)
    sealed_at = models.DateTimeField("封存时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "留痕封存"
        constraints = [
            RowPolicy(name="seal_read", using="true", command="SELECT"),
            RowPolicy(name="seal_add", using=SEALING, command="INSERT"),
        ]
        triggers = [append_only("seal")]


class Decision(models.Model):
    """A contestable act: who decided what about whom, by which provisions, on which facts. Complaints refer to it."""

    organ_code = models.BigIntegerField("机关")
    kind = models.CharField("事项", max_length=60)
    subject_table = models.CharField("对象类别", max_length=63)
    subject_id = models.BigIntegerField("对象")
    person_id = models.BigIntegerField("当事人", null=True, blank=True)
    account_id = models.BigIntegerField("当事人账号", null=True, blank=True)
    outcome = models.CharField("结论", max_length=60)
    message = models.TextField("说明")
    provisions = ArrayField(models.CharField(max_length=12), verbose_name="条文")
    facts = models.JSONField("事实", default=dict)
    rule_book = models.CharField("规则版本", max_length=80, blank=True)
    decided_by = models.CharField("决定人", max_length=100)
    decided_by_id = models.BigIntegerField("决定人账号", null=True)
    decided_at = models.DateTimeField("决定时间", auto_now_add=True)
    contest_until = models.DateField("异议截止", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "决定"
        indexes = [
            models.Index(fields=["subject_table", "subject_id"], name="decision_subject"),
            models.Index(fields=["person_id"], name="decision_person", condition=Q(person_id__isnull=False)),
        ]
        constraints = [
            within_territory("decision"),
            RowPolicy(name="decision_own", using=f"account_id = {ACCOUNT}", command="SELECT"),
        ]
        triggers = [append_only("decision", erasable=True), signed("decision", Mark("decided_by"))]


class StoredFile(models.Model):
    """A file as it was handed in: typed by its content, addressed by its SM3 digest, never changed."""

    organ_code = models.BigIntegerField("机关")
    account_id = models.BigIntegerField("提交账号", null=True)
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("字节数")
    digest = models.CharField("SM3", max_length=64)
    path = models.CharField("存放", max_length=200)
    stored_at = models.DateTimeField("存入时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        constraints = [within_territory("file"), RowPolicy(name="file_own", using=f"account_id = {ACCOUNT}")]
        triggers = [append_only("file", erasable=True)]


class Reading(models.Model):
    """Who read whose sensitive value, when and why; looked people up by a number, read the history, or had everybody's
    record checked.

    A value that was opened stands in row `row_id` of `tracked`, of the person or the account that it tells of. Of a
    number that was looked up only a keyed digest is kept: whoever has the number finds by it who looked for it.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", "查看敏感内容"
        LOOKED_UP = "looked_up", "按号码查人"
        TRAIL = "trail", "查看留痕"
        CHECKED = "checked", "核对登记"

    organ_code = models.BigIntegerField("机关")
    kind = models.CharField("方式", max_length=10, choices=Kind)
    what = models.CharField("内容", max_length=60)
    tracked = models.CharField("表", max_length=63, blank=True)
    row_id = models.BigIntegerField("行", null=True)
    person_id = models.BigIntegerField("当事人", null=True)
    account_id = models.BigIntegerField("当事人账号", null=True)
    sought = models.BinaryField("所查号码的索引", max_length=32, null=True)
    reader = models.BigIntegerField("查阅账号", null=True)
    reader_name = models.CharField("查阅人", max_length=100)
    reason = models.CharField("事由", max_length=300, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)
    request_id = models.CharField("请求", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "查阅记录"
        indexes = [
            models.Index(fields=["tracked", "row_id"], name="reading_row"),
            models.Index(fields=["reader", "at"], name="reading_reader"),
            models.Index(fields=["organ_code", "id"], name="reading_organ"),
            models.Index(fields=["sought"], name="reading_sought"),
        ]
        constraints = [
            RowPolicy(name="reading_territory", using=f"organ_code BETWEEN {LO} AND {HI}", check=OWN_READING),
            administered("reading", command="SELECT"),
            RowPolicy(name="reading_reader", using=f"reader = {ACCOUNT}", command="SELECT"),
            RowPolicy(name="reading_own", using=f"account_id = {ACCOUNT} OR person_id = {PERSON}", command="SELECT"),
            # Nobody writes one in another's name.
            RowPolicy(name="reading_add", using=OWN_READING, command="INSERT"),
            models.CheckConstraint(
                name="reading_opened_says_why",
                condition=~Q(kind="opened") | (~Q(reason="") & Q(row_id__isnull=False)),
                violation_error_message="查看敏感内容应写明对象和事由。",
            ),
        ]
        triggers = [append_only("reading"), signed("reading", Mark("reader_name", account="reader"))]
