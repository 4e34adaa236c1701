"""Schemes of other places as data, each with its source: shapes to start from, not law here."""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from fujing.law.formats.tier_scheme import TierScheme, read_tier_scheme


def _files() -> list[Traversable]:
    folder = resources.files("fujing.law.tiers").joinpath("reference")
    return sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)


@cache
def reference_schemes() -> dict[str, TierScheme]:
    """By the name that `fujing tiers template --scheme` takes."""
    found = {}
    for file in _files():
        with resources.as_file(file) as path:
            found[path.stem] = read_tier_scheme(path)
    return found


def reference_text(name: str) -> str:
    """The file as it is printed. Raises KeyError for an unknown name."""
    found = next((file for file in _files() if file.name == f"{name}.yaml"), None)
    if found is None:
        raise KeyError(name)
    return found.read_text("utf-8")
