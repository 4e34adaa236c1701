"""The demo's report about 盐亭, which waits to be accepted, and the reader's key. Made once."""

from __future__ import annotations

from fujing.cli.demo.cast import YANTING
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import Actor, acting
from fujing.law.complaints.readers import About
from fujing.management.complaints.keys import key_make, own_key
from fujing.management.complaints.receipts import Story, report_file

WORDS = "雪山 草地 江河 大桥 春雨"
"""With which 严督察 unlocks in the demo."""


def seed_complaints() -> None:
    """One reader, one anonymous report."""
    reader = signed_in("yanting_discipline")
    with acting(reader):
        if own_key(reader):
            return
        key_make(actor=reader, passphrase=WORDS)
    with acting(Actor(name="访客")) as visitor:
        story = Story(
            kind="complaint",
            organ=YANTING,
            about=About.AUXILIARY,
            accused="",
            text="昨天傍晚在农贸市场门口疏导交通的辅警对推车的老人说话难听，还拍了车把。",
            unit_name="城关派出所",
            happened="昨天傍晚，农贸市场门口",
        )
        report_file(actor=visitor, story=story)
