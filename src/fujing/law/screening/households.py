"""Is a registered residence (户籍) inside an area: by the tree of divisions, else not to be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from fujing.law.jurisdiction import Division, divisions

OTHER_PROVINCES = re.compile(
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|"
    "重庆|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
)
FILLER = re.compile(r"户籍|户口|常住|人员|居民|籍|[\s、，,（）()]")
SEVERAL = re.compile(r"[、，,]")


class Places:
    """A province's divisions; `inside` answers True, False or None (not to be told from the text)."""

    def __init__(self, places: Sequence[Division]) -> None:
        self._by_code = {place.code: place for place in places}
        # Counties before cities before the province: the narrowest name in a text is the one that counts.
        self._names = sorted(
            ((name, place) for place in places for name in _names(place)), key=lambda pair: -len(self.chain(pair[1]))
        )

    def chain(self, place: Division) -> tuple[str, ...]:
        """The codes of a division and everything that it lies in."""
        codes = [place.code]
        while self._by_code[codes[-1]].parent:
            codes.append(self._by_code[codes[-1]].parent)
        return tuple(codes)

    def resolve(self, text: str) -> list[Division]:
        """The narrowest divisions that a text names; several if the name alone doesn't tell."""
        if self._is_elsewhere(text):
            return []
        found = [(name, place) for name, place in self._names if name in text]
        if not found:
            return []
        depth = len(self.chain(found[0][1]))
        narrowest = [(name, place) for name, place in found if len(self.chain(place)) == depth]
        wider = {place.code for _, place in found if len(self.chain(place)) == depth - 1}
        placed = [pair for pair in narrowest if not wider or self.chain(pair[1])[1] in wider]
        # 三台县 inside 绵阳市 beats the same words elsewhere; a longer name beats one that is part of it.
        longest = max((len(name) for name, _ in placed), default=0)
        return list({place.code: place for name, place in placed if len(name) == longest}.values())

    def inside(self, household: str | None, areas: Sequence[str]) -> bool | None:
        """Within any of the areas."""
        if not areas:
            return True
        if household is None:
            return None
        outcomes = [self._inside(household, area) for area in areas]
        return True if True in outcomes else (None if None in outcomes else False)

    def _inside(self, household: str, area: str) -> bool | None:
        if FILLER.sub("", area) in household:
            return True
        wanted = self.resolve(area)
        if len(wanted) != 1 or not self._is_only(area):
            return None
        if self._is_elsewhere(household):
            return False
        homes = self.resolve(household)
        if not homes:
            return None
        target = wanted[0]
        within = [target.code in self.chain(home) for home in homes]
        around = [home.code in self.chain(target) for home in homes]
        if all(within):
            return True
        return None if any(within) or any(around) else False

    def _is_elsewhere(self, text: str) -> bool:
        return OTHER_PROVINCES.match(text.strip()) is not None

    def _is_only(self, area: str) -> bool:
        """Nothing but the name of one division: 四川省（不含成都市） is not the province, 三台县、绵阳市 not the county."""
        if SEVERAL.search(area):
            return False
        rest = FILLER.sub("", area)
        for name, _ in sorted(self._names, key=lambda pair: -len(pair[0])):
            rest = rest.replace(name, "")
        return not rest


@cache
def places() -> Places:
    """The divisions of the Measures' own province."""
    return Places(list(divisions().values()))


def _names(place: Division) -> list[str]:
    """The full name and how it is shortened; a county's short form is too often an ordinary word."""
    names = [place.name]
    if not place.parent:
        names.append(place.name.removesuffix("省"))
    elif place.name.endswith("自治州"):
        short = re.sub(r"(?:藏族|羌族|彝族|回族|苗族)+自治州$", "", place.name)
        names += [f"{short}州"]
    elif place.level == "city":
        names.append(place.name.removesuffix("市"))
    return names
