"""What the registry shows of a person: 概况, 合同, 岗位, 经过."""

from __future__ import annotations

from typing import Any

from django import forms

from fujing.kernel.actor import Actor
from fujing.kernel.privacy import masked
from fujing.law.education import EDUCATION_LABEL
from fujing.law.roster.told import cells_of
from fujing.registry.models import Person
from fujing.registry.models.records import FACTS
from fujing.registry.moving_in.queries import records_of
from fujing.registry.queries import contracts_of, places_of
from fujing.registry.sensitive import revealable
from fujing.registry.states import OFFICER_ROLES
from fujing.web.columns import Column, last_day, table_of
from fujing.web.desk.common import timeline_of
from fujing.web.desk.wings import Tab

OFFICERS = frozenset(map(str, OFFICER_ROLES))
CONTRACTS = (
    Column("number", "编号"),
    Column("kind", "类型", "get_kind_display"),
    Column("sequence", "第几次", kind="integer"),
    Column("signed_on", "签订日期", kind="date"),
    Column("starts", "起始", "span.lower", "date"),
    Column("ends", "到期", lambda row: last_day(row.span.upper), "date", empty="无固定期限"),
    Column("probation_months", "试用期", kind="integer", unit="月"),
    Column("paper", "文本", template="registry/contract_papers.html"),
)
PLACES = (
    Column("unit", "用人单位", "unit.short_name"),
    Column("post", "岗位", "post.name"),
    Column("officer", "责任民警", lambda row: row.officer and row.officer.name, empty="未指定"),
    Column("from", "起", "span.lower", "date"),
    Column("until", "止", lambda row: last_day(row.span.upper), "date", empty="现在"),
)
SERVICES = (
    Column("category", "类别", "get_category_display"),
    Column("source", "来源", "get_source_display"),
    Column("from", "入职日期", "span.lower", "date"),
    Column("until", "离职日期", lambda row: last_day(row.span.upper), "date", empty="在职"),
    Column("exit_note", "离职说明", wrap=True),
)


class RevealForm(forms.Form):
    field = forms.ChoiceField(label="查看内容", choices=lambda: list(revealable().items()))
    reason = forms.CharField(label="事由", max_length=200)


def _overview(actor: Actor, person: Person) -> dict[str, Any]:
    """What is written of the person; the sensitive fields masked, opened one by one with a reason."""
    return {
        "said": [
            *((label, masked(person, name) or "未登记") for name, label in revealable().items()),
            ("出生日期", person.birth_date.isoformat()),
            ("学历", EDUCATION_LABEL.get(person.education, "")),
            ("专业", person.major or "未登记"),
            ("户籍", person.household or "未登记"),
            ("退役士兵", {True: "是", False: "否", None: "未知"}[person.veteran]),
        ],
        "services": table_of(SERVICES, person.engagements.order_by("-span"), "用工", empty="没有用工记录。"),
    }


def _contracts(actor: Actor, person: Person) -> dict[str, Any]:
    return {"table": table_of(CONTRACTS, contracts_of(person), "劳动合同", empty="还没有劳动合同。")}


def _places(actor: Actor, person: Person) -> dict[str, Any]:
    return {"table": table_of(PLACES, places_of(person), "岗位", empty="还没有安排岗位。")}


def _recorded(actor: Actor, person: Person) -> dict[str, Any]:
    """What rosters say, with the source of each: file, row, day; a column that the file didn't have isn't shown."""
    return {
        "recorded": [
            {
                "source": f"花名册 {record.roster_import.file_name} 第{record.row}行，基准日 {record.roster_import.as_of}",
                "superseded": record.superseded_by_id is not None,
                "cells": [
                    (column.label, text)
                    for column, text in cells_of({key: getattr(record, name) for key, name in FACTS.items()})
                    if column.key in record.roster_import.columns
                ],
            }
            for record in records_of(person)
        ]
    }


def _course(actor: Actor, person: Person) -> dict[str, Any]:
    return {"timeline": timeline_of([person, *person.engagements.all(), *contracts_of(person), *places_of(person)])}


REGISTRY_TABS = (
    Tab("overview", "概况", OFFICERS, "registry/tabs/overview.html", _overview),
    Tab("contracts", "合同", OFFICERS, "registry/tabs/contracts.html", _contracts),
    Tab("places", "岗位", OFFICERS, "registry/tabs/places.html", _places),
    Tab("recorded", "花名册记载", OFFICERS, "registry/tabs/recorded.html", _recorded),
    Tab("course", "经过", OFFICERS, "registry/tabs/course.html", _course),
)
