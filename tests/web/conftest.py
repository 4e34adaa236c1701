"""Templates in tests: a variable that the page doesn't have is an error, never an empty string."""

from __future__ import annotations

import pytest
from django.template import engines


class UndefinedVariable(AssertionError):
    """A template names what its view doesn't give."""


class Undefined(str):
    """What Django puts in place of an undefined variable; it fills in the name with `%`."""

    def __mod__(self, variable: object) -> str:
        raise UndefinedVariable(f"{variable}")


@pytest.fixture(autouse=True)
def strict_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undefined variables raise."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Undefined("%s"))
