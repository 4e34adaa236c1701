"""A tier scheme (层级方案, Article 23) as dated data and a graph: what its text doesn't say is absent here, never guessed.

A key that is absent was not seen in the scheme's text, and what depends on it is 待核实. An empty list says that there
is nothing of the kind (`caps: []` no caps, `demotions: []` no demotion), `none` the same of an appraisal or a
traineeship. An exception (shortening, a condition on total service) that no text states doesn't exist.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainValidator, ValidationError, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from fujing.law.formats.announcement import OrganCode, Part
from fujing.law.formats.documents import DocumentError, Fault, document_of, read_document
from fujing.law.formats.faults import explain
from fujing.law.formats.values import FRACTION, Amount, Code, Day, Text, Weight

ROOT = "tier_scheme"
WHAT = "层级方案"
QUOTA = "quota"
"""The base of a cap that is a share of the organ's quota (用人额度)."""
MOST_YEARS = 60


def parse_years(value: Any) -> int:
    """Years as whole months: `3`, `0.5` or `1/3`."""
    expected = f"应为0至{MOST_YEARS}年，折合整月数，如 3、0.5、1/3"
    match = FRACTION.match(value) if isinstance(value, str) else None
    if match:
        years = Fraction(int(match["over"]), int(match["under"]))
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        years = Fraction(value)
    else:
        raise PydanticCustomError("fujing", "{expected}", {"expected": expected})
    if (12 * years).denominator > 1 or not 0 <= years <= MOST_YEARS:
        raise PydanticCustomError("fujing", "{expected}", {"expected": expected})
    return int(12 * years)


Months = Annotated[
    int,
    PlainValidator(parse_years),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": MOST_YEARS},
                {"type": "string", "pattern": FRACTION.pattern.replace("?P<over>", "?:").replace("?P<under>", "?:")},
            ]
        }
    ),
]
"""Written in years, kept in months."""
Words = Annotated[tuple[Code, ...], Field(min_length=1)]
Key = Literal["score", "excellent", "tenure", "service"]


class Source(Part):
    """Where the scheme was read. `trust`: A official, B a reposted rule, C unofficial."""

    title: Text
    address: Text | None = None
    trust: Literal["A", "B", "C"]
    note: Text | None = None


class Tier(Part):
    """A node: a tier, or a 档次 of the `tier` that it names. `pay`: 元 a month, as far as the scheme prints it."""

    code: Code
    name: Text
    tier: Code | None = None
    ladder: Text | None = None
    pay: Amount | None = None


class Appraised(Part):
    """What the yearly appraisals have to be (Article 25).

    `years`: all that `ended` in the tier, or those spent `whole` in it. `failing`: what a year with another grade does.
    """

    grades: Words | None = None
    years: Literal["ended", "whole"] | None = None
    failing: Literal["blocks", "uncounted", "restarts"] | None = None


class Shortening(Part):
    """So many years less for each appraisal `grade` or `honour` received in the tier, `most` of them altogether.

    `words`: the grades or honours that count; honours not named may be any.
    """

    by: Literal["grade", "honour"]
    words: Words | None = None
    years: Months | None = None
    most: Months | None = None
    clause: Text | None = None


class Edge(Part):
    """Promotion along a path, one tier after the other, each step under the same conditions.

    `years` in the tier; `service` since hiring; `further`: conditions that people decide, told by the people file.
    """

    path: Annotated[tuple[Code, ...], Field(min_length=2)]
    kind: Literal["natural", "selective"] | None = None
    years: Months | None = None
    service: Months | None = None
    appraisal: Appraised | Literal["none"] | None = None
    shorten: tuple[Shortening, ...] = ()
    further: tuple[Text, ...] = ()
    clause: Text | None = None


class Entry(Part):
    """The first tier by education, in the words of the people file."""

    table: Annotated[dict[Code, Code], Field(min_length=1)]
    clause: Text | None = None


class Trainee(Part):
    """见习: how long, the node if it is one, and whether its time counts for the first tier."""

    tier: Code | None = None
    years: Months | None = None
    counted: bool | None = None
    clause: Text | None = None


class TierSet(Part):
    """Tiers counted together."""

    code: Code
    name: Text
    tiers: Words


class Cap(Part):
    """At most `share` of the base, rounded down: the quota, or how many people the set `of` has before the batch."""

    set: Code
    share: Weight | None = None
    of: Code
    clause: Text | None = None


class Demotion(Part):
    """`years` consecutive appraisals with one of these grades, all ended in the tier: so many tiers down the ladder."""

    grades: Words
    years: Annotated[int, Field(ge=1, le=10)] = 1
    down: Annotated[int, Field(ge=1, le=20)] = 1
    clause: Text | None = None


class Continuity(Part):
    """What becomes of a tier when its holder leaves and comes back, and when they are transferred between organs."""

    leaving: Literal["cancelled", "kept"] | None = None
    transfer: Literal["cancelled", "kept"] | None = None
    clause: Text | None = None


class Version(Part):
    """What applies `from` a day (inclusive) `to` a day (exclusive, absent = still). Tiers and ladders from low to high.

    `order`: who comes first where places are fewer than people: higher score, more 优秀, longer in the tier, longer in
    service.
    """

    start: Day | None = Field(None, alias="from")
    end: Day | None = Field(None, alias="to")
    tiers: Annotated[tuple[Tier, ...], Field(min_length=2)]
    edges: tuple[Edge, ...] | None = None
    entry: Entry | None = None
    trainee: Trainee | Literal["none"] | None = None
    sets: tuple[TierSet, ...] = ()
    caps: tuple[Cap, ...] | None = None
    order: Annotated[tuple[Key, ...], Field(min_length=1)] | None = None
    demotions: tuple[Demotion, ...] | None = None
    continuity: Continuity | None = None

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.end is not None and (self.start is None or self.end <= self.start):
            raise ValueError("to 应晚于 from")
        return self

    def applies(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


class TierScheme(Part):
    """One jurisdiction's scheme with its versions. `remarks`: what the text says beyond what is reckoned here."""

    name: Text
    organ: OrganCode | None = None
    source: Source | None = None
    versions: Annotated[tuple[Version, ...], Field(min_length=1)]
    remarks: tuple[Text, ...] = ()

    def on(self, day: date) -> Version | None:
        """The version in force on a day; none outside the validity of all."""
        return next((each for each in self.versions if each.applies(day)), None)


def read_tier_scheme(path: Path | str) -> TierScheme:
    """Read and validate a scheme. Raises DocumentError with every fault of the file by path."""
    path = Path(path)
    return _scheme(str(path), read_document(path, root=ROOT, what=WHAT))


def tier_scheme_of(text: str, name: str = WHAT) -> TierScheme:
    """The same of the text of a YAML file."""
    return _scheme(name, document_of(name, text, root=ROOT, what=WHAT))


def _scheme(name: str, document: dict[str, Any]) -> TierScheme:
    faults = [Fault(name, key, "", f"没有这个键，最外层应只有 {ROOT}") for key in document if key != ROOT]
    if ROOT not in document:
        raise DocumentError([*faults, Fault(name, ROOT, "", f"缺少，最外层应有 {ROOT}")])
    scheme = None
    try:
        scheme = TierScheme.model_validate(document[ROOT])
    except ValidationError as error:
        faults += explain(error, file=name, root=ROOT)
    if scheme is not None:
        faults += [Fault(name, f"{ROOT}.{place}", value, said) for place, value, said in contradictions(scheme)]
    if faults or scheme is None:
        raise DocumentError(faults)
    return scheme


def contradictions(scheme: TierScheme) -> Iterator[tuple[str, str, str]]:
    """What contradicts something else in the scheme: path, value, what is wrong."""
    yield from _validity(scheme)
    names: dict[str, str] = {}
    for at, version in enumerate(scheme.versions):
        place = f"versions[{at}]"
        for number, tier in enumerate(version.tiers):
            for word in {tier.name, tier.code}:
                if names.setdefault(word, tier.code) != tier.code:
                    yield f"{place}.tiers[{number}].name", word, "与另一层级的名称或者代码相同"
        for found in (_tiers(version), _edges(version), _caps(version)):
            for path, value, said in found:
                yield f"{place}.{path}", value, said


def _validity(scheme: TierScheme) -> Iterator[tuple[str, str, str]]:
    if len(scheme.versions) > 1 and any(each.start is None for each in scheme.versions):
        at = next(at for at, each in enumerate(scheme.versions) if each.start is None)
        yield f"versions[{at}].from", "", "有几个版本时，每个都应写明自哪一天起施行"
        return
    ordered = sorted(scheme.versions, key=lambda each: each.start or date.min)
    for earlier, later in pairwise(ordered):
        if earlier.end is None or later.start is None or earlier.end > later.start:
            yield f"versions[{scheme.versions.index(later)}].from", str(later.start), "与另一版本的施行期间重叠"


def _repeated(words: Sequence[str]) -> list[int]:
    """Places of words that stand more than once."""
    counted = Counter(words)
    return [place for place, word in enumerate(words) if counted[word] > 1]


def _tiers(version: Version) -> Iterator[tuple[str, str, str]]:
    codes = [tier.code for tier in version.tiers]
    for place in _repeated(codes):
        yield f"tiers[{place}].code", codes[place], "重复，每项应不同"
    for key, target in version.entry.table.items() if version.entry else ():
        if target not in codes:
            yield f"entry.table.{key}", target, "tiers 中没有这个层级"
    trainee = version.trainee.tier if isinstance(version.trainee, Trainee) else None
    if trainee is not None and trainee not in codes:
        yield "trainee.tier", trainee, "tiers 中没有这个层级"


def _edges(version: Version) -> Iterator[tuple[str, str, str]]:
    codes = {tier.code for tier in version.tiers}
    trainee = version.trainee.tier if isinstance(version.trainee, Trainee) else None
    steps: dict[tuple[str, str], None] = {}
    for at, edge in enumerate(version.edges or ()):
        for place, code in enumerate(edge.path):
            if code not in codes:
                yield f"edges[{at}].path[{place}]", code, "tiers 中没有这个层级"
            elif code == trainee:
                yield f"edges[{at}].path[{place}]", code, "见习期满按 entry 首次评定，不在晋升路径上"
        for step in pairwise(edge.path):
            if step in steps:
                yield f"edges[{at}].path", f"{step[0]}→{step[1]}", "重复，每一步只能写一次"
            steps[step] = None
        grades = edge.appraisal.grades if isinstance(edge.appraisal, Appraised) else None
        for place, rule in enumerate(edge.shorten):
            if rule.by == "grade" and not (rule.words and set(rule.words) <= set(grades or ())):
                yield f"edges[{at}].shorten[{place}].words", "", "应写明，并都在要求的考核等次之内"
        if sum(rule.by == "grade" for rule in edge.shorten) > 1:
            yield f"edges[{at}].shorten", "", "按考核等次缩短的只能写一条"
    circle = _circle(list(steps))
    if circle:
        yield "edges", "→".join(circle), "晋升路径成环"


def _circle(steps: list[tuple[str, str]]) -> list[str]:
    """Tiers that lead to themselves, or nothing."""
    waiting = dict.fromkeys(code for step in steps for code in step)
    while waiting:
        last = [code for code in waiting if not any(one == code and other in waiting for one, other in steps)]
        if not last:
            return list(waiting)
        for code in last:
            del waiting[code]
    return []


def _caps(version: Version) -> Iterator[tuple[str, str, str]]:
    tiers = {tier.tier or tier.code for tier in version.tiers} | {tier.code for tier in version.tiers}
    codes = [each.code for each in version.sets]
    for place in _repeated(codes):
        yield f"sets[{place}].code", codes[place], "重复，每项应不同"
    for at, each in enumerate(version.sets):
        if each.code == QUOTA:
            yield f"sets[{at}].code", QUOTA, "是用人额度的代码，请另取一个"
        for place, code in enumerate(each.tiers):
            if code not in tiers:
                yield f"sets[{at}].tiers[{place}]", code, "tiers 中没有这个层级"
    for at, cap in enumerate(version.caps or ()):
        if cap.set not in codes:
            yield f"caps[{at}].set", cap.set, "sets 中没有这个集合"
        if cap.of not in (QUOTA, *codes):
            yield f"caps[{at}].of", cap.of, f"应为 {QUOTA} 或者 sets 中的集合"
        if cap.share is not None and cap.share > 1:
            yield f"caps[{at}].share", str(cap.share), "应不大于1"
