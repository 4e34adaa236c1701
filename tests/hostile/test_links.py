"""No page offers what would be refused: whoever follows a link from where they may be is let in."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from tests.clients import client_of
from tests.hostile.visitors import everybody
from tests.world.steps import at_every_step

APART = ("/law/", "/static/", "/help/", "/accounts/logout")
"""Not followed: open to all without an account, many of a kind, or the way out."""
LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
"""A link within the site."""


def kind(path: str) -> str:
    """Pages of one kind differ in their numbers and in what is asked of them."""
    return re.sub(r"(?<=/)\d+(?=/|$)", "N", path.partition("?")[0])


def refused(client: Client, start: str) -> list[str]:
    """Links below `start` that answer with an error, with the page that offers them; one of each kind is followed."""
    waiting, met, wrong = [(start, "")], {kind(start)}, []
    while waiting:
        path, offered_by = waiting.pop(0)
        answer = client.get(path, follow=True)
        if answer.status_code >= 400:
            wrong.append(f"{answer.status_code} {path} from {offered_by}")
        page = answer.getvalue()  # a file is closed once it is read
        if "text/html" not in answer.headers["Content-Type"]:
            continue
        for link in map(unescape, LINK.findall(page.decode())):
            if kind(link) not in met and not link.startswith(APART):
                met.add(kind(link))
                waiting.append((link, path))
    return wrong


@pytest.fixture
def visitors(db: None) -> dict[str, Client]:
    """Everybody who comes to the site, with counties at every step of a recruitment."""
    counties = at_every_step()
    named = {
        f"checker{number}@{each.code}": client_of(who) for each in counties for number, who in enumerate(each.checkers)
    }
    applicants = {f"applicant@{each.code}": client_of(each.applicant) for each in counties}
    return everybody(*(each.code for each in counties)) | named | applicants


def test_whoever_is_shown_a_link_is_let_in(visitors: dict[str, Client]) -> None:
    wrong = {}
    for name, client in visitors.items():
        start = "/" if name.startswith(("访客", "applicant", "auxiliary")) else "/desk/"
        if found := refused(client, start):
            wrong[name] = found
    told = "\n".join(f"{name}:\n  " + "\n  ".join(found) for name, found in wrong.items())
    assert not wrong, told
