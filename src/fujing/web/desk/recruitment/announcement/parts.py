"""Forms over one part of a document: each field knows the path that it fills, and what it doesn't name stays."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from fujing.web.desk.recruitment.announcement.live import Sum
from fujing.web.values import number_of

Part = dict[str, Any]


def get(part: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path; None where a step is missing."""
    value: Any = part
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


EMPTY: tuple[Any, ...] = (None, "", [], {})


def put(part: Part, path: str, value: Any) -> None:
    """Set the value at a dotted path; an empty one is taken out, and what it leaves empty with it.

    What the document says already stays as it is written there: an empty list, or one word without a list around it.
    """
    first, _, rest = path.partition(".")
    known = part.get(first)
    if rest:
        inner: Part = dict(known) if isinstance(known, dict) else {}
        put(inner, rest, value)
        value = inner
    if known == value or (known in EMPTY and value in EMPTY) or (isinstance(known, str) and [known] == value):
        return
    if value in EMPTY:
        part.pop(first, None)
    else:
        part[first] = value


def stored(value: Any) -> Any:
    """What a form's value is in the document: exact numbers, days and moments as text; an unticked box says nothing."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return value or None if isinstance(value, bool | str) else value


class PartForm(forms.Form):
    """`paths` gives each field's place. A page that was opened before somebody else saved the same part is refused."""

    paths: ClassVar[Mapping[str, str]]
    sum: Sum | None = None
    """What is added up over the form's own fields while somebody types."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field, WordsField):
                field.fit(self.get_initial_for_field(field, name))

    @classmethod
    def initial_of(cls, part: Mapping[str, Any]) -> dict[str, Any]:
        return {name: get(part, path) for name, path in cls.paths.items()}

    def written_into(self, part: Part) -> Part:
        """The part with this form's answers; what nobody changed stays as it is written there."""
        made: Part = json.loads(json.dumps(part))
        for name, path in self.paths.items():
            if name in self.fields and (name in self.changed_data or get(part, path) is None):
                put(made, path, stored(self.cleaned_data[name]))
        return made


class WordsField(forms.CharField):
    """A list of texts: several with 、 between them, or one a line, as a text that has a 、 of its own needs it."""

    def __init__(self, *, lines: bool = False, **options: Any) -> None:
        self.lines = lines
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3 if lines else 1}))
        super().__init__(required=False, **options)

    def fit(self, words: Any) -> None:
        """One a line where the document has a text with a 、 of its own."""
        words = [words] if isinstance(words, str) else words
        if not self.lines and isinstance(words, list) and any("、" in str(word) for word in words):
            self.lines, self.help_text = True, "一行一项"
            self.widget.attrs["rows"] = len(words) + 1

    def prepare_value(self, value: Any) -> Any:
        between = "\n" if self.lines else "、"
        return between.join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        text = str(value or "")
        separator = "\n" if self.lines or "\n" in text else "、"
        return [word.strip() for word in text.split(separator) if word.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        words = [initial] if isinstance(initial, str) else initial or ()
        return list(map(str, words)) != self.to_python(data)


class SeveralField(forms.MultipleChoiceField):
    """Some of a few, ticked; a single one may be written without a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **options)

    def prepare_value(self, value: Any) -> Any:
        return [value] if isinstance(value, str) else value


def rows_of(form: type[PartForm]) -> type[forms.BaseFormSet[Any]]:
    """A formset of such parts with two empty rows to add; a row left empty is none."""
    return forms.formset_factory(form, extra=2, can_delete=True, can_delete_extra=False, max_num=60)


class Rows:
    """A list in a part: its heading, its formset, and its way into the document."""

    def __init__(
        self, heading: str, form: type[PartForm], path: str, part: Mapping[str, Any], posted: Any, **options: Any
    ) -> None:
        self.heading, self.path, self.known = heading, path, list(get(part, path) or ())
        self.sum: Sum | None = None
        prefix = path.replace(".", "-")
        # Somebody may have added rows since the page was opened: what is sent back doesn't answer for them.
        opened = number_of((posted or {}).get(f"{prefix}-INITIAL_FORMS", ""))
        self.formset = rows_of(form)(
            posted, prefix=prefix, initial=[form.initial_of(row) for row in self.known[:opened]], form_kwargs=options
        )

    def write(self, part: Part) -> None:
        put(part, self.path, [row.written_into(known) for row, known in self.kept()])

    def kept(self) -> Iterator[tuple[PartForm, Part]]:
        """Each row that says something, with what the document said in its place."""
        for index, row in enumerate(self.formset.forms):
            if row.cleaned_data and not row.cleaned_data.get("DELETE") and any(map(_said, row.cleaned_data.values())):
                yield row, self.known[index] if index < len(self.known) else {}


def _said(value: Any) -> bool:
    return value not in (None, "", [], False)


def choices(words: Mapping[str, str], empty: str = "不写") -> Sequence[tuple[str, str]]:
    """Words to choose from, and the choice to say nothing."""
    return [("", empty), *words.items()]
