"""A page's forms and links as somebody finds them who doesn't look at what they are for."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from lxml import html

from tests.hostile.values import Sent, quoted


@dataclass(frozen=True)
class Field:
    """One field of a form: what it has already, and what it offers where it is a choice."""

    name: str
    kind: str
    value: str = ""
    offers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """Where a form is sent, and what."""

    path: str
    method: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Harvest:
    """What a page offers: forms to send, pages to go on to, and the names in its addresses' queries."""

    forms: tuple[Form, ...]
    links: tuple[str, ...]
    names: frozenset[str]


def harvest(body: bytes, path: str) -> Harvest:
    """What stands on the page at `path`; a file or an empty answer offers nothing."""
    try:
        page = html.document_fromstring(body.decode("utf-8", "replace"))
    except (ValueError, html.etree.ParserError):
        return Harvest((), (), frozenset())
    forms = tuple(_form(each, path) for each in page.forms)
    links = [link.get("href") for link in page.iter("a") if link.get("href")]
    asked = {name for link in links for name, _ in parse_qsl(urlsplit(link).query, keep_blank_values=True)}
    asked |= {field.name for form in forms if form.method == "GET" for field in form.fields}
    inside = tuple(dict.fromkeys(link for link in links if link.startswith("/") and not link.startswith("//")))
    return Harvest(forms, inside, frozenset(asked))


def _form(form: html.FormElement, path: str) -> Form:
    fields = [_field(each) for each in form.inputs if each.get("name") not in {None, "csrfmiddlewaretoken"}]
    buttons = [
        Field(each.get("name"), "button", each.get("value") or "") for each in form.iter("button") if each.get("name")
    ]
    target = form.get("action") or path
    return Form(path + target if target.startswith("?") else target, form.method, (*fields, *buttons))


def _field(given: html.HtmlElement) -> Field:
    name = given.get("name")
    if given.tag == "select":
        offers = tuple(option.get("value") or "" for option in given.iter("option"))
        chosen = given.value if isinstance(given.value, str) else next(iter(given.value or ()), "")
        return Field(name, "select", chosen or "", offers)
    if given.tag == "textarea":
        return Field(name, "textarea", given.value or "")
    return Field(name, (given.get("type") or "text").lower(), given.get("value") or "")


def urlencoded(fields: list[tuple[str, str | Sent]]) -> tuple[bytes, str]:
    """Body and type of a plain form; a file is only its name there."""
    pairs = [(name, value.name if isinstance(value, Sent) else value) for name, value in fields]
    body = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)
    return body.encode(), "application/x-www-form-urlencoded"


def multipart(fields: list[tuple[str, str | Sent]]) -> tuple[bytes, str]:
    """Body and type of a form with files, byte by byte as given: Django's own writer refuses what isn't UTF-8."""
    parts = []
    for name, value in fields:
        head = f'Content-Disposition: form-data; name="{name}"'
        if isinstance(value, Sent):
            head += f'; filename="{value.name}"\r\nContent-Type: {value.kind}'
        content = value.content if isinstance(value, Sent) else value.encode("utf-8", "surrogatepass")
        parts.append(b"--hostile\r\n" + head.encode("utf-8", "surrogatepass") + b"\r\n\r\n" + content + b"\r\n")
    return b"".join(parts) + b"--hostile--\r\n", "multipart/form-data; boundary=hostile"
