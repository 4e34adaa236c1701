"""What stands in which room: pages ask queries and services, they don't reach into tables."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import grimp

import fujing

SOURCE = Path(fujing.__file__).parent
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager", "get_object_or_404", "get_list_or_404"})
SQL = frozenset({"connection", "connections"})


def _names(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
        elif isinstance(node, ast.Name):
            yield node.id, node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield from ((alias.name, node.lineno) for alias in node.names)


def test_pages_name_no_manager_and_no_connection() -> None:
    named = [
        f"{path.relative_to(SOURCE)}:{line} {name}"
        for path in sorted((SOURCE / "web").rglob("*.py"))
        for name, line in _names(path)
        if name in MANAGERS | SQL
    ]
    assert named == []


def _circles(graph: grimp.ImportGraph) -> list[tuple[str, ...]]:
    """Modules that reach themselves over imports, wherever these stand in a file; each circle once."""
    left = set(graph.modules)
    while idle := {
        each
        for each in left
        if not left & graph.find_modules_directly_imported_by(each)
        or not left & graph.find_modules_that_directly_import(each)
    }:
        left -= idle
    steps = ((after, each) for each in left for after in graph.find_modules_directly_imported_by(each))
    chains = (graph.find_shortest_chain(after, each) for after, each in steps)
    return sorted({tuple(sorted(chain)) for chain in chains if chain})


def test_no_modules_import_one_another_in_a_circle() -> None:
    assert _circles(grimp.build_graph("fujing", cache_dir=None)) == []


def test_a_circle_is_noticed_wherever_its_imports_stand() -> None:
    graph = grimp.ImportGraph()
    for importer, imported in [("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]:
        graph.add_import(importer=importer, imported=imported)
    assert _circles(graph) == [("b", "c")]
