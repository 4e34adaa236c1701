"""Numbers in forms: none asks for more than its column holds, and each is shown as it would be typed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from django import forms

import fujing.web
from fujing.web import numbers
from fujing.web.numbers import NumberField


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


def test_every_number_with_decimals_is_of_the_one_kind_that_shows_it_as_it_would_be_typed() -> None:
    plain = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in all_forms()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.DecimalField | forms.FloatField) and not isinstance(field, NumberField)
    ]
    assert plain == []
    # Fields that a form makes when it is opened aren't among these.
    made = [
        str(path)
        for path in Path(fujing.web.__path__[0]).rglob("*.py")
        if "forms.DecimalField" in path.read_text() and path != Path(numbers.__file__)
    ]
    assert made == []


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("175.0", "175"), ("4.8", "4.8"), ("1000.00", "1000"), ("12.50", "12.5"), ("0.00", "0"), ("3.500000", "3.5")],
)
def test_a_number_is_shown_without_the_noughts_that_its_column_adds(kept: str, shown: str) -> None:
    class Sample(forms.Form):
        number = NumberField(min_value=0, max_value=2000)

    field = Sample(initial={"number": Decimal(kept)})["number"]
    assert f'value="{shown}"' in str(field)
    assert f'value="{kept}"' in str(Sample({"number": kept})["number"]), "what somebody typed stays as it was typed"
