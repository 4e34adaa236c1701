"""Tiers judged again, slowly and by themselves: one person after the other, each reading and each unknown grade tried.

It shares nothing with `fujing.law`: it reads plain dictionaries as a test writes them.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

Row = dict[str, Any]
LOTS = 10**9


def months(years: Any) -> int:
    whole = Fraction(str(years)) * 12
    assert whole.denominator == 1
    return whole.numerator


def later(day: date, n: int) -> date:
    """The same day n months on, or the last day of a shorter month."""
    at = day.year * 12 + day.month - 1 + n
    for number in range(day.day, 0, -1):
        try:
            return date(at // 12, at % 12 + 1, number)
        except ValueError:
            pass
    raise AssertionError


def every(values: list[bool]) -> bool | None:
    """What all say alike, else unknown."""
    return values[0] if all(each == values[0] for each in values) else None


def both(*values: bool | None) -> bool | None:
    if any(each is False for each in values):
        return False
    return None if any(each is None for each in values) else True


class Oracle:
    """A scheme and its people, batch after batch."""

    def __init__(
        self,
        scheme: Row,
        people: list[Row],
        grades: list[Row],
        honours: list[Row] | None,
        quota: int | None,
        assumed: str | None,
    ) -> None:
        self.scheme, self.quota, self.honours = scheme, quota, honours
        self.people = [dict(each) for each in people]
        self.codes = {tier["code"] for each in scheme["versions"] for tier in each["tiers"]}
        self.grade = {(each["id"], each["year"]): each["grade"] for each in grades}
        self.assumed, self.known = assumed, max((each["year"] for each in grades), default=None)

    def graded(self, who: str, year: int) -> str | None:
        said = self.grade.get((who, year))
        if said is None and self.assumed is not None and self.known is not None and year > self.known:
            return self.assumed
        return said

    def batch(self, day: date) -> dict[str, tuple[str, str | None]]:
        """Status and tier by person; and the people as they are afterwards."""
        found: dict[str, tuple[str, str | None]] = {}
        self.day = day
        inside = [
            v
            for v in self.scheme["versions"]
            if ("from" not in v or v["from"] <= day) and ("to" not in v or day < v["to"])
        ]
        here = [
            p
            for p in self.people
            if not (p["hired_on"] and p["hired_on"] > day) and not (p["left_on"] and p["left_on"] <= day)
        ]
        for p in self.people:
            if p not in here:
                found[p["id"]] = ("away", None)
            elif not inside:
                found[p["id"]] = ("undetermined", None)
        if not inside:
            return found
        self.v = v = inside[0]
        self.tiers = [tier["code"] for tier in v["tiers"]]
        self.trainee = v["trainee"] if isinstance(v.get("trainee"), dict) else None
        for p in self.people:
            if p["tier"] in self.tiers and self.stands(p) is False:
                p["tier"], p["since"] = "无", None
        self.count(here)
        wants: list[Row] = []
        for p in here:
            at = p["tier"]
            if (at is not None and at != "无" and at not in self.tiers) or at is None:
                found[p["id"]] = ("undetermined", None)
            elif at == "无" or (self.trainee is not None and at == self.trainee.get("tier")):
                found[p["id"]] = self.enter(p)
            else:
                falls, lower = self.falls(p)
                p["_falls"] = falls
                if falls:
                    found[p["id"]] = ("demoted", lower)
                    continue
                steps = self.steps(p, falls)
                if falls is None:
                    found[p["id"]] = ("undetermined", "?")
                elif not steps:
                    led = any(at in edge["path"][:-1] for edge in v.get("edges", []))
                    found[p["id"]] = ("not_qualified" if led else "top" if "edges" in v else "undetermined", None)
                wants += steps
        self.give(wants)
        for p in here:
            mine = [w for w in wants if w["p"] is p]
            if p["id"] in found or not mine:
                continue
            order = {"promoted": 0, "choose": 1, "unsettled": 1, "undetermined": 1, "no_place": 2, "not_qualified": 3}
            best = min(mine, key=lambda w: (order[w["status"]], w["edge"]))
            found[p["id"]] = (best["status"], best["to"])
        self.move(found)
        return found

    def stands(self, p: Row) -> bool | None:
        said = self.v.get("continuity", {})
        says = {"kept": True, "cancelled": False}
        leaving, transfer = says.get(said.get("leaving", "")), says.get(said.get("transfer", ""))
        kept = {"hired": leaving, "transferred": transfer, None: leaving if leaving == transfer else None}[p["came_by"]]
        if p["since"] is not None and p["hired_on"] is not None:
            return True if p["since"] >= p["hired_on"] else kept
        return True if kept else None

    def count(self, here: list[Row]) -> None:
        self.held: dict[str, list[int]] = {each: [0, 0] for each in self.tiers}
        self.nameless = 0
        for p in here:
            if p["tier"] in self.held:
                self.held[p["tier"]][1] += 1
                self.held[p["tier"]][0] += self.stands(p) is True
            elif p["tier"] != "无":
                self.nameless += 1
        self.free: list[list[int]] = []
        for cap in self.v.get("caps", []):
            held = self.people_in(cap["set"])
            base = (
                self.people_in(cap["of"])
                if cap["of"] != "quota"
                else [self.quota, self.quota]
                if self.quota is not None
                else [0, LOTS]
            )
            if "share" not in cap:
                low, high = 0, LOTS
            else:
                share = Fraction(str(cap["share"]))
                low = int(share * base[0])
                high = LOTS if base[1] == LOTS else int(share * base[1])
            self.free.append([max(0, low - held[1]), LOTS if high == LOTS else max(0, high - held[0])])

    def members(self, code: str) -> list[str]:
        return next(each["tiers"] for each in self.v["sets"] if each["code"] == code)

    def people_in(self, code: str) -> list[int]:
        tiers = self.members(code)
        return [sum(self.held[each][0] for each in tiers), sum(self.held[each][1] for each in tiers) + self.nameless]

    def entry_day(self, p: Row) -> date | None:
        again = p["tier"] == "无" and p["trainee_until"] and p["hired_on"] and p["trainee_until"] < p["hired_on"]
        if p["trainee_until"] and not again:
            return p["trainee_until"]
        begun = p["hired_on"] if p["tier"] == "无" else p["since"] or p["hired_on"]
        if begun is None:
            return None
        if self.v.get("trainee") == "none":
            return begun
        if self.trainee is None or "years" not in self.trainee:
            return None
        return later(begun, months(self.trainee["years"]))

    def enter(self, p: Row) -> tuple[str, str | None]:
        table = self.v.get("entry", {}).get("table", {})
        to, day = table.get(p["education"]), self.entry_day(p)
        if day is not None and day > self.day:
            return "trainee", to
        capped = any(to in self.members(cap["set"]) for cap in self.v.get("caps", []))
        if day is None or to is None or capped or "from" not in self.v:
            return "undetermined", to
        return "entry", to

    def lower(self, code: str, down: int) -> str | None:
        ladder = next(tier["ladder"] for tier in self.v["tiers"] if tier["code"] == code)
        row = [
            tier["code"]
            for tier in self.v["tiers"]
            if tier["ladder"] == ladder and tier["code"] != (self.trainee or {}).get("tier")
        ]
        at = row.index(code)
        return row[max(0, at - down)] if at > 0 else None

    def falls(self, p: Row) -> tuple[bool | None, str | None]:
        told: list[bool | None] = []
        for rule in self.v.get("demotions", []):
            n, down = rule.get("years", 1), rule.get("down", 1)
            years = range(self.day.year - n, self.day.year)
            each = [
                None if self.graded(p["id"], y) is None else self.graded(p["id"], y) in rule["grades"] for y in years
            ]
            held = None if p["since"] is None else p["since"] <= date(self.day.year - n, 12, 31)
            can = self.lower(p["tier"], down) is not None
            sure = None if "from" not in self.v else True
            told.append(both(*each, held, can, self.stands(p), sure))
            if told[-1]:
                return True, self.lower(p["tier"], down)
        return (None if None in told else False), None

    def steps(self, p: Row, falls: bool | None) -> list[Row]:
        found = []
        for at, edge in enumerate(self.v.get("edges", [])):
            for one, other in pairwise(edge["path"]):
                if one == p["tier"] and p["target"] in (None, other):
                    able = both(
                        self.able(p, edge),
                        self.stands(p),
                        falls if falls is None else not falls,
                        None if "from" not in self.v else True,
                    )
                    found.append({"p": p, "edge": at, "one": one, "to": other, "able": able, "kind": edge.get("kind")})
        possible = [step for step in found if step["able"] is not False]
        for step in possible:
            step["several"] = len(possible) > 1
        return found

    def able(self, p: Row, edge: Row) -> bool | None:
        parts = [self.tenure(p, edge)]
        if "service" in edge:
            if p["hired_on"] is None:
                parts.append(None)
            elif later(p["hired_on"], months(edge["service"])) <= self.day:
                parts.append(True)
            else:
                parts.append(None if p["came_by"] == "transferred" else False)
        if edge.get("further"):
            parts.append(p["further"])
        return both(*parts)

    def begins(self, p: Row, counted: bool) -> date | None:
        if counted or self.trainee is None:
            return p["since"]
        if p["since"] is None:
            return None
        if p["trainee_until"]:
            return max(p["since"], p["trainee_until"])
        if p["came_by"] == "transferred" or (p["hired_on"] and p["since"] != p["hired_on"]):
            return p["since"]
        if p["hired_on"] is None or "years" not in self.trainee:
            return None
        return max(p["since"], later(p["hired_on"], months(self.trainee["years"])))

    def tenure(self, p: Row, edge: Row) -> bool | None:
        said = edge.get("appraisal")
        grades = said.get("grades") if isinstance(said, dict) else None
        judged = said != "none"
        counted = [True, False]
        if self.trainee is not None and "counted" in self.trainee:
            counted = [self.trainee["counted"]]
        which = [said["years"]] if grades and "years" in said else ["ended", "whole"]
        failing = [said["failing"]] if grades and "failing" in said else ["blocks", "uncounted", "restarts"]
        answers: list[bool | None] = []
        for c, w, f in product(counted, which, failing):
            begins = self.begins(p, c)
            if begins is None:
                answers.append(self.without_a_beginning(p, edge))
                continue
            if not judged or not grades:
                timed = self.timed(p, edge, begins, w, f, {}, [])
                answers.append(both(timed, None if judged else True))
                continue
            years = [y for y in range(begins.year, self.day.year) if w == "ended" or date(y, 1, 1) >= begins]
            blank = [y for y in years if self.graded(p["id"], y) is None]
            tried = []
            for guess in product(("优秀", "称职", "不称职"), repeat=len(blank)):
                known = {y: self.graded(p["id"], y) for y in years} | dict(zip(blank, guess, strict=True))
                tried.append(self.timed(p, edge, begins, w, f, known, grades))
            answers.append(None if None in tried and (False not in tried or True in tried) else every_known(tried))
        return both_ways(answers)

    def without_a_beginning(self, p: Row, edge: Row) -> bool | None:
        """It isn't known from when: never a yes; a no only where even the tier's own day is too late."""
        if p["since"] is None or "years" not in edge:
            return None
        said = edge.get("appraisal")
        grades = said.get("grades") if isinstance(said, dict) else None
        saved = 0
        for rule in edge.get("shorten", []):
            if rule["by"] == "honour":
                saved += self.honoured(p, rule)[1]
            else:
                best = [
                    y
                    for y in range(p["since"].year, self.day.year)
                    if (g := self.graded(p["id"], y)) is None or g in rule["words"]
                ]
                wholes = [y for y in best if date(y, 1, 1) >= p["since"]]
                only_whole = isinstance(said, dict) and said.get("years") == "whole"
                saved += self.cut(rule, len(wholes if only_whole else best))[1]
        assert grades is None or grades
        return None if later(p["since"], max(0, months(edge["years"]) - saved)) <= self.day else False

    def cut(self, rule: Row, times: int) -> tuple[int, int]:
        """Months saved at least and at most."""
        low, high = (0, LOTS if times else 0) if "years" not in rule else (months(rule["years"]) * times,) * 2
        most = months(rule["most"]) if "most" in rule else LOTS
        return min(low, most), min(high, most)

    def honoured(self, p: Row, rule: Row) -> tuple[int, int]:
        if self.honours is None:
            return 0, months(rule["most"]) if "most" in rule else LOTS
        mine = [
            h
            for h in self.honours
            if h["id"] == p["id"] and h["on"] <= self.day and h["honour"] in rule.get("words", [h["honour"]])
        ]
        mine_in = [h for h in mine if p["since"] is None or h["on"] >= p["since"]]
        certain = [] if p["since"] is None or "words" not in rule else mine_in
        return self.cut(rule, len(certain))[0], self.cut(rule, len(mine_in))[1]

    def timed(
        self, p: Row, edge: Row, begins: date, which: str, failing: str, known: dict[int, Any], grades: list[str]
    ) -> bool | None:
        """One reading with every grade known."""
        bad = [y for y, g in known.items() if g not in grades]
        if bad and failing == "blocks":
            return False
        if "years" not in edge:
            return None
        if bad and failing == "restarts":
            begins = date(bad[-1] + 1, 1, 1)
        need = months(edge["years"]) + (12 * len(bad) if failing == "uncounted" else 0)
        since = bad[-1] + 1 if bad and failing == "restarts" else 0
        low = high = 0
        for rule in edge.get("shorten", []):
            if rule["by"] == "honour":
                less, more = self.honoured(p, rule)
            else:
                less, more = self.cut(rule, len([y for y, g in known.items() if y >= since and g in rule["words"]]))
            low, high = low + less, high + more
        slow, quick = (later(begins, max(0, need - saved)) <= self.day for saved in (low, min(high, need)))
        return True if slow else None if quick else False

    def keys(self, p: Row) -> list[Any]:
        """What orders, lower ahead; None unknown."""
        found: list[Any] = []
        for word in self.v.get("order", ["unsaid"]):
            if word == "score":
                found.append(None if p["score"] is None else -Fraction(str(p["score"])))
            elif word == "tenure":
                found.append(p["since"])
            elif word == "service":
                found.append(None if p["came_by"] == "transferred" else p["hired_on"])
            elif word == "excellent":
                years = (
                    []
                    if p["since"] is None
                    else [self.graded(p["id"], y) for y in range(p["since"].year, self.day.year)]
                )
                found.append(None if p["since"] is None or None in years else -years.count("优秀"))
            else:
                found.append(None)
        return found

    def before(self, one: Row, other: Row) -> str:
        """Is one surely, perhaps (or equally), or not ahead of the other."""
        for a, b in zip(self.keys(one), self.keys(other), strict=True):
            if a is None or b is None:
                return "perhaps"
            if a != b:
                return "surely" if a < b else "no"
        return "perhaps"

    def give(self, wants: list[Row]) -> None:
        runners = [w for w in wants if w["able"] is not False]
        for w in runners:
            w["caps"] = []
            for at, cap in enumerate(self.v.get("caps", [])):
                tiers = self.members(cap["set"])
                if w["to"] in tiers and w["one"] not in tiers:
                    w["caps"].append(at)
            capped = any(w["to"] in self.members(cap["set"]) for cap in self.v.get("caps", []))
            w["unsaid"] = "caps" not in self.v or (not capped and w["kind"] != "natural")
            w["sure"] = w["able"] is True and not w["several"] and not w["unsaid"]
            w["won"] = w["out"] = False
        compared = {
            (id(a), id(b)): self.before(a["p"], b["p"])
            for a in runners
            for b in runners
            if a is not b and (a["caps"] and b["caps"])
        }
        again = True
        while again:
            for w in runners:
                w["room"] = {}
                for at in w["caps"]:
                    rivals = [o for o in runners if o is not w and at in o["caps"] and not o["out"]]
                    w["room"][at] = len([o for o in rivals if compared[id(o), id(w)] != "no"]) < self.free[at][0]
            out = []
            for w in runners:
                for at in w["caps"]:
                    takers = 0
                    for o in runners:
                        if o is not w and at in o["caps"] and o["sure"] and compared[id(o), id(w)] == "surely":
                            takers += all(room for other, room in o["room"].items() if other != at)
                    if takers >= self.free[at][1] and not w["out"] and w not in out:
                        out.append(w)
            for w in out:
                w["out"] = True
            again = bool(out)
        for w in runners:
            w["won"] = w["sure"] and not w["out"] and all(w["room"].values())
        for w in wants:
            if w["able"] is False:
                w["status"] = "not_qualified"
            elif w["won"]:
                w["status"] = "promoted"
            elif w["out"]:
                w["status"] = "no_place"
            elif w["several"]:
                w["status"] = "choose"
            else:
                w["status"] = "unsettled" if w["able"] else "undetermined"

    def move(self, found: dict[str, tuple[str, str | None]]) -> None:
        for p in self.people:
            status, to = found[p["id"]]
            if status == "entry":
                begun = p["since"] or p["hired_on"]
                p["since"] = begun if self.trainee is not None and self.trainee.get("counted") else self.entry_day(p)
                p["tier"], p["target"] = to, None
            elif status in ("promoted", "demoted"):
                p["tier"], p["since"], p["target"] = to, self.day, None


def every_known(values: list[bool | None]) -> bool | None:
    return values[0] if all(each == values[0] for each in values) else None


def both_ways(values: list[bool | None]) -> bool | None:
    """All readings alike, or unknown."""
    return every_known(values)
