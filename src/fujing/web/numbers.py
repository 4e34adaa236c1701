"""Numbers in forms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from fujing.kernel.numbers import bare


class NumberField(forms.DecimalField):
    """A number with decimals, shown as somebody would type it: 175 and not 175.0, whatever its column keeps."""

    def prepare_value(self, value: Any) -> Any:
        return bare(value) if isinstance(value, Decimal) else value
