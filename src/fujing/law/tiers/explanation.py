"""Why a batch finds what it finds of one person: every condition with its facts, days, clause and provision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from fujing.law.engine import OUTCOMES
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.tier_scheme import Appraised, Edge, Shortening
from fujing.law.formats.tiers import CAME_BY
from fujing.law.periods import months_later
from fujing.law.provisions import cite
from fujing.law.tiers.batch import NO_STEP, Batch, Status, entry_day
from fujing.law.tiers.conditions import begins, counted_or_not, served, tenure, valid
from fujing.law.tiers.graph import UNRATED, UNSAID, Graph
from fujing.law.tiers.places import Places

CAME = {key: word for word, key in CAME_BY.items()}
KINDS = {"natural": "逐级晋升", "selective": "择优晋升", None: "晋升方式未写明"}
READINGS = {
    "blocks": "有未达到的年度即不能晋升",
    "uncounted": "未达到的年度不计入",
    "restarts": "未达到的次年起重新计算",
    "ended": "任职期间结束的年度",
    "whole": "整年任职的年度",
}
REMEDIES = {Outcome.VIOLATED: "条件具备后下一批再报", Outcome.UNDETERMINED: "补齐或者核实缺少的事项后再定"}


class Telling:
    """One batch, told person by person."""

    def __init__(self, batch: Batch) -> None:
        self.batch, self.graphs = batch, batch.facts.graphs
        people = batch.people.join(batch.state, on="p", maintain_order="left")
        held = None if batch.facts.honours is None else batch.facts.honours.filter(pl.col("on") <= batch.day)
        self.honours: dict[int, list[tuple[date, str]]] = {}
        for person, on, honour in () if held is None else held.select("p", "on", "honour").iter_rows():
            self.honours.setdefault(person, []).append((on, honour))
        self.rows = self._judged(people).to_dicts() if batch.graph else people.to_dicts()

    def _judged(self, people: pl.DataFrame) -> pl.DataFrame:
        """Each condition of the step that a person stands for by itself, of everybody at once; null is 待核实."""
        graph, facts, day = self.batch.graph, self.batch.facts, self.batch.day
        assert graph is not None
        ends = people.select(entry_day(graph)).to_series()
        starts = pl.concat_list(begins(graph, counted).cast(pl.Date) for counted in counted_or_not(graph))
        people = people.with_columns(stands=valid(graph, people), ends=ends, over=ends <= day, starts=starts)
        nothing = pl.lit(None, dtype=pl.Boolean)
        found = [people.clear().with_columns(joint=nothing, timely=nothing, served=nothing)]
        for at, part in people.partition_by("edge", as_dict=True, maintain_order=True).items():
            edge = graph.edges[at[0]] if at[0] != NO_STEP else None
            if edge is None:
                found.append(part.with_columns(joint=nothing, timely=nothing, served=nothing))
                continue
            timely = edge.model_copy(update={"appraisal": "none"})
            found.append(
                part.with_columns(
                    joint=tenure(graph, edge, facts, part, day).kleene(),
                    timely=tenure(graph, timely, facts, part, day).kleene(),
                    served=nothing if edge.service is None else served(edge.service, part, day).kleene(),
                )
            )
        return pl.concat(found).sort("p")

    def document(self, person: int) -> dict[str, Any]:
        """One person's answer."""
        row = self.rows[person]
        status = Status(row["status"])
        return {
            "subject": self.batch.facts.ids[person],
            "from": self.graphs.name(row["node"]),
            "to": None if row["to"] is None else self.graphs.name(row["to"]),
            "status": str(status),
            "outcome": str(status.outcome),
            "findings": [each.model_dump(mode="json") for each in self.findings(person)],
        }

    def findings(self, person: int) -> list[Finding]:
        """The sentences behind it, the decision itself first."""
        row, graph = self.rows[person], self.batch.graph
        status = Status(row["status"])
        if status is Status.AWAY:
            return [
                self._finding(
                    row,
                    "service",
                    f"{self._day}不在职",
                    Outcome.VIOLATED,
                    hired_on=row["hired_on"],
                    left_on=row["left_on"],
                )
            ]
        if graph is None:
            return [self._finding(row, "version", f"方案没有在{self._day}施行的规定", Outcome.UNDETERMINED)]
        return [self._decision(row, status, graph), *self._conditions(row, graph)]

    @property
    def _day(self) -> str:
        return self.batch.day.isoformat()

    def _finding(
        self, row: dict[str, Any], rule: str, message: str, outcome: Outcome, provision: str = "23.p1", **facts: Any
    ) -> Finding:
        plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in facts.items()}
        return Finding(
            provision=provision,
            rule=f"tiers.{rule}",
            outcome=outcome,
            subject=self.batch.facts.ids[row["p"]],
            message=f"{message}（{cite(provision)}）",
            facts={"as_of": self._day, **plain},
            remedy=REMEDIES.get(outcome),
        )

    def _decision(self, row: dict[str, Any], status: Status, graph: Graph) -> Finding:
        name = self.graphs.name(row["node"])
        to = None if row["to"] is None else self.graphs.name(row["to"])
        if row["node"] is None:
            stated = self.batch.facts.tiers_said[row["p"]]
            message = f"层级“{stated}”不在方案中" if stated else "没有填写层级"
        elif row["node"] not in (UNRATED, *graph.present):
            message = f"{name}不在{self._day}施行的方案中"
        elif status is Status.TOP:
            message = f"方案没有自{name}晋升的规定"
        elif status is Status.DEMOTED:
            message = f"{name}应当降为{to}，{self._demotion(row, graph)}"
        elif status in (Status.ENTRY, Status.TRAINEE):
            message = f"{status.label}" + (f"为{to}" if status is Status.ENTRY else "")
        elif to is None:
            target = self.batch.facts.files.people["target"][row["p"]]
            message = f"{name}，{status.label}" + (f"，所报的{target}不是方案的下一步" if target else "")
        else:
            kind = f"（{KINDS[graph.edges[row['edge']].kind]}）" if row["edge"] != NO_STEP else ""
            message = f"从{name}到{to}{kind}，{status.label}"
        if graph.version.start is None:
            message += "；方案没有写明自哪一天起施行"
        return self._finding(row, "decision", message, status.outcome, tier=name, to=to, status=str(status))

    def _conditions(self, row: dict[str, Any], graph: Graph) -> Iterator[Finding]:
        if row["node"] not in (UNRATED, *graph.present):
            return
        entering = row["node"] in (UNRATED, graph.trainee_tier)
        earlier = row["since"] is not None and row["hired_on"] is not None and row["since"] < row["hired_on"]
        if row["cancelled"] or (not entering and (earlier or row["hired_on"] is None)):
            yield self._continuity(row, graph)
        if entering:
            yield self._entry(row, graph)
        if not entering and row["falls"] is None:
            yield self._demotion_open(row, graph)
        if row["edge"] == NO_STEP:
            return
        edge = graph.edges[row["edge"]]
        yield self._time(row, graph, edge)
        if isinstance(edge.appraisal, Appraised) or edge.appraisal is None:
            yield self._appraisal(row, graph, edge)
        if edge.service is not None:
            hired = "不详" if row["hired_on"] is None else row["hired_on"].isoformat()
            message = f"入职日期{hired}，要求工作满{years(edge.service)}{_clause(edge.clause)}"
            yield self._finding(
                row, "total_service", message, OUTCOMES[row["served"]], hired_on=row["hired_on"], came_by=row["came_by"]
            )
        if edge.further:
            word = {True: "已具备", False: "不具备", None: "尚未核实"}[row["further"]]
            message = f"{'、'.join(edge.further)}：{word}{_clause(edge.clause)}"
            yield self._finding(row, "further", message, OUTCOMES[row["further"]], further=row["further"])
        if row["status"] in (Status.PROMOTED, Status.NO_PLACE, Status.UNSETTLED, Status.CHOOSE, Status.UNDETERMINED):
            yield from self._places(row, graph, edge)

    def _entry(self, row: dict[str, Any], graph: Graph) -> Finding:
        ends, terms = row["ends"], graph.version.entry
        over = f"自{ends}起可以首次评定" if ends else "见习期何时满不详"
        to = "没有填写学历" if row["education"] is None else f"学历{row['education']}"
        tier = f"评定为{self.graphs.name(row['to'])}" if row["to"] is not None else "方案没有写明评定到哪一层级"
        clause = _clause(terms.clause if terms else None)
        outcome = Outcome.VIOLATED if row["over"] is False else Status(row["status"]).outcome
        return self._finding(
            row, "entry", f"{over}，{to}，{tier}{clause}", outcome, ends=ends, education=row["education"]
        )

    def _time(self, row: dict[str, Any], graph: Graph, edge: Edge) -> Finding:
        since = row["since"]
        held = "任现层级日期不详" if since is None else f"自{since}起任{self.graphs.name(row['node'])}"
        need = "方案没有写明任职年限" if edge.years is None else f"要求满{years(edge.years)}"
        starts = list(dict.fromkeys(row["starts"]))
        start = starts[0] if len(starts) == 1 else None
        full = None if start is None or edge.years is None else months_later(start, edge.years)
        reached = f"，{full}满" if full else ""
        told = "或者".join(str(each or "不详的日期") for each in starts)
        trainee = "见习期内是否计入没有写明" if len(starts) > 1 else "见习期内不计"
        begun = "起算日期不详" if starts == [None] else f"{told}起算"
        counted = f"，{trainee}，{begun}" if starts != [since] else ""
        shorter = "".join(f"；{self._shortening(row, rule)}" for rule in edge.shorten)
        message = f"{held}{counted}，{need}{reached}{_clause(edge.clause)}{shorter}"
        outcome = Outcome.SATISFIED if row["joint"] else OUTCOMES[row["timely"]]
        return self._finding(row, "time", message, outcome, since=since, months=edge.years, reached=full)

    def _appraisal(self, row: dict[str, Any], graph: Graph, edge: Edge) -> Finding:
        first = next((day.year for day in (row["since"], row["hired_on"]) if day), self.batch.facts.ledger.first)
        grades = self.batch.facts.ledger.grades(row["p"], first, self.batch.day.year)
        listed = "、".join(f"{year}年{grade or '待核实'}" for year, grade in grades.items()) or "任职以来还没有年度考核"
        terms = edge.appraisal if isinstance(edge.appraisal, Appraised) else Appraised()
        need = f"要求{'、'.join(terms.grades)}" if terms.grades else "方案没有写明要求的等次"
        read = [READINGS[each] if each else "" for each in (terms.years, terms.failing)]
        open_ = [
            word for word, each in (("看哪些年度", terms.years), ("未达到的年度怎样算", terms.failing)) if each is None
        ]
        how = "，".join(each for each in read if each)
        how = (f"；{how}" if how else "") + (f"；方案没有写明{'、'.join(open_)}" if open_ and terms.grades else "")
        facts = {str(year): grade for year, grade in grades.items()}
        failed = [f"{year}年" for year, grade in grades.items() if grade and terms.grades and grade not in terms.grades]
        short = f"，{'、'.join(failed)}未达到" if failed else ""
        passed = row["since"] is not None and not failed and None not in grades.values()
        outcome = Outcome.SATISFIED if row["joint"] or passed else OUTCOMES[row["joint"]]
        if terms.grades is None:
            outcome = Outcome.UNDETERMINED
        message = f"{listed}{short}，{need}{how}{_clause(edge.clause)}"
        return self._finding(row, "appraisal", message, outcome, "25", grades=facts)

    def _shortening(self, row: dict[str, Any], rule: Shortening) -> str:
        """What makes the time shorter, and what of it there is."""
        words = "、".join(rule.words) if rule.words else "方案没有写明的荣誉"
        by = f"每次{words}" if rule.by == "grade" else f"获得{words}"
        less = f"缩短{years(rule.years)}" if rule.years is not None else "可以缩短，多少没有写明"
        most = f"，最多{years(rule.most)}" if rule.most is not None else ""
        if rule.by == "honour":
            held = self._honours(row)
            when = "任现层级以来有" if row["since"] else "是否任现层级以来获得待核实的有"
            most += "，表彰奖励没有提供" if held is None else f"，{when}{'、'.join(held)}" if held else ""
        return f"{by}{less}{most}{_clause(rule.clause)}"

    def _honours(self, row: dict[str, Any]) -> list[str] | None:
        if self.batch.facts.honours is None:
            return None
        return [f"{on}{honour}" for on, honour in self.honours.get(row["p"], ()) if on >= (row["since"] or date.min)]

    def _continuity(self, row: dict[str, Any], graph: Graph) -> Finding:
        terms = graph.version.continuity
        come = CAME.get(row["came_by"], "进入方式不详")
        words = {"kept": "保留", "cancelled": "取消", None: "没有写明"}
        leaving, transfer = (words[terms.leaving], words[terms.transfer]) if terms else ("没有写明", "没有写明")
        hired = "入职日期不详" if row["hired_on"] is None else f"{row['hired_on']}入职（{come}）"
        since = self.batch.facts.files.people["since"][row["p"]]
        message = f"原层级{since or '不详'}评定，{hired}；方案：离职后{leaving}，调动{transfer}"
        return self._finding(
            row, "continuity", message + _clause(terms.clause if terms else None), Outcome.VIOLATED if row["cancelled"] else OUTCOMES[row["stands"]],
            since=since, hired_on=row["hired_on"], came_by=row["came_by"],
        )  # fmt: skip

    def _demotion(self, row: dict[str, Any], graph: Graph) -> str:
        """The appraisals by which the first rule that is met demotes; all of them ended in the tier."""
        year = self.batch.day.year
        rules = [rule for rule in graph.version.demotions or () if row["since"].year <= year - rule.years]
        looked_at = ((rule, self.batch.facts.ledger.grades(row["p"], year - rule.years, year)) for rule in rules)
        rule, grades = next(each for each in looked_at if set(each[1].values()) <= set(each[0].grades))
        return "、".join(f"{each}年{grade}" for each, grade in grades.items()) + _clause(rule.clause)

    def _demotion_open(self, row: dict[str, Any], graph: Graph) -> Finding:
        """Whether a rule of demotion meets this person isn't known."""
        rules = "；".join(
            f"{f'连续{rule.years}年' if rule.years > 1 else ''}考核{'、'.join(rule.grades)}降{rule.down}级{_clause(rule.clause)}"
            for rule in graph.version.demotions or ()
        )
        year = self.batch.day.year
        longest = max(rule.years for rule in graph.version.demotions or ())
        grades = self.batch.facts.ledger.grades(row["p"], year - longest, year)
        listed = "、".join(f"{each}年{grade or '待核实'}" for each, grade in grades.items())
        message = f"是否应当降低层级待核实：{rules}；考核{listed}，任现层级{row['since'] or '日期不详'}"
        return self._finding(row, "demotion", message, Outcome.UNDETERMINED, "25", since=row["since"])

    def _places(self, row: dict[str, Any], graph: Graph, edge: Edge) -> Iterator[Finding]:
        for limit in graph.limits_of(edge, row["node"], row["to"]):
            if limit is UNSAID:
                yield self._finding(
                    row, "places", f"方案没有写明{self.graphs.name(row['to'])}的名额", Outcome.UNDETERMINED
                )
                continue
            places = next(each for each in self.batch.places if each.limit_of is limit)
            message = f"{told(places)}；可能排在前面或者并列的有{row['ahead']}人{_clause(limit.clause)}"
            facts = {
                "held": str(places.held),
                "limit": str(places.limit),
                "free": str(places.free),
                "ahead": row["ahead"],
            }
            # Of several caps only those are against a person that have no place even for all who may be ahead of them.
            if row["status"] == Status.PROMOTED or places.free.low > row["ahead"]:
                outcome = Outcome.SATISFIED
            else:
                outcome = Outcome.VIOLATED if row["status"] == Status.NO_PLACE else Outcome.UNDETERMINED
            yield self._finding(row, "places", message, outcome, **facts)


def told(places: Places) -> str:
    """A cap in a sentence: 三级以上限60人（用人额度200人的30%，向下取整），现有58人，余2人."""
    limit = places.limit_of
    share = "比例没有写明" if limit.share is None else f"{percent(limit.share)}，向下取整"
    base = f"{places.base}人" if places.base.bounded else "不详"
    most = f"{places.limit}人" if limit.share is not None and places.base.bounded else "不详"
    free = f"{places.free}人" if places.free.bounded else "不详"
    return f"{limit.name}限{most}（{limit.base_name}{base}的{share}），批前现有{places.held}人，余{free}"


def percent(share: Any) -> str:
    """3/10 as 30%; what is no whole percentage as a fraction."""
    return f"{share * 100}%" if (share * 100).denominator == 1 else str(share)


def years(months: int) -> str:
    """30 months as 2年6个月."""
    whole, rest = divmod(months, 12)
    return (f"{whole}年" if whole or not rest else "") + (f"{rest}个月" if rest else "")


def _clause(clause: str | None) -> str:
    return f"，方案{clause}" if clause else ""
