"""What the registry knows of somebody on a day: service, place, responsible officer, contract."""

from __future__ import annotations

from datetime import date

from fujing.kernel.knowledge import Rows
from fujing.registry.facts import POST_WITH_UNIT, holding, since
from fujing.registry.models import Assignment, Contract, Engagement
from fujing.web.audience import OFFICERS
from fujing.web.desk.wings import Dated


def _service(rows: Rows, day: date) -> str:
    row = holding(rows[Engagement], day)
    return f"{row.get_category_display() or '类别未登记'}，{row.span.lower}入职" if row else ""


def _place(rows: Rows, day: date) -> str:
    row = holding(rows[Assignment], day)
    if row is None:
        return ""
    begun = since(rows[Assignment], row, "post_id")
    return f"{row.post.unit.short_name} · {row.post.name}，{begun}起"


def _officer(rows: Rows, day: date) -> str:
    row = holding(rows[Assignment], day)
    if row is None or row.officer is None:
        return ""
    return f"{row.officer.name}，{since(rows[Assignment], row, 'officer_id')}起"


def _contract(rows: Rows, day: date) -> str:
    row = holding(rows[Contract], day)
    if row is None:
        return ""
    term = f"{row.term_months}个月" if row.term_months else row.get_kind_display()
    return f"{row.number}，{row.signed_on}签订，{row.span.lower}起{term}"


REGISTRY_DATED = (
    Dated("用工", OFFICERS, {Engagement: ()}, _service),
    Dated("单位和岗位", OFFICERS, {Assignment: (POST_WITH_UNIT,)}, _place),
    Dated("责任民警", OFFICERS, {Assignment: ("officer",)}, _officer),
    Dated("劳动合同", OFFICERS, {Contract: ()}, _contract),
)
