"""Budgets with their lines, the accounts that they fill and the ledger behind the accounts. Money in 元."""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q

from fujing.general.budget.states import BUDGET, OWED, STEPS, TASK, BudgetKind, BudgetState, EntryKind
from fujing.kernel.approvals import (
    Answer,
    Authored,
    Request,
    answer_constraints,
    answer_triggers,
    authors_stay,
    only_by_answer,
)
from fujing.kernel.checks import Checked
from fujing.kernel.history import append_only, tracked
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import ORGAN, RowPolicy, within_territory


def asked(name: str, budget: str) -> RowPolicy:
    """The finance department reads the budgets that it was asked about, then and afterwards, and nothing else."""
    return RowPolicy(
        name=f"{name}_asked",
        using=f"EXISTS (SELECT 1 FROM budget_budgettask task WHERE task.budget_id = {budget}"
        f" AND task.assigned_organ = {ORGAN} AND task.asked_at IS NOT NULL)",
        command="SELECT",
    )


class Budget(Authored):
    """One year's budget of one bureau; an adjustment is a new version that supersedes this one."""

    organ_code = models.BigIntegerField("机关")
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本", default=1)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="adjustments", verbose_name="前一版本"
    )
    reason = models.TextField("说明")
    state = models.CharField("状态", max_length=12, choices=BudgetState, default=BudgetState.DRAFT)
    proposed_by = models.CharField("编制人", max_length=100)
    proposed_by_id = models.BigIntegerField("编制账号")
    document_number = models.CharField("下达文号", max_length=60, blank=True)
    document_date = models.DateField("下达日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "经费预算"
        constraints = [
            within_territory("budget"),
            asked("budget", "budget_budget.id"),
            models.UniqueConstraint(
                fields=["organ_code", "year", "version"],
                name="budget_version_once",
                violation_error_message="本年度该版本的经费预算已存在。",
            ),
            models.UniqueConstraint(
                fields=["organ_code", "year"],
                condition=Q(state="issued"),
                name="budget_one_in_force",
                violation_error_message="一个年度只能有一份执行中的经费预算。",
            ),
            models.CheckConstraint(
                name="budget_issued_with_document",
                condition=~Q(state__in=["issued", "superseded"])
                | (~Q(document_number="") & Q(document_date__isnull=False)),
                violation_error_message="下达预算应写明文号和日期（第八条第一款）。",
                violation_error_code="8.p1",
            ),
        ]
        triggers = [
            tracked("budget"),
            signed("budget", Mark("proposed_by")),
            BUDGET.trigger(),
            authors_stay("budget", thing="预算", provision="8.p2", first="proposed_by_id"),
            only_by_answer("budget", answers="budget_budgettask", key="budget_id", states=STEPS),
        ]

    def __str__(self) -> str:
        return f"{self.year}年经费预算第{self.version}版{f'（{self.document_number}）' if self.document_number else ''}"


class BudgetLine(Checked):
    """What a budget gives to one kind; all six are written, a kind without money as zero (8.p1)."""

    organ_code = models.BigIntegerField("机关")
    budget = models.ForeignKey(Budget, models.CASCADE, related_name="lines", verbose_name="经费预算")
    kind = models.CharField("项目", max_length=14, choices=BudgetKind)
    amount = models.DecimalField("预算（元）", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = verbose_name_plural = "预算项目"
        constraints = [
            within_territory("budget_line"),
            asked("budget_line", "budget_budgetline.budget_id"),
            models.UniqueConstraint(
                fields=["budget", "kind"], name="budget_line_once", violation_error_message="每个项目只填一行。"
            ),
            models.CheckConstraint(
                name="budget_line_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message="预算金额不得为负数。",
            ),
        ]
        triggers = [
            tracked("budget_line"),
            pgtrigger.Trigger(
                name="budget_line_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                IF EXISTS (SELECT 1 FROM budget_budget b WHERE b.id = COALESCE(NEW.budget_id, OLD.budget_id)
                    AND b.state <> 'draft') THEN
                    RAISE EXCEPTION '预算报出后不得改动，调整应编制新版本（第八条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '8.p1';
                END IF;
                RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]


class BudgetRequest(Request):
    """What was sent to the finance department in one round, frozen: the request for funds is printed from it."""

    organ_code = models.BigIntegerField("机关")
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="requests", verbose_name="经费预算")

    class Meta:
        verbose_name = verbose_name_plural = "经费预算报送件"
        constraints = [
            within_territory("budget_request"),
            asked("budget_request", "budget_budgetrequest.budget_id"),
            models.UniqueConstraint(
                fields=["budget", "round"],
                name="budget_request_once",
                violation_error_message="本次报送的报送件已生成。",
            ),
        ]
        triggers = [append_only("budget_request"), signed("budget_request", Mark("sent_by"))]

    def __str__(self) -> str:
        return f"第{self.round}次报送的报送件"


class BudgetTask(Answer):
    """What the finance department is asked in one round, and what it answered."""

    organ_code = models.BigIntegerField("机关")
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="tasks", verbose_name="经费预算")

    class Meta:
        verbose_name = verbose_name_plural = "预算审核"
        constraints = [
            within_territory("budget_task"),
            RowPolicy(
                name="budget_task_mine", using=f"assigned_organ = {ORGAN} AND asked_at IS NOT NULL", command="SELECT"
            ),
            models.UniqueConstraint(
                fields=["budget", "round"], name="budget_task_once", violation_error_message="本次报送已送办。"
            ),
            *answer_constraints("budget_task"),
        ]
        triggers = [
            tracked("budget_task"),
            signed("budget_task", Mark("decided_by", changes("decided_at"))),
            TASK.trigger(),
            *answer_triggers(
                "budget_task",
                thing="预算",
                authors="(SELECT b.authors FROM budget_budget b WHERE b.id = NEW.budget_id)::bigint[]",
                provision="8.p2",
                asked=["budget_id"],
            ),
        ]


class BudgetAccount(models.Model):
    """One kind of one year: what is budgeted, committed and spent. Only the ledger moves it."""

    organ_code = models.BigIntegerField("机关")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("项目", max_length=14, choices=BudgetKind)
    budgeted = models.DecimalField("预算（元）", max_digits=14, decimal_places=2, default=0)
    committed = models.DecimalField("承付（元）", max_digits=14, decimal_places=2, default=0)
    spent = models.DecimalField("支出（元）", max_digits=14, decimal_places=2, default=0)

    class Meta:
        verbose_name = verbose_name_plural = "预算执行"
        constraints = [
            within_territory("budget_account"),
            models.UniqueConstraint(
                fields=["organ_code", "year", "kind"],
                name="budget_account_once",
                violation_error_message="该年度该项目已有账户。",
            ),
            models.CheckConstraint(
                name="budget_not_overspent",
                condition=Q(kind__in=OWED) | Q(budgeted__gte=F("committed") + F("spent")),
                violation_error_message="超出预算：承付与支出之和不得超过该项目预算（第八条第一款）。",
                violation_error_code="8.p1",
            ),
            models.CheckConstraint(
                name="budget_account_not_negative",
                condition=Q(budgeted__gte=0, committed__gte=0, spent__gte=0),
                violation_error_message="预算、承付和支出不得为负数。",
            ),
        ]
        triggers = [
            tracked("budget_account"),
            pgtrigger.Trigger(
                name="budget_account_by_ledger",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                IF TG_OP = 'INSERT' AND (NEW.budgeted, NEW.committed, NEW.spent) = (0, 0, 0)
                    OR TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION '预算执行只随台账变动，不能直接改动。' USING ERRCODE = '{RAISED}', DETAIL = '8.p1';
                """,
            ),
        ]

    @property
    def free(self) -> Decimal:
        """What may still be committed or spent, in 元; negative when an owed kind was overspent."""
        return self.budgeted - self.committed - self.spent

    @property
    def overspent(self) -> bool:
        return self.committed + self.spent > self.budgeted


class BudgetEntry(Checked):
    """One line of the ledger. Corrections are new lines; later chapters name what they paid in `subject`."""

    organ_code = models.BigIntegerField("机关")
    account = models.ForeignKey(BudgetAccount, models.PROTECT, related_name="entries", verbose_name="预算项目")
    kind = models.CharField("事项", max_length=8, choices=EntryKind)
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2)
    against = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", verbose_name="所依据的台账"
    )
    document_number = models.CharField("文号或凭证", max_length=60)
    document_date = models.DateField("日期")
    reason = models.CharField("事由", max_length=300)
    subject_table = models.CharField("所付事项", max_length=63, blank=True)
    subject_id = models.BigIntegerField("所付事项编号", null=True, blank=True)
    made_by = models.CharField("办理人", max_length=100)
    made_by_id = account_of("办理人")
    made_at = models.DateTimeField("办理时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "预算台账"
        indexes = [models.Index(fields=["account", "document_date"], name="budget_entry_day")]
        constraints = [
            within_territory("budget_entry"),
            models.CheckConstraint(
                name="budget_entry_positive",
                condition=Q(amount__gt=0) | (Q(kind="allot") & ~Q(amount=0)),
                violation_error_message="金额应大于零；只有调整下达可以为负数。",
            ),
            models.CheckConstraint(
                name="budget_entry_follows",
                condition=Q(kind__in=["allot", "commit"], against__isnull=True)
                | Q(kind__in=["release", "refund"], against__isnull=False)
                | Q(kind="spend"),
                violation_error_message="撤销承付和冲回应注明所依据的台账。",
            ),
        ]
        triggers = [
            append_only("budget_entry"),
            signed("budget_entry", Mark("made_by")),
            # What is allotted may be issued before the year begins; what is used belongs to the year of its voucher.
            pgtrigger.Trigger(
                name="budget_entry_in_its_year",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__kind="allot"),
                declare=[("of_year", "integer")],
                func=f"""
                SELECT year INTO of_year FROM budget_budgetaccount WHERE id = NEW.account_id;
                IF extract(year FROM NEW.document_date) IS DISTINCT FROM of_year THEN
                    RAISE EXCEPTION '凭证日期 % 不在 % 年度，不能记入该年度预算（第八条第一款）。',
                        NEW.document_date, of_year USING ERRCODE = '{RAISED}', DETAIL = '8.p1';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="budget_entry_counts",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[("before_it", "budget_budgetentry%ROWTYPE"), ("used", "numeric")],
                func=f"""
                -- The update waits for whoever books on the same account; the sum after it sees what they booked.
                UPDATE budget_budgetaccount SET
                    budgeted = budgeted + CASE WHEN NEW.kind = 'allot' THEN NEW.amount ELSE 0 END,
                    committed = committed + CASE WHEN NEW.kind = 'commit' THEN NEW.amount
                        WHEN NEW.kind = 'release' OR NEW.kind = 'spend' AND NEW.against_id IS NOT NULL THEN -NEW.amount
                        ELSE 0 END,
                    spent = spent + CASE NEW.kind WHEN 'spend' THEN NEW.amount WHEN 'refund' THEN -NEW.amount ELSE 0 END
                    WHERE id = NEW.account_id AND organ_code = NEW.organ_code;
                IF NOT FOUND THEN
                    RAISE EXCEPTION '台账应记入本机关的预算项目。' USING ERRCODE = '{RAISED}', DETAIL = '8.p1';
                END IF;
                IF NEW.against_id IS NOT NULL THEN
                    SELECT * INTO before_it FROM budget_budgetentry WHERE id = NEW.against_id;
                    SELECT sum(amount) INTO used FROM budget_budgetentry WHERE against_id = NEW.against_id;
                    IF before_it.account_id IS DISTINCT FROM NEW.account_id
                        OR before_it.kind <> (CASE NEW.kind WHEN 'refund' THEN 'spend' ELSE 'commit' END)
                        OR used > before_it.amount THEN
                        RAISE EXCEPTION '不得超过所依据台账的余额。' USING ERRCODE = '{RAISED}', DETAIL = '8.p1';
                    END IF;
                END IF;
                RETURN NEW;
                """,
            ),
        ]
