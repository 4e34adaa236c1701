"""Names as they are searched for."""

from __future__ import annotations

from pypinyin import lazy_pinyin

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


def pinyin_keys(name: str) -> tuple[str, str]:
    """Full pinyin and initials of a name, lower case without tones: 王建华 → wangjianhua, wjh; 曾强 → zengqiang, zq."""
    syllables = lazy_pinyin(name)
    if name[:1] in SURNAMES and name[:2] not in COMPOUND:
        syllables = [SURNAMES[name[0]], *lazy_pinyin(name[1:])]
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)
