"""按周排班: a unit's people and the seven days, each shift with what stands against it (Articles 4, 9 to 13, 24, 26, 27)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fujing.duties.orders.frame import Judged, judged, unfit
from fujing.duties.orders.models import DutyAssignment, DutyOrder
from fujing.duties.orders.policies import can_plan_unit
from fujing.duties.orders.queries import WEEK, monday_of, orders_of_week, people_of_unit
from fujing.duties.orders.states import OrderState
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.law.findings import Outcome, RowFinding
from fujing.law.provisions import cite
from fujing.registry.models import Engagement
from fujing.registry.roster import reading
from fujing.web import values
from fujing.web.audience import DUTIES
from fujing.web.citations import provision_link
from fujing.web.columns import Cell, Column, Heading, Table, table_of
from fujing.web.desk.duties.asked import Asked, asked_for
from fujing.web.doors import door
from fujing.web.lists import SIGNED, Link, address, kept
from fujing.web.requests import Request
from fujing.web.sheets import table_paper

DAYS = "一二三四五六日"
SHOWN = 300
"""People on one page; a unit has fewer."""
MOST_HELD = 100
"""Findings on the page of a week; the list of the drafts has every one."""
OPEN = (OrderState.DRAFT, OrderState.ORDERED)
"""States in which something may still be done about what stands against an order."""
COLOURS = {OrderState.DRAFT: "gray", OrderState.STARTED: "green"}
SIGNERS = ("排班人", "单位负责人")


@dataclass(frozen=True, slots=True)
class Shift:
    """One order of somebody on one day; `carried` from the day before, over midnight."""

    order: DutyOrder
    sent: DutyAssignment
    carried: bool
    found: tuple[RowFinding, ...] = ()

    @property
    def said(self) -> str:
        """When it is and what: 22:00–06:00 10.3."""
        hours = f"续至{self.order.ends:%H:%M}" if self.carried else f"{self.order.begins:%H:%M}–{self.order.ends:%H:%M}"
        return f"{hours} {self.order.item}".strip()

    @property
    def word(self) -> str:
        """What is to be known of it besides."""
        if self.found:
            return "有问题"
        return "草拟" if self.order.state == OrderState.DRAFT else ""


def days_of(monday: date) -> list[date]:
    """The seven days of a week."""
    return [monday + timedelta(number) for number in range(WEEK.days)]


def shifts_of(orders: Iterable[DutyOrder], told: Judged) -> dict[int, dict[date, list[Shift]]]:
    """By employment and day: a shift stands on the day on which it begins, and on the next where it lasts over midnight."""
    found: dict[int, dict[date, list[Shift]]] = defaultdict(lambda: defaultdict(list))
    for order in orders:
        begins, last = order.begins.date(), (order.ends - timedelta(microseconds=1)).date()
        for sent in order.people.all():
            own = found[sent.engagement_id]
            own[begins].append(Shift(order, sent, False, told.by_assignment.get(sent.pk, ())))
            if last > begins:
                own[last].append(Shift(order, sent, True))
    return found


def hours_of(shifts: Iterable[Shift]) -> float:
    """Hours of the shifts that begin, to a tenth."""
    lasting = sum((each.order.ends - each.order.begins for each in shifts if not each.carried), timedelta())
    return round(lasting / timedelta(hours=1), 1)


@dataclass(frozen=True, slots=True)
class Grid:
    """What the page of a week draws: rows are people, columns are days."""

    asked: Asked
    people: list[Engagement]
    shifts: dict[int, dict[date, list[Shift]]]
    unfit: dict[int, tuple[RowFinding, ...]]
    plans: bool

    @property
    def columns(self) -> list[Column]:
        """As a file has them."""
        named = [Column("name", "姓名"), Column("category", "类别")]
        days = [Column(f"day{number}", _heading(day)) for number, day in enumerate(days_of(self.asked.monday))]
        return [Column("pick", "选", template="pick"), *named, *days, Column("hours", "小时", kind="decimal")]

    def table(self) -> Table:
        """The table; who may plan picks people and finds a way to send them in each empty cell."""
        columns = self.columns
        headings = [Heading(each.label, "num" if each.number else "") for each in columns]
        rows = [self._row(who) for who in self.people]
        return Table("派勤表", columns, headings, rows, None, "本单位没有在职人员，也没有派勤。")

    def _row(self, who: Engagement) -> list[Cell]:
        own = self.shifts.get(who.pk, {})
        days = days_of(self.asked.monday)
        hours = hours_of(each for day in days for each in own.get(day, ()))
        total = Cell(
            Decimal(str(hours)),
            f"{hours:g}",
            format_html('<td role="cell" class="num" data-label="小时">{}</td>', f"{hours:g}"),
        )
        return [
            self._pick(who),
            self._name(who),
            self._category(who),
            *(self._day(who, day, own) for day in days),
            total,
        ]

    def _pick(self, who: Engagement) -> Cell:
        box = format_html('<input type="checkbox" name="who" value="{}" aria-label="选择 {}">', who.pk, who.person.name)
        return Cell(
            None, "", format_html('<td role="cell" class="does pick" data-label="">{}</td>', box if self.plans else "")
        )

    def _name(self, who: Engagement) -> Cell:
        name = who.person.name
        link = format_html('<a data-row href="{}">{}</a>', reverse("desk:person", args=[who.person_id]), name)
        why = format_html_join(
            "", '<small class="why-not">{}</small>', ((_worded(each),) for each in self.unfit.get(who.pk, ()))
        )
        return Cell(
            name,
            name,
            format_html('<td role="cell" class="nowrap lead" data-label="姓名"><span>{}{}</span></td>', link, why),
        )

    def _category(self, who: Engagement) -> Cell:
        said = who.get_category_display() or "未填"
        return Cell(said, said, format_html('<td role="cell" class="nowrap" data-label="类别">{}</td>', said))

    def _day(self, who: Engagement, day: date, own: dict[date, list[Shift]]) -> Cell:
        shifts = own.get(day, [])
        text = "\n".join(f"{each.said} {each.order.place} {each.word}".strip() for each in shifts)
        inner = format_html_join("", "{}", ((_shown(each),) for each in shifts))
        css = "shifts" if shifts else "shifts free"
        if not shifts and self.plans:
            query = urlencode({"unit": self.asked.unit.code, "day": day, "who": who.pk})
            said = f"派{who.person.name} {day:%m月%d日}"
            inner = format_html('<a href="{}?{}" aria-label="{}">派</a>', reverse("desk:duty_new"), query, said)
        return Cell(
            text, text, format_html('<td role="cell" class="{}" data-label="{}">{}</td>', css, _heading(day), inner)
        )


def _heading(day: date) -> str:
    return f"周{DAYS[day.weekday()]} {day:%m-%d}"


def _shown(shift: Shift) -> SafeString:
    colour = "red" if shift.found else COLOURS.get(OrderState(shift.order.state), "blue")
    word = format_html(" <b>{}</b>", shift.word) if shift.word else ""
    return format_html(
        '<a class="tag {}" href="{}" title="{}">{}{}</a>',
        colour,
        reverse("desk:duty", args=[shift.order.pk]),
        f"{shift.order.place} {shift.order.text}".strip(),
        shift.said,
        word,
    )


SHORT = {
    "duty.person": "在职",
    "duty.excluded": "人员性质",
    "duty.induction": "岗前培训",
    "duty.card": "工作证",
    "duty.leave": "假期",
}
"""What the facts of a person are called where there is little room; the whole sentence is at hand."""


def short(finding: RowFinding) -> str:
    """岗前培训待核实."""
    what = SHORT.get(finding.rule, finding.message)
    return f"{what}{'不符合' if finding.outcome is Outcome.VIOLATED else '待核实'}"


def _worded(finding: RowFinding) -> SafeString:
    said = format_html('<span title="{}">{}</span>', finding.message, short(finding))
    return format_html("{} {}", said, provision_link(finding.provision))


@dataclass(frozen=True, slots=True)
class Week:
    """All that is known of a unit's week."""

    asked: Asked
    orders: list[DutyOrder]
    told: Judged
    people: list[Engagement]

    @property
    def held(self) -> list[DutyOrder]:
        """Drafts against which something stands, or on which nobody is."""
        return [each for each in self.orders if each.state == OrderState.DRAFT and held_up(each, self.told)]


def held_up(order: DutyOrder, told: Judged) -> bool:
    """Whether an order can't be given as it stands."""
    return bool(told.of(order)) or not order.people.all()


def week_of(actor: Actor, asked: Asked) -> Week:
    """A unit's week: its orders, what the law says of those that are open, and its people and whoever else is sent.

    To be read within `registry.roster.reading`.
    """
    orders = orders_of_week(actor, asked.unit.code, asked.monday)
    told = judged(each for each in orders if each.state in OPEN)
    people = people_of_unit(actor, asked.unit.code)
    known = {each.pk for each in people}
    others = {sent.engagement_id: sent.engagement for order in orders for sent in order.people.all()}
    return Week(asked, orders, told, [*people, *(who for pk, who in others.items() if pk not in known)])


def _numbers(week: Week) -> list[dict[str, Any]]:
    """Each figure leads to the orders that it counts."""
    counted = Counter(each.state for each in week.orders)

    def number(label: str, value: int, alert: bool = False, **narrowed: Any) -> dict[str, Any]:
        url = week.asked.url("desk:duty_orders", **narrowed)
        return {"label": label, "value": value, "note": "张", "url": url, "alert": alert and value > 0}

    free = len({each.pk for each in week.people} - {sent.engagement_id for o in week.orders for sent in o.people.all()})
    return [
        number("草拟", counted[OrderState.DRAFT], state="draft"),
        number("其中有问题", len(week.held), True, due="held"),
        *(
            number(str(state.label), counted[state], state=str(state))
            for state in (OrderState.ORDERED, OrderState.STARTED, OrderState.ENDED)
        ),
        {"label": "人员", "value": len(week.people), "note": f"人，{free} 人本周没有派勤", "url": "", "alert": False},
    ]


HELD = (
    Column("when", "时间", "when", link=lambda row: reverse("desk:duty", args=[row.order.pk])),
    Column("who", "人员"),
    Column("why", "为什么不能派", wrap=True),
    Column("provision", "条文", kind="provision"),
    Column("remedy", "可以这样办", wrap=True),
)


@dataclass(frozen=True, slots=True)
class Against:
    """One thing that stands against one order of somebody."""

    order: DutyOrder
    who: str
    why: str
    provision: str
    remedy: str

    @property
    def when(self) -> str:
        """The order's time."""
        return when_of(self.order)


def when_of(order: DutyOrder) -> str:
    """2026-03-02 22:00 至 06:00（次日）."""
    over = "（次日）" if order.ends.date() > order.begins.date() else ""
    return f"{order.begins:%Y-%m-%d %H:%M} 至 {order.ends:%H:%M}{over}"


def against(orders: Iterable[DutyOrder], told: Judged) -> Iterator[Against]:
    """What stands against each of the orders, by person."""
    for order in orders:
        sent = order.people.all()
        if not sent:
            yield Against(order, "", "派勤单没有派人", "5.p1", "选择在职人员")
        for each in sent:
            for found in told.by_assignment.get(each.pk, ()):
                message = found.message.removesuffix(f"（{cite(found.provision)}）")
                yield Against(order, each.engagement.person.name, message, found.provision, found.remedy or "")


def against_table(orders: Iterable[DutyOrder], told: Judged, label: str = "为什么不能派") -> Table:
    """The same as a table, the first of them."""
    rows = list(against(orders, told))
    return table_of(HELD, rows[:MOST_HELD], label, empty="没有问题。")


@door(*DUTIES)
def week(request: Request) -> HttpResponse:
    """The unit's week, as a page or as a paper to hang up."""
    actor = request.actor
    with reading(actor):
        shown = week_of(actor, asked_for(request, actor))
        asked, days = shown.asked, days_of(shown.asked.monday)
        page = values.number(request.GET, "page", 1, least=1, most=9999)
        suffix = values.choice(request.GET, "as", SIGNED)
        why = unfit((each.pk for each in shown.people), {max(days[0], min(today(), days[-1])), days[-1]})
        shifts = shifts_of(shown.orders, shown.told)
        # Who is sent stands first, then who may be, then who may not.
        everybody = sorted(shown.people, key=lambda each: (each.pk not in shifts, each.pk in why))
        people = everybody if suffix else everybody[(page - 1) * SHOWN : page * SHOWN]
        grid = Grid(asked, people, shifts, why, can_plan_unit(actor, asked.unit.code))
        table = grid.table()
        if suffix:
            said = "小时为本周开始的派勤合计；跨夜的写在开始的那天，第二天写“续至”。"
            return table_paper(f"{asked.said}派勤表", table, said, SIGNERS, suffix)
        context = {
            "title": f"{asked.unit.short_name} 按周排班",
            "summary": f"{asked.monday} 至 {asked.sunday}",
            "filters": [("周", _weeks(request, asked))],
            "selects": asked.selects,
            "select_kept": kept(request, "unit"),
            "numbers": _numbers(shown),
            "picture": None,
            "export_url": "",
            "note": "",
            "table": table,
            "held": against_table(shown.held, shown.told),
            "held_number": len(shown.held),
            "plans": grid.plans,
            "asked": asked,
            "new_url": asked.url("desk:duty_new", day=max(asked.monday, min(today(), asked.sunday))),
            "give_url": asked.url("desk:duties_give"),
            "excel_url": asked.url("desk:duty_excel"),
            "sheet_url": asked.url("desk:duty_sheet"),
            "copy_url": asked.url("desk:duties_copy"),
            "drafts": any(each.state == OrderState.DRAFT for each in shown.orders),
            "signed_urls": [(label, address(request, **{"as": kind})) for kind, label in SIGNED.items()],
            "next_url": address(request, page=str(page + 1)) if len(shown.people) > page * SHOWN else "",
            "previous_url": address(request, page=str(page - 1)) if page > 1 else "",
        }
    return render(request, "duties/week.html", context)


def _weeks(request: Request, asked: Asked) -> list[Link]:
    this = monday_of(today())
    named = {"上一周": asked.monday - WEEK, "本周": this, "下周": this + WEEK, "后一周": asked.monday + WEEK}
    return [Link(label, address(request, week=str(day)), day == asked.monday) for label, day in named.items()]
