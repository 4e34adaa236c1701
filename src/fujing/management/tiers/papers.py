"""The notice by which a list of tiers is made public."""

from __future__ import annotations

from fujing.kernel.papers import Paper, Text, chinese_date
from fujing.management.tiers.models import Batch
from fujing.management.tiers.states import Source
from fujing.recruitment.hiring.papers import BLANK
from fujing.registry.queries import organ_at


def publicity(row: Batch) -> Paper:
    """层级公示: who rises or gets a first tier, until when, and where to object. Who goes down isn't named in public."""
    span = [chinese_date(day) if day else BLANK for day in (row.publicised_from, row.publicised_until)]
    listed = row.candidates.filter(chosen=True).exclude(status="demoted").order_by("unit", "name", "pk")
    what = {"entry": Source.INITIAL.label, "promoted": Source.PROMOTION.label}
    bureau = organ_at(row.organ_code).name
    return Paper(
        title="层级评定、晋升公示",
        code=row.document_number or f"层级 {row.organ_code}-{row.pk}",
        blocks=(
            Text(
                f"根据《四川省公安机关警务辅助人员管理办法》第二十三条和《{row.scheme.name}》"
                f"（{row.scheme.document_number}），拟对下列人员评定、晋升层级："
            ),
            *(
                Text(
                    f"{each.name}（{each.unit or '未安排单位'}）：{what[each.status]}为{each.to_name}，现{each.tier_name}。"
                )
                for each in listed
            ),
            Text(f"公示期：{span[0]}至{span[1]}。"),
            Text(f"对公示内容有异议的，请在公示期内向{bureau}反映，电话：{BLANK}。"),
            Text(f"{bureau}（盖章）　　日期：{BLANK}"),
        ),
    )
