"""Somebody who goes through the pages and sends what no form expects: every request follows from a seed.

Each request meets the same world (sending.py), so a finding is repeated by its own request alone.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests import world
from tests.hostile.forms import Field, Form, Harvest, harvest, multipart, urlencoded
from tests.hostile.pages import declared_names
from tests.hostile.sending import Answer, Asked, Judge, fault_of_ours, send
from tests.hostile.values import BODIES, FILES, IDS, MISSING_JSON, ODD, TEXTS, Sent, quoted

METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW")
DOORS = ("/", "/desk/", "/mine/", "/law/", "/accounts/2fa/", "/accounts/2fa/webauthn/", "/accounts/password/change/")
SIGN_OUT = "/accounts/logout/"


def addresses(patterns: list, prefix: str = "/") -> Iterator[tuple[str, list[str]]]:
    """Every address of the resolver as a route, with its parameters by converter; nothing is left out."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            route = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", str(pattern.pattern))
            yield re.sub(r"[\^$\\?]", "", prefix + route), list(pattern.pattern.converters)


def leaves(held: Any) -> Iterator[tuple[Any, Any]]:
    """Every value of a document, as its holder and its key there."""
    for key, value in list(held.items()) if isinstance(held, dict) else list(enumerate(held)):
        yield held, key
        if isinstance(value, dict | list):
            yield from leaves(value)


class Wanderer:
    """Finds pages from every address and every link, keeps what they offer, and sends it back spoilt.

    `spoilt` are the values by groups, every group as likely as another; `ids` stand for rows in addresses.
    """

    def __init__(
        self,
        visitors: Mapping[str, Client],
        seed: int,
        *,
        spoilt: Sequence[Sequence[str]] = (TEXTS, TEXTS, TEXTS, IDS, MISSING_JSON),
        ids: Sequence[str] = IDS,
        judge: Judge = fault_of_ours,
    ) -> None:
        self.visitors, self.chance = visitors, random.Random(seed)
        self.spoilt, self.ids, self.judge = spoilt, ids, judge
        self.routes = list(addresses(get_resolver().url_patterns))
        # By page and address: who found it, by a link or because it is theirs.
        self.pages: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.looked: dict[tuple[str, str], Harvest] = {}
        self.names = declared_names()
        self.statuses: Counter[int] = Counter()
        self.faults: dict[str, Asked] = {}
        for who in visitors:
            self.tell(who, DOORS)

    def tell(self, who: str, paths: Iterable[str]) -> None:
        """Somebody knows these addresses."""
        for path in paths:
            if page := _page(path):
                self.pages[page][path].add(who)

    def wander(self, number: int) -> None:
        """Send so many hostile requests; quiet looks at a page on the way are not among them."""
        for _ in range(number):
            self.statuses[self._send(self.next()).status] += 1

    def _send(self, asked: Asked) -> Answer:
        answer = send(self.visitors[asked.who], asked, self.judge)
        if answer.cause:
            self.faults.setdefault(answer.cause, asked)
        return answer

    @property
    def report(self) -> str:
        """What was sent and seen, in one line."""
        statuses = " ".join(f"{status}×{number}" for status, number in sorted(self.statuses.items()))
        looked = f"{len(self.looked)} looks at {len(self.pages)} kinds of pages"
        return f"{self.statuses.total()} requests by {len(self.visitors)} visitors, {looked}: {statuses}"

    def next(self) -> Asked:
        """The next hostile request."""
        who, path = self._somewhere()
        page = self._look(who, path)
        posts = _posts(page)
        kinds = [self._by_path, self._by_query, self._by_query, self._by_body]
        kinds += [self._by_form] * 8 if posts else []
        return self.chance.choice(kinds)(who, path, page)

    def _somewhere(self) -> tuple[str, str]:
        """Somebody on a page that they found, every kind of page as likely as another; else any address, any id."""
        anybody = self.chance.choice(sorted(self.visitors))
        if self.chance.random() < 0.15:
            return anybody, re.sub(r"<(?:(\w+):)?(\w+)>", self._fill, self.chance.choice(self.routes)[0])
        found = self.pages[self.chance.choice(sorted(self.pages))]
        path = self.chance.choice(sorted(found))
        return self.chance.choice(sorted(found[path])) if self.chance.random() < 0.85 else anybody, path

    def _fill(self, part: re.Match[str]) -> str:
        kind, name = part.groups()
        words = {"part": "basics", "page": "people", "address": "18.3", "name": "serving"}
        if kind in {"int", "id"} or name not in words:
            return self.chance.choice(self.ids)
        return words[name]

    def _look(self, who: str, path: str) -> Harvest:
        """What the page offers; looked at once, and its links are pages from then on."""
        if (who, path) not in self.looked:
            answer = self._send(Asked(who, "GET", path))
            page = harvest(answer.body, path) if answer.kind.startswith("text/html") else Harvest((), (), frozenset())
            self.looked[who, path] = page
            self.names |= page.names
            if answer.status == 200:
                self.tell(who, page.links)
        return self.looked[who, path]

    def _by_path(self, who: str, path: str, page: Harvest) -> Asked:
        """The address with one of its pieces replaced."""
        pieces = urlsplit(path).path.split("/")
        numbers = [at for at, piece in enumerate(pieces) if any(sign.isdigit() for sign in piece)]
        at = self.chance.choice(numbers or range(1, len(pieces)))
        pieces[at] = quoted(self._text())
        return Asked(who, self.chance.choice(("GET", "POST")), "/".join(pieces), b"", urlencoded([])[1])

    def _by_query(self, who: str, path: str, page: Harvest) -> Asked:
        """The page with a query: names that it knows with values that it doesn't, some several times."""
        names = sorted(page.names) if page.names and self.chance.random() < 0.7 else sorted(self.names)
        pairs = [(self.chance.choice(names), self._text()) for _ in range(self.chance.randint(1, 3))]
        if self.chance.random() < 0.2:
            pairs += [(pairs[0][0], self._text())]
        query = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)
        return Asked(who, "GET", f"{urlsplit(path).path}?{query}")

    def _by_body(self, who: str, path: str, page: Harvest) -> Asked:
        """Something else than a form, or by a method that nobody offered."""
        body = self.chance.choice(BODIES)
        method = self.chance.choice(METHODS) if self.chance.random() < 0.3 else "POST"
        return Asked(who, method, path, body.content, body.kind)

    def _by_form(self, who: str, path: str, page: Harvest) -> Asked:
        """A form filled in well enough but for a field or two, sent by one of its buttons."""
        form = self.chance.choice(_posts(page))
        buttons = [field for field in form.fields if field.kind in {"button", "submit"}]
        pressed = self.chance.choice(buttons) if buttons else None
        fields = [each for each in form.fields if each.kind not in {"button", "submit"}]
        spoilt = set(self.chance.sample(range(len(fields)), min(len(fields), self.chance.choice((0, 1, 1, 1, 2, 3)))))
        sent: list[tuple[str, str | Sent]] = []
        for number, field in enumerate(fields):
            sent += self._spoilt(field) if number in spoilt else self._filled(field)
        if pressed is not None:
            verb = pressed.value if self.chance.random() < 0.9 else self._text()
            sent.append((pressed.name, verb))
        if self.chance.random() < 0.5:
            sent.append(("confirmed", "1"))
        whole = any(isinstance(value, Sent) for _, value in sent) or self.chance.random() < 0.1
        body, kind = multipart(sent) if whole else urlencoded(sent)
        return Asked(who, "POST", form.path, body, kind)

    def _filled(self, field: Field) -> list[tuple[str, str | Sent]]:
        """What a willing person might enter."""
        if field.kind in {"checkbox", "radio"}:
            return [(field.name, field.value)] if self.chance.random() < 0.6 else []
        if field.kind == "file":
            return [(field.name, self._file())] if self.chance.random() < 0.7 else []
        if field.value:
            return [(field.name, field.value)]
        if field.offers:
            return [(field.name, self.chance.choice(field.offers))]
        by_kind = {"number": "1", "date": "2026-09-01", "time": "09:00", "tel": "13800000001", "hidden": ""}
        return [(field.name, by_kind.get(field.kind, "按规定办理"))]

    def _spoilt(self, field: Field) -> list[tuple[str, str | Sent]]:
        """The field with what it doesn't expect: other text, other rows, a file, several of them, or nothing."""
        odds = self.chance.random()
        if odds < 0.05:
            return []
        if odds < 0.1 or (field.kind == "file" and odds < 0.7):
            return [(field.name, self._file())]
        if odds < 0.2:
            return [(field.name, self._text()) for _ in range(self.chance.randint(2, 40))]
        return [(field.name, self._text())]

    def _file(self) -> Sent:
        """A file of another kind or of none, or an announcement that was right but for one value."""
        if self.chance.random() < 0.6:
            return self.chance.choice(FILES)
        announcement = deepcopy(world.document(title="公告"))
        holder, key = self.chance.choice(list(leaves(announcement)))
        holder[key] = deepcopy(self.chance.choice(ODD))
        return Sent("公告.yaml", yaml.safe_dump(announcement, allow_unicode=True).encode(), "application/yaml")

    def _text(self) -> str:
        return self.chance.choice(self.chance.choice(self.spoilt))


def _posts(page: Harvest) -> list[Form]:
    """The page's forms that are sent to us; what stands on every page (signing out) only where nothing else does."""
    found = [form for form in page.forms if form.method == "POST" and form.path[:1] == "/" and form.path[:2] != "//"]
    return [form for form in found if form.path != SIGN_OUT] or found


def _page(link: str) -> str:
    """Which page an address is, by the name of its view; empty if it is none, or a file of the site itself."""
    path = urlsplit(link).path
    if path.startswith(settings.STATIC_URL):
        return ""
    try:
        return resolve(path).route
    except Resolver404:
        return ""
