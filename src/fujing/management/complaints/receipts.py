"""The reporter's side: a report is sealed before anything is stored, and found and opened again by its code alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection

from fujing.kernel import boxes
from fujing.kernel.actor import Actor, acting
from fujing.kernel.boxes import Receipt, receipt_of
from fujing.kernel.clock import today
from fujing.kernel.receipts import code
from fujing.kernel.refusals import Refusal, stated
from fujing.law.complaints.readers import LEAST_FOR_IDENTITY, About, Accused, named_in, readers
from fujing.management.complaints.keys import candidates, envelopes_fill, filling, reveal_receipt
from fujing.management.complaints.models import IdentityBox, Message, Report
from fujing.management.complaints.policies import check_hold_key
from fujing.management.complaints.sealing import RECEIPT, Keys, cleaned, fresh, identity, message, packed_file

LENGTH = 20
"""Characters of a receipt code: a hundred bits."""
ANONYMOUS = "反映人"
NOBODY_READS = "这个公安机关和它的上级都还没有能够查阅的人，没有收下任何内容。请用电话、来信或者到上一级公安机关反映。"


@dataclass(frozen=True, slots=True)
class Known:
    """A report that a code stands for, with the key of its dialogue."""

    report: Report
    keys: Keys


@dataclass(frozen=True, slots=True)
class Story:
    """What somebody reports, as they say it. `name` and `phone` are empty for whoever stays anonymous."""

    kind: str
    organ: int
    about: About
    accused: str
    text: str
    unit_name: str = ""
    unit: int | None = None
    happened: str = ""
    name: str = ""
    phone: str = ""

    @property
    def whom(self) -> Accused:
        """Whom it accuses, as the law asks."""
        return Accused(self.organ, self.about, named_in(self.accused), self.unit)


def report_file(
    *, actor: Actor, story: Story, channel: str = Report.Channel.WEB, uploads: Sequence[UploadedFile] = ()
) -> str:
    """Seal and keep a report; gives the code, which is kept nowhere. An officer who types for somebody hands it over."""
    if channel != Report.Channel.WEB:
        check_hold_key(actor)
        return _file(actor, story, channel, uploads)
    # Whoever is signed in is in no history: what they hand in here is nobody's.
    with acting(Actor(name=ANONYMOUS)) as nobody:
        return _file(nobody, story, channel, uploads)


def _file(actor: Actor, story: Story, channel: str, uploads: Sequence[UploadedFile]) -> str:
    typed = channel != Report.Channel.WEB
    stated(story.text, "text", "请写明反映的事情。", refusal="没有提交。")
    files = cleaned(uploads)
    known = candidates()
    organ, chosen = readers(story.whom, known)
    if organ is None:
        raise Refusal(NOBODY_READS, provisions=("31",))
    among = [known[organ][each] for each in chosen]
    if story.name and len(among) < LEAST_FOR_IDENTITY:
        sentence = "这里能够查阅的人不到两名，姓名和电话不能封存。请不填姓名和电话，凭回执码联系。"
        raise Refusal("没有提交。", errors={"name": [sentence]})
    dialogue, file = fresh()
    given = code(LENGTH)
    receipt = receipt_of(given)
    reveal_receipt(receipt.find)
    row = Report(
        kind=story.kind,
        channel=channel,
        first_code=organ,
        handler_code=organ,
        received_on=today(),
        named=bool(story.name),
        dialogue_key=dialogue.public,
        file_key=file.public,
        receipt_index=receipt.find,
        receipt_box=boxes.locked(receipt.opens, dialogue.private, RECEIPT),
        made_by=actor.name if typed else "",
    )
    row.save()
    keys = Keys(dialogue.private, file.private)
    envelopes_fill(row, keys, among)
    said = {
        "what": "report",
        "text": story.text.strip(),
        "organ": story.organ,
        "about": str(story.about),
        "accused": story.accused.strip(),
        "unit_name": story.unit_name.strip(),
        "unit": story.unit,
        "happened": story.happened.strip(),
    }
    contents = [said, *({"what": "file", **packed_file(each)} for each in files)]
    _say(row, Message.Box.DIALOGUE, contents, made_by=row.made_by)
    if story.name:
        boxes_of = identity(among, row.pk, name=story.name.strip(), phone=story.phone.strip())
        with filling(row.pk):
            IdentityBox.objects.bulk_create(
                IdentityBox(report=row, first=first, second=second, box=box) for first, second, box in boxes_of
            )
    reveal_receipt(b"")
    return f"{given[:5]}-{given[5:10]}-{given[10:15]}-{given[15:]}"


@contextmanager
def by_code(typed: str) -> Iterator[Known | None]:
    """Within the block: the report that a code stands for; None for a code of nothing. Slow, one after another."""
    receipt = receipt_of(typed)
    with acting(Actor(name=ANONYMOUS)):
        yield from _found(receipt)


def _found(receipt: Receipt) -> Iterator[Known | None]:
    reveal_receipt(receipt.find)
    row = Report.objects.filter(receipt_index=receipt.find).first()
    try:
        yield None if row is None else Known(row, Keys(boxes.unlocked(receipt.opens, bytes(row.receipt_box), RECEIPT)))
    finally:
        if not connection.needs_rollback:
            reveal_receipt(b"")


def reporter_say(*, known: Known, text: str, uploads: Sequence[UploadedFile] = ()) -> list[Message]:
    """The reporter adds something, by the code."""
    if not text.strip() and not uploads:
        raise Refusal("没有提交。", errors={"text": ["请填写内容，或者附上照片。"]})
    said: list[dict[str, Any]] = [{"what": "message", "text": text.strip()}] if text.strip() else []
    said += [{"what": "file", **packed_file(each)} for each in cleaned(uploads)]
    return _say(known.report, Message.Box.DIALOGUE, said)


def _say(report: Report, box: str, contents: list[dict[str, Any]], *, made_by: str = "") -> list[Message]:
    public = report.public_of(box)
    return Message.objects.bulk_create(
        Message(report=report, box=box, content=message(public, report.pk, by="reporter", **each), made_by=made_by)
        for each in contents
    )
