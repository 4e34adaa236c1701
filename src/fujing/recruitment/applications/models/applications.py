"""Applications with what was handed in, what was verified, and what their owners took along."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fujing.kernel.checks import Checked
from fujing.kernel.fields import BlindIndexField, EncryptedField
from fujing.kernel.history import ERASING, append_only, tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.receipts import receipt
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import ACCOUNT, RowPolicy, within_territory
from fujing.recruitment.applications.states import APPLICATION, ApplicationState
from fujing.recruitment.campaigns.models import Campaign, Position
from fujing.registry.names import PinyinField
from fujing.registry.states import Sex

REVIEWED = "NEW.state <> OLD.state AND NEW.state IN ('qualified', 'rejected', 'returned')"


class Application(Checked):
    """One person's application to one position; the applicant reads and writes only their own."""

    organ_code = models.BigIntegerField("招聘机关")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="applications", verbose_name="招聘项目")
    position = models.ForeignKey(Position, models.PROTECT, verbose_name="报考岗位")
    account_id = models.BigIntegerField("报名账号")
    receipt = models.CharField("回执码", max_length=12, unique=True, default=receipt)
    state = models.CharField("状态", max_length=10, choices=ApplicationState, default=ApplicationState.DRAFT)
    name = models.CharField("姓名", max_length=60)
    pinyin = PinyinField("拼音", source="name")
    initials = PinyinField("首字母", source="name", initials=True)
    id_number = EncryptedField("公民身份号码")
    id_index = BlindIndexField(source="id_number")
    id_tail_index = BlindIndexField(
        "身份号码后四位索引", source="id_number", last=4, context="application.id_tail", null=True
    )
    phone = EncryptedField("手机号")
    phone_index = BlindIndexField("手机号索引", source="phone", context="application.phone", null=True)
    sex = models.CharField("性别", max_length=6, choices=Sex)
    birth_date = models.DateField("出生日期")
    # Sex and birth date were derived from the number then; none of the three changes afterwards.
    verified_at = models.DateTimeField("身份号码核验时间", default=timezone.now)
    nationality = models.CharField("国籍", max_length=30, default="中国")
    education = models.CharField("学历", max_length=20, blank=True)
    major = models.CharField("专业", max_length=60, blank=True)
    household = models.CharField("户籍", max_length=100, blank=True)
    height_cm = models.DecimalField("身高（厘米）", max_digits=5, decimal_places=1, null=True, blank=True)
    naked_vision = models.DecimalField("裸眼视力", max_digits=3, decimal_places=1, null=True, blank=True)
    corrected_vision = models.DecimalField("矫正视力", max_digits=3, decimal_places=1, null=True, blank=True)
    weight_kg = models.DecimalField("体重（公斤）", max_digits=4, decimal_places=1, null=True, blank=True)
    certificates = models.CharField("证书", max_length=300, blank=True)
    veteran = models.BooleanField("退役士兵", null=True, blank=True)
    martyr_kin = models.BooleanField("烈士或因公牺牲民警配偶子女", null=True, blank=True)
    bravery = models.BooleanField("见义勇为积极分子或先进个人", null=True, blank=True)
    police_school = models.BooleanField("警察类或政法类院校毕业", null=True, blank=True)
    skill = models.BooleanField("具有岗位所需专业资质或专门技能", null=True, blank=True)
    scarce_skill = models.BooleanField("属于急需专业技术、专门技能人员", null=True, blank=True)
    # Verified by the review where the announcement counts such points; never what the applicant states.
    bonus_points = models.DecimalField("核定的加分", max_digits=9, decimal_places=6, null=True, blank=True)
    bonus_proof = models.CharField("加分依据", max_length=300, blank=True)
    bonus_by = models.CharField("加分核定人", max_length=100, blank=True)
    bonus_by_id = account_of("加分核定人")
    violated = models.PositiveIntegerField("不符合（位）", default=0)
    undetermined = models.PositiveIntegerField("待核实（位）", default=0)
    rule_book = models.CharField("规则版本", max_length=80, blank=True)
    inputs_digest = models.CharField("核对所据摘要", max_length=64, blank=True)
    screened_at = models.DateTimeField("核对时间", null=True, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    # Of the last time, where one was returned or taken back: what was verified before may no longer hold.
    handed_in_at = models.DateTimeField("最近提交时间", null=True, blank=True)
    reviewed_by = models.CharField("审查人", max_length=100, blank=True)
    reviewed_by_id = account_of("审查人")
    review_note = models.TextField("审查意见", blank=True)
    missing = ArrayField(models.CharField(max_length=30), verbose_name="需补充", default=list, blank=True)
    complete_until = models.DateField("补充截止", null=True, blank=True)
    withdrawn_on = models.DateField("放弃日期", null=True, blank=True)
    erased_at = models.DateTimeField("个人信息删除时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "报名"
        indexes = [
            models.Index(fields=["campaign", "state", "submitted_at"], name="application_queue"),
            # A page of all that was submitted, from any place in the order.
            models.Index(fields=["campaign", "submitted_at", "id"], name="application_in_order"),
            models.Index(fields=["id_tail_index", "campaign"], name="application_id_tail"),
            models.Index(fields=["phone_index", "campaign"], name="application_phone"),
        ]
        constraints = [
            within_territory("application"),
            RowPolicy(name="application_own", using=f"account_id = {ACCOUNT}"),
            models.UniqueConstraint(
                fields=["campaign", "account_id"],
                name="application_once",
                violation_error_message="同一公告只能报名一次，您已报名。",
            ),
            models.UniqueConstraint(
                fields=["campaign", "id_index"],
                name="application_once_by_number",
                violation_error_message="该公民身份号码已报名本公告。",
            ),
            models.CheckConstraint(
                name="application_submitted_complete",
                condition=Q(state="draft") | (Q(submitted_at__isnull=False) & ~Q(education="")),
                violation_error_message="提交前应填写学历等必填项。",
            ),
            models.CheckConstraint(
                name="application_erased_is_empty",
                condition=Q(erased_at__isnull=True)
                | Q(name="", pinyin="", initials="", major="", household="", certificates="", bonus_proof=""),
                violation_error_message="已删除个人信息的报名不应再有个人信息。",
            ),
            models.CheckConstraint(
                name="application_reviewed_by_somebody",
                condition=~Q(state__in=["qualified", "rejected", "returned"]) | ~Q(reviewed_by=""),
                violation_error_message="审查结论应注明审查人。",
            ),
            models.CheckConstraint(
                name="application_bonus_proven",
                condition=Q(bonus_points__isnull=True, bonus_proof="")
                | (Q(bonus_points__gte=0, bonus_points__lte=100) & ~Q(bonus_proof="") & ~Q(bonus_by="")),
                violation_error_message="核定的加分应在0至100分之间，并写明依据和核定人（第十九条）。",
                violation_error_code="19",
            ),
            models.CheckConstraint(
                name="application_body_plausible",
                condition=(Q(weight_kg__isnull=True) | Q(weight_kg__gte=20, weight_kg__lte=300))
                & (Q(corrected_vision__isnull=True) | Q(corrected_vision__gte=0, corrected_vision__lte=6)),
                violation_error_message="体重应在20至300公斤之间，矫正视力应在0至6之间。",
            ),
            models.CheckConstraint(
                name="application_no_without_reason",
                condition=~Q(state__in=["rejected", "returned"]) | ~Q(review_note=""),
                violation_error_message="不合格或退回应写明理由。",
            ),
            models.CheckConstraint(
                name="application_returned_says_what",
                condition=~Q(state="returned") | (~Q(missing=[]) & Q(complete_until__isnull=False)),
                violation_error_message="退回补充应写明缺少什么、何时截止。",
            ),
        ]
        triggers = [
            tracked("application"),
            signed("application", Mark("reviewed_by", REVIEWED), Mark("bonus_by", changes("bonus_points"))),
            APPLICATION.trigger(),
            pgtrigger.Trigger(
                name="application_hired_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state="withdrawn"),
                func=f"""
                IF EXISTS (SELECT 1 FROM hiring_hire h WHERE h.application_id = NEW.id AND h.state = 'hired') THEN
                    RAISE EXCEPTION '已经聘用，不能再放弃报名；不愿继续工作的按离职办理（第二十二条）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '22';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="application_doubts_verified",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state="qualified") & ~pgtrigger.Q(old__state="qualified"),
                func=f"""
                IF NEW.undetermined & ~coalesce((
                    SELECT bit_or(v.bit) FROM applications_verification v WHERE v.application_id = NEW.id
                    AND v.rule_book = NEW.rule_book AND v.at >= coalesce(NEW.handed_in_at, NEW.submitted_at)), 0) <> 0 THEN
                    RAISE EXCEPTION '还有待核实的条件，逐项核实后才能审查合格（第十八条）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '18';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="application_verdict_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state="submitted", old__state__in=["qualified", "rejected"]),
                func=f"""
                IF EXISTS (SELECT FROM exams_seat s WHERE s.application_id = NEW.id)
                    OR EXISTS (SELECT FROM selection_stagescore s WHERE s.application_id = NEW.id)
                    OR EXISTS (SELECT FROM selection_candidate c WHERE c.application_id = NEW.id)
                    OR EXISTS (SELECT FROM medical_medicalexam m WHERE m.application_id = NEW.id)
                    OR EXISTS (SELECT FROM background_backgroundcheck b WHERE b.application_id = NEW.id) THEN
                    RAISE EXCEPTION '已有准考证、成绩、排名、体检或者考察，不能再更正审查结论（第十八条）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '18';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="application_taken_back",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state="draft", old__state="submitted"),
                func=f"""
                IF OLD.reviewed_by <> '' THEN
                    RAISE EXCEPTION '资格审查已经开始，不能撤回修改（第二十一条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '21.p1';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="application_identity_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("id_index", "sex", "birth_date", "verified_at", "account_id"),
                func=f"IF {ERASING} THEN RETURN NEW; END IF; RAISE EXCEPTION '身份信息已按公民身份号码核验，不能修改。' USING ERRCODE = '{RAISED}';",
            ),
        ]


class Verification(models.Model):
    """A condition that the facts left open, looked into by a named officer: what they saw, and where (Article 18).

    It counts for the rule book that left the condition open and for what was handed in before it.
    """

    organ_code = models.BigIntegerField("招聘机关")
    application = models.ForeignKey(Application, models.PROTECT, related_name="verifications", verbose_name="报名")
    rule = models.CharField("规则", max_length=60)
    provision = models.CharField("条文", max_length=12)
    bit = models.PositiveIntegerField("核对位")
    rule_book = models.CharField("规则版本", max_length=80)
    source = models.CharField("来源", max_length=100)
    seen = models.CharField("看到的内容", max_length=500)
    by_id = models.BigIntegerField("核实账号")
    by = models.CharField("核实人", max_length=100)
    at = models.DateTimeField("核实时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "待核实条件的核实"
        constraints = [
            within_territory("verification"),
            models.CheckConstraint(
                name="verification_says_what_and_where",
                condition=Q(source__regex=r"\S", seen__regex=r"\S") & ~Q(by=""),
                violation_error_message="核实应写明来源、看到的内容和核实人（第十八条）。",
                violation_error_code="18",
            ),
            models.CheckConstraint(
                name="verification_of_one_condition",
                condition=Q(bit__gt=0),
                violation_error_message="核实应对应一项条件（第十八条）。",
                violation_error_code="18",
            ),
        ]
        triggers = [append_only("verification", erasable=True), signed("verification", Mark("by"))]


class Attachment(models.Model):
    """A paper that the applicant handed in."""

    class Kind(models.TextChoices):
        PHOTO = "photo", "近期免冠照片"
        IDENTITY = "identity", "身份证人像面"
        IDENTITY_BACK = "id_back", "身份证国徽面"
        DIPLOMA = "diploma", "学历证书"
        CERTIFICATE = "certificate", "其他证书"

    organ_code = models.BigIntegerField("招聘机关")
    application = models.ForeignKey(Application, models.CASCADE, related_name="attachments", verbose_name="报名")
    account_id = models.BigIntegerField("报名账号")
    kind = models.CharField("种类", max_length=12, choices=Kind)
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="文件")

    class Meta:
        verbose_name = verbose_name_plural = "报名材料"
        constraints = [
            within_territory("attachment"),
            RowPolicy(name="attachment_own", using=f"account_id = {ACCOUNT}"),
        ]
        triggers = [tracked("attachment")]


class OwnCopy(models.Model):
    """That an applicant took a copy of everything held about them, and when."""

    organ_code = models.BigIntegerField("招聘机关")
    application = models.ForeignKey(Application, models.PROTECT, related_name="copies", verbose_name="报名")
    account_id = models.BigIntegerField("报名账号")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "本人信息副本"
        constraints = [within_territory("own_copy"), RowPolicy(name="own_copy_own", using=f"account_id = {ACCOUNT}")]
        triggers = [append_only("own_copy")]
