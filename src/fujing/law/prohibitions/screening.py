"""Reading a text for work under Article 13: what stands there, who does it, and what follows from both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from fujing.law.prohibitions.lexicon import Answer, Entry, Lexicon

SENTENCE = re.compile(r"[^;。!?\n]{1,400}")
"""A longer one is read in parts, so that no text takes longer than its length allows."""
CLAUSE = re.compile(r"[,:]")
EXCEPTED = re.compile(r"除[^,;。]{0,100}?(?:以外|之外|外)的?")
"""What a text excepts; sought within a hundred characters, so that many beginnings without an end take no square."""
CARRYING = ("alone", "unled", "led")
"""Roles that hold for the rest of a sentence."""
ROLES = ("alone", "unled", "assisting", "led", "responsible", "police")
TOPIC = 8
"""Characters between a matter and an act behind a comma, at most."""
BETWEEN = 12
"""Characters between a matter and its act, at most."""
LISTING_BANS = re.compile(r"(?:不得|严禁|禁止|不准|不许)[^,:]{0,8}(?:下列|以下|如下)[^:]{0,8}:")
TURNED = re.compile(r"但|却|而是|只负责")
DOUBLED = re.compile(r"拒绝|推诿|推脱|推辞|推托|延误|拖延|耽误|遗漏|迟延|怠于|少于|低于|间断|中断|松懈|忘记|不")
DECIDED = re.compile(r"(?:作出|做出|决定|裁定)$")
"""What is decided may be that nothing is done (不予处罚), and is decided all the same."""
PERMITTED = re.compile(r"擅自|私自|随意|未经|无故")
NEXT_STEP = re.compile(r"[并后再]")
HAS_TO = {"不得", "不能", "不可"}
NOT_DONE = re.compile(r"不(?!断|停|时|仅|但|光|论|分|间|等|用|必|需|经|跟|靠|懂|会|予)[^,、]{0,1}$")
"""不 right before the work, or with one character between (不管枪弹)."""
BANNED_AFTER = re.compile(
    r"^[^,]{0,6}?(?:不得|严禁|禁止|不准|不许|不能|不可|不予)"
    r"(?:$|由|[^,]{0,4}(?:携|带|用|触|碰|参|开展|进行|保管|办|执行|实施|问|搜|查|审|出具|作出|做|代|交|从事|承担))"
)
CLERICAL_REACH = 8
ABOUT = re.compile(
    r"^[^,、并后再且]{0,8}?(?:知识|讲座|条例|规定|办法|法规|宣传|展板|题库|演练|学习|培训课|课程|主义法)"
)
"""What is said or written about a matter."""
DURING = re.compile(r"^(?:时|期间|过程中|的时候|现场外围)[,]?(?:在|做好|负责|帮|给|递|守|看|维持|维护|疏散|拦|警戒)")
"""The work is somebody else's, and something is done beside it: 提审时在走廊等候."""
PEOPLE_OF = re.compile(r"^的?(?:人|对象|嫌)")
PLACE_AROUND = re.compile(r"^[^,、在到去于至往守]{0,6}?(?:外围|会场外|场外|门外|室外|楼外|外观|卫生|停车场|车上)")
SERVED = re.compile(r"^(?:[^,]{0,2}[为给])")
SERVING = re.compile(r"[送发递](?:水|餐|饭|盒饭|衣|药|物资|雨具)")
PLACE_BEFORE = re.compile(r"[在到从于经]$")
PLACE_AFTER = re.compile(
    r"^[^,、]{0,8}?(?:门口|门前|门外|路口|公园|车站|公交站|附近|周边|外围|旁边|楼下|停车场|广场|对面)"
)
OFFICER = re.compile(
    r"(?:民警|警官|人民警察|法制员|鉴定人|鉴定机构|法医)(?:已经?|依法|所|当场|现场|正在|进行|负责|将|执行|实施|作出|宣布|办理|对[^,]{0,6}|在[^,]{1,6})?$"
)
ADJACENT = 4
"""Characters within which 协助 and the like still go with the officer who is named after them."""
APART = re.compile(r"[、并后再且及和与以时]")

WHY = {
    "unsaid": "没有写明由民警进行",
    "alone": "写的是单独进行或者代替民警",
    "assisting": "写的是协助民警",
    "responsible": "写的是由其负责",
    "police": "写的是由民警进行",
    "clerical": "写的是登记、送达、宣传一类的事务",
    "negated": "写的是不做",
    "carried": "前面写了协助，这里没有写明由谁进行",
    "permitted": "写的是未经同意不做，同意后是否去做没有写明",
    "during": "说的是民警进行时在旁做别的",
    "place": "说的是地点或者别人",
    "bare": "只写了事情，没有写做什么",
}
WEIGHT = {Answer.LAWFUL: 0, Answer.UNDETERMINED: 1, Answer.STOPPED: 2}
WEAKER = {Answer.STOPPED: Answer.UNDETERMINED, Answer.UNDETERMINED: Answer.LAWFUL, Answer.LAWFUL: Answer.LAWFUL}


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that name work of one item of Article 13, and the answer to them with its reason in Chinese."""

    provision: str
    answer: Answer
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's answer, the gravest of its passages'; at most one passage an item, in the order of the items."""

    answer: Answer
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the lexicon in a sentence; `end` is exclusive."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A matter with its act, or a phrase. `act`: where the doing is told."""

    start: int
    end: int
    words: str
    act: int
    bare: bool = False


def screen(text: str, lexicon: Lexicon) -> Reading:
    """Read one text. Lawful passages are told as well, so that a reader sees what was weighed."""
    plain = EXCEPTED.sub(lambda match: "□" * len(match.group()), lexicon.plain(text))
    found: dict[str, Passage] = {}
    for match in SENTENCE.finditer(plain):
        if next(lexicon.cores.find(match.group()), None) is None:
            continue
        for passage in _Sentence(match.group(), lexicon).passages():
            found[passage.provision] = graver(found.get(passage.provision), passage)
    passages = tuple(found[provision] for provision in sorted(found))
    return Reading(max((each.answer for each in passages), key=WEIGHT.__getitem__, default=Answer.LAWFUL), passages)


def graver(known: Passage | None, other: Passage) -> Passage:
    """The passage with the graver answer; of equals the one that is known already."""
    return other if known is None or WEIGHT[other.answer] > WEIGHT[known.answer] else known


class _Sentence:
    """One sentence with the words that were found in it."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.lists: dict[tuple[str, str], list[Hit]] = {}
        for start, end, word in lexicon.everything.find(text):
            for entry, name in lexicon.meanings[word]:
                self.lists.setdefault((entry, name), []).append(Hit(start, end, name))
        self.breaks = [match.start() for match in CLAUSE.finditer(text)]
        unled = self._hits("", "unled")
        told = [hit for role in (*ROLES, "other") for hit in self._hits("", role)]
        # 民警…在场 also stands in 民警不在场, and 民警带队 in 没有民警带队.
        told = [hit for hit in told if hit.name != "led" or not any(_meet(hit, other) for other in unled)]
        self.roles = sorted(
            (hit for hit in told if hit.name != "other" and not any(_inside(hit, other) for other in told)),
            key=lambda hit: (hit.start, hit.end),
        )
        self.negating = [
            hit
            for hit in self._hits("", "negating")
            if not any(_meet(hit, other) for other in unled) and not self._asks(hit.start)
        ]

    def passages(self) -> Iterator[Passage]:
        named = {entry for entry, name in self.lists if name in ("phrases", "matter")}
        for entry in self.lexicon.entries:
            for candidate in self._candidates(entry) if entry.id in named else ():
                role = self._role(entry, candidate)
                if candidate.bare and role == "unsaid":
                    role = "bare"
                yield Passage(entry.provision, _answer(entry, role), candidate.words, f"{entry.why}；{WHY[role]}")

    def _hits(self, entry: str, name: str) -> list[Hit]:
        return self.lists.get((entry, name), [])

    def _candidates(self, entry: Entry) -> Iterator[Candidate]:
        other = self._hits(entry.id, "other")
        phrases, matter, acts = (
            [hit for hit in self._hits(entry.id, name) if not any(_meet(hit, sense) for sense in other)]
            for name in ("phrases", "matter", "acts")
        )
        for hit in phrases:
            yield Candidate(hit.start, hit.end, self.text[hit.start : hit.end], hit.start)
        for thing, act in product(matter, acts):
            first, last = sorted((thing, act), key=lambda hit: hit.start)
            if first.end <= last.start <= first.end + BETWEEN and self._together(thing, act):
                yield Candidate(first.start, last.end, self.text[first.start : last.end], act.start)
        if entry.outcomes.bare is not None:
            for hit in matter:
                yield Candidate(hit.start, hit.end, self.text[hit.start : hit.end], hit.start, bare=True)

    def _together(self, thing: Hit, act: Hit) -> bool:
        """In one clause, or the matter as a topic and the act right after the comma: 拘几天，由他拍板."""
        between = sum(min(thing.end, act.end) <= at < max(thing.start, act.start) for at in self.breaks)
        return between == 0 or (between == 1 and thing.end <= act.start <= thing.end + TOPIC)

    def _clause(self, place: int) -> tuple[int, int]:
        """Start and end of the clause around a place."""
        start = max((at + 1 for at in self.breaks if at < place), default=0)
        return start, min((at for at in self.breaks if at >= place), default=len(self.text))

    def _role(self, entry: Entry, found: Candidate) -> str:
        """Who does it, as far as the sentence says."""
        start, end = self._clause(found.start)
        if banned := self._negated(entry, found, start, end):
            return banned
        if self._aside(found, start, end):
            return "place"
        before = [hit for hit in self.roles if start <= hit.start < found.end and hit.start != found.start]
        alone = bool(before) and _kind(before[-1]) == "alone" and entry.outcomes.clerical is not Answer.LAWFUL
        if not alone and self._clerical(found, start, end):
            return "clerical"
        if self._officer(found, start, before):
            return "police"
        if before:
            nearest = before[-1]
            step = NEXT_STEP.search(self.text, nearest.end, max(nearest.end, found.start))
            if nearest.name in ("assisting", "police") and step:
                return "carried"
            return _kind(nearest)
        after = next((hit for hit in self.roles if found.end <= hit.start < end and self._counts_after(hit)), None)
        if after:
            return _kind(after)
        if DURING.match(self.text[found.end : end + 6]):
            return "during"
        earlier = [hit for hit in self.roles if hit.start < start]
        frames = [hit for hit in earlier if hit.name in CARRYING]
        if frames:
            return _kind(frames[-1])
        if any(
            hit.start > end and _kind(hit) == "alone" and self.text[hit.start] in "只没无路旁" for hit in self.roles
        ):
            return "alone"
        return "carried" if any(hit.name == "assisting" for hit in earlier) else "unsaid"

    def _aside(self, found: Candidate, start: int, end: int) -> bool:
        """Whether the work only tells of a place, of those who are served, or of what was done to something."""
        before, after = self.text[start : found.start], self.text[found.end : end]
        if (before.endswith("被") and not PEOPLE_OF.match(after)) or PLACE_AROUND.match(after):
            return True
        return bool(
            (PLACE_BEFORE.search(before) and PLACE_AFTER.match(after))
            or (SERVED.match(before) and SERVING.search(after))
        )

    def _counts_after(self, hit: Hit) -> bool:
        """Whether a role that is told after the work is that of the work: 由民警进行 is, 报告民警 isn't."""
        return hit.name != "assisting" and (hit.name != "police" or self.text[hit.start] in "由应归交上还转")

    def _officer(self, found: Candidate, start: int, before: list[Hit]) -> bool:
        """Whether an officer stands right before the act as the one who does it, and nobody's help or place is told."""
        match = OFFICER.search(self.text[start : found.act])
        if match is None or self.text[start + match.start() - 1 : start + match.start()] in ("代", "替", "顶"):
            return False
        place = start + match.start()
        return not before or before[-1].end + ADJACENT <= place

    def _negated(self, entry: Entry, found: Candidate, start: int, end: int) -> str | None:
        if any(match.end() <= found.start for match in LISTING_BANS.finditer(self.text)):
            return "negated"
        for hit in self.negating:
            between = self.text[hit.end : found.start]
            if DECIDED.search(self.text[: hit.start]) or self._has_to(hit.start):
                continue
            if not start <= hit.start < found.end or TURNED.search(between) or DOUBLED.match(self.text, hit.end):
                continue
            if entry.closed and PERMITTED.search(self.text, start, max(start, found.start)):
                return "permitted"
            return "negated"
        match = NOT_DONE.search(self.text[start : found.start])
        if match and not self._asks(start + match.start()) and not self._has_to(start + match.start()):
            return "negated"
        return "negated" if BANNED_AFTER.match(self.text[found.end : end]) else None

    def _has_to(self, place: int) -> bool:
        """Whether a 不 stands behind 不得, 不能 or 不可: both together say that the work has to be done."""
        return self.text[place : place + 1] == "不" and self.text[max(place - 2, 0) : place] in HAS_TO

    def _asks(self, place: int) -> bool:
        """Whether a 不 stands between the same character twice: 罚不罚 and 能不能 ask, and don't deny."""
        return place > 0 and self.text[place - 1] == self.text[place + 1 : place + 2]

    def _clerical(self, found: Candidate, start: int, end: int) -> bool:
        """Whether what stands about the work, and not the work, is what is done."""
        hits = self._hits("", "clerical")
        for hit in hits:
            gap = self.text[hit.end : found.start]
            if start <= hit.start and hit.end <= found.start <= hit.end + CLERICAL_REACH and not APART.search(gap):
                return True
            if found.start < hit.start and hit.end <= found.act and not APART.search(self.text, hit.end, found.act):
                return True
        if ABOUT.match(self.text[found.end : end]):
            return True
        if not self.text.startswith(self.lexicon.papers, found.end):
            return False
        return any(
            found.end < hit.start <= min(end, found.end + CLERICAL_REACH)
            and not APART.search(self.text, found.end, hit.start)
            for hit in hits
        )


def _answer(entry: Entry, role: str) -> Answer:
    outcomes = entry.outcomes
    match role:
        case "negated" | "police":
            return Answer.LAWFUL
        case "place" | "during":
            return Answer.UNDETERMINED if entry.closed else Answer.LAWFUL
        case "permitted":
            return Answer.UNDETERMINED
        case "bare":
            return outcomes.bare or Answer.LAWFUL
        case "carried":
            return max(outcomes.assisting, WEAKER[outcomes.unsaid], key=WEIGHT.__getitem__)
        case "alone":
            return outcomes.alone
        case "assisting":
            return outcomes.assisting
        case "clerical":
            return outcomes.clerical
        case "responsible":
            return outcomes.responsible or outcomes.unsaid
        case _:
            return outcomes.unsaid


def _kind(hit: Hit) -> str:
    return {"unled": "alone", "led": "assisting"}.get(hit.name, hit.name)


def _inside(hit: Hit, other: Hit) -> bool:
    """Part of a longer word: 带队 in 民警带队."""
    return other.start <= hit.start and hit.end <= other.end and hit.end - hit.start < other.end - other.start


def _meet(hit: Hit, other: Hit) -> bool:
    return hit.start < other.end and other.start < hit.end
