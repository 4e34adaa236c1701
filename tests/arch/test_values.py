"""Values from outside are read in one place, `web/values.py`, or by a form; nowhere else is a text made a number."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import fujing.web

WEB = Path(fujing.web.__file__).parent
READER = "values.py"
# Numbers made of what a form, a choice or the database has already read: (file, expression).
ALREADY_READ = {
    ("public/listing.py", "int(city)"): "chosen from the cities that are shown",
    ("public/listing.py", "int(key)"): "a city that is shown",
    ("public/views.py", "int(data.pop('about'))"): "a ChoiceField's",
    ("desk/general/budget.py", "int(100 * (account.committed + account.spent) / account.budgeted)"): "a percentage",
    ("desk/recruitment/announcement/stages.py", "int(need)"): "a RegexField's",
    ("desk/recruitment/announcement/terms.py", "int(times)"): "a RegexField's",
    ("desk/recruitment/announcement/parts.py", "int(value)"): "a DecimalField's",
    ("desk/recruitment/announcement/files.py", "int(value)"): "a DecimalField's",
}
TAKES = {"get", "getlist", "pop", "__getitem__"}


def calls() -> Iterator[tuple[str, ast.expr]]:
    """Every expression of the web layer, by file."""
    for path in sorted(WEB.rglob("*.py")):
        name = path.relative_to(WEB).as_posix()
        if name != READER:
            yield from ((name, node) for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.expr))


def given(node: ast.expr) -> bool:
    """Whether it is what a request brought: `request.GET`, `request.POST`."""
    return isinstance(node, ast.Attribute) and node.attr in {"GET", "POST"}


def test_no_page_reads_a_query_or_a_form_by_itself() -> None:
    found = [
        f"{name}:{node.lineno} {ast.unparse(node)}"
        for name, node in calls()
        if (isinstance(node, ast.Subscript) and given(node.value))
        or (isinstance(node, ast.Attribute) and node.attr in TAKES and given(node.value))
    ]
    assert found == []


def test_a_form_that_was_sent_empty_is_still_sent() -> None:
    """`request.POST or None` would show it as if nobody had pressed the button; `values.sent` knows the method."""
    found = [
        f"{name}:{node.lineno}"
        for name, node in calls()
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or) and given(node.values[0])
    ]
    assert found == []


def test_no_page_makes_a_number_of_a_text_by_itself() -> None:
    made = {
        (name, ast.unparse(node))
        for name, node in calls()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "int"
    }
    assert made - set(ALREADY_READ) == set()
    assert set(ALREADY_READ) - made == set(), "no longer there"
