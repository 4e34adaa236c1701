"""Writes `django.mo` beside `django.po`: what Django reads, from what people read. `gettext` needs no installation for it."""

from __future__ import annotations

import ast
import re
import struct
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "src/fujing/web/locale/zh_Hans/LC_MESSAGES"
ENTRY = re.compile(r'msgid (".*")\n(?:msgid_plural (".*")\n)?msgstr(?:\[0\])? (".*(?:\n".*)*")')


def entries(source: str) -> dict[str, str]:
    """Each message with its translation; a plural stands behind its singular, after a NUL, as the format has it."""
    found = {}
    for singular, plural, said in ENTRY.findall(source):
        key = ast.literal_eval(singular) + ("\0" + ast.literal_eval(plural) if plural else "")
        found[key] = "".join(ast.literal_eval(line) for line in said.split("\n"))
    return found


def compiled(source: str) -> bytes:
    """The catalogue in GNU's format: a head, two tables of length and offset, and the texts."""
    pairs = [(key.encode(), said.encode()) for key, said in sorted(entries(source).items())]
    start = 28 + 16 * len(pairs)
    tables, texts = [b"", b""], b""
    for place in (0, 1):
        for pair in pairs:
            tables[place] += struct.pack("<II", len(pair[place]), start + len(texts))
            texts += pair[place] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(tables) + texts


if __name__ == "__main__":
    (FOLDER / "django.mo").write_bytes(compiled((FOLDER / "django.po").read_text()))
