"""An announcement as the file that `read_announcement` takes: the same values, keys in the order of the format."""

from __future__ import annotations

import types
from decimal import Decimal
from typing import Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.documents import _Loader as Reader

HEAD = (
    "# 招聘公告。可以用 fujing announcement check 核对；改好后可在“修改公告”页读回。\n"
    "# 机关和用人计划以系统登记的为准。\n"
)


class _Dumper(yaml.SafeDumper):
    """Quotes exactly what the reader would otherwise take for a number, a truth value or nothing."""

    yaml_implicit_resolvers = Reader.yaml_implicit_resolvers

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _fraction(dumper: yaml.SafeDumper, value: float | Decimal) -> yaml.ScalarNode:
    """Never with an exponent, which the reader takes for text."""
    text = format(Decimal(repr(value) if isinstance(value, float) else value), "f")
    whole = "." not in text
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'int' if whole else 'float'}", text)


_Dumper.add_representer(float, _fraction)
_Dumper.add_representer(Decimal, _fraction)


def announcement_yaml(document: dict[str, Any]) -> str:
    """The file's text."""
    text = yaml.dump(
        {"announcement": _ordered(document, Announcement)},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )
    return HEAD + str(text)


def _ordered(value: Any, kind: Any) -> Any:
    """With the keys of each part in the order in which the format documents them."""
    if isinstance(value, list):
        return [_ordered(each, kind) for each in value]
    part = next((each for each in _parts(kind) if isinstance(value, dict)), None)
    if part is None:
        return value
    places = {field.alias or name: field.annotation for name, field in part.model_fields.items()}
    known = [name for name in places if name in value]
    rest = [name for name in value if name not in places]
    return {name: _ordered(value[name], places.get(name)) for name in (*known, *rest)}


def _parts(kind: Any) -> list[type[BaseModel]]:
    """The parts that a field may hold, also inside a list or beside other values."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    inside = get_args(kind) if get_origin(kind) in {tuple, Union, types.UnionType} else ()
    return [part for each in inside for part in _parts(each)]
