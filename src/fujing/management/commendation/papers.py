"""The papers of a commendation: the notice of its publicity, and the decision."""

from __future__ import annotations

from fujing.kernel.papers import Paper, Text, chinese_date
from fujing.management.commendation.models import Commendation
from fujing.recruitment.hiring.papers import BLANK
from fujing.registry.queries import organ_at


def publicity(row: Commendation) -> Paper:
    """表彰公示: who, for what, until when, and where to object."""
    until = chinese_date(row.publicised_until) if row.publicised_until else BLANK
    starts = chinese_date(row.publicised_from) if row.publicised_from else BLANK
    return Paper(
        title="表彰奖励公示",
        code=f"表彰 {row.organ_code}-{row.pk}",
        blocks=(
            Text(
                f"根据《四川省公安机关警务辅助人员管理办法》第二十九条，拟给予{row.engagement.person.name}{row.title}。"
            ),
            Text(f"事迹：{row.deed}"),
            Text(f"公示期：{starts}至{until}。"),
            Text(f"对公示内容有异议的，请在公示期内向{organ_at(row.organ_code).name}反映，电话：{BLANK}。"),
            Text(f"{organ_at(row.organ_code).name}（盖章）　　日期：{BLANK}"),
        ),
    )


def decision(row: Commendation) -> Paper:
    """表彰决定 of what was awarded."""
    return Paper(
        title="表彰奖励决定",
        code=row.document_number or f"表彰 {row.organ_code}-{row.pk}",
        blocks=(
            Text(f"{row.engagement.person.name}：{row.deed}"),
            Text(f"经公示，根据《四川省公安机关警务辅助人员管理办法》第二十九条，决定给予{row.title}。"),
            *((Text(f"奖金：{row.amount:,.2f}元，从本年度奖励经费中支付。"),) if row.amount else ()),
            Text(
                f"{organ_at(row.organ_code).name}（盖章）　　日期：{chinese_date(row.decided_on) if row.decided_on else BLANK}"
            ),
        ),
    )
