"""Validation errors as faults in Chinese, each with the path of the value in the file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from fujing.law.formats.documents import Fault

EXPECTED = {
    "missing": "缺少，必须填写",
    "union_tag_not_found": "缺少，必须填写",
    "extra_forbidden": "没有这个键，请核对拼写",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "int_type": "应为整数",
    "bool_type": "应为 true 或 false",
    "tuple_type": "应为列表",
    "dict_type": "应为键值表",
    "model_type": "应为键值表",
    "decimal_max_places": "最多六位小数",
    "decimal_max_digits": "最多十二位数字",
    "decimal_whole_digits": "整数部分最多六位",
    "too_short": "至少要有{min_length}项",
    "too_long": "最多{max_length}项",
    "invalid_key": "键应为文字",
    "string_unicode": "应为文字",
    "greater_than": "应大于{gt}",
    "greater_than_equal": "应不小于{ge}",
    "less_than_equal": "应不大于{le}",
}


def explain(error: ValidationError, *, file: str, root: str, kinds: Collection[str] = ()) -> list[Fault]:
    """Every error of a validation as a fault; `root` is the path of the validated value.

    `kinds`: lists whose parts are told apart by their `kind`.
    """
    found: dict[tuple[str | int, ...], tuple[Any, list[str]]] = {}
    for detail in error.errors(include_url=False):
        # Unions report each alternative; together they are one fault with several expectations.
        path = _path(_without_kind(detail["loc"], kinds))
        if detail["type"].startswith("union_tag"):
            path = (*path, "kind")
        _, expectations = found.setdefault(path, (detail["input"], []))
        expected = _expected(detail)
        if expected not in expectations:
            expectations.append(expected)
    return [
        Fault(file, printed_path(root, path), printed_value(value), "，或者".join(expectations))
        for path, (value, expectations) in found.items()
        if not _explained_deeper(path, value, found)
    ]


def printed_path(root: str, path: Sequence[str | int]) -> str:
    """`announcement.positions[0].name`, counted from 0 as in the JSON Schema."""
    printed = root + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return printed.removeprefix(".")


def printed_value(value: Any) -> str:
    """The value as a person would look for it in the file; containers are left out."""
    if isinstance(value, dict | list | tuple):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return "空" if value is None else str(value)


def _without_kind(loc: tuple[str | int, ...], kinds: Collection[str]) -> tuple[str | int, ...]:
    """The location without the part's kind, which pydantic puts behind its place."""
    return (*loc[:2], *loc[3:]) if loc and loc[0] in kinds else loc


def _path(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The location without the names of union members, which pydantic puts between the keys."""
    tagged = ("function-", "constrained-", "literal[", "[key]")
    members = {"bool", "Gate", "ByCategory", "BySex", "Item", "Appraised", "Trainee"}
    return tuple(part for part in loc if isinstance(part, int) or not (part in members or part.startswith(tagged)))


def _expected(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    kind = detail["type"]
    if kind == "fujing":
        return str(context["expected"])
    if kind == "value_error":
        return str(context["error"])
    if kind in ("literal_error", "enum", "union_tag_invalid"):
        expected = str(context.get("expected", context.get("expected_tags")))
        names = expected.replace("'", "").replace(" or ", ", ").split(", ")
        return f"应为 {'、'.join(names)}"
    if kind == "string_pattern_mismatch":
        return "应为12位数字" if "12" in str(context["pattern"]) else f"应符合 {context['pattern']}"
    return EXPECTED[kind].format(**context) if kind in EXPECTED else "不符合这里的格式"


def _explained_deeper(
    path: tuple[str | int, ...], value: Any, found: dict[tuple[str | int, ...], tuple[Any, list[str]]]
) -> bool:
    return isinstance(value, dict | list | tuple) and any(
        len(other) > len(path) and other[: len(path)] == path for other in found
    )
