"""The demo's papers: decisions with the scan that each needs, and what stands for a photograph. Imported after Django is set up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typst
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import Actor
from fujing.kernel.approvals import Paper
from fujing.kernel.files import file_store
from fujing.kernel.papers import Paper as Sheet
from fujing.kernel.papers import Text, pdf

PICTURE = Path(__file__).parent / "picture.typ"


def photographed(name: str, kind: str) -> SimpleUploadedFile:
    """What stands for a photographed paper: its kind and whose it is."""
    fonts = settings.PAPER_FONTS
    picture = typst.compile(
        str(PICTURE), font_paths=[str(fonts)], format="png", ppi=144, sys_inputs={"name": name, "kind": kind}
    )
    return SimpleUploadedFile(f"{kind}.png", picture)


def paper_decision(actor: Actor, number: str, day: date) -> Paper:
    """A department's decision on paper, with its scan."""
    sheet = Sheet(title=number, blocks=(Text("同意。"), Text("虚构文件，仅供演示。")), dated=day)
    upload = SimpleUploadedFile(f"{number}.pdf", pdf(sheet), content_type="application/pdf")
    return Paper(number, day, file_store(actor=actor, organ_code=actor.organ_code or 0, upload=upload))
