"""Every sentence that a person can be told: by a refusal, a form, a constraint, a trigger, a label, a library."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Model
from django.utils import translation

import fujing
from fujing.kernel.refusals import TOO_MUCH
from fujing.law.formats.schemas import SCHEMAS
from fujing.law.prohibitions.lexicon import Extension
from scripts.compile_messages import FOLDER
from tests.arch.test_forms import all_forms

SOURCE = Path(fujing.__file__).parent
TELLING = {"Refusal", "NotAllowed", "Busy", "ValidationError", "PermissionDenied"}
"""What is raised with a sentence as its first argument."""
NAMING = {"DocumentError", "UnreadableSheet", "Http404", "NotFound"}
"""What is raised with part of one: what should stand there, or what there isn't."""
SHOWN = {"success", "error", "info", "warning"}
"""What `messages.…(request, sentence)` shows."""
SOME = "某"
"""Stands for what is filled in."""
NUMBERS = dict.fromkeys(("limit_value", "show_value", "max", "length", "num"), 3)
NEVER_SAID = {"删除的字段"}
"""What a column is called that stands on no page."""
NEVER_SHOWN = {"kernel.HistoryErasure.columns", "kernel.StoredFile.digest"}


def models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("fujing.")]


def sentences_of(node: ast.expr | None) -> Iterator[str]:
    """The texts that an expression may be: literal, filled in, put together, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else SOME for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from sentences_of(node.body)
        yield from sentences_of(node.orelse)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = list(sentences_of(node.left)) or [SOME], list(sentences_of(node.right)) or [SOME]
        yield from (one + other for one in left for other in right)
    elif isinstance(node, ast.List):
        for each in node.elts:
            yield from sentences_of(each)


def told() -> Iterator[tuple[str, str]]:
    """What the code itself says: refusals, errors of forms, messages after an act; with the place."""
    yield from _said(_sentences)


def named() -> Iterator[tuple[str, str]]:
    """What it names: the fault of a file in a cell, a thing that isn't there."""
    yield from _said(_names)


def _said(by: Callable[[ast.Call], Iterator[str]]) -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "/migrations/" in path.as_posix() or "/cli/" in path.as_posix():
            continue
        place = path.relative_to(SOURCE).as_posix()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                yield from ((f"{place}:{node.lineno}", text) for text in by(node) if text)


def _names(call: ast.Call) -> Iterator[str]:
    if ast.unparse(call.func).rpartition(".")[2] in NAMING and call.args:
        yield from sentences_of(call.args[0])


def _sentences(call: ast.Call) -> Iterator[str]:
    name = ast.unparse(call.func).rpartition(".")[2]
    if name in TELLING and call.args:
        yield from sentences_of(call.args[0])
    elif (name in SHOWN and len(call.args) > 1 and ast.unparse(call.func).startswith("messages.")) or (
        name == "add_error" and len(call.args) > 1
    ):
        yield from sentences_of(call.args[1])


def guaranteed() -> Iterator[tuple[str, str]]:
    """What the database says: constraints with their sentence, triggers with theirs, and what fits no column."""
    for model in models():
        for constraint in model._meta.constraints:
            said = str(constraint.violation_error_message or "")
            if said != str(constraint.default_violation_error_message):
                yield constraint.name, said
        for trigger in getattr(model._meta, "triggers", ()):
            for text in re.findall(r"RAISE EXCEPTION '([^']+)'", str(trigger.func or "")):
                yield trigger.name, text.replace("%%", SOME).replace("%", SOME)
    yield from TOO_MUCH.items()


def worded(text: Any) -> str:
    """A message of the library in Chinese; one that counts, with a number."""
    return str(text) or str(text % NUMBERS)


def erring() -> Iterator[tuple[str, str]]:
    """What the fields of our forms say when something is wrong, the library's own words included."""
    with translation.override("zh-hans"):
        for form in all_forms():
            for name, field in form.base_fields.items():
                place = f"{form.__name__}.{name}"
                yield from ((place, worded(text)) for text in field.error_messages.values())
                said = (getattr(each, "message", None) for each in field.validators)
                yield from ((place, worded(text)) for text in said if text is not None)
        yield from (("formset", worded(text)) for text in forms.BaseFormSet.default_error_messages.values())


def shown_by_templates(source: Path = SOURCE) -> Iterator[tuple[str, str]]:
    """What stands in the templates themselves, with the texts of their attributes; a command stands in `<code>`."""
    for path in sorted((source / "web").rglob("*.html")):
        reader = _Reader()
        # What is filled in stands for itself; two blocks fill in attributes.
        text = re.sub(r"{% block (body_class|drafts) %}.*?{% endblock \w* ?%}", "", path.read_text())
        text = re.sub(r"{% comment .*?{% endcomment %}", "", text, flags=re.DOTALL)
        reader.feed(re.sub(r"{%.*?%}|{#.*?#}", " ", re.sub(r"{{.*?}}", SOME, text), flags=re.DOTALL))
        yield from ((path.name, found) for found in reader.found if found.strip(SOME))


class _Reader(HTMLParser):
    """Texts of a page, and of those attributes that are shown or read aloud."""

    UNREAD = frozenset({"script", "style", "code"})
    READ = ("placeholder", "title", "alt", "aria-label", "data-confirm")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.within = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within += tag in self.UNREAD
        self.found += [text for name, text in attrs if name in self.READ and text]

    def handle_endtag(self, tag: str) -> None:
        self.within -= tag in self.UNREAD

    def handle_data(self, data: str) -> None:
        if not self.within and data.strip():
            self.found.append(" ".join(data.split()))


MACHINE = re.compile(
    r"(?<![A-Za-z_])(SELECT|FROM|WHERE|RAISE|OLD|NEW|TG_OP|WHEN|SET|ALTER ROLE)(?![A-Za-z_])|\(\?|\||^#"
)
"""SQL, patterns and comments of a file's head, in which Chinese stands too."""
NO_SENTENCES = {"kernel/papers/word.py": "names of fonts", "web/developers/samples.py": "the developers' own page"}


def put_together() -> Iterator[tuple[str, str]]:
    """Every text with Chinese in the code, whoever says it: sentences computed of rules, titles, labels of columns."""
    yield from (each for each in _texts() if not each[0].startswith("cli/"))


def said_by_commands() -> Iterator[tuple[str, str]]:
    """The same of the commands, their help included; options, commands and variables are typed as they are."""
    for place, text in _texts():
        if place.startswith("cli/"):
            yield place, re.sub(r"--[a-z-]+|\bfujing( [a-z]+)+|https?://|\b[A-Z]+_[A-Z_]+\b|环境变量|参数", SOME, text)


def _texts() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        place, tree = path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text())
        if "/migrations/" in place or place in NO_SENTENCES:
            continue
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        inside |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)} - _helping(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in inside:
                for text in sentences_of(node):
                    if (
                        re.search("[\u4e00-\u9fff]", text.replace(SOME, ""))
                        and not MACHINE.search(text)
                        and text not in NEVER_SAID
                    ):
                        yield f"{place}:{node.lineno}", text


def _helping(tree: ast.Module) -> set[int]:
    """The docstrings of commands, which are their help."""
    defined = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.body)
    commands = (node for node in defined if any("command" in ast.unparse(each) for each in node.decorator_list))
    return {id(node.body[0].value) for node in commands if isinstance(node.body[0], ast.Expr)}


def words_of_files() -> set[str]:
    """Keys and values of the open formats: who writes such a file reads them in what is said of it."""
    found: set[str] = set()

    def read(part: Any) -> None:
        if isinstance(part, dict):
            found.update(map(str, part.get("properties", ())), map(str, part.get("enum", ())))
            found.update(str(part[key]) for key in ("const", "description") if key in part)
            for each in part.values():
                read(each)
        elif isinstance(part, list):
            for each in part:
                read(each)

    for schema in (*(make() for make in SCHEMAS.values()), Extension.model_json_schema()):
        read(schema)
    return {word for text in found for word in re.findall(r"[a-z]+(?:[_.][a-z]+)?", text)} | {"true", "false"}


def ours_of_the_libraries() -> Iterator[tuple[str, str]]:
    """What we let the libraries say."""
    with (FOLDER / "django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    yield from ((str(key), text) for key, text in catalogue.items() if key)


def labels() -> Iterator[tuple[str, str]]:
    """What things, their fields and their choices are called, in models and in forms."""
    for model in models():
        yield model._meta.label, str(model._meta.verbose_name)
        for field in model._meta.get_fields():
            place = f"{model._meta.label}.{field.name}"
            # Numbers of rows and blind indexes stand on no page.
            inside = getattr(field, "primary_key", False) or field.name in {"pk", "id_index"} or place in NEVER_SHOWN
            if hasattr(field, "verbose_name") and not inside:
                yield place, str(field.verbose_name)
                yield from ((place, str(label)) for value, label in getattr(field, "choices", None) or () if value)
    for form in all_forms():
        for name, field in form.base_fields.items():
            if not isinstance(field.widget, forms.HiddenInput):
                shown = (field.label, field.help_text)
                yield from ((f"{form.__name__}.{name}", str(text)) for text in shown if text)
