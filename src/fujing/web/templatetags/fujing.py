"""Tags that every page may use."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms, template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fujing.kernel.fields import masked as mask
from fujing.law.findings import Outcome
from fujing.law.provisions import cite, measures

register = template.Library()

COLOURS = {
    "approved": "green", "qualified": "green", "cleared": "green", "hired": "green", "hire": "green", "passed": "green",
    "published": "green", "finished": "gray", "refused": "red", "rejected": "red", "adverse": "red", "cancelled": "red",
    "upheld": "red", "returned": "amber", "draft": "gray", "withdrawn": "gray", "superseded": "gray", "out": "gray",
    "dismissed": "gray", "declined": "gray",
}  # fmt: skip


@register.simple_tag
def provision(address: str) -> SafeString:
    """Link to a provision in full Chinese form, its text on hover or long press."""
    found = measures()[address]
    return format_html(
        '<a class="provision" href="{}" title="{}">{}</a>',
        reverse("law:provision", args=[address]),
        found.text,
        cite(address),
    )


@register.simple_tag
def provisions(addresses: list[str]) -> SafeString:
    """Several provisions, one after the other."""
    return format_html_join("、", "{}", ((provision(address),) for address in addresses))


@register.inclusion_tag("kinds/finding.html")
def finding(found: Any) -> dict[str, Any]:
    """A finding as a card in the colour of its outcome."""
    data = found if isinstance(found, dict) else found.model_dump(mode="json")
    return {"finding": data, "label": Outcome(data["outcome"]).label}


@register.simple_tag
def state(row: Any, field: str = "state") -> SafeString:
    """The state of a row as a coloured word."""
    value = getattr(row, field)
    return format_html(
        '<span class="tag {}">{}</span>', COLOURS.get(value, "blue"), getattr(row, f"get_{field}_display")()
    )


@register.inclusion_tag("kinds/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """All fields of a form, one column, with an error summary that leads to the fields."""
    for bound in form:
        attributes = bound.field.widget.attrs
        described = [f"{bound.auto_id}_help"] if bound.help_text else []
        if bound.errors:
            attributes["aria-invalid"] = "true"
            described.append(f"{bound.auto_id}_errors")
        if described:
            attributes["aria-describedby"] = " ".join(described)
    return {"form": form}


@register.filter
def money(value: Decimal | None) -> str:
    """Yuan with thousands separators and two decimals."""
    return "" if value is None else f"{value:,.2f}"


@register.filter
def masked(value: str | None, kind: str) -> str:
    """An ID number, phone number or name with its middle hidden."""
    return mask(value, kind)


@register.filter
def score(value: Decimal | None) -> str:
    """A score without superfluous zeros."""
    return "" if value is None else format(value.normalize(), "f")


@register.filter
def exclusive_end(value: Any) -> Any:
    """The last day of a half-open period."""
    from datetime import timedelta

    return None if value is None else value - timedelta(days=1)
