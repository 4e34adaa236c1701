"""Kinds of fields that an announcement's forms share: what a file may say in several ways is typed in one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from pydantic_core import PydanticCustomError

from fujing.law.announcements.procedure import LABELS
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.formats.consistency import SCORED_KINDS
from fujing.law.formats.values import month_end, month_start, parse_weight
from fujing.web.desk.recruitment.announcement.parts import WordsField, stored
from fujing.web.numbers import NumberField

SEX_OF_ITEM = {"男": "male", "女": "female"}
KEYED = {"科目：": "paper:", "项目：": "item:"}
"""What orders equals by a name that the announcement gives: in words, and in the file."""


class MomentField(forms.DateTimeField):
    """A day and a time with the browser's own picker; a file may leave out the time, which is midnight then."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        """As the picker takes it: it shows nothing of a bare day, or of a blank between day and time."""
        try:
            return stored(datetime.fromisoformat(value)) if isinstance(value, str) else value
        except ValueError:
            return value

    def to_python(self, value: Any) -> Any:
        moment = super().to_python(value)
        return moment and moment.replace(tzinfo=None)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class PointsField(NumberField):
    """Points: a full mark, a line or a floor, which an announcement may leave out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 10_000, "required": False} | options)


class WeightField(forms.Field):
    """A share as a number (0.5), in per cent (50%) or as an exact fraction (1/3), which stays one."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "data-weight": "", "maxlength": "20"})
        super().__init__(widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        text = re.sub(r"\s", "", "" if value is None else str(value)).replace("％", "%").replace("／", "/")
        if not text:
            return None
        try:
            if "/" in text:
                parse_weight(text)
                return text
            number = Decimal(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
            return parse_weight(number)
        except (PydanticCustomError, InvalidOperation):
            raise forms.ValidationError("请填数字（如 0.5）、百分数（如 50%）或者分数（如 1/3）。") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except forms.ValidationError:
            return True


class DayOrMonthField(forms.CharField):
    """A day of birth, or a month as many announcements print it; `read` says which day of the month counts."""

    def __init__(self, *, last: bool = False, **options: Any) -> None:
        self.read: Callable[[Any], Any] = month_end if last else month_start
        widget = forms.TextInput(attrs={"placeholder": "1990-01-22 或者 1990-01"})
        super().__init__(max_length=10, widget=widget, **options)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value:
            try:
                self.read(value)
            except PydanticCustomError:
                raise forms.ValidationError("请填日期（如 1990-01-22）或者月份（如 1990-01）。") from None


class ItemsField(WordsField):
    """Items of a test; one that only men or only women do has 男： or 女： before its name."""

    def prepare_value(self, value: Any) -> Any:
        said = {key: word for word, key in SEX_OF_ITEM.items()}

        def named(item: Any) -> str:
            if not isinstance(item, dict):
                return str(item)
            return f"{said[item['sex']]}：{item['name']}" if item.get("sex") else str(item["name"])

        return super().prepare_value([named(item) for item in value] if isinstance(value, list | tuple) else value)

    def to_python(self, value: Any) -> list[Any]:  # type: ignore[override]
        found = (re.match(r"^(男|女)[：:]\s*(.+)$", word) or word for word in super().to_python(value))
        return [each if isinstance(each, str) else {"name": each[2], "sex": SEX_OF_ITEM[each[1]]} for each in found]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(self.prepare_value(initial)) != self.to_python(data)


class OrderField(WordsField):
    """同分排序 in words: 优先人员, a scored stage, 科目：name, 项目：name, and what else may order equals."""

    words = {
        "优先人员": "priority",
        "取整前的总成绩": "unrounded",
        "学历": "education",
        **{LABELS[kind]: kind for kind in SCORED_KINDS},
    }

    def prepare_value(self, value: Any) -> Any:
        said = {key: word for word, key in self.words.items()}
        if isinstance(value, list | tuple):
            value = [said.get(key) or self._in_words(key) for key in value]
        return super().prepare_value(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return super().has_changed(initial, data)
        except forms.ValidationError:
            return True

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [self._key(word) for word in super().to_python(value)]

    @staticmethod
    def _in_words(key: str) -> str:
        for word, prefix in KEYED.items():
            if key.startswith(prefix):
                return f"{word}{key.removeprefix(prefix)}"
        return key

    def _key(self, word: str) -> str:
        for said, prefix in KEYED.items():
            if word.startswith(said):
                return f"{prefix}{word.removeprefix(said)}"
        if word not in self.words:
            known = "、".join(self.words)
            raise forms.ValidationError(f"“{word}”不能排先后，应为{known}，或者“科目：名称”“项目：名称”。")
        return self.words[word]


class GroupsField(forms.CharField):
    """Article 19's people in words: groups in order with ；, those of one group with 、; where a name has such a sign of
    its own, one group a line with | between its people."""

    words = {label: key for key, label in CONDITIONS.items()}
    signs = re.compile("[、，,；;]")

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            return value
        groups = [[CONDITIONS.get(key, key) for key in group] for group in value]
        plain = not any(self.signs.search(name) for group in groups for name in group)
        between, inside = ("；", "、") if plain else ("\n", "|")
        return between.join(inside.join(group) for group in groups)

    def to_python(self, value: Any) -> list[list[str]]:  # type: ignore[override]
        text = str(value or "")
        ways = (r"\n", r"[|｜]") if re.search(r"[\n|｜]", text) else ("[；;]", "[、，,]")
        groups = [re.split(ways[1], group) for group in re.split(ways[0], text)]
        named = [[self.words.get(word.strip(), word.strip()) for word in group if word.strip()] for group in groups]
        return [group for group in named if group]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or ()) != self.to_python(data)
