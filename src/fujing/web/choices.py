"""Fields that choose a row or are helped by known names. Which those are, the page says when it makes the form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class OneOf(forms.ModelChoiceField):
    """One row of those that `among` gives."""

    def __init__(self, **options: Any) -> None:
        unchosen = "请选择" if options.get("required", True) else "不填"
        super().__init__(None, **{"empty_label": unchosen} | options)


class SomeOf(forms.ModelMultipleChoiceField):
    """Several rows of those that `among` gives."""

    def __init__(self, **options: Any) -> None:
        super().__init__(None, **options)


def among(form: forms.Form, **rows: QuerySet[Any, Any]) -> None:
    """The rows from which the fields of these names choose."""
    for name, found in rows.items():
        field = form.fields[name]
        assert isinstance(field, OneOf | SomeOf)
        field.queryset = found


MOST_SUGGESTED = 500


class Suggesting(forms.TextInput):
    """Text that is typed, with a list of known names beside it; the browser offers it, with no script of ours."""

    suggested: tuple[str, ...] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The input, and behind it its list where there is one."""
        if not self.suggested:
            return super().render(name, value, attrs, renderer)
        beside = f"{(attrs or {}).get('id') or name}_known"
        typed = super().render(name, value, {**(attrs or {}), "list": beside, "autocomplete": "off"}, renderer)
        known = format_html_join("", '<option value="{}"></option>', ((each,) for each in self.suggested))
        return format_html('{}<datalist id="{}">{}</datalist>', typed, beside, known)


def suggest(form: forms.Form, **names: Iterable[str]) -> None:
    """The names that are offered beside the fields of these names, each once, MOST_SUGGESTED at most."""
    for name, known in names.items():
        widget = form.fields[name].widget
        assert isinstance(widget, Suggesting)
        widget.suggested = tuple(dict.fromkeys(filter(None, known)))[:MOST_SUGGESTED]
