"""Formulas of a workbook: what they come to over the stored values, so that a stale result or an overwritten one shows.

The language is what pay sheets use: arithmetic, comparisons, ranges, and the functions below. A formula outside of it
isn't guessed: it is unknown. A formula is kept by where its cells stand from its own, so that a column filled downwards
is one formula, parsed once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

Look = Callable[[str, int, int], Any]
"""The stored value of a sheet's cell (the empty name: the formula's own sheet), row and place from 0."""
Compiled = Callable[[int, int, Look], Any]
REFERENCE = re.compile(
    r"(?P<text>\"[^\"]*\")|(?P<sheet>'[^']+'!|[\w.\u4e00-\u9fff]+!)?"
    r"(?<![\w.\]])(?P<fixed_column>\$?)(?P<column>[A-Z]{1,3})(?P<fixed_row>\$?)(?P<row>\d{1,7})(?![\w(])"
)
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+)|(?P<text>\"[^\"]*\")"
    r"|(?P<cell>\{[^}]*\})|(?P<function>[A-Z][A-Z.]*)(?=\()|(?P<word>TRUE|FALSE)|(?P<sign><=|>=|<>|[-+*/^%(),:<>=&]))"
)
LARGEST = 200_000
"""Cells of a range that is still reckoned."""
COMMA, CLOSED = ("sign", ","), ("sign", ")")


class Unknown(Exception):
    """What this language doesn't know."""


def relative(formula: str, row: int, place: int) -> str:
    """The formula with its cells by their distance: `{|0|-3}` is three to the left, `{|=5|=0}` is $A$6."""

    def put(found: re.Match[str]) -> str:
        if found["text"]:
            return found["text"]
        down, along = int(found["row"]) - 1, number_of(found["column"])
        down_said = f"={down}" if found["fixed_row"] else str(down - row)
        along_said = f"={along}" if found["fixed_column"] else str(along - place)
        sheet = (found["sheet"] or "").rstrip("!").strip("'")
        return f"{{{sheet}|{down_said}|{along_said}}}"

    return REFERENCE.sub(put, formula)


def number_of(name: str) -> int:
    """A column's place from 0."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def value(formula: str, row: int, place: int, look: Look) -> Any:
    """What a relative formula comes to in a cell. Raises Unknown."""
    try:
        return compiled(formula)(row, place, look)
    except (ArithmeticError, TypeError, ValueError, RecursionError):
        raise Unknown(formula) from None


@lru_cache(maxsize=50_000)
def compiled(formula: str) -> Compiled:
    """A relative formula as a function. Raises Unknown."""
    tokens = list(_tokens(formula))
    tree, end = _comparison(tokens, 0)
    if end != len(tokens):
        raise Unknown(formula)
    return tree


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    at, text = 0, formula.strip().removeprefix("=").removeprefix("+")
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found or not found.lastgroup:
            raise Unknown(formula)
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


def _comparison(tokens: list[tuple[str, str]], at: int) -> tuple[Compiled, int]:
    left, at = _sum(tokens, at)
    while at < len(tokens) and tokens[at][1] in COMPARED:
        sign = COMPARED[tokens[at][1]]
        right, at = _sum(tokens, at + 1)
        left = _both(sign, left, right)
    return left, at


def _sum(tokens: list[tuple[str, str]], at: int) -> tuple[Compiled, int]:
    left, at = _product(tokens, at)
    while at < len(tokens) and tokens[at] in (("sign", "+"), ("sign", "-")):
        sign = SIGNS[tokens[at][1]]
        right, at = _product(tokens, at + 1)
        left = _both(sign, left, right)
    return left, at


def _product(tokens: list[tuple[str, str]], at: int) -> tuple[Compiled, int]:
    left, at = _signed(tokens, at)
    while at < len(tokens) and tokens[at] in (("sign", "*"), ("sign", "/")):
        sign = SIGNS[tokens[at][1]]
        right, at = _signed(tokens, at + 1)
        left = _both(sign, left, right)
    return left, at


def _signed(tokens: list[tuple[str, str]], at: int) -> tuple[Compiled, int]:
    if at < len(tokens) and tokens[at] in (("sign", "-"), ("sign", "+")):
        inner, end = _signed(tokens, at + 1)
        factor = -1 if tokens[at][1] == "-" else 1
        return (lambda row, place, look: factor * _number(inner(row, place, look))), end
    left, at = _atom(tokens, at)
    if at < len(tokens) and tokens[at] == ("sign", "%"):
        whole = left
        return (lambda row, place, look: _number(whole(row, place, look)) / 100), at + 1
    return left, at


def _atom(tokens: list[tuple[str, str]], at: int) -> tuple[Compiled, int]:
    if at >= len(tokens):
        raise Unknown
    group, text = tokens[at]
    if group == "number":
        number = float(text)
        return (lambda row, place, look: number), at + 1
    if group == "text":
        quoted = text[1:-1]
        return (lambda row, place, look: quoted), at + 1
    if group == "word":
        return (lambda row, place, look: text == "TRUE"), at + 1
    if group == "cell":
        match tokens[at + 1 : at + 3]:
            case [("sign", ":"), ("cell", last)]:
                return _range(text, last), at + 3
        sheet, down, along = _parts(text)
        return (lambda row, place, look: look(sheet, down(row), along(place))), at + 1
    if group == "function":
        return _function(text, tokens, at + 2)
    if text == "(":
        inner, end = _comparison(tokens, at + 1)
        if tokens[end : end + 1] != [CLOSED]:
            raise Unknown
        return inner, end + 1
    raise Unknown


def _function(name: str, tokens: list[tuple[str, str]], at: int) -> tuple[Compiled, int]:
    if name not in FUNCTIONS:
        raise Unknown(name)
    given, end = _given(tokens, at)
    if name == "IF":
        if len(given) not in (2, 3):
            raise Unknown(name)
        return _if(*given), end
    call = FUNCTIONS[name]
    return (lambda row, place, look: call(*(one(row, place, look) for one in given))), end


def _given(tokens: list[tuple[str, str]], at: int) -> tuple[list[Compiled], int]:
    """What stands within a function's brackets; what is left out between commas (`MAX(A1,)`) is 0."""
    given: list[Compiled] = []
    while at < len(tokens):
        one: Compiled = lambda row, place, look: 0.0  # noqa: E731
        if tokens[at] not in (COMMA, CLOSED):
            one, at = _comparison(tokens, at)
        given.append(one)
        if tokens[at : at + 1] == [CLOSED]:
            return given, at + 1
        if tokens[at : at + 1] != [COMMA]:
            break
        at += 1
    raise Unknown


def _if(asked: Compiled, then: Compiled, other: Compiled = lambda row, place, look: False) -> Compiled:
    return lambda row, place, look: (then if _truth(asked(row, place, look)) else other)(row, place, look)


def _parts(text: str) -> tuple[str, Callable[[int], int], Callable[[int], int]]:
    sheet, down, along = text[1:-1].split("|")

    def placed(said: str) -> Callable[[int], int]:
        if said.startswith("="):
            fixed = int(said[1:])
            return lambda own: fixed
        distance = int(said)
        return lambda own: own + distance

    return sheet, placed(down), placed(along)


def _range(first: str, last: str) -> Compiled:
    sheet, top, left = _parts(first)
    _, end, right = _parts(last)

    def cells(row: int, place: int, look: Look) -> list[Any]:
        first_row, last_row = sorted((top(row), end(row)))
        first_place, last_place = sorted((left(place), right(place)))
        if (last_row - first_row + 1) * (last_place - first_place + 1) > LARGEST:
            raise Unknown
        return [
            look(sheet, down, along)
            for down in range(first_row, last_row + 1)
            for along in range(first_place, last_place + 1)
        ]

    return cells


def _both(sign: Callable[[Any, Any], Any], left: Compiled, right: Compiled) -> Compiled:
    return lambda row, place, look: sign(left(row, place, look), right(row, place, look))


def _number(cell: Any) -> float:
    """What arithmetic takes a cell for: an empty one is 0."""
    if cell is None or cell == "":
        return 0.0
    if isinstance(cell, bool | int | float):
        return float(cell)
    raise Unknown(cell)


def _numbers(given: tuple[Any, ...]) -> list[float]:
    """What a function takes: numbers; an empty cell, and text in a range, are passed over as the table program does."""
    found: list[float] = []
    for each in given:
        if isinstance(each, list):
            found += [float(one) for one in each if isinstance(one, int | float) and not isinstance(one, bool)]
        elif each is not None and each != "":
            found.append(_number(each))
    return found


def _truth(cell: Any) -> bool:
    """What a condition takes a cell for: an empty one isn't true; text is neither."""
    return bool(_number(cell))


def _truths(given: tuple[Any, ...]) -> list[bool]:
    """What AND and OR take; where nothing but empty cells stands, the table program doesn't know either."""
    found: list[bool] = []
    for each in given:
        if isinstance(each, list):
            found += [bool(one) for one in each if isinstance(one, int | float)]
        elif each is not None:
            found.append(_truth(each))
    if not found:
        raise Unknown
    return found


def _same(one: Any, two: Any) -> bool:
    """Equal as the table program has it: an empty cell is both 0 and an empty text, and case doesn't tell texts apart."""
    if isinstance(one, list) or isinstance(two, list):
        raise Unknown
    if isinstance(one, str) or isinstance(two, str):
        one, two = ("" if each is None else each for each in (one, two))
        return isinstance(one, str) and isinstance(two, str) and one.lower() == two.lower()
    return _number(one) == _number(two)


def _round(number: Any, digits: Any = 0) -> float:
    scale = 10 ** int(_number(digits))
    exact = _number(number) * scale
    return math.copysign(math.floor(abs(exact) + 0.5 + 1e-9), exact) / scale


def _up(number: Any, digits: Any = 0) -> float:
    scale = 10 ** int(_number(digits))
    exact = _number(number) * scale
    return math.copysign(math.ceil(abs(exact) - 1e-9), exact) / scale


def _down(number: Any, digits: Any = 0) -> float:
    scale = 10 ** int(_number(digits))
    exact = _number(number) * scale
    return math.copysign(math.floor(abs(exact) + 1e-9), exact) / scale


def _product_of(*given: Any) -> float:
    numbers = _numbers(given)
    return math.prod(numbers) if numbers else 0.0


def _subtotal(kind: Any, *given: Any) -> float:
    if _number(kind) not in (9, 109):
        raise Unknown
    return sum(_numbers(given))


SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda one, two: _number(one) + _number(two),
    "-": lambda one, two: _number(one) - _number(two),
    "*": lambda one, two: _number(one) * _number(two),
    "/": lambda one, two: _number(one) / _number(two),
}
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    ">": lambda one, two: _number(one) > _number(two),
    "<": lambda one, two: _number(one) < _number(two),
    ">=": lambda one, two: _number(one) >= _number(two),
    "<=": lambda one, two: _number(one) <= _number(two),
    "=": _same,
    "<>": lambda one, two: not _same(one, two),
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "SUM": lambda *given: sum(_numbers(given)),
    "MAX": lambda *given: max(_numbers(given), default=0.0),
    "MIN": lambda *given: min(_numbers(given), default=0.0),
    "AVERAGE": lambda *given: sum(_numbers(given)) / len(_numbers(given)),
    "PRODUCT": _product_of,
    "SUBTOTAL": _subtotal,
    "ABS": lambda number: abs(_number(number)),
    "INT": lambda number: float(math.floor(_number(number))),
    "ROUND": _round,
    "ROUNDUP": _up,
    "ROUNDDOWN": _down,
    "N": lambda cell: float(cell) if isinstance(cell, int | float) else 0.0,
    "AND": lambda *given: all(_truths(given)),
    "OR": lambda *given: any(_truths(given)),
    "IF": _if,
}
