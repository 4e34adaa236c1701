"""What goes into the boxes of a report and comes out of them. Nothing here writes or reads a table."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from fujing.kernel import boxes
from fujing.kernel.boxes import KEY, Pair
from fujing.kernel.files import check_size, content_type_of
from fujing.kernel.pictures import pdf_checked, picture_cleaned
from fujing.kernel.refusals import Refusal

MOST_FILES = 3
KEYS, RECEIPT, IDENTITY, INNER, STATEMENT = (
    *("complaint keys", "complaint receipt", "complaint identity"),
    *("complaint identity inner", "complaint statement"),
)
"""What each box is bound to: one can't be put in another's place."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The private keys of a report: that of the dialogue, and for readers that of the file."""

    dialogue: bytes = field(repr=False)
    file: bytes = field(default=b"", repr=False)

    @property
    def joined(self) -> bytes:
        """Both, as they lie in a reader's envelope."""
        return self.dialogue + self.file

    @classmethod
    def split(cls, joined: bytes) -> Keys:
        """Inverse of `joined`; the reporter's has the first alone."""
        return cls(joined[:KEY], joined[KEY:])

    def of(self, box: str) -> bytes:
        """The key that opens a message's box."""
        return self.dialogue if box == "dialogue" else self.file


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with a key, whom boxes are filled for."""

    key_id: int
    account: int
    public: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or PDF without what the device added; its name is ours."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


def cleaned(uploads: Sequence[UploadedFile]) -> list[Attachment]:
    """Pictures written anew, PDFs as their bare pages, under names of ours. Refuses other kinds and too many."""
    if len(uploads) > MOST_FILES:
        raise Refusal(f"附件最多 {MOST_FILES} 个。", errors={"uploads": [f"附件最多 {MOST_FILES} 个。"]})
    return [_cleaned(upload, number) for number, upload in enumerate(uploads, 1)]


def _cleaned(upload: UploadedFile, number: int) -> Attachment:
    check_size(upload)
    content, name = upload.read(), f"附件{number}"
    kind = content_type_of(content[:16]) or ""
    if kind.startswith("image/"):
        return Attachment(f"{name}.jpg", "image/jpeg", picture_cleaned(content, name))
    if kind == "application/pdf":
        pdf_checked(content, name)
        return Attachment(f"{name}.pdf", kind, _bare(content, name))
    raise Refusal("附件应为照片、截图或者 PDF。", errors={"uploads": ["附件应为照片、截图或者 PDF。"]})


def _bare(content: bytes, name: str) -> bytes:
    """The pages of a PDF alone: no author, no dates, no files hidden in it, no notes in the margin."""
    out, writer = io.BytesIO(), PdfWriter()
    try:
        for page in PdfReader(io.BytesIO(content), strict=False).pages:
            kept = writer.add_page(page)
            for extra in ("/Metadata", "/Annots", "/PieceInfo", "/AA", "/LastModified"):
                kept.pop(extra, None)
        writer.metadata = None
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refusal(f"“{name}”打不开，请重新导出后再传。") from error
    return out.getvalue()


def message(public: bytes, report: int, **said: Any) -> bytes:
    """Something said, for the box of this report alone."""
    return boxes.sealed(public, _packed(said), f"complaint message {report}")


def read(private: bytes, report: int, content: bytes) -> dict[str, Any]:
    """What a message says. Raises Sealed."""
    return _unpacked(boxes.unsealed(private, bytes(content), f"complaint message {report}"))


def packed_file(attachment: Attachment) -> dict[str, Any]:
    """An attachment as a message says it."""
    return {
        "file": attachment.name,
        "type": attachment.content_type,
        "data": base64.b64encode(attachment.content).decode(),
    }


def identity(readers: Sequence[Reader], report: int, **said: Any) -> list[tuple[int, int, bytes]]:
    """For each two readers in each order: a box that the first opens, in it one that only the second does."""
    return [
        (
            first.account,
            second.account,
            boxes.sealed(
                first.public, boxes.sealed(second.public, _packed(said), f"{INNER} {report}"), f"{IDENTITY} {report}"
            ),
        )
        for first, second in permutations(readers, 2)
    ]


def inner(private: bytes, report: int, box: bytes) -> bytes:
    """The first person's part: the box that only the second opens."""
    return boxes.unsealed(private, bytes(box), f"{IDENTITY} {report}")


def identified(private: bytes, report: int, box: bytes) -> dict[str, Any]:
    """The second person's part: who the reporter is."""
    return _unpacked(boxes.unsealed(private, bytes(box), f"{INNER} {report}"))


def envelope(reader: Reader, keys: Keys, report: int) -> bytes:
    """The keys of a report for one reader."""
    return boxes.sealed(reader.public, keys.joined, f"{KEYS} {report}")


def keys_in(private: bytes, report: int, box: bytes) -> Keys:
    """The keys in a reader's own envelope. Raises Sealed."""
    return Keys.split(boxes.unsealed(private, bytes(box), f"{KEYS} {report}"))


def fresh() -> tuple[Pair, Pair]:
    """The pairs of a new report: dialogue and file."""
    return Pair.fresh(), Pair.fresh()


def _packed(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, default=str).encode()


def _unpacked(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(content)
    return found
