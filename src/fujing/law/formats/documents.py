"""Structured text (YAML, JSON) as plain values: nothing is guessed, and every fault has its place."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from fujing.kernel import exchange
from fujing.kernel.sheets import unopened

MAX_BYTES = 4 * 2**20
MAX_VALUES = 200_000
"""The longest real announcement has some thousands of values and a hundredth of that size."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a file can't be read: where, what stands there, and what was expected."""

    file: str
    path: str
    value: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}：{self.path}" if self.path else self.file
        found = f"的值是“{self.value}”，" if self.value else ""
        return f"{place} {found}{self.expected}"


class DocumentError(ValueError):
    """The file can't be used; `faults` holds every reason at once."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def as_faults(cells: Iterable[exchange.Fault]) -> list[Fault]:
    """Faults of a sheet's cells as a file's."""
    return [Fault(each.file, each.place, each.value, each.expected) for each in cells]


@contextmanager
def gathered(faults: list[Fault]) -> Iterator[None]:
    """Why the file that is read here can't be used is added to the faults, so that the next one is still read."""
    try:
        yield
    except DocumentError as error:
        faults += error.faults


class _Loader(yaml.SafeLoader):
    """YAML whose scalars keep what was printed.

    Dates stay text (an impossible one is then a fault with a path, not a crash), `01` stays `01`,
    `on` is a key and no truth value, and numbers with a fraction are exact decimals.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.repeated: list[str] = []


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|false|False)$"), list("tTfF"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|)$"), ["~", "n", "N", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$"), list("-+0123456789")
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^(?:<<)$"), ["<"])


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    loader.flatten_mapping(node)
    values: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, Hashable):
            raise yaml.constructor.ConstructorError(None, None, "键应为文字", key_node.start_mark)
        if key in values:
            loader.repeated.append(f"第{key_node.start_mark.line + 1}行的键 {key} 重复")
        values[key] = loader.construct_object(value_node, deep=True)
    return values


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_document(path: Path, *, root: str = "announcement", what: str = "公告文件") -> dict[str, Any]:
    """A file's top-level mapping; `.json` is JSON, everything else YAML. `root` is the key it should have.

    Raises DocumentError for a missing or far too large file, other bytes than UTF-8, broken syntax,
    repeated keys, or a top level that isn't a mapping.
    """
    name = str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            expected = f"有{path.stat().st_size / 2**20:.0f}MB，应为不超过{MAX_BYTES // 2**20}MB的{what}"
            raise DocumentError([Fault(name, "", "", expected)])
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DocumentError([Fault(name, "", "", unopened(error))]) from None
    except UnicodeDecodeError as error:
        raise DocumentError(
            [Fault(name, "", "", f"第{error.start + 1}个字节不是 UTF-8 文字，应为 UTF-8 编码的 YAML 或 JSON")]
        ) from None
    return document_of(name, text, root=root, what=what, json_=path.suffix.lower() == ".json")


def document_of(
    name: str, text: str, *, root: str = "announcement", what: str = "公告文件", json_: bool = False
) -> dict[str, Any]:
    """The same of text that is at hand; `name` is how the faults call it."""
    document, repeated = (_json if json_ else _yaml)(name, text)
    if _values(document) > MAX_VALUES:
        raise DocumentError([Fault(name, "", "", f"展开后超过{MAX_VALUES}个值，不是{what}")])
    faults = [Fault(name, "", "", f"{place}，同一层的键只能出现一次") for place in repeated]
    if not isinstance(document, dict):
        faults.append(Fault(name, "", "", f"最外层应为键值表，并含 {root}"))
    if faults:
        raise DocumentError(faults)
    return document


YAML_FAULTS = {
    "mapping values are not allowed": "这里不能有冒号，请检查引号和缩进",
    "expected <block end>": "缩进与上一行对不齐",
    "could not find expected ':'": "缺少冒号",
    "cannot start any token": "有不能用的字符（如制表符），缩进应用空格",
    "expected ',' or": "缺少逗号或者右括号",
    "while scanning a quoted scalar": "引号不成对",
    "undefined alias": "引用了没有定义的别名",
    "special characters are not allowed": "有不能用的控制字符",
    "expected a single document": "应只有一份文档",
    "could not determine a constructor": "有不能用的标签",
    "expected the node content": "这里应有值",
    "found duplicate anchor": "别名重复",
    "found unknown escape": "双引号里有不能用的转义",
}
JSON_FAULTS = {
    "Expecting ',' delimiter": "缺少逗号",
    "Expecting ':' delimiter": "缺少冒号",
    "Expecting property name": "应为用双引号括起的键",
    "Illegal trailing comma": "末尾多了逗号",
    "Expecting value": "缺少值",
    "Extra data": "文档之后还有内容",
    "Unterminated string": "引号不成对",
    "Invalid control character": "文字中有控制字符",
    "Invalid \\escape": "有不能用的转义",
}


def _why(said: str, faults: dict[str, str]) -> str:
    """What a parser said, in the words of whoever wrote the file."""
    ours = said.removesuffix(" None") if re.search("[\u4e00-\u9fff]", said) else "请检查标点、引号和缩进"
    return next((meant for part, meant in faults.items() if part in said), ours)


def _values(document: Any) -> int:
    """How many values a reader would meet, a repeated YAML alias each time; counting stops beyond the limit."""
    waiting, count = [document], 1
    while waiting and count <= MAX_VALUES:
        value = waiting.pop()
        inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        count += len(inside)
        waiting += inside
    return count


def _yaml(name: str, text: str) -> tuple[Any, list[str]]:
    try:
        loader = _Loader(text)
        return loader.get_single_data(), loader.repeated
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"第{mark.line + 1}行第{mark.column + 1}列" if mark else ""
        expected = f"{place}不是正确的 YAML，{_why(f'{error.problem} {error.context}', YAML_FAULTS)}"
    except yaml.YAMLError as error:
        expected = f"不是正确的 YAML，{_why(str(error), YAML_FAULTS)}"
    except RecursionError:
        expected = "不是可用的 YAML，层次太深"
    except ValueError:
        expected = "不是可用的 YAML，有不能用的值"
    raise DocumentError([Fault(name, "", "", expected)])


def _json(name: str, text: str) -> tuple[Any, list[str]]:
    repeated: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in pairs:
            if key in values:
                repeated.append(f"键 {key} 重复")
            values[key] = value
        return values

    odd: list[str] = []

    def refuse(constant: str) -> Any:
        odd.append(constant)
        raise ValueError

    try:
        return json.loads(text, object_pairs_hook=mapping, parse_float=Decimal, parse_constant=refuse), repeated
    except json.JSONDecodeError as error:
        expected = f"第{error.lineno}行第{error.colno}列不是正确的 JSON，{_why(error.msg, JSON_FAULTS)}"
    except RecursionError:
        expected = "不是可用的 JSON，层次太深"
    except ValueError:
        expected = f"不是可用的 JSON，{odd[0]} 不是数" if odd else "不是可用的 JSON，有太长的数"
    raise DocumentError([Fault(name, "", "", expected)])
