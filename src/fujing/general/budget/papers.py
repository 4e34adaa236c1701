"""The paper of a budget: the request for funds (经费预算请示), printed from what was frozen when it was sent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from fujing.general.budget.models import Budget, BudgetRequest
from fujing.kernel.papers import Grid, Heading, Paper, Text


def request_facts(budget: Budget, organ_name: str, recipient: str) -> dict[str, Any]:
    """Everything that the request says, as it is now; money in 元, `was` that of the version it adjusts."""
    before = {line.kind: f"{line.amount:.2f}" for line in budget.previous.lines.all()} if budget.previous else {}
    return {
        "organ": organ_name,
        "recipient": recipient,
        "year": budget.year,
        "version": budget.version,
        "reason": budget.reason,
        "lines": [
            {
                "kind": line.kind,
                "label": line.get_kind_display(),
                "amount": f"{line.amount:.2f}",
                "was": before.get(line.kind),
            }
            for line in sorted(budget.lines.all(), key=lambda line: line.pk)
        ],
    }


def request_of(budget: Budget, facts: dict[str, Any], sent: BudgetRequest | None, last: int) -> Paper:
    """The request for funds, as Word or PDF; `sent` is its round, none for a draft, `last` the last round's number."""
    year, lines = facts["year"], facts["lines"]
    adjusting = any(line["was"] is not None for line in lines)
    day: date | None = timezone.localtime(sent.sent_at).date() if sent else None
    header = ("序号", "项目", *(("原预算（元）",) if adjusting else ()), "预算（元）")
    rows = [
        (str(number), line["label"], *((line["was"] or "",) if adjusting else ()), line["amount"])
        for number, line in enumerate(lines, 1)
    ]
    sums = [sum((Decimal(line[key] or 0) for line in lines), Decimal(0)) for key in ("was", "amount")]
    rows.append(("", "合计", *(f"{each:.2f}" for each in (sums if adjusting else sums[1:]))))
    matter = "调整" if adjusting else "核定"
    code = f"经费预算 {budget.pk}，第 {budget.version} 版"
    if sent:
        code += f"，第 {sent.round} 次报送，摘要 {sent.digest[:16]}"
        code += f"，已由第 {last} 次报送替代" if last > sent.round else ""
    blocks: tuple[Text | Heading | Grid, ...] = (
        Text(
            "根据《四川省公安机关警务辅助人员管理办法》第八条第一款规定，现将我单位"
            f"{year}年警务辅助人员经费预算{'调整' if adjusting else ''}情况请示如下。"
        ),
        Heading("一、说明"),
        *(Text(part.strip()) for part in facts["reason"].splitlines() if part.strip()),
        Heading("二、预算项目"),
        Grid(header, tuple(rows), (2, 6, 5, 5) if adjusting else (2, 6, 6), frozenset(range(2, len(header)))),
        Text("妥否，请批示。"),
    )
    return Paper(
        title=f"{facts['organ']}关于{matter}{year}年警务辅助人员经费预算的请示",
        blocks=blocks,
        issuer=facts["organ"],
        number=f"〔{year}〕　　号",
        signer="　　　",
        recipient=facts["recipient"],
        dated=day,
        code=code,
        draft=sent is None,
    )
