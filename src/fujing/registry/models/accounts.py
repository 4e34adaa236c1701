"""Accounts and roles."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from fujing.kernel.fields import BlindIndexField, EncryptedField
from fujing.kernel.history import tracked
from fujing.kernel.refusals import RAISED
from fujing.kernel.territory import ACCOUNT, PERSON, RowPolicy, administered, within_territory
from fujing.registry.models.organs import Organ
from fujing.registry.names import PinyinField
from fujing.registry.states import ADMINISTRATORS, Role

LOGIN = "nullif(current_setting('fujing.login', true), '')"


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts with hashed passwords."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.full_clean(exclude=["password"])
        # Without RETURNING an applicant can be created by somebody who may not read other accounts.
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A sign-in. Officers and partners belong to an organ; applicants belong to none and see only themselves.

    An auxiliary's has `person_id`, their file, and the organ that keeps it; it sees no more of the organ than that file.
    """

    username = models.CharField("账号", max_length=60)
    name = models.CharField("姓名", max_length=60)
    pinyin = PinyinField("拼音", source="name")
    initials = PinyinField("首字母", source="name", initials=True)
    organ_code = models.BigIntegerField("所属机关", null=True, blank=True)
    unit = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, verbose_name="所属单位")
    person_id = models.BigIntegerField("本人档案", null=True, blank=True)
    phone = EncryptedField("手机号", null=True, blank=True)
    phone_index = BlindIndexField("手机号索引", source="phone", context="account.phone", null=True)
    id_number = EncryptedField("公民身份号码", null=True, blank=True)
    id_index = BlindIndexField(source="id_number", null=True)
    id_tail_index = BlindIndexField(
        "身份号码后四位索引", source="id_number", last=4, context="account.id_tail", null=True
    )
    is_active = models.BooleanField("启用", default=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountManager()

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        constraints = [
            within_territory("account"),
            models.UniqueConstraint(
                fields=["username"],
                name="account_name_once",
                violation_error_message="该账号或手机号已注册，请直接登录。",
            ),
            models.UniqueConstraint(
                fields=["id_index"],
                name="account_number_once",
                violation_error_message="该公民身份号码已注册，请直接登录。",
            ),
            administered("account"),
            RowPolicy(name="account_self", using=f"id = {ACCOUNT}"),
            # During sign-in exactly the account whose name was typed is visible.
            RowPolicy(name="account_login", using=f"username = {LOGIN}"),
        ]
        triggers = [tracked("account")]

    def __str__(self) -> str:
        return self.name


class SavedView(models.Model):
    """A list as somebody likes to see it: filters, order and columns, which are its address, under a name."""

    organ_code = models.BigIntegerField("所属机关", null=True, blank=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="views", verbose_name="账号")
    page = models.CharField("列表", max_length=40)
    name = models.CharField("名称", max_length=40)
    query = models.CharField("筛选", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "常用视图"
        constraints = [
            RowPolicy(name="saved_view_own", using=f"account_id = {ACCOUNT}"),
            models.UniqueConstraint(
                fields=["account", "page", "name"],
                name="saved_view_name_once",
                violation_error_message="已有同名的视图。",
            ),
        ]
        triggers = [tracked("saved_view")]

    def __str__(self) -> str:
        return self.name


class RoleAssignment(models.Model):
    """A role that an account holds in an organ for a time. The span is half-open: [from, until)."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="roles", verbose_name="账号")
    organ_code = models.BigIntegerField("机关", null=True, blank=True)
    role = models.CharField("角色", max_length=30, choices=Role)
    span = DateRangeField("任职期间")

    class Meta:
        verbose_name = verbose_name_plural = "角色"
        constraints = [
            within_territory("role"),
            administered("role"),
            RowPolicy(name="role_self", using=f"account_id = {ACCOUNT}", command="SELECT"),
            # Signing up as an applicant grants that one role to the new account and nothing else.
            RowPolicy(name="role_applicant", using=f"role = 'applicant' AND account_id = {ACCOUNT}", command="INSERT"),
            # Whoever used a code of an organ may read that organ's file of themself.
            RowPolicy(
                name="role_auxiliary",
                using=f"role = 'auxiliary' AND account_id = {ACCOUNT} AND EXISTS (SELECT 1 FROM registry_activation used"
                f" WHERE used.account_id = {ACCOUNT} AND used.person_id = {PERSON} AND used.outcome = 'used'"
                " AND used.organ_code = registry_roleassignment.organ_code)",
                command="INSERT",
            ),
        ]
        triggers = [
            tracked("role"),
            pgtrigger.Trigger(
                name="role_separation",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF EXISTS (SELECT 1 FROM registry_roleassignment other
                    WHERE other.account_id = NEW.account_id AND other.id IS DISTINCT FROM NEW.id
                      AND other.span && NEW.span AND other.role <> NEW.role
                      AND (other.role = ANY (ARRAY{sorted(str(r) for r in ADMINISTRATORS)!r})
                        OR NEW.role = ANY (ARRAY{sorted(str(r) for r in ADMINISTRATORS)!r}))) THEN
                    RAISE EXCEPTION '系统、安全、审计管理员应三员分立，且不得兼任业务角色。' USING ERRCODE = '{RAISED}';
                END IF;
                RETURN NEW;
                """,
            ),
        ]
