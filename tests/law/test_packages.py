"""What the packages of the law offer by name is there."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

import fujing.law

PACKAGES = [each.name for each in pkgutil.walk_packages(fujing.law.__path__, "fujing.law.") if each.ispkg]
OFFERING = [name for name in PACKAGES if hasattr(import_module(name), "__all__")]


@pytest.mark.parametrize("name", OFFERING)
def test_every_name_that_a_package_offers_is_there(name: str) -> None:
    package = import_module(name)
    assert package.__all__
    assert [each for each in package.__all__ if not hasattr(package, each)] == []


def test_the_packages_that_others_use_say_what_they_offer() -> None:
    assert {f"fujing.law.{name}" for name in ("duties", "pay", "ranking", "roster", "screening")} <= set(OFFERING)
