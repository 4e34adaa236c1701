"""The ranking once more, written from FORMATS alone: one person at a time, in fractions, without haste.

It shares no code with the product: announcement, applicants and scores are plain dictionaries.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Any

Row = dict[str, Any]
AFTER_EXAMS = ("medical", "background", "publicity", "hire")
NOT_RANKED = ("announcement", "registration")
REVIEWED = ("qualification_review",)
LEVELS = ("junior_middle", "high_school", "junior_college", "bachelor", "master")
WORDS = ("缺考", "违纪", "不合格", "放弃", "合格")
BAD = ("缺考", "违纪", "不合格", "放弃")


def exact(number: Any) -> Fraction:
    return Fraction(str(number))


def named(when: str | list[str]) -> list[str]:
    return [when] if isinstance(when, str) else when


def rounded(number: Fraction, rounding: Row) -> Fraction:
    scale = 10 ** rounding.get("digits", 2)
    low = floor(number * scale)
    rest = number * scale - low
    half = Fraction(1, 2)
    up = {
        "half_up": rest >= half,
        "half_down": rest > half,
        "half_even": rest > half or (rest == half and low % 2 == 1),
        "up": rest > 0,
        "down": False,
    }[rounding.get("mode", "half_up")]
    return Fraction(low + up, scale)


def printed(number: Fraction, rounding: Row) -> str:
    digits = rounding.get("digits", 2)
    text = str(int(number * 10**digits)).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}" if digits else text


class Post:
    def __init__(self, announcement: Row, post: Row, applicants: list[Row], scores: list[Row]) -> None:
        self.announcement, self.post = announcement, post
        self.people = [person for person in applicants if person["position"] == post["code"]]
        self.rounding = announcement.get("rounding", {})
        self.stages = [
            stage
            for stage in announcement["stages"]
            if post["code"] in stage.get("positions", [post["code"]])
            and stage["kind"] not in NOT_RANKED
            and stage.get("for") != "ties"
        ]
        self.spared: dict[str, set[str]] = {person["id"]: set() for person in self.people}
        ids = {person["id"] for person in self.people}
        self.scores = [row for row in scores if row["id"] in ids]
        self.marks: dict[str, dict[str, Fraction]] = {person["id"]: {} for person in self.people}
        self.fallen: set[str] = set()

    def rows(self, kind: str, person: str | None = None) -> list[Row]:
        return [row for row in self.scores if row["stage"] == kind and person in (None, row["id"])]

    def special(self, what: str, kind: str, person: Row) -> Any:
        by_position = self.announcement.get("scores_by_position", {})
        for key in (f"{self.post['code']}:{person['sex']}", self.post["code"]):
            if kind in by_position.get(key, {}).get(what, {}):
                return by_position[key][what][kind]
        return None

    def weight(self, stage: Row, person: Row) -> Fraction:
        own = self.special("weights", stage["kind"], person)
        return exact(stage.get("weight", 0) if own is None else own)

    def pass_line(self, stage: Row, person: Row) -> Fraction | None:
        line = self.special("pass", stage["kind"], person)
        if line is None:
            line = stage.get("pass")
        if isinstance(line, dict):
            line = line.get(self.post["category"])
        return None if line is None else exact(line)

    def exempt(self, stage: Row, person: Row) -> bool:
        return any(person[mark] for mark in named(stage.get("exempt", [])))

    def falls_out(self, stage: Row, person: Row, entered: int) -> bool:
        if self.exempt(stage, person):
            return False
        rows = self.rows(stage["kind"], person["id"])
        if stage["kind"] in REVIEWED:
            return any(row["score"] in BAD for row in rows)
        if not rows:
            return True
        if stage.get("gate"):
            return not self.through_the_gate(stage["gate"], rows)
        if any(row["score"] in BAD for row in rows):
            return True
        if stage.get("papers") and {p["name"] for p in stage["papers"]} != {row["item"] for row in rows}:
            return True
        if not set(stage.get("scored", {}).get("items", ())) <= {row["item"] for row in rows}:
            return True
        floor_of_items = stage.get("scored", {}).get("item_floor")
        if floor_of_items is not None and any(exact(r["score"]) < exact(floor_of_items) for r in rows):
            return True
        line = self.pass_line(stage, person)
        alone = stage.get("pass_if_uncontested")
        if alone is not None and entered <= self.headcount:
            line = exact(alone) if line is None else max(line, exact(alone))
        return line is not None and self.stage_score(stage, rows) < line

    def through_the_gate(self, gate: Any, rows: list[Row]) -> bool:
        gate = gate if isinstance(gate, dict) else {}

        def good(row: Row) -> bool:
            measured = row["score"] not in (*BAD, "合格")
            return exact(row["score"]) >= exact(gate["item_floor"]) if measured else row["score"] == "合格"

        need, items = gate.get("need", "all"), gate.get("items", [])
        fatal = BAD if need == "all" else ("违纪",)
        if any(row["score"] in fatal for row in rows):
            return False
        verdict = any(good(row) and not row["item"] for row in rows)
        if need != "all":
            return verdict or sum(map(good, rows)) >= need
        return all(map(good, rows)) and (verdict or set(items) <= {row["item"] for row in rows})

    def stage_score(self, stage: Row, rows: list[Row]) -> Fraction:
        values = sorted(exact(row["score"]) for row in rows)
        if stage.get("papers"):
            weights = {paper["name"]: exact(paper["weight"]) for paper in stage["papers"]}
            return rounded(
                sum((weights[row["item"]] * exact(row["score"]) for row in rows), Fraction(0)), self.rounding
            )
        how = stage.get("panel") or stage.get("scored") or {"combine": "mean"}
        if how.get("drop") == "extremes" and len(values) >= 3:
            values = values[1:-1]
        total = sum(values, Fraction(0))
        return rounded(total / len(values) if how.get("combine", "mean") == "mean" else total, self.rounding)

    def bonus(self, person: Row, where: str) -> Fraction:
        bonus = self.announcement.get("bonus")
        if not bonus or bonus["on"] != where:
            return Fraction(0)
        points = sum((exact(p["add"]) for p in bonus["points"] if any(map(person.get, named(p["when"])))), Fraction(0))
        if bonus.get("column"):
            points += exact(person["bonus_points"])
        return min(points, exact(bonus["cap"])) if "cap" in bonus else points

    def running(self, person: Row, *, plain: bool = False) -> Fraction:
        """A spared weight moves to the stages that were taken, in proportion; `plain` without any bonus."""
        mine, total, taken, spared = self.marks[person["id"]], Fraction(0), Fraction(0), Fraction(0)
        for stage in self.stages:
            kind = stage["kind"]
            if kind in mine:
                extra = self.bonus(person, "written") if plain and kind == "written" else Fraction(0)
                total += self.weight(stage, person) * (mine[kind] - extra)
                taken += self.weight(stage, person)
            elif kind in self.spared[person["id"]]:
                spared += self.weight(stage, person)
        return total * (taken + spared) / taken if taken and spared else total

    def without_a_score(self, person: Row) -> bool:
        """Exempt from all that counts so far, so that there is nothing to compare."""
        mine, spared = self.marks[person["id"]], self.spared[person["id"]]
        counted = [stage for stage in self.stages if self.weight(stage, person) > 0]
        return any(stage["kind"] in spared for stage in counted) and not any(stage["kind"] in mine for stage in counted)

    def total(self, person: Row) -> Fraction:
        return rounded(self.running(person) + self.bonus(person, "total"), self.rounding)

    def below_the_total(self, person: Row) -> bool:
        line = self.announcement.get("total_pass")
        return line is not None and rounded(self.running(person, plain=True), self.rounding) < exact(line)

    def tie_key(self, person: Row) -> list[Fraction]:
        groups = self.announcement.get("priority_groups") or [
            ["martyr_kin", "veteran", "bravery", "police_school", "skill"]
        ]
        key = []
        for name in self.announcement.get("tie_break", []):
            if name == "priority":
                belongs = [place for place, group in enumerate(groups) if any(person[mark] for mark in group)]
                key.append(Fraction(min(belongs, default=len(groups))))
            elif name == "unrounded":
                key.append(-(self.running(person) + self.bonus(person, "total")))
            elif name == "education":
                key.append(-Fraction(LEVELS.index(person["education"])))
            elif name == "item:长跑":
                key.append(-self.measured(person, "长跑"))
            else:
                key.append(-self.marks[person["id"]].get(name, Fraction(-1)))
        return key

    def measured(self, person: Row, item: str) -> Fraction:
        if "fitness" not in self.marks[person["id"]]:
            return Fraction(-1)
        rows = [row for row in self.rows("fitness", person["id"]) if row["item"] == item and row["score"] not in WORDS]
        return exact(rows[0]["score"]) if rows else Fraction(-1)

    def admitted(self, stage: Row, people: list[Row]) -> list[Row]:
        if "admit" not in stage:
            return people
        places = ceil(exact(stage["admit"]["ratio"]) * self.headcount) + stage["admit"].get("plus", 0)
        beside = [person for person in people if self.without_a_score(person)]
        compared = [person for person in people if person not in beside]
        if len(compared) <= places:
            return people

        def key(person: Row) -> list[Fraction]:
            ties = self.tie_key(person) if stage["admit"].get("ties") == "tie_break" else []
            return [-self.running(person), *ties]

        last = sorted(map(key, compared))[places - 1]
        return [person for person in people if person in beside or key(person) <= last]

    def opening(self) -> bool:
        self.headcount = self.post["headcount"]
        rule = self.announcement.get("opening")
        if rule is None or len(self.people) >= exact(rule["ratio"]) * self.headcount:
            return True
        if rule["if_short"] == "cut_posts":
            self.headcount = floor(len(self.people) / exact(rule["ratio"]))
            return self.headcount > 0
        return rule["if_short"] == "open_if_competitive" and len(self.people) > self.headcount

    def result(self) -> Row:
        opened = self.opening()
        lines = {person["id"]: (None, None, "out") for person in self.people}
        counts: list[tuple[str, int, int]] = []
        if opened:
            alive = self.people
            for stage in self.stages:
                if stage["kind"] not in AFTER_EXAMS:
                    alive = self.take(stage, alive, counts)
            self.finish(alive, lines, counts)
        return {
            "position": self.post["code"],
            "headcount": self.headcount,
            "opened": opened,
            "stages": counts,
            "ranking": lines,
        }

    def take(self, stage: Row, alive: list[Row], counts: list[tuple[str, int, int]]) -> list[Row]:
        entered = self.admitted(stage, alive)
        passed = entered
        if self.rows(stage["kind"]):
            passed = [person for person in entered if not self.falls_out(stage, person, len(entered))]
            for person in passed:
                if self.exempt(stage, person):
                    self.spared[person["id"]].add(stage["kind"])
                else:
                    self.record(stage, person)
        counts.append((stage["kind"], len(entered), len(passed)))
        return passed

    def record(self, stage: Row, person: Row) -> None:
        if stage.get("gate") or stage["kind"] in REVIEWED:
            return
        rows, mine = self.rows(stage["kind"], person["id"]), self.marks[person["id"]]
        mine[stage["kind"]] = self.stage_score(stage, rows)
        if stage["kind"] == "written":
            mine["written"] += self.bonus(person, "written")
            for row in rows:
                if row.get("item"):
                    mine[f"paper:{row['item']}"] = exact(row["score"])

    def finish(self, alive: list[Row], lines: dict[str, Any], counts: list[tuple[str, int, int]]) -> None:
        def key(person: Row) -> list[Fraction]:
            return [-self.total(person), *self.tie_key(person)]

        finals = [stage["kind"] for stage in self.stages if stage["kind"] in AFTER_EXAMS]

        def failed(person: Row, kinds: list[str]) -> bool:
            return any(row["score"] in BAD for kind in kinds for row in self.rows(kind, person["id"]))

        for person in [person for person in alive if self.below_the_total(person)]:
            lines[person["id"]] = (printed(self.total(person), self.rounding), None, "out")
            alive = [other for other in alive if other is not person]
        refill = self.announcement.get("refill", {})
        rounds, sources = refill.get("times", "unlimited"), refill.get("from", list(AFTER_EXAMS))
        free, lost, reached = self.headcount, 0, []
        for value in sorted({tuple(key(person)) for person in alive}):
            equals = [person for person in alive if tuple(key(person)) == value]
            rank = 1 + sum(tuple(key(person)) < value for person in alive)
            healthy = [person for person in equals if not failed(person, finals)]
            if free == 0 and lost and rounds != 0:
                free, lost, rounds = lost, 0, rounds if rounds == "unlimited" else rounds - 1
            here = free
            if len(healthy) > free and lost and rounds != 0 and len(healthy) <= free + lost:
                free, lost, rounds = free + lost, 0, rounds if rounds == "unlimited" else rounds - 1
                here = free
            elif len(healthy) > free and rounds != 0:
                here = free + lost
            if here > 0:
                reached += equals
            for person in equals:
                if person not in healthy:
                    status = "out"
                    self.fallen.add(person["id"])
                elif here <= 0:
                    status = "reserve" if self.announcement.get("reserve") else "out"
                else:
                    status = "hire" if len(healthy) <= here else "tie"
                total = self.total(person)
                lines[person["id"]] = (printed(total, self.rounding), rank, status)
            if len(healthy) > here:
                free = lost = 0
                continue
            free -= len(healthy)
            sick = [person for person in equals if person not in healthy]
            stages = [next(kind for kind in finals if failed(person, [kind])) for person in sick]
            held = min(len(sick), free)
            free -= held
            lost += min(held, sum(kind in sources for kind in stages))
        for kind in finals:
            passed = [person for person in reached if not failed(person, [kind])]
            counts.append((kind, len(reached), len(passed)))
            reached = passed


def rank_slowly(announcement: Row, applicants: list[Row], scores: list[Row]) -> list[Row]:
    return [Post(announcement, post, applicants, scores).result() for post in announcement["positions"]]


def hire_slowly(
    announcement: Row, applicants: list[Row], scores: list[Row], dropouts: list[Row], confirmed: int
) -> list[Row]:
    """Who is hired after all dropouts, by post: days are plain numbers, a reserve lasts as many days."""
    return [
        _places(announcement, Post(announcement, post, applicants, scores), dropouts, confirmed)
        for post in announcement["positions"]
    ]


def _places(announcement: Row, post: Post, dropouts: list[Row], confirmed: int) -> Row:
    result = post.result()
    ranks = {person: line[1] for person, line in result["ranking"].items() if line[1] is not None}
    ends = {person: "out" if person in post.fallen else "reserve" for person in ranks}
    reserve = announcement.get("reserve")
    free = result["headcount"] if result["opened"] else 0
    for day in range(max([confirmed, *(each["day"] for each in dropouts)]) + 1):
        for each in (each for each in dropouts if each["day"] == day and each["id"] in ends):
            lost = ends[each["id"]] == "hire"
            ends[each["id"]] = "out"
            if lost and reserve and day <= confirmed + reserve["days"]:
                free += 1
            if day > confirmed:
                free = _settle(ranks, ends, free)
        if day == confirmed:
            free = _settle(ranks, ends, free)
    if not reserve:
        ends = {person: "out" if end == "reserve" else end for person, end in ends.items()}
    return ends


def _settle(ranks: dict[str, int], ends: dict[str, str], free: int) -> int:
    while free:
        waiting = [person for person, end in ends.items() if end in ("reserve", "tie")]
        best = [person for person in waiting if ranks[person] == min(ranks[each] for each in waiting)]
        if not best:
            return free
        if len(best) > free:
            ends.update(dict.fromkeys(best, "tie"))
            return free
        ends.update(dict.fromkeys(best, "hire"))
        free -= len(best)
    return free
