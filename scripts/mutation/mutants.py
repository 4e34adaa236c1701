"""Deliberate small faults in a source file: one changed operator, constant, result, statement or branch at a time.

Whole expressions and statements are replaced in the text, so decorated functions (the rules) are changed like others.
Left alone: annotations and type variables, `Literal[...]` wherever it stands, docstrings, `TYPE_CHECKING`, `__all__`, and what changes no
answer (see `SILENT`).
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

COMPARED = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: off
RECKONED = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "*", ast.Pow: "*",
    ast.BitAnd: "|", ast.BitOr: "&", ast.LShift: ">>", ast.RShift: "<<",
}  # fmt: off
SILENT = {"frozen", "slots", "repr", "strict", "message", "remedy", "label", "title", "description"}
"""Keywords whose value is a sentence for people, or a declaration that no result depends on."""
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""A Chinese text is a sentence or a part of one, unless it is a key, compared, or given to one of `MATCHING`."""
MATCHING = {"one_of", "compile", "is_in", "contains", "replace", "startswith", "endswith", "split", "strip", "count"}


@dataclass(frozen=True)
class Mutant:
    """One fault: `start` and `end` are offsets in the file's UTF-8 bytes, `within` the function around it."""

    file: str
    line: int
    text: str
    """The line as it is written, without the spaces around it."""
    start: int
    end: int
    kind: str
    before: str
    after: str
    within: tuple[int, ...]
    """First lines of the functions and lambdas around it, innermost first; empty at module level."""

    def applied(self, source: bytes) -> bytes:
        """The file with this fault."""
        return source[: self.start] + self.after.encode() + source[self.end :]

    @property
    def name(self) -> str:
        """What tells it from the others of its line; with the line's text it survives unrelated edits."""
        return f"{self.kind}: {_flat(self.before)} → {_flat(self.after)}"


def _flat(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 110 else flat[:70] + " … " + flat[-35:]


def mutants_of(file: Path, root: Path) -> list[Mutant]:
    """Every fault of a file, in the order of its text, each one that still compiles."""
    source = file.read_bytes()
    found = _Finder(str(file.relative_to(root)), source).found
    unique = {(each.start, each.end, each.after): each for each in found}
    return sorted((m for m in unique.values() if _compiles(m.applied(source))), key=lambda m: (m.start, m.end, m.after))


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


class _Finder(ast.NodeVisitor):
    def __init__(self, file: str, source: bytes) -> None:
        self.file, self.source = file, source
        self.starts = [0]
        for line in source.split(b"\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.within: list[int] = []
        self.matched: set[ast.AST] = set()
        self.found: list[Mutant] = []
        self.visit(ast.parse(source))

    def _span(self, node: ast.AST) -> tuple[int, int]:
        return (
            self.starts[node.lineno - 1] + node.col_offset,  # type: ignore[attr-defined]
            self.starts[node.end_lineno - 1] + node.end_col_offset,  # type: ignore[attr-defined]
        )

    def _text(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return self.source[start:end].decode()

    def _add(self, node: ast.AST, kind: str, after: str) -> None:
        start, end = self._span(node)
        self._between(start, end, node.lineno, kind, after)  # type: ignore[attr-defined]

    def _between(self, start: int, end: int, line: int, kind: str, after: str) -> None:
        before = self.source[start:end].decode()
        if before != after:
            text = self.source[self.starts[line - 1] : self.starts[line]].decode().strip()
            within = tuple(reversed(self.within))
            self.found.append(Mutant(self.file, line, text, start, end, kind, before, after, within))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for each in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(each)
        self.within.append(min([node.lineno, *(each.lineno for each in node.decorator_list)]))
        self._body(node.body)
        self.within.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for each in node.decorator_list:
            self.visit(each)
        self._body(node.body)

    def visit_Module(self, node: ast.Module) -> None:
        self._body(node.body)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.within.append(node.lineno)
        self.visit(node.body)
        self.within.pop()

    def _body(self, body: list[ast.stmt]) -> None:
        for statement in body:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                continue  # a docstring
            self.visit(statement)

    def visit_Expr(self, node: ast.Expr) -> None:
        self._add(node, "statement", "pass")
        self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        self._add(node, "statement", "pass")

    def visit_Continue(self, node: ast.Continue) -> None:
        self._add(node, "statement", "pass")

    def visit_Break(self, node: ast.Break) -> None:
        self._add(node, "statement", "pass")

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._add(node, "statement", "pass")
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets):
            return
        if all(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets):
            self._add(node, "statement", "pass")
        self.visit(node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
            self._add(node.value, "return", "None")
            self.visit(node.value)

    def visit_If(self, node: ast.If) -> None:
        if self._text(node.test) == "TYPE_CHECKING":
            return
        self._branch(node.test)
        self._body(node.body)
        self._body(node.orelse)

    def visit_While(self, node: ast.While) -> None:
        self._add(node.test, "branch", "False")
        self.visit(node.test)
        self._body(node.body)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._branch(node.test)
        self.visit(node.body)
        self.visit(node.orelse)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self.visit(node.iter)
        for test in node.ifs:
            self._branch(test)

    def _branch(self, test: ast.expr) -> None:
        self._add(test, "branch", "True")
        self._add(test, "branch", "False")
        self.visit(test)

    def visit_Compare(self, node: ast.Compare) -> None:
        self._match(node.left, *node.comparators)
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            start, end = self._span(left)[1], self._span(right)[0]
            between = self.source[start:end].decode()
            word = ast.unparse(ast.Compare(ast.Name("a"), [operator], [ast.Name("b")]))[2:-2]
            self._between(
                start, end, left.end_lineno or 0, "comparison", between.replace(word, COMPARED[type(operator)])
            )
            left = right
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            start, end = self._span(left)[1], self._span(right)[0]
            between = self.source[start:end].decode()
            self._between(start, end, left.end_lineno or 0, "boolean", between.replace(word, other))
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in RECKONED:
            word = ast.unparse(ast.BinOp(ast.Name("a"), node.op, ast.Name("b")))[2:-2]
            start, end = self._span(node.left)[1], self._span(node.right)[0]
            between = self.source[start:end].decode()
            self._between(
                start, end, node.left.end_lineno or 0, "arithmetic", between.replace(word, RECKONED[type(node.op)])
            )
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        self._add(node, "boolean" if isinstance(node.op, ast.Not) else "arithmetic", f"({self._text(node.operand)})")
        self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """A sentence for people; Python 3.11 doesn't know where inside it an expression stands."""

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg not in SILENT:
            self.visit(node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if self._text(node.value) != "Literal":
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            self._add(node, "constant", str(not value))
        elif isinstance(value, int):
            self._add(node, "constant", str(value + 1))
        elif isinstance(value, str) and (not CHINESE.search(value) or node in self.matched):
            self._add(node, "constant", repr(value + "~") if value else "'~'")

    def _match(self, *nodes: ast.AST | None) -> None:
        """These words are looked up or compared, not only shown."""
        self.matched.update(node for node in nodes if node is not None)

    def visit_Dict(self, node: ast.Dict) -> None:
        self._match(*node.keys)
        self.generic_visit(node)

    def visit_Set(self, node: ast.Set) -> None:
        self._match(*node.elts)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "TypeVar":  # an annotation by another name
            return
        if name in MATCHING:
            self._match(*node.args)
        self.generic_visit(node)
