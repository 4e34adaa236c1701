"""The text of the Measures as an addressable tree: `18.3` is 第十八条第（三）项."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

DIGITS = "零一二三四五六七八九"
ADDRESS = re.compile(r"^(?P<article>\d+)(?:\.p(?P<paragraph>\d+))?(?:\.(?P<item>\d+))?$")


NUMERAL = "[一二三四五六七八九十0-9]+"
CITATION = re.compile(
    rf"^第?(?P<article>{NUMERAL})条(?:第?(?P<paragraph>{NUMERAL})款)?(?:第?[（(]?(?P<item>{NUMERAL})[）)]?项)?$"
)


class UnknownProvision(ValueError):
    """An address that names no provision of the Measures."""


def chinese_number(number: int) -> str:
    """Numeral as printed in statutes, for 1 to 99: 18 → 十八, 20 → 二十."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones else "")


def cite(address: str) -> str:
    """Full Chinese form of an address: `16.p2` → 第十六条第二款, `18.3` → 第十八条第（三）项."""
    match = ADDRESS.match(address)
    if match is None:
        raise UnknownProvision(f"无法识别的条文编号：{address}")
    text = f"第{chinese_number(int(match['article']))}条"
    if match["paragraph"]:
        text += f"第{chinese_number(int(match['paragraph']))}款"
    if match["item"]:
        text += f"第（{chinese_number(int(match['item']))}）项"
    return text


def address_of(text: str) -> list[str]:
    """The addresses that a reader means: `18.3`, `第十八条第（三）项`, `第十六条第二款`, or an article as a whole.

    Raises UnknownProvision, naming what was given.
    """
    given = text.strip()
    match = CITATION.match(given)
    if match:
        article, paragraph, item = (_number(match[name]) for name in ("article", "paragraph", "item"))
        given = f"{article}" + (f".{item}" if item else f".p{paragraph}" if paragraph else "")
    known = measures().provisions
    if given in known and (match is None or "." in given):
        return [given]
    whole = [address for address in known if address.split(".")[0] == given]
    if not whole:
        raise UnknownProvision(f"《{measures().title}》没有“{text}”，应为 18.3 或者 第十八条第（三）项 这样的编号")
    return whole


def provisions_matching(text: str) -> list[Provision]:
    """Provisions that a citation or an address names, else those that contain every word; all of them without a text."""
    try:
        return [measures()[address] for address in address_of(text)]
    except UnknownProvision:
        words = text.split()
        return [each for each in measures().provisions.values() if all(word in each.text for word in words)]


def _number(numeral: str | None) -> int | None:
    """十八 → 18; 18 → 18."""
    if numeral is None or numeral.isdigit():
        return int(numeral) if numeral else None
    return next((number for number in range(1, 100) if chinese_number(number) == numeral), 0)


@dataclass(frozen=True, slots=True)
class Provision:
    """One addressable provision with its own words."""

    address: str
    chapter: int
    article: int
    paragraph: int | None
    item: int | None
    text: str

    @property
    def citation(self) -> str:
        return cite(self.address)


@dataclass(frozen=True, slots=True)
class Measures:
    """The regulation as promulgated; `provisions` keeps the order of the text."""

    id: str
    title: str
    number: str
    effective: date
    chapters: dict[int, str]
    provisions: dict[str, Provision]

    def items_of(self, provision: Provision) -> list[Provision]:
        """The items that a lead-in introduces; none for an item or a paragraph that stands alone."""
        if provision.item is not None or not provision.text.endswith("："):
            return []
        return [each for each in self.provisions.values() if each.article == provision.article and each.item]

    def __getitem__(self, address: str) -> Provision:
        """The provision at an address; a bare article number of a one-paragraph article is that paragraph."""
        try:
            return self.provisions[address]
        except KeyError:
            raise UnknownProvision(f"《{self.title}》没有编号为 {address} 的条文") from None


@cache
def measures(book: str = "sichuan-345") -> Measures:
    """Load the text. Paragraphs are addressed `16.p2` only where an article has several."""
    raw = json.loads(resources.files("fujing.law.text").joinpath(f"{book}.json").read_text("utf-8"))
    provisions: dict[str, Provision] = {}
    for chapter in raw["chapters"]:
        for article in chapter["articles"]:
            several = len(article["paragraphs"]) > 1
            for paragraph in article["paragraphs"]:
                number = article["no"]
                address = f"{number}.p{paragraph['no']}" if several else f"{number}"
                provisions[address] = Provision(
                    address, chapter["no"], number, paragraph["no"] if several else None, None, paragraph["text"]
                )
                for item in paragraph["items"]:
                    key = f"{number}.{item['no']}"
                    provisions[key] = Provision(key, chapter["no"], number, None, item["no"], item["text"])
    return Measures(
        raw["id"],
        raw["title"],
        raw["number"],
        date.fromisoformat(raw["effective"]),
        {chapter["no"]: chapter["title"] for chapter in raw["chapters"]},
        provisions,
    )
