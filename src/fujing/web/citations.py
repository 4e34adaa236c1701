"""A provision as pages cite it: its name in full, its text at hand."""

from __future__ import annotations

from functools import cache

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fujing.law.provisions import chinese_number, cite, measures


def provision_link(address: str) -> SafeString:
    """Link to a provision in full Chinese form, its text on hover, focus or tap."""
    return format_html(
        '<a class="provision" href="{}" title="{}">{}</a>',
        reverse("law:provision", args=[address]),
        _whole(address),
        cite(address),
    )


@cache
def _whole(address: str) -> str:
    """The provision's text; one that only leads in (…下列人员：) with its items, one a line."""
    known = measures()
    found = known[address]
    items = [f"（{chinese_number(each.item or 0)}）{each.text}" for each in known.items_of(found)]
    return "\n".join([found.text, *items])
