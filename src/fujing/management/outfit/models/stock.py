"""Uniform, insignia and equipment: the catalogue, the standard, the stock, and what is in whose hands (Articles 26, 27)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q

from fujing.kernel.checks import Checked
from fujing.kernel.history import append_only, tracked
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.management.outfit.gates import BALANCED, HOLDING_STAYS, OF_ITS_ENTRY, STANDARD_STAYS
from fujing.management.outfit.models.cards import HandOver
from fujing.management.outfit.states import HOLDING, Entered, HoldingState, ItemKind, Season
from fujing.registry.models import Engagement, Post
from fujing.registry.models.people import Same
from fujing.registry.states import Category


class Ascii(Func):
    """A word by its first character, as a number: categories differ in it."""

    function = "ascii"
    output_field = models.IntegerField()


class Item(Checked):
    """One thing of a bureau's catalogue. `sizes` are those that it comes in, empty for one size; pieces are counted in `unit`."""

    organ_code = models.BigIntegerField("管理机关")
    kind = models.CharField("类别", max_length=10, choices=ItemKind)
    name = models.CharField("名称", max_length=40)
    season = models.CharField("季节", max_length=10, choices=Season, default=Season.ALL)
    sizes = ArrayField(models.CharField(max_length=20), verbose_name="规格", default=list, blank=True)
    unit = models.CharField("单位", max_length=4, default="件")
    wear_months = models.PositiveSmallIntegerField("使用期限（月）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "物品"
        constraints = [
            within_territory("outfit_item"),
            models.UniqueConstraint(
                fields=["organ_code", "name"], name="outfit_item_once", violation_error_message="目录里已有同名的物品。"
            ),
            models.CheckConstraint(
                name="outfit_item_named",
                condition=Q(name__regex=r"\S", unit__regex=r"\S", kind__in=ItemKind.values),
                violation_error_message="物品应有名称、类别和单位。",
            ),
            models.CheckConstraint(
                name="outfit_item_wears",
                condition=Q(wear_months__isnull=True) | Q(wear_months__gte=1, wear_months__lte=240),
                violation_error_message="使用期限应为 1 至 240 个月，不填为不限。",
            ),
        ]
        triggers = [tracked("outfit_item")]

    def __str__(self) -> str:
        return self.name


class Standard(Checked):
    """So many of an item for a category, for one post, or for everybody, from a day on; half-open, ended and begun anew."""

    organ_code = models.BigIntegerField("管理机关")
    item = models.ForeignKey(Item, models.PROTECT, related_name="standards", verbose_name="物品")
    category = models.CharField("人员类别", max_length=5, choices=Category, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="岗位")
    quantity = models.PositiveSmallIntegerField("数量")
    span = DateRangeField("施行期间")
    source = models.CharField("依据的文件", max_length=100)
    made_by = models.CharField("登记人", max_length=100)
    made_by_id = account_of("登记人")

    class Meta:
        verbose_name = verbose_name_plural = "配发标准"
        indexes = [models.Index(fields=["organ_code"], name="standard_organ")]
        constraints = [
            within_territory("outfit_standard"),
            ExclusionConstraint(
                name="outfit_standard_one_at_a_time",
                expressions=[
                    (Same("item_id"), RangeOperators.OVERLAPS),
                    (Same(Ascii("category")), RangeOperators.OVERLAPS),
                    ("span", RangeOperators.OVERLAPS),
                ],
                condition=Q(post__isnull=True),
                violation_error_message="同一物品对同一类别，同一时间只能有一个标准，先结束原来的。",
            ),
            ExclusionConstraint(
                name="outfit_standard_of_post_one_at_a_time",
                expressions=[
                    (Same("item_id"), RangeOperators.OVERLAPS),
                    (Same("post_id"), RangeOperators.OVERLAPS),
                    ("span", RangeOperators.OVERLAPS),
                ],
                condition=Q(post__isnull=False),
                violation_error_message="同一物品对同一岗位，同一时间只能有一个标准，先结束原来的。",
            ),
            models.CheckConstraint(
                name="outfit_standard_whole",
                condition=Q(quantity__gte=1, quantity__lte=99, source__regex=r"\S", span__startswith__isnull=False)
                & (Q(post__isnull=True) | Q(category="")),
                violation_error_message="标准应写明数量（1 至 99）、施行日期和依据的文件；按岗位的不再写类别。",
            ),
        ]
        triggers = [tracked("outfit_standard"), signed("outfit_standard", Mark("made_by")), STANDARD_STAYS]


class StockEntry(Checked):
    """One line of a bureau's stock of an item in a size: what came or went, and the balance after it; never changed.

    `balance` is written by the database, under the lock of the item: it is never below nothing.
    """

    organ_code = models.BigIntegerField("管理机关")
    item = models.ForeignKey(Item, models.PROTECT, related_name="entries", verbose_name="物品")
    size = models.CharField("规格", max_length=20, blank=True)
    kind = models.CharField("事项", max_length=10, choices=Entered)
    quantity = models.IntegerField("数量")
    balance = models.IntegerField("结存", default=0, editable=False)
    note = models.CharField("说明", max_length=200, blank=True)
    entered_by = models.CharField("登记人", max_length=100)
    entered_by_id = account_of("登记人")
    entered_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "库存台账"
        indexes = [
            models.Index(fields=["item", "size", "-id"], name="stock_last"),
            models.Index(fields=["organ_code", "-id"], name="stock_organ"),
        ]
        constraints = [
            within_territory("stock_entry"),
            models.CheckConstraint(
                name="stock_entry_goes_its_way",
                condition=Q(kind__in=["bought", "returned"], quantity__gt=0)
                | Q(kind__in=["issued", "scrapped"], quantity__lt=0)
                | Q(kind="counted", note__regex=r"\S"),
                violation_error_message="入库和退库为增加，发放和报废为减少；盘点写明情况。",
            ),
            models.CheckConstraint(
                name="stock_never_below_nothing",
                condition=Q(balance__gte=0),
                violation_error_message="库存不足，没有这么多可以发放或者报废。",
            ),
        ]
        triggers = [
            tracked("stock_entry"),
            append_only("stock_entry"),
            signed("stock_entry", Mark("entered_by")),
            BALANCED,
        ]


class Holding(Checked):
    """One piece in somebody's hands, from the entry by which it left the stock. `worn_from`: the day after its wear period."""

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="holdings", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="holdings", verbose_name="物品")
    size = models.CharField("规格", max_length=20, blank=True)
    entry = models.ForeignKey(StockEntry, models.PROTECT, related_name="holdings", verbose_name="发放登记")
    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="holdings", verbose_name="签收")
    state = models.CharField("状态", max_length=10, choices=HoldingState, default=HoldingState.HELD)
    issued_on = models.DateField("发放日期")
    worn_from = models.DateField("使用期满", null=True, blank=True)
    ended_on = models.DateField("交回、遗失、报废日期", null=True, blank=True)
    why = models.CharField("交回、遗失、报废的情况", max_length=500, blank=True)
    changed_by = models.CharField("办理人", max_length=100, blank=True)
    changed_by_id = account_of("办理人")

    class Meta:
        verbose_name = verbose_name_plural = "领用物品"
        indexes = [
            models.Index(fields=["engagement", "state"], name="holding_of_person"),
            models.Index(fields=["organ_code", "state"], name="holding_organ"),
        ]
        constraints = [
            within_territory("holding"),
            RowPolicy(name="holding_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.CheckConstraint(
                name="holding_ended_on_a_day",
                condition=Q(state="held", ended_on__isnull=True)
                | (~Q(state="held") & Q(ended_on__isnull=False, why__regex=r"\S")),
                violation_error_message="交回、遗失、报废应写明日期和情况。",
                violation_error_code="26",
            ),
        ]
        triggers = [
            tracked("holding"),
            signed("holding", Mark("changed_by", changes("state"))),
            HOLDING.trigger(),
            OF_ITS_ENTRY,
            HOLDING_STAYS,
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.item.name, self.size, f"第 {self.pk} 号")))

    def clean(self) -> None:
        self.person_id = self.engagement.person_id
