"""The slips that are handed over: one a person, with the code, how to use it, and until when."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from fujing.kernel.papers import Heading, Paper, Text
from fujing.registry.activation.services import Issued


def slips(issued: Iterable[Issued], address: str) -> Paper:
    """The slips of one act, to be cut apart; `address` is where the code is typed in."""
    blocks: list[Heading | Text] = []
    for each in issued:
        until = timezone.localtime(each.until)
        blocks += [
            Heading(f"{each.engagement.person.name}　开通单"),
            Text(f"开通码：{each.spaced}"),
            Text(f"用手机打开 {address}，填开通码和本人身份证号码后四位，自己设密码。"),
            Text(f"{until:%Y年%-m月%-d日%H:%M}前有效，只能用一次。请本人领取，不要告诉别人。"),
        ]
    return Paper(title="本人服务开通单", blocks=tuple(blocks))
