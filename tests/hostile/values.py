"""What no form expects: for addresses, queries, fields and files."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from urllib.parse import quote

LONG = "长" * 3400  # 10 kB
TEXTS = (
    "",
    " ",
    "\0",
    "a\0b",
    "²",
    "٣",
    "１２３",
    "abc",
    "1e9",
    "1E400",
    "-1",
    "0",
    "1.5",
    "NaN",
    "Infinity",
    "-0",
    "+7",
    "0x10",
    "1_000",
    "1,000",
    "9" * 18,
    "9" * 19,
    "9" * 400,
    str(2**31),
    str(2**63),
    "2026-02-30",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "99999-01-01",
    "2026-13-01T25:61",
    "9999-12-31T23:59",
    "0001-01-01T00:00",
    "24:00",
    "\ud800",
    "\udfff\ud800",
    "😀",
    "👨‍👩‍👧‍👦𠀀",
    "\u202e倒写",
    "\ufeff",
    "\u2028\u2029",
    "e\u0301" * 40,
    "%00",
    "%",
    "%s%n{0}{{x}}",
    "{% include 'x' %}",
    "' OR 1=1 --",
    "\\",
    "'\"><script>alert(1)</script>",
    "../../etc/passwd",
    "//evil.example/",
    "https://evil.example/",
    "javascript:alert(1)",
    "\r\nSet-Cookie: a=b",
    "null",
    "[]",
    '{"a": 1}',
    "[[1]]",
    '"x"',
    "true",
    "on",
    LONG,
    "\n" * 2000,
    "(" * 500,
)
IDS = tuple(map(str, (*range(13), 100, 510722000000, 510723000000, 510700000000)))
"""Numbers that may be somebody else's row, or none."""


class Sent(NamedTuple):
    """A file as a browser sends it."""

    name: str
    content: bytes
    kind: str


FILES = (
    Sent("空.pdf", b"", "application/pdf"),
    Sent("", b"x", "application/octet-stream"),
    Sent("照片.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 40, "image/jpeg"),
    Sent("照片.png", b"%PDF-1.4 not a picture", "image/png"),
    Sent("公告.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 40, "application/pdf"),
    Sent("复函.pdf", b"%PDF-1.4 answer on paper", "application/pdf"),
    Sent("成绩.xlsx", b"PK\x03\x04" + b"\0" * 60, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    Sent("成绩.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "application/vnd.ms-excel"),
    Sent("成绩.csv", "报名序号,环节,科目,成绩\n1,笔试,,²\n,,\n\0,\0\n".encode(), "text/csv"),
    Sent("gbk.csv", "报名序号,环节,科目,成绩\n1,笔试,,88\n".encode("gb18030"), "text/csv"),
    Sent("半个.csv", b"\xff\xfe\xe5\xbc", "text/csv"),
    Sent("公告.yaml", b"a: &a [*a, *a]\n? {x: 1}\n: !!python/object:os.system {}\n", "application/yaml"),
    Sent("公告.yaml", b"format: fujing/announcement@1\ntitle: [1, {a: 2}]\npositions: 3\n", "text/yaml"),
    Sent("公告.yaml", b"- " * 3000, "text/yaml"),
    Sent("公告.json", b'{"title": NaN, "positions": [[[[]]]]}', "application/json"),
    Sent("a\0b\r\n.html", b"<script>", "text/html"),
    Sent("../../x.pdf", b"%PDF", "application/pdf"),
    Sent("名" * 300 + ".pdf", b"%PDF-1.7\n%%EOF", "application/pdf"),
)


ODD = (
    *(None, True, "", "²", "\0", "😀", LONG, [], {}, [[]], [None], {"a": 1}, [1, "a", {}]),
    *(-1, 0, 1e308, float("nan"), float("inf"), 2**31, 2**63, 10**30, 0.1),
    *("2026-02-30", "0001-01-01", "9999-12-31", "99999-01-01", date(1, 1, 1), date(9999, 12, 31), "24:00"),
)
"""For one value of a document."""


class Body(NamedTuple):
    """What is sent in place of a form."""

    content: bytes
    kind: str


BODIES = (
    Body(b"", "multipart/form-data; boundary=x"),
    Body(b"garbage", "multipart/form-data; boundary=x"),
    Body(b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=x"),
    Body(b'--x\r\nContent-Disposition: form-data; name="verb"\r\n\r\n\xff\xfe', "multipart/form-data; boundary=x"),
    Body(b"verb=1", "multipart/form-data"),
    Body(b'{"verb": ["submit"], "act": {"a": 1}}', "application/json"),
    Body(b"verb=submit", "application/x-www-form-urlencoded; charset=utf-9"),
    Body(b"verb=%ff%fe&%=%&&=;act", "application/x-www-form-urlencoded"),
    Body("verb=提交".encode("utf-16"), "application/x-www-form-urlencoded; charset=utf-16"),
    Body(b"&".join(b"a%d=1" % number for number in range(1500)), "application/x-www-form-urlencoded"),
    Body(b"<a/>", "text/xml"),
    Body(b"\0" * 100, "\0"),
)
MISSING_JSON = ("{}", '{"id": 1}', '{"type": "public-key", "response": null}', '{"id": "\\ud800", "rawId": []}', "[")


def quoted(text: str) -> str:
    """For an address or a form's body; what isn't UTF-8 goes as the bytes that a browser wouldn't send."""
    return quote(text, safe="", errors="surrogatepass")
