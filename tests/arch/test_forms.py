"""A form asks for no more than its column holds: every number has a least and a most."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from django import forms

import fujing.web


def of_ours(kind: type) -> Iterator[type[forms.BaseForm]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("fujing."):
            yield each
        yield from of_ours(each)


def all_forms() -> list[type[forms.BaseForm]]:
    """Every form of every page."""
    for module in walk_packages(fujing.web.__path__, "fujing.web."):
        import_module(module.name)
    return sorted(set(of_ours(forms.BaseForm)), key=str)


def test_every_number_of_a_form_has_a_least_and_a_most() -> None:
    boundless = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in all_forms()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.IntegerField)
        and (field.min_value is None or (field.max_value is None and getattr(field, "max_digits", None) is None))
    ]
    assert boundless == []
