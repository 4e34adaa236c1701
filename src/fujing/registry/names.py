"""Names as they are searched for."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import models
from pypinyin import lazy_pinyin

from fujing.kernel.fields import KeptField

# As a surname these are read otherwise; pypinyin gives each character its more frequent reading.
SURNAMES = {
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "翟": "zhai",
    "朴": "piao",
    "区": "ou",
    "盖": "ge",
    "覃": "qin",
    "缪": "miao",
    "员": "yun",
    "乐": "yue",
    "召": "shao",
    "繁": "po",
    "黑": "he",
    "种": "chong",
    "折": "she",
    "秘": "bi",
    "隗": "wei",
    "阚": "kan",
    "卜": "bu",
    "洗": "xian",
    "都": "du",
    "祭": "zhai",
    "乜": "nie",
    "么": "yao",
    "薄": "bo",
    "牟": "mu",
    "郇": "xun",
    "粘": "nian",
    "佴": "nai",
}
# Two characters that are one surname: the first is not read as a surname of its own.
COMPOUND = {"单于", "黑齿", "乐正"}


@lru_cache(maxsize=1)  # both fields of a row ask, one after the other; nobody's name stays for longer
def pinyin_keys(name: str) -> tuple[str, str]:
    """Full pinyin and initials of a name, lower case without tones: 王建华 → wangjianhua, wjh; 曾强 → zengqiang, zq."""
    surname = name[:1] in SURNAMES and name[:2] not in COMPOUND
    syllables = [SURNAMES[name[0]], *lazy_pinyin(name[1:])] if surname else lazy_pinyin(name)
    return "".join(syllables).lower(), "".join(syllable[0] for syllable in syllables).lower()


class PinyinField(KeptField, models.CharField):
    """A name's full pinyin, or its initials, to be searched for by how it begins."""

    def __init__(self, *args: Any, initials: bool = False, **kwargs: Any) -> None:
        self.initials = initials
        kwargs |= {"blank": True, "max_length": 30 if initials else 200}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length"), kwargs.pop("blank")
        return name, path, args, kwargs | ({"initials": True} if self.initials else {})

    def computed(self, text: str) -> str:
        return pinyin_keys(text)[self.initials][: self.max_length]
