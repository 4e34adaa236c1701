"""What goes wrong with real pay workbooks, planted one by one: each says which cells have to be named, and no other.

A fault puts wrong figures into a month (`Scene.wrong`), from which the bureau's own sheet goes on reckoning, or changes
single cells of the finished sheet (`after`), whose other cells then stay as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests.law.pay.workbooks.correct import Overrides, Person, Slip
from tests.law.pay.workbooks.layouts import Formula, Laid, name

Cells = set[tuple[str, str]]
MONTH, MONTHS = 3, 5


@dataclass
class Scene:
    """The months before anything is wrong, and what is put into them. `who`: whom this fault is about."""

    people: list[Person]
    slips: dict[tuple[int, int], Slip]
    layout: str
    who: int = 0
    wrong: Overrides = field(default_factory=dict)
    added: list[tuple[Person, int]] = field(default_factory=list)
    gone: set[tuple[int, int]] = field(default_factory=set)

    def right(self, key: str, month: int = MONTH) -> Any:
        return self.slips[self.who, month][key]

    def put(self, key: str, value: Any, month: int = MONTH) -> None:
        self.wrong[self.who, month, key] = value


@dataclass(frozen=True)
class Plant:
    """`needs`: fields without which a layout can't show it. `plant` prepares; what it returns names the cells."""

    said: str
    rule: str
    needs: tuple[str, ...]
    plant: Callable[[Scene], Callable[[Laid], Cells]]
    rich: bool = False
    outcome: str | dict[str, str] = "violated"
    only: tuple[str, ...] = ()

    def outcome_on(self, layout: str) -> str:
        return self.outcome if isinstance(self.outcome, str) else self.outcome.get(layout, self.outcome[""])

    def fits(self, laid: Laid, layout: str) -> bool:
        return laid.has(*self.needs) and (not self.only or layout in self.only)


def wrong(key: str, change: Callable[[Any], Any], *follow: str) -> Callable[[Scene], Callable[[Laid], Cells]]:
    """One figure of the month is another."""

    def plant(scene: Scene) -> Callable[[Laid], Cells]:
        who = scene.who
        scene.put(key, change(scene.right(key)))
        return lambda laid: {laid.cell(who, MONTH, key)}

    return plant


def base(amount: str) -> Callable[[Scene], Callable[[Laid], Cells]]:
    def plant(scene: Scene) -> Callable[[Laid], Cells]:
        who = scene.who
        for month in range(1, MONTHS + 1):
            scene.put("social_base", Decimal(amount), month)
        return lambda laid: {laid.cell(who, month, "social_base") for month in range(1, MONTHS + 1)}

    return plant


def uninsured(scene: Scene) -> Callable[[Laid], Cells]:
    """Everything but the housing fund is 0 in one month."""
    who = scene.who
    keys = ("pension", "medical", "unemployment", "e_pension", "e_medical", "e_unemployment", "e_injury")
    for key in keys:
        scene.put(key, Decimal(0))
    named = ("pension", "medical", "unemployment", "e_injury", "social_sum")
    return lambda laid: {laid.cell(who, MONTH, key) for key in named if laid.has(key)}


def one_sided(scene: Scene) -> Callable[[Laid], Cells]:
    who = scene.who
    scene.put("e_housing", Decimal(0))
    return lambda laid: {laid.cell(who, MONTH, "e_housing")}


def vanished(scene: Scene) -> Callable[[Laid], Cells]:
    who = scene.who
    scene.gone.add((who, MONTH))
    return lambda laid: {laid.cell(who, MONTH + 1, "name")}


def underpaid(scene: Scene) -> Callable[[Laid], Cells]:
    who = scene.who
    for key, value in {"base_pay": 300, "post_pay": 400, "performance": 500, "personal_days": 0, "sick_days": 0, "days": 22, "personal_cut": 0, "sick_cut": 0, "social_base": 4300, "housing_base": 2100}.items():  # fmt: skip
        scene.put(key, Decimal(value))
    return lambda laid: {laid.cell(who, MONTH, "gross")}


def twice(scene: Scene) -> Callable[[Laid], Cells]:
    place = len(scene.people) + len(scene.added)
    scene.added.append((replace(scene.people[scene.who]), MONTH))
    return lambda laid: {laid.cell(place, MONTH, "number" if laid.has("number") else "name")}


def same_account(scene: Scene) -> Callable[[Laid], Cells]:
    who, other = scene.who, scene.people[(scene.who + 1) % len(scene.people)]
    behind = (who + 1) % len(scene.people) > who
    for month in range(1, MONTHS + 1):
        scene.put("account", other.account, month)
    at = (who + 1) % len(scene.people) if behind else who
    return lambda laid: {laid.cell(at, month, "account") for month in range(1, MONTHS + 1)}


def text(value: Callable[[Any], str]) -> Callable[[Scene], Callable[[Laid], Cells]]:
    def plant(scene: Scene) -> Callable[[Laid], Cells]:
        who, right = scene.who, scene.right("performance")
        return lambda laid: {laid.change(who, MONTH, "performance", value(right))}

    return plant


def total(key: str) -> Callable[[Scene], Callable[[Laid], Cells]]:
    """The sum leaves one person out."""

    def plant(scene: Scene) -> Callable[[Laid], Cells]:
        who = scene.who

        def after(laid: Laid) -> Cells:
            sheet = laid.at[who, MONTH, key][0]
            row, place = next(at for (on, _, each), at in reversed(laid.sums.items()) if (on, each) == (sheet, key))
            cell = laid.sheets[sheet][row, place]
            left_out = laid.value(who, MONTH, key)
            left_out = left_out.stored if isinstance(left_out, Formula) else left_out
            right = cell.stored if isinstance(cell, Formula) else cell
            laid.sheets[sheet][row, place] = right - left_out
            return {(sheet, name(row, place))}

        return after

    return plant


def heads(scene: Scene) -> Callable[[Laid], Cells]:
    def after(laid: Laid) -> Cells:
        (sheet, _), (row, place) = next(
            item for item in laid.heads.items() if item[0][1] == MONTH and "·" not in item[0][0]
        )
        said = laid.sheets[sheet][row, place]
        count = "".join(filter(str.isdigit, said))
        laid.sheets[sheet][row, place] = said.replace(count, str(int(count) + 1))
        return {(sheet, name(row, place))}

    return after


def stale(scene: Scene) -> Callable[[Laid], Cells]:
    """The performance was changed after the sheet was last reckoned."""
    who, right = scene.who, scene.right("performance")

    def after(laid: Laid) -> Cells:
        laid.change(who, MONTH, "performance", right + 120)
        sheet = laid.at[who, MONTH, "gross"][0]
        row, place = next(at for (on, _, each), at in laid.sums.items() if (on, each) == (sheet, "performance"))
        return {laid.cell(who, MONTH, "gross"), (sheet, name(row, place))}

    return after


def overwritten(scene: Scene) -> Callable[[Laid], Cells]:
    who = scene.who
    scene.put("gross", scene.right("gross") + 88)
    value = scene.right("gross") + 88
    return lambda laid: {laid.change(who, MONTH, "gross", value)}


def dated(key: str, day: date) -> Callable[[Scene], Callable[[Laid], Cells]]:
    return wrong(key, lambda right: day)


def of_another_month(scene: Scene) -> Callable[[Laid], Cells]:
    def after(laid: Laid) -> Cells:
        sheet = laid.at[0, MONTH, "name"][0]
        laid.put(sheet, 0, 0, laid.sheets[sheet][0, 0].replace(f"{MONTH}月", f"{MONTH - 1}月").replace("三月", "二月"))
        return {(sheet, "A1")}

    return after


def digit(number: str) -> str:
    return number[:17] + ("1" if number[17] != "1" else "2")


PLANTS = (
    Plant("应发合计多加一百元", "pay.sum.gross", ("gross",), wrong("gross", lambda right: right + 100)),
    Plant("扣款合计少计", "pay.sum.deductions", ("deductions",), wrong("deductions", lambda right: right - 10)),
    Plant("实发尾数抄错", "pay.sum.net", ("net",), wrong("net", lambda right: right + Decimal("0.09"))),
    Plant("合计行漏了一个人", "pay.sum.column", ("net",), total("net"), only=("wide", "sections", "formulas")),
    Plant("人数多写一人", "pay.sum.headcount", (), heads, only=("wide", "sections")),
    Plant("养老个人缴费不是基数乘费率", "pay.contribution.person", ("pension", "social_base"), wrong("pension", lambda right: right + 50)),
    Plant("养老单位缴费不是基数乘费率", "pay.contribution.employer", ("e_pension", "social_base"), wrong("e_pension", lambda right: right - 40)),
    Plant("基数低于下限", "pay.base.floor", ("social_base",), base("3500")),
    Plant("基数高于上限", "pay.base.ceiling", ("social_base",), base("25000"), rich=True),
    Plant("中间一个月没有缴社保", "pay.contribution.missing", (), uninsured),
    Plant("公积金只有个人缴", "pay.contribution.sides", ("housing", "e_housing"), one_sided),
    Plant("中间一个月没有这个人", "pay.month.missing", (), vanished, outcome={"wide": "violated", "long": "violated", "": "undetermined"}),
    Plant("个税多扣", "pay.tax", ("tax",), wrong("tax", lambda right: right + 500), rich=True),
    Plant("个税少扣", "pay.tax", ("tax", "special"), wrong("tax", lambda right: Decimal(0)), rich=True),
    Plant("整月在岗低于最低工资", "pay.minimum_wage", ("gross",), underpaid, outcome={"long": "violated", "": "undetermined"}),
    Plant("绩效写成负数", "pay.value.negative", ("performance",), wrong("performance", lambda right: Decimal(-50))),
    Plant("绩效写成文字", "pay.value.text", ("performance",), text(lambda right: "待定"), outcome="undetermined", only=("wide", "sections", "long", "strips")),
    Plant("绩效以全角文字保存", "pay.value.text", ("performance",), text(lambda right: str(right).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})), only=("wide", "sections", "long", "strips")),
    Plant("出勤天数超过当月天数", "pay.attendance", ("days",), wrong("days", lambda right: Decimal(35))),
    Plant("身份证号校验码错", "pay.person.number", ("number",), wrong("number", digit)),
    Plant("同一个人发了两次", "pay.person.twice", (), twice, outcome={"sections": "undetermined", "": "violated"}),
    Plant("两个人同一个账号", "pay.person.account", ("account",), same_account),
    Plant("入职日期在发工资之后", "pay.date", ("hired_on",), dated("hired_on", date(2026, 6, 5))),
    Plant("发放日期晚了三个月", "pay.date", ("paid_on",), dated("paid_on", date(2026, 6, 20))),
    Plant("改了绩效没有重新计算", "pay.formula.stale", (), stale, only=("formulas",)),
    Plant("应发的公式被写死的数字盖掉", "pay.formula.overwritten", (), overwritten, only=("formulas",)),
    Plant("标题还是上个月的", "pay.month", (), of_another_month, outcome="undetermined", only=("wide", "strips")),
)  # fmt: skip
