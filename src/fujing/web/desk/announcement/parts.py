"""Forms over one part of a document: each field knows the path that it fills, and what it doesn't name stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from fujing.kernel.digests import digest_of

Part = dict[str, Any]


def get(part: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path; None where a step is missing."""
    value: Any = part
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def put(part: Part, path: str, value: Any) -> None:
    """Set the value at a dotted path; an empty one is taken out, and what it leaves empty with it."""
    first, _, rest = path.partition(".")
    if rest:
        known = part.get(first)
        inner: Part = known if isinstance(known, dict) else {}
        put(inner, rest, value)
        value = inner
    if value in (None, "", [], {}):
        part.pop(first, None)
    else:
        part[first] = value


def stored(value: Any) -> Any:
    """What a form's value is in the document: exact numbers, days and moments as text; an unticked box says nothing."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return value or None if isinstance(value, bool | str) else value


class PartForm(forms.Form):
    """`paths` gives each field's place. A page that was opened before somebody else saved the same part is refused."""

    paths: ClassVar[Mapping[str, str]]

    @classmethod
    def initial_of(cls, part: Mapping[str, Any]) -> dict[str, Any]:
        return {name: get(part, path) for name, path in cls.paths.items()}

    def written_into(self, part: Part) -> Part:
        """The part with this form's answers."""
        made: Part = json.loads(json.dumps(part))
        for name, path in self.paths.items():
            if name in self.fields:
                put(made, path, stored(self.cleaned_data[name]))
        return made


class WordsField(forms.CharField):
    """A list of texts: one a line, or several with 、 between them."""

    separators = r"[、\n]"

    def __init__(self, *, lines: bool = False, **options: Any) -> None:
        if lines:
            self.separators = r"\n"
            options.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        between = "\n" if self.separators == r"\n" else "、"
        return between.join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [
            word.strip() for word in re.split(self.separators, super().to_python(value) or "") if word.strip()
        ]


class SeveralField(forms.MultipleChoiceField):
    """Some of a few, ticked; a single one may be written without a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **options)

    def prepare_value(self, value: Any) -> Any:
        return [value] if isinstance(value, str) else value


def rows_of(form: type[PartForm]) -> type[forms.BaseFormSet[Any]]:
    """A formset of such parts with two empty rows to add; a row left empty is none."""
    return forms.formset_factory(form, extra=2, can_delete=True, max_num=60)


class Rows:
    """A list in a part: its heading, its formset, and its way into the document."""

    def __init__(
        self,
        heading: str,
        form: type[PartForm],
        path: str,
        part: Mapping[str, Any],
        posted: Any,
        **options: Any,
    ) -> None:
        self.heading, self.path = heading, path
        self.formset = rows_of(form)(
            posted, prefix=path.replace(".", "-"), initial=[form.initial_of(row) for row in get(part, path) or ()],
            form_kwargs=options,
        )  # fmt: skip

    def write(self, part: Part) -> None:
        put(part, self.path, [row.written_into({}) for row in self.kept()])

    def kept(self) -> Iterator[PartForm]:
        for row in self.formset.forms:
            if (
                row.cleaned_data
                and not row.cleaned_data.get("DELETE")
                and any(map(_said, row.cleaned_data.values()))
            ):
                yield row


def _said(value: Any) -> bool:
    return value not in (None, "", [], False)


def seen_of(part: Any) -> str:
    """What a page shows of a part, as a fingerprint that comes back with it."""
    return digest_of(part)


def choices(words: Mapping[str, str], empty: str = "不写") -> Sequence[tuple[str, str]]:
    """Words to choose from, and the choice to say nothing."""
    return [("", empty), *words.items()]
