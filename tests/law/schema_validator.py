"""As much of JSON Schema as our exported schemas use; any other keyword is an error, so that none is ignored unseen."""

from __future__ import annotations

import re
from typing import Any

KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "integer": (int,),
    "number": (int, float),
}
SAID_ONLY = {"title", "description", "default", "format", "$defs"}


def faults(value: Any, shape: dict[str, Any], root: dict[str, Any], path: str = "") -> list[str]:
    """Where a value isn't what its schema says."""
    found: list[str] = []
    for keyword, wanted in shape.items():
        if keyword not in SAID_ONLY:
            found += CHECKS[keyword](value, wanted, shape, root, path)
    return found


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _ref(value: Any, wanted: str, shape: Any, root: Any, path: str) -> list[str]:
    return faults(value, root["$defs"][wanted.rsplit("/", 1)[1]], root, path)


def _type(value: Any, wanted: Any, shape: Any, root: Any, path: str) -> list[str]:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    return [] if any(_is(value, kind) for kind in kinds) else [f"{path}: {wanted}"]


def _any_of(value: Any, wanted: Any, shape: Any, root: Any, path: str) -> list[str]:
    tried = [faults(value, each, root, path) for each in wanted]
    return [] if [] in tried else min(tried, key=len)


def _properties(value: Any, wanted: Any, shape: Any, root: Any, path: str) -> list[str]:
    if not isinstance(value, dict):
        return []
    return [
        fault
        for key in wanted.keys() & value.keys()
        for fault in faults(value[key], wanted[key], root, f"{path}.{key}")
    ]


def _additional(value: Any, wanted: Any, shape: Any, root: Any, path: str) -> list[str]:
    if not isinstance(value, dict):
        return []
    others = value.keys() - shape.get("properties", {}).keys()
    if wanted is False:
        return [f"{path}.{key}: unknown" for key in others]
    return [
        fault
        for key in others
        for fault in (faults(value[key], wanted, root, f"{path}.{key}") if wanted is not True else [])
    ]


def _items(value: Any, wanted: Any, shape: Any, root: Any, path: str) -> list[str]:
    members = enumerate(value) if isinstance(value, list) else ()
    return [fault for place, each in members for fault in faults(each, wanted, root, f"{path}[{place}]")]


def _names(value: Any, wanted: Any, shape: Any, root: Any, path: str) -> list[str]:
    return [f for key in (value if isinstance(value, dict) else ()) for f in faults(key, wanted, root, f"{path}.{key}")]


def _check(kind: str, holds: Any) -> Any:
    def check(value: Any, wanted: Any, shape: Any, root: Any, path: str) -> list[str]:
        return [] if not _is(value, kind) or holds(value, wanted) else [f"{path}: {wanted}"]

    return check


CHECKS: dict[str, Any] = {
    "$ref": _ref,
    "type": _type,
    "anyOf": _any_of,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
    "propertyNames": _names,
    "enum": lambda value, wanted, shape, root, path: [] if value in wanted else [f"{path}: {wanted}"],
    "const": lambda value, wanted, shape, root, path: [] if value == wanted else [f"{path}: {wanted}"],
    "required": _check("object", lambda value, wanted: set(wanted) <= value.keys()),
    "minProperties": _check("object", lambda value, wanted: len(value) >= wanted),
    "minItems": _check("array", lambda value, wanted: len(value) >= wanted),
    "maxItems": _check("array", lambda value, wanted: len(value) <= wanted),
    "minLength": _check("string", lambda value, wanted: len(value.strip()) >= wanted),
    "pattern": _check("string", lambda value, wanted: re.search(wanted, value)),
    "minimum": _check("number", lambda value, wanted: value >= wanted),
    "maximum": _check("number", lambda value, wanted: value <= wanted),
    "exclusiveMaximum": _check("number", lambda value, wanted: value < wanted),
    "exclusiveMinimum": _check("number", lambda value, wanted: value > wanted),
}
