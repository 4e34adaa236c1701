"""One batch on one day: everybody at once, what becomes of each, and the places as they were counted before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import polars as pl

from fujing.law.findings import Outcome
from fujing.law.formats.tier_scheme import TierScheme
from fujing.law.formats.tiers import TierFiles
from fujing.law.tiers.conditions import demoted, eligible, valid
from fujing.law.tiers.facts import EXCELLENT, Between, Facts
from fujing.law.tiers.graph import UNRATED, UNSAID, Graph, Graphs, Limit
from fujing.law.tiers.places import Given, Places, Span, counted, give, order_keys

Quota = Sequence[tuple[date, int]]
"""The organ's quota from each day on; nothing before the first."""
NO_STEP = -1


class Status(StrEnum):
    """What a batch finds of a person. `unsettled`: qualifies, and whether there is a place isn't known."""

    PROMOTED = "promoted"
    ENTRY = "entry"
    DEMOTED = "demoted"
    NOT_QUALIFIED = "not_qualified"
    NO_PLACE = "no_place"
    TOP = "top"
    TRAINEE = "trainee"
    UNSETTLED = "unsettled"
    CHOOSE = "choose"
    UNDETERMINED = "undetermined"
    AWAY = "away"

    @property
    def label(self) -> str:
        return STATUS_LABELS[self]

    @property
    def outcome(self) -> Outcome:
        if self in (Status.PROMOTED, Status.ENTRY):
            return Outcome.SATISFIED
        open_ = (Status.UNSETTLED, Status.CHOOSE, Status.UNDETERMINED)
        return Outcome.UNDETERMINED if self in open_ else Outcome.VIOLATED


STATUS_LABELS = {
    Status.PROMOTED: "符合条件，有名额",
    Status.ENTRY: "可以首次评定",
    Status.DEMOTED: "应当降低层级",
    Status.NOT_QUALIFIED: "不符合条件",
    Status.NO_PLACE: "没有名额",
    Status.TOP: "没有更高层级",
    Status.TRAINEE: "见习期未满",
    Status.UNSETTLED: "符合条件，名额待核实",
    Status.CHOOSE: "待申报层级",
    Status.UNDETERMINED: "待核实",
    Status.AWAY: "不在职",
}


@dataclass(frozen=True, slots=True)
class Batch:
    """`people`: a row each with `status`, `to` and what decided; `places`: each cap as it stood before."""

    day: date
    facts: Facts
    graph: Graph | None
    quota: int | None
    state: pl.DataFrame
    people: pl.DataFrame
    places: list[Places] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """People by status, in the order of the statuses; those away left out."""
        found = dict(self.people["status"].value_counts().iter_rows())
        return {str(each): found[each] for each in Status if each in found and each is not Status.AWAY}


def evaluate(scheme: TierScheme, files: TierFiles, day: date, quota: Quota = ()) -> Batch:
    """What a batch on this day finds of everybody. Pure: nothing is changed."""
    facts = Facts(Graphs(scheme), files, day)
    return Judging(facts, facts.state, day, quota).batch()


def quota_on(quota: Quota, day: date) -> int | None:
    begun = [(start, people) for start, people in quota if start <= day]
    return max(begun)[1] if begun else None


class Judging:
    """The steps of one batch over a state."""

    def __init__(self, facts: Facts, state: pl.DataFrame, day: date, quota: Quota) -> None:
        self.facts, self.day, self.quota = facts, day, quota_on(quota, day)
        version = facts.graphs.scheme.on(day)
        self.graph = facts.graphs.of(version) if version else None
        self.state = state

    def batch(self) -> Batch:
        serving = self.state.select(
            (pl.col("hired_on") <= self.day).fill_null(True) & (pl.col("left_on") > self.day).fill_null(True)
        ).to_series()
        if self.graph is None:
            status = serving.replace_strict({True: Status.UNDETERMINED, False: Status.AWAY}, return_dtype=pl.String)
            people = self.state.select("p").with_columns(
                status=status, cancelled=False, to=pl.lit(None, dtype=pl.Int64), edge=pl.lit(NO_STEP), ahead=pl.lit(0)
            )
            return Batch(self.day, self.facts, None, self.quota, self.state, people)
        return self._judged(self.graph, serving)

    def _judged(self, graph: Graph, serving: pl.Series) -> Batch:
        stands = valid(graph, self.state)
        cancelled = self.state.select(pl.col("node").is_in(graph.present) & ~stands).to_series().fill_null(False)
        # A tier that leaving or transfer has cancelled is gone: its holder begins anew with the present service.
        self.state = self.state.with_columns(
            node=pl.when(cancelled).then(pl.lit(UNRATED, dtype=pl.Int64)).otherwise(pl.col("node")),
            since=pl.when(~cancelled).then(pl.col("since")),
        )
        known = pl.col("node").is_in([UNRATED, *graph.present])
        people = self.state.with_columns(serving=serving, stands=stands).with_columns(
            node=pl.when(known).then(pl.col("node"))
        )
        first = pl.col("node").is_in([UNRATED, *([] if graph.trainee_tier is None else [graph.trainee_tier])])
        entering = people.filter(pl.col("serving") & first)
        rated = people.filter(pl.col("serving") & ~first)
        falling = self._demoted(graph, rated)
        places = {id(limit): counted(limit, *self._held(graph, people), self.quota) for limit in graph.limits}
        steps = self._steps(graph, rated.join(falling, on="p", how="left"), places)
        found = [self._entries(graph, entering), steps]
        people = people.select("p", "serving", cancelled=cancelled).join(
            pl.concat(found), on="p", how="left", maintain_order="left"
        )
        people = people.select(
            "p",
            status=pl.when(~pl.col("serving"))
            .then(pl.lit(Status.AWAY))
            .otherwise(pl.col("status").fill_null(Status.UNDETERMINED)),
            cancelled="cancelled",
            to="to",
            edge=pl.col("edge").fill_null(NO_STEP),
            ahead=pl.col("ahead").fill_null(0),
            falls="falls",
        )
        return Batch(self.day, self.facts, graph, self.quota, self.state, people, list(places.values()))

    def _held(self, graph: Graph, people: pl.DataFrame) -> tuple[dict[int, Span], int]:
        """People in service by tier: surely, and possibly where it isn't known whether the tier stands."""
        held = (
            people.filter(pl.col("serving") & pl.col("node").is_not_null())
            .group_by("node")
            .agg(low=pl.col("stands").fill_null(False).sum(), high=pl.len())
        )
        unknown = people.select((pl.col("serving") & pl.col("node").is_null()).sum()).item()
        return {node: Span(low, high) for node, low, high in held.iter_rows()}, unknown

    def _demoted(self, graph: Graph, rated: pl.DataFrame) -> pl.DataFrame:
        """Whom a rule of demotion meets (null: perhaps), and the tier that follows from the first that does."""
        falls = pl.repeat(False, len(rated), dtype=pl.Boolean, eager=True)
        lower = pl.repeat(None, len(rated), dtype=pl.Int64, eager=True)
        for rule in graph.version.demotions or ():
            found = demoted(graph, rule, self.facts, rated, self.day)
            below = {each: graph.lower(each, rule.down) for each in graph.present}
            found &= Between.known(rated["stands"])
            if graph.version.start is None:
                found = Between(found.must & False, found.may)
            new = rated["node"].replace_strict(below, default=None, return_dtype=pl.Int64)
            lower = new.zip_with(found.must & lower.is_null(), lower)
            falls = falls | found.kleene()
        return rated.select("p").with_columns(falls=falls, lower=lower)

    def _steps(self, graph: Graph, rated: pl.DataFrame, places: dict[int, Places]) -> pl.DataFrame:
        """Everybody with a tier: demoted, or their steps up with what became of each."""
        empty = rated.select("p", "node", edge=pl.lit(NO_STEP), to=pl.lit(None, dtype=pl.Int64), must=False, may=False)
        found = [empty.clear()]
        for at, (edge, steps) in enumerate(zip(graph.edges, graph.steps, strict=True)):
            rows = rated.filter(pl.col("node").is_in(list(steps)))
            if len(rows) == 0:
                continue
            able = eligible(graph, edge, self.facts, rows, self.day)
            stands = Between.known(rows["stands"])
            able = able & stands & Between.known(~rows["falls"])
            if graph.version.start is None:
                able = Between(able.must & False, able.may)
            to = rows["node"].replace_strict(steps, return_dtype=pl.Int64)
            found.append(rows.select("p", "node", edge=pl.lit(at), to=to, must=able.must, may=able.may))
        rows = self._applied_for(pl.concat(found).join(rated.drop("node"), on="p", maintain_order="left"))
        given = self._given(graph, rows, places)
        rows = rows.with_columns(sure=given.sure, out=given.out, ahead=given.ahead)
        return self._told(graph, rated, rows)

    def _applied_for(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Of several steps, the one applied for; without an application nobody's choice is guessed."""
        rows = rows.filter(pl.col("target").is_null() | (pl.col("target") == pl.col("to")))
        open_ = pl.col("may").sum().over("p")
        return rows.with_columns(several=open_ > 1, must=pl.col("must") & (open_ == 1))

    def _given(self, graph: Graph, rows: pl.DataFrame, places: dict[int, Places]) -> Given:
        limits: dict[int, tuple[Limit, list[tuple[int, int]]]] = {}
        for at, (edge, steps) in enumerate(zip(graph.edges, graph.steps, strict=True)):
            for one, other in steps.items():
                for limit in graph.limits_of(edge, one, other):
                    limits.setdefault(id(limit), (limit, []))[1].append((at, one))
        step = pl.col("edge") * 10_000 + pl.col("node")
        capped = rows.select(
            step.is_in([at * 10_000 + one for _, under in limits.values() for at, one in under]) & pl.col("may")
        ).to_series()
        rivals = self._with_excellent(rows.filter(capped))
        enters = [
            (
                places.get(key) or counted(UNSAID, {}, 0, None),
                rivals.select(step.is_in([at * 10_000 + one for at, one in under])).to_series(),
            )
            for key, (_, under) in limits.items()
        ]
        if len(rivals) == 0:
            nobody = pl.repeat(False, len(rows), eager=True)
            return Given(rows["must"], nobody, pl.repeat(0, len(rows), dtype=pl.Int64, eager=True))
        given = give(rivals["must"], enters, order_keys(graph.version.order, rivals))
        found = rivals.select("p", "edge").with_columns(sure=given.sure, out=given.out, ahead=given.ahead)
        joined = rows.join(found, on=["p", "edge"], how="left", maintain_order="left").select(
            sure=pl.col("sure").fill_null(pl.col("must")),
            out=pl.col("out").fill_null(False),
            ahead=pl.col("ahead").fill_null(0),
        )
        return Given(joined["sure"], joined["out"], joined["ahead"])

    def _with_excellent(self, rows: pl.DataFrame) -> pl.DataFrame:
        """How often 优秀 in the tier; null where a year's grade or the day of the tier isn't known."""
        first = rows.select(pl.col("since").dt.year().cast(pl.Int64).fill_null(self.facts.ledger.first)).to_series()
        ledger = self.facts.ledger
        times = ledger.count("in", (EXCELLENT,), rows["p"], first, self.day.year)
        unknown = ledger.count("unknown", (), rows["p"], first, self.day.year)
        return rows.with_columns(excellent=times, open=unknown).with_columns(
            excellent=pl.when((pl.col("open") == 0) & pl.col("since").is_not_null()).then(pl.col("excellent"))
        )

    def _told(self, graph: Graph, rated: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
        """One row for each person: of several steps the one that goes furthest."""
        status = (
            pl.when(pl.col("sure"))
            .then(pl.lit(Status.PROMOTED))
            .when(~pl.col("may"))
            .then(pl.lit(Status.NOT_QUALIFIED))
            .when(pl.col("out"))
            .then(pl.lit(Status.NO_PLACE))
            .when(pl.col("several"))
            .then(pl.lit(Status.CHOOSE))
            .when(pl.col("must"))
            .then(pl.lit(Status.UNSETTLED))
            .otherwise(pl.lit(Status.UNDETERMINED))
        )
        # Whoever surely rises has no other step that may be open, so what is open comes first, however.
        weight = {Status.NO_PLACE: 1, Status.NOT_QUALIFIED: 2}
        best = (
            rows.with_columns(status=status)
            .with_columns(weight=pl.col("status").replace_strict(weight, default=0, return_dtype=pl.Int64))
            .sort("p", "weight", "edge", maintain_order=True)
            .unique("p", keep="first", maintain_order=True)
            .select("p", "status", "to", "edge", "ahead")
        )
        told = rated.select("p", "node", "falls", "lower", "target").join(
            best, on="p", how="left", maintain_order="left"
        )
        no_step = Status.UNDETERMINED if graph.version.edges is None else Status.TOP
        leads = pl.col("node").is_in([one for steps in graph.steps for one in steps])
        return told.select(
            "p",
            status=pl.when(pl.col("falls").fill_null(False))
            .then(pl.lit(Status.DEMOTED))
            .when(pl.col("falls").is_null())
            .then(pl.lit(Status.UNDETERMINED))
            .when(pl.col("status").is_not_null())
            .then(pl.col("status"))
            .when(leads)
            .then(pl.lit(Status.NOT_QUALIFIED))
            .otherwise(pl.lit(no_step)),
            to=pl.when(pl.col("falls").fill_null(False)).then(pl.col("lower")).otherwise(pl.col("to")),
            edge=pl.col("edge").cast(pl.Int32),
            ahead=pl.col("ahead").cast(pl.Int64),
            falls="falls",
        )

    def _entries(self, graph: Graph, rows: pl.DataFrame) -> pl.DataFrame:
        """Whoever has no tier yet: at the end of 见习, by education."""
        capped = [each for each in graph.entry.values() if any(each in limit.tiers for limit in graph.limits)]
        to = rows["education"].replace_strict(graph.entry, default=None, return_dtype=pl.Int64)
        over = self._over(graph, rows).kleene()
        if graph.version.start is None:
            over = over & pl.repeat(None, len(rows), dtype=pl.Boolean, eager=True)
        settled = to.is_not_null() & ~to.is_in(capped)
        return rows.with_columns(over=over, first=to, settled=settled).select(
            "p",
            status=pl.when(~pl.col("over"))
            .then(pl.lit(Status.TRAINEE))
            .when(pl.col("over") & pl.col("settled"))
            .then(pl.lit(Status.ENTRY))
            .otherwise(pl.lit(Status.UNDETERMINED)),
            to=pl.col("first"),
            edge=pl.lit(NO_STEP, dtype=pl.Int32),
            ahead=pl.lit(0, dtype=pl.Int64),
            falls=pl.lit(False),
        )

    def _over(self, graph: Graph, rows: pl.DataFrame) -> Between:
        return Between.known(rows.select(entry_day(graph) <= self.day).to_series())


def entry_day(graph: Graph) -> pl.Expr:
    """The day from which a first tier may be given: the end of 见习, or hiring where there is none; null if unknown."""
    months = graph.trainee.years if graph.trainee else 0 if graph.version.trainee == "none" else None
    begun = pl.when(pl.col("node") == UNRATED).then(pl.col("hired_on")).otherwise(pl.coalesce("since", "hired_on"))
    end = pl.lit(None, dtype=pl.Date) if months is None else begun.dt.offset_by(f"{months}mo")
    # An end before the present hiring was that of an earlier service.
    former = (pl.col("node") == UNRATED) & (pl.col("trainee_until") < pl.col("hired_on"))
    return pl.coalesce(pl.when(~former.fill_null(False)).then(pl.col("trainee_until")), end)
