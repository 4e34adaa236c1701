"""What a list shows is what its file holds, and what a swap leaves is what a reload leaves."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

import openpyxl
import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from lxml import html

from fujing.kernel.actor import Actor, acting
from tests import factories, world
from tests.clients import client_of
from tests.factories import SANTAI
from tests.hostile.pages import arguments, urls

FORMS = {"0": "{:.0f}", "0.00": "{:.2f}", "#,##0.00": "{:,.2f}"}
Rows = list[list[str]]


@pytest.fixture
def county(committed: None) -> world.County:
    return world.finish(world.county(SANTAI, "三台", 141))


def lists(county: world.County) -> Iterator[tuple[Client, str, html.HtmlElement]]:
    """Every page of the desk with a list that can be exported, for whoever sees it."""
    pages = arguments(county)
    for actor in (county.head, administrator()):
        client = client_of(actor)
        for name, _ in urls(get_resolver().url_patterns):
            if not name.startswith("desk:") or "forget" in name:
                continue
            url = reverse(name, kwargs=pages[name])
            answer = client.get(url)
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                page = html.fromstring(answer.content.decode())
                if page.xpath("//a[contains(@href, 'as=xlsx')]"):
                    yield client, url, page
            answer.close()


def administrator() -> Actor:
    """Who sees the trail and the accounts."""
    with acting(factories.PROVINCIAL):
        account = factories.account(SANTAI, "audit_admin")
    return world.actor_with(account)


def seen(page: html.HtmlElement) -> Rows:
    """Headings and rows of the list; columns that hold acts aren't in a file."""
    (table,) = page.xpath("//*[@id='list']//table | //table[not(//*[@id='list'])]")[:1]
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in table.xpath("./tbody/tr[count(td) > 1]")]
    head = [heading.text_content().strip(" ▲▼\n") for heading in table.xpath("./thead/tr/th")]
    acts = {place for row in table.xpath("./tbody/tr") for place, cell in enumerate(row) if cell.get("class") == "does"}
    acts |= {place for place, heading in enumerate(head) if heading == "选择"}
    return [[cell for place, cell in enumerate(row) if place not in acts] for row in (head, *rows)]


def said(cell: Any) -> str:
    """A cell of the sheet as Excel shows it, by its own format; a date or number as text would show here."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if "hh" in cell.number_format else f"{value:%Y-%m-%d}"
    if isinstance(value, int | float):
        return FORMS[cell.number_format].format(value)
    assert not re.fullmatch(r"\d{4}-\d\d-\d\d", value), f"a date as text: {value}"
    return " ".join(value.split())


def filed(content: bytes) -> Rows:
    return [[said(cell) for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()]


def test_every_list_exports_what_it_shows(county: world.County) -> None:
    tried = {}
    for client, url, page in lists(county):
        (export,) = page.xpath("//a[contains(@href, 'as=xlsx')]/@href")[:1]
        shown = seen(page)
        file = filed(client.get(urljoin(url, export)).content)
        if url == reverse("desk:readings"):
            # That the page was read is itself a row of this log, and was written after the page was made.
            assert file.pop(1)[2:4] == ["查看留痕", "查阅记录"]
        # The file goes on where the page ends.
        assert file[: len(shown)] == shown, url
        assert len(file) == len(shown) or page.xpath("//a[@rel='next']"), url
        assert not [cell for row in shown for cell in row if "<" in cell or "object at" in cell], url
        tried[url] = len(shown) - 1
    filled = {url.removeprefix("/desk/").split("/")[0] for url, rows in tried.items() if rows}
    assert {"people", "plans", "campaigns", "consents", "notices", "budget", "oversight", "trail"} <= filled, tried
    assert any(url.endswith("/ranking/") and rows for url, rows in tried.items()), tried
    assert any(url.endswith("/scores/") and rows for url, rows in tried.items()), tried


def test_a_swap_leaves_the_page_as_a_reload_does(county: world.County) -> None:
    """htmx takes #list out of the whole page that the address gives: outside of it nothing may depend on the query."""
    swapped = 0
    for client, url, page in lists(county):
        for target in page.xpath("//*[@id='list']//*[@hx-boost='true']//a/@href")[:12]:
            other = html.fromstring(client.get(urljoin(url, target)).content.decode())
            assert outside(other) == outside(page), (url, target)
            assert other.xpath("//title/text()") == page.xpath("//title/text()")
            swapped += 1
    assert swapped > 50


def outside(page: html.HtmlElement) -> str:
    """The page without its list and without the tokens of its forms, which differ every time."""
    text = html.tostring(page, encoding="unicode")
    copy = html.fromstring(text)
    for part in copy.xpath("//*[@id='list'] | //input[@name='csrfmiddlewaretoken']"):
        part.getparent().remove(part)
    return html.tostring(copy, encoding="unicode")


def test_dates_and_numbers_are_no_text_in_the_file(county: world.County) -> None:
    client = client_of(county.head)
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/desk/people/?as=xlsx").content)).active
    head = [cell.value for cell in sheet[1]]
    row = dict(zip(head, sheet[2], strict=True))
    assert isinstance(row["入职日期"].value, datetime)
    assert isinstance(row["年龄"].value, int)
    assert county.engagement is not None
    assert row["入职日期"].value.date() == county.engagement.span.lower
    assert isinstance(county.engagement.span.lower, date)
