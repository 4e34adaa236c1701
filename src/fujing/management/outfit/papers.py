"""Work cards as they are printed: no emblem, and never a word that makes an auxiliary a police officer (Article 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from fujing.kernel.files import file_content
from fujing.kernel.papers import Badge, Badges, Paper, picture
from fujing.kernel.refusals import Refusal
from fujing.management.outfit.models import Card

TITLE = "警务辅助人员工作证"


def card_sheet(cards: Iterable[Card], organ: str, drawn: Mapping[int, str]) -> Paper:
    """The cards side by side, to be cut out; `drawn` are their QR codes as SVG, by card. Refused where there is none."""
    badges = tuple(_badge(card, organ, drawn[card.pk]) for card in cards)
    if not badges:
        raise Refusal("没有可以印制的工作证：先申领，并上传照片。", provisions=("26",))
    return Paper(title="工作证印制样张", blocks=(Badges(badges),), wide=True)


def _badge(card: Card, organ: str, code: str) -> Badge:
    last_day = card.span.upper - timedelta(1)
    return Badge(
        over=organ,
        title=TITLE,
        facts=(
            ("姓名", card.engagement.person.name),
            ("类别", f"{card.engagement.get_category_display()}辅警"),
            ("编号", card.number),
            ("有效期", f"{card.span.lower} 至 {last_day}"),
        ),
        photo=picture(file_content(card.photo)) if card.photo else "",
        code=code,
        under="扫码核验 · 以核验结果为准",
    )
