"""Every page of the desk says at its view whom it lets in."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, resolve, reverse

from fujing.web.audience import DESK
from fujing.web.desk import urls
from fujing.web.navigation import rooms

BY_NAME = {"seat", "seat_photo"}
"""At the door of an exam stands whoever was named for it: `_opened` asks for each seat."""


def views(patterns: list) -> Iterator[URLPattern]:
    """Every address below."""
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from views(each.url_patterns)
        else:
            yield each


def test_every_page_of_the_desk_has_a_door() -> None:
    found = {each.name: getattr(each.callback, "lets_in", None) for each in views(urls.urlpatterns)}
    assert {name for name, lets_in in found.items() if lets_in is None} == BY_NAME
    assert len(found) > 100
    assert all(lets_in <= DESK for lets_in in found.values() if lets_in is not None)


def test_whoever_sees_a_room_is_let_in() -> None:
    items = [item for _, entries in rooms() for item in entries]
    doors = {item.url: getattr(resolve(reverse(item.url)).func, "lets_in", item.roles) for item in items}
    assert {item.url for item in items if not item.roles <= doors[item.url]} == set()
    assert len(items) > 10
