"""A text as it was meant: plain characters, nothing inside a word, usual misspellings put right.

Positions and lengths may change; what a passage quotes is the plain text. Traditional forms are read by the table
`traditional.txt` (pairs of lines, one character below the other; checked against OpenCC's character table).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib import resources

LISTED = re.compile(r"(?<![\d.])\d{1,2}[.、)](?!\d)|[(][一二三四五六七八九十\d]{1,3}[)]")
"""The number of a list's entry: what follows is a sentence of its own."""
HIDDEN = re.compile(r"[^\w,;:。!?、\n]|[_\u200b-\u200f\ufeff]|[^\S\n]")
"""What stands inside a word to hide it, or just stands there: spaces, quotes, dots, signs."""
BREAK = re.compile(r"[,;:。!?、]")
SOUNDED = 4
"""Words from this many characters are also known by their sound; shorter ones sound like too many others."""
GAP = r"(?:(?!民警|警官)[^,;:。!?\n]){0,6}?"
"""What `…` stands for; an officer is never passed over."""
ALIKE = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü", "aaaaeeeeiiiioooouuuuvvvvv")


class Words:
    """Literals to be found in a text, all of them, also inside each other; `…` in one is a gap of up to six characters."""

    def __init__(self, words: Iterable[str]) -> None:
        # By their first two characters: a look-up for each place in a text, and hardly ever a comparison in vain.
        self._by_start: dict[str, list[tuple[str, str, re.Pattern[str] | None]]] = {}
        for word in dict.fromkeys(words):
            pieces = word.split("…")
            gap = re.compile(GAP.join(map(re.escape, pieces))) if len(pieces) > 1 else None
            self._by_start.setdefault(pieces[0][:2], []).append((word, pieces[0], gap))

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end (exclusive) and the word, from left to right."""
        words_at = self._by_start.get
        for start, (one, next_one) in enumerate(zip(text, text[1:] + "\n", strict=False)):
            for known in (words_at(one + next_one), words_at(one)):
                for word, head, gap in known or ():
                    if not text.startswith(head, start):
                        continue
                    if gap is None:
                        yield start, start + len(word), word
                    elif match := gap.match(text, start):
                        yield start, match.end(), word


class Plain:
    """Makes texts plain for one list of words and their misspellings (as written → as meant).

    `ordinary`: words that a sign may stand between; their halves are no word that it hides.
    """

    def __init__(self, words: Iterable[str], misspellings: dict[str, str], ordinary: Collection[str] = ()) -> None:
        whole = [word for word in words if "…" not in word]
        self._meant, self._ordinary = misspellings, frozenset(ordinary)
        self._misspelt = Words(misspellings)
        self._broken = Words(word for word in (*whole, *misspellings) if len(word) > 1)
        self._sounds = {_sound(word): word for word in whole if len(word) >= SOUNDED}
        self._sounded = Words(self._sounds)

    def __call__(self, text: str) -> str:
        plain = unicodedata.normalize("NFKC", text).translate(_simplified())
        plain = HIDDEN.sub("", LISTED.sub("。", plain))
        return self._by_sound(self._spelt(self._healed(plain)))

    def _healed(self, text: str) -> str:
        """Punctuation inside a word is taken out, unless its halves are words with what stands beside them."""
        breaks = {match.start() for match in BREAK.finditer(text)}
        if not breaks:
            return text
        places = [place for place in range(len(text)) if place not in breaks]
        joined = "".join(text[place] for place in places)
        taken: set[int] = set()
        for start, end, _ in self._broken.find(joined):
            inside = set(range(places[start], places[end - 1])) & breaks
            if inside and not any(self._ordinary_at(text, place) for place in inside):
                taken |= inside
        return "".join(character for place, character in enumerate(text) if place not in taken) if taken else text

    def _ordinary_at(self, text: str, place: int) -> bool:
        """Whether what stands before or after a sign is the end or the beginning of an ordinary word."""
        return not self._ordinary.isdisjoint((text[max(0, place - 2) : place], text[place + 1 : place + 3]))

    def _spelt(self, text: str) -> str:
        for start, end, word in reversed(list(self._misspelt.find(text))):
            if text[start:end] == word:
                text = text[:start] + self._meant[word] + text[end:]
        return text

    def _by_sound(self, text: str) -> str:
        for start, end, sound in self._sounded.find(_sound(text)):
            if text[start:end] != self._sounds[sound]:
                text = text[:start] + self._sounds[sound] + text[end:]
        return text


@cache
def _simplified() -> dict[int, str]:
    lines = (resources.files(__package__) / "traditional.txt").read_text("utf-8").splitlines()
    return {
        ord(old): new
        for above, below in zip(lines[::2], lines[1::2], strict=True)
        for old, new in zip(above, below, strict=True)
    }


@cache
def _sounds() -> dict[int, str]:
    """Each character in common use as a private character that stands for its syllable."""
    syllables: dict[str, str] = {}
    # A third of a second to load, which commands without a text to read don't wait for.
    from pypinyin.constants import PINYIN_DICT

    table = {}
    for code, readings in PINYIN_DICT.items():
        if 0x4E00 <= code <= 0x9FFF:
            syllable = _syllable(readings.split(",")[0])
            table[code] = syllables.setdefault(syllable, chr(0xE000 + len(syllables)))
    return table


def _sound(text: str) -> str:
    """As many characters, each for a syllable without its tone."""
    return text.translate(_sounds())


def _syllable(reading: str) -> str:
    """As it is often heard: no tones, zh ch sh as z c s, -ng as -n, l and n alike."""
    plain = reading.translate(ALIKE).replace("ń", "n").replace("ň", "n").replace("ǹ", "n")
    plain = re.sub("^([zcs])h", r"\1", plain)
    return re.sub("^n", "l", re.sub("ng$", "n", plain))
