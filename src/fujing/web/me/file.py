"""我的档案: where I serve and under whom, my contract and what follows it, and what is written of me, each with its source."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.privacy import masked
from fujing.law.education import EDUCATION_LABEL
from fujing.law.leaving.days import in_probation
from fujing.law.parameters import Parameters
from fujing.management.contracts.queries import Last, last_contract, open_renewal
from fujing.management.corrections.queries import own_corrections
from fujing.management.corrections.states import CORRECTABLE
from fujing.management.leaving.queries import service_of
from fujing.registry.models import Assignment, Contract, Engagement, Person, RosterRecord
from fujing.registry.own import (
    own_codes,
    own_contracts,
    own_engagement,
    own_engagements,
    own_organ_of,
    own_person,
    own_places,
    own_record,
)
from fujing.registry.states import ContractKind
from fujing.web.audience import AUXILIARIES
from fujing.web.columns import last_day
from fujing.web.doors import door
from fujing.web.me.corrections import PATTERNS
from fujing.web.me.rooms import Card, Room
from fujing.web.requests import Request

UNKNOWN = "没有登记"
REGISTERED = "单位登记"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the file: what it is, where it comes from if not from its section's source, and by which provision.

    What isn't known says so. `fix` is where it is asked to be corrected, if the person may.
    """

    label: str
    value: str
    source: str = ""
    provision: str = ""
    fix: str = ""

    @property
    def unknown(self) -> bool:
        """Whether nobody has registered it."""
        return self.value.startswith(UNKNOWN)


@dataclass(frozen=True, slots=True)
class Section:
    """Things of one matter, and who said them."""

    heading: str
    source: str
    lines: list[Line]


@door(*AUXILIARIES)
def file(request: Request) -> HttpResponse:
    """The person's own file."""
    actor = request.actor
    person, engagement, record = own_person(actor), own_engagement(actor), own_record(actor)
    context = {
        "organ": own_organ_of(person),
        "sections": [
            _service(actor, engagement, record),
            _contract(engagement),
            _person(person, _source(person, record), engagement is not None and engagement.span.upper is None),
        ],
        "contracts": [(each, _span(each)) for each in own_contracts(actor)],
        "places": [(each, _span(each)) for each in own_places(actor)],
        "services": [(each, _span(each)) for each in own_engagements(actor)],
        "corrections": own_corrections(actor),
        "serves": engagement is not None and engagement.span.upper is None,
        "codes": own_codes(actor),
    }
    return render(request, "me/file.html", context)


def _span(row: Contract | Assignment | Engagement) -> str:
    """First and last day of a period, both inclusive."""
    ends = last_day(row.span.upper)
    return f"{row.span.lower} 至 {ends or '现在'}"


def _source(person: Person, record: RosterRecord | None) -> str:
    """Who said what is written of a person."""
    if person.recorded_in_id and record:
        return f"花名册 {record.roster_import.file_name}，基准日 {record.roster_import.as_of}"
    return REGISTERED


def _person(person: Person, source: str, serves: bool) -> Section:
    """What is written of the person; numbers are shortened here as everywhere."""
    said = {
        "姓名": person.name,
        "公民身份号码": masked(person, "id_number"),
        "手机号": masked(person, "phone"),
        "性别": str(person.get_sex_display()),
        "出生日期": person.birth_date.isoformat(),
        "学历": EDUCATION_LABEL.get(person.education, ""),
        "专业": person.major,
        "户籍": person.household,
        "退役士兵": {True: "是", False: "否", None: ""}[person.veteran],
    }
    fields = {found.label: key for key, found in CORRECTABLE.items()} if serves else {}
    fixes = {label: reverse("me:correct", args=[fields[label]]) for label in said if label in fields}
    lines = [Line(label, value or UNKNOWN, fix=fixes.get(label, "")) for label, value in said.items()]
    return Section("本人", source, lines)


def _service(actor: Actor, engagement: Engagement | None, record: RosterRecord | None) -> Section:
    """Organ, unit, post and officer, each one and without a gap (5.p1)."""
    if engagement is None:
        return Section("用人", "", [Line("用工", f"{UNKNOWN}上岗日期，单位还没有办理用工", provision="5.p1")])
    left = last_day(engagement.span.upper)
    place = next((each for each in own_places(actor) if each.engagement_id == engagement.pk), None)
    said = f"花名册记载，基准日 {record.roster_import.as_of}" if record else ""
    unit = place.unit.name if place else record.unit if record else ""
    post = place.post.name if place else record.post if record else ""
    source = "" if place else said
    officer = place.officer.name if place and place.officer else ""
    lines = [
        Line("类别", str(engagement.get_category_display()) or UNKNOWN, "", "3.p2"),
        Line("用人单位", unit or UNKNOWN, source if unit else "", "5.p1"),
        Line("岗位", post or UNKNOWN, source if post else ""),
        Line("责任民警", officer or f"{UNKNOWN}，应当有一名，请向单位提出", "", "5.p1"),
        Line("上岗日期", f"{engagement.span.lower}", str(engagement.get_source_display())),
    ]
    if left:
        lines.append(Line("离职日期", f"{left}", engagement.exit_note))
    return Section("用人", REGISTERED, lines)


def _contract(engagement: Engagement | None) -> Section:
    """The contract with its end, what follows, and whether probation lasts."""
    last = last_contract(engagement) if engagement else None
    if engagement is None or last is None:
        due = f"{UNKNOWN}。用工之日起一个月内应当订立书面合同，请向单位提出"
        return Section("合同", "", [Line("劳动合同", due, provision="22")])
    source = f"合同 {last.signed.number}，{last.signed.signed_on}签订" if last.signed else "花名册记载"
    ends = last_day(last.after)
    open_ended = last.kind == ContractKind.OPEN_ENDED
    lines = [
        Line("类型", "无固定期限" if open_ended else "固定期限", "", "39"),
        Line("起", f"{last.starts or UNKNOWN}"),
        Line("到期", f"{ends}（含当日）" if ends else "不因期满终止" if open_ended else UNKNOWN),
    ]
    if engagement.span.upper is None:
        lines += [_after(engagement, last), _probation(engagement)]
    return Section("合同", source, lines)


def _after(engagement: Engagement, last: Last) -> Line:
    """What comes after the term: what was offered, or what the law says of the next contract."""
    renewal = open_renewal(engagement)
    if renewal:
        until = f"，请在{renewal.answer_until}前答复" if renewal.state == "offered" and renewal.answer_until else ""
        return Line("到期以后", f"{renewal.get_state_display()}{until}", "单位办理", "39")
    if last.after is None:
        return Line("到期以后", "没有期限，不需要续订", "", "39")
    due = last.due(last.after)
    words = {True: "再续订应当订立无固定期限合同，除非您要求固定期限", False: "可以续订固定期限合同", None: "待核实"}
    return Line("到期以后", words[due.holds], due.because, "39")


def _probation(engagement: Engagement) -> Line:
    said = in_probation(Parameters(today()), service_of(engagement), today())
    return Line("试用期", {True: "在试用期内", False: "不在试用期", None: "待核实"}[said.holds], said.because, "22")


def _card(actor: Actor) -> Card:
    engagement = own_engagement(actor)
    if engagement is None or engagement.span.upper is not None:
        return Card("档案和合同")
    place = next(iter(own_places(actor)), None)
    renewal = open_renewal(engagement)
    last = last_contract(engagement)
    ends = last_day(last.after) if last else None
    officer = place.officer.name if place and place.officer else UNKNOWN
    said = f"{place.unit.short_name} · {place.post.name}，责任民警 {officer}" if place else f"用人单位{UNKNOWN}"
    until = f"合同{UNKNOWN}" if last is None else f"合同到 {ends}" if ends else "合同没有写明到期"
    if last and last.kind == ContractKind.OPEN_ENDED:
        until = "无固定期限合同"
    if renewal and renewal.state == "offered":
        return Card(said, until, asks="单位问您是否续订合同，请向单位答复", due=renewal.answer_until)
    return Card(said, until)


FILE = Room(
    label="我的档案",
    url="me:file",
    patterns=(path("file/", file, name="file"), *PATTERNS),
    card=_card,
    provisions=("5.p1", "14.7"),
    place=9,
)
