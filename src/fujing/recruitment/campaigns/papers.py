"""The paper of a question to 人社: the letter that asks for consent (商请函), printed from what was frozen with it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fujing.kernel.papers import Grid, Heading, Paper, Text
from fujing.law.announcements.procedure import LABELS
from fujing.recruitment.campaigns.models import Consent
from fujing.recruitment.campaigns.states import ConsentPurpose
from fujing.registry.states import Category


def request_facts(consent: Consent, organ_name: str) -> dict[str, Any]:
    """Everything that the letter says of the announcement, which is kept whole beside it."""
    document = consent.document
    return {
        "organ": organ_name,
        "recipient": consent.assigned_name,
        "purpose": str(consent.purpose),
        "title": document["title"],
        "plan": (document.get("plan") or {}).get("number", ""),
        "dropped": [LABELS[kind] for kind in consent.dropped],
        "kept": [LABELS[stage["kind"]] for stage in document.get("stages") or []],
        "positions": [
            {
                "code": post["code"],
                "name": post["name"],
                "category": Category(post["category"]).label,
                "headcount": post["headcount"],
                "scarce": (post.get("scarce") or {}).get("reason", ""),
            }
            for post in document["positions"]
        ],
    }


def request_of(consent: Consent, last: int) -> Paper:
    """The letter, as Word or PDF; its own number is filled in by hand. `last` is the number of the last time asked."""
    facts = consent.facts
    simplified = facts["purpose"] == ConsentPurpose.SIMPLIFIED
    total = sum(post["headcount"] for post in facts["positions"])
    rows = [
        (str(number), post["code"], post["name"], post["category"], str(post["headcount"]), post["scarce"])
        for number, post in enumerate(facts["positions"], 1)
    ]
    asked = (
        "根据《四川省公安机关警务辅助人员管理办法》第二十一条第二款规定，拟简化招聘程序，"
        f"省去{'、'.join(facts['dropped'])}，保留{'、'.join(facts['kept'])}。"
        if simplified
        else "根据《四川省公安机关警务辅助人员管理办法》第十七条第一款规定，拟与贵单位共同组织招聘，并按所附公告发布。"
    )
    code = f"会商 {consent.pk}，第 {consent.round} 次送办，摘要 {consent.digest[:16]}"
    code += f"，已由第 {last} 次送办替代" if last > consent.round else ""
    matter = "简化警务辅助人员招聘程序" if simplified else "共同组织警务辅助人员招聘"
    plan = f"用人计划批准文号为{facts['plan']}。" if facts["plan"] else ""
    return Paper(
        title=f"{facts['organ']}关于商请{matter}的函",
        blocks=(
            Text(f"我单位拟发布《{facts['title']}》，共{len(rows)}个岗位{total}人。{plan}"),
            Text(asked),
            Heading("招聘岗位"),
            Grid(
                ("序号", "代码", "岗位", "类别", "人数", "急需紧缺的理由"),
                tuple(rows),
                (2, 3, 5, 2, 2, 8),
                frozenset({4}),
            ),
            Text("请予研究并函复。"),
        ),
        issuer=facts["organ"],
        number=f"〔{timezone.localtime(consent.asked_at).year}〕　　号",
        recipient=facts["recipient"],
        dated=timezone.localtime(consent.asked_at).date(),
        code=code,
    )
