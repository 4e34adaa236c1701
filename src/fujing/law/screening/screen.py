"""One announcement's applicants, judged together: masks first, sentences only for what is looked at."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from fujing.kernel.digests import sm3
from fujing.law.announcements import dated_on
from fujing.law.engine import OUTCOMES, Evaluation
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.applicants import CONDITIONS, absent_columns
from fujing.law.parameters import Parameters
from fujing.law.provisions import cite, measures
from fujing.law.rulebooks.recruitment import RECRUITMENT
from fujing.law.screening.households import places
from fujing.law.screening.matching import certificates_met, majors_met
from fujing.law.screening.posts import PostFacts, post_facts, posts_frame

ELIGIBILITY = {Outcome.SATISFIED: "eligible", Outcome.VIOLATED: "ineligible", Outcome.UNDETERMINED: "undetermined"}
UNKNOWN_DAY = pl.lit(None, pl.Date)
LIMITS = ("age_limit", "age_limit_possible", "education_floor", "education_floor_possible")
Result = tuple[str, str, str, list[Finding]]
"""Id, position, outcome and findings."""
# Rows of one digest: SM3 takes 185 MB a second on one core, so that a million rows are digested in parts, side by side.
DIGESTED = 50_000
OF_EVERYBODY = {"id", "position", "nationality", "birth_date", "education"}
IN_FORCE = "recruitment.in_force"
LABELS = {"eligible": "合格", "ineligible": "不合格", "undetermined": "待核实"}


@dataclass(frozen=True)
class Screening:
    """The outcome of a screening and its receipt; an index is a row's place in the applicants' frame."""

    edition: Evaluation
    posts: Mapping[str, PostFacts]
    not_covered: list[str]
    announcement: Announcement
    applicants: pl.DataFrame

    @cached_property
    def advice(self) -> dict[int, list[Finding]]:
        """What is lawful and worth a look, by row: the same citizen number on another row (5.p1)."""
        return several_rows(self.applicants)

    @property
    def masks(self) -> pl.DataFrame:
        """`violated` and `undetermined` of each applicant, a bit a rule."""
        return self.edition.masks

    @property
    def inputs_digest(self) -> str:
        """What was judged, as `digest_of_inputs` gives it."""
        return digest_of_inputs(self.announcement, self.applicants)

    @cached_property
    def outcomes(self) -> pl.Series:
        """`eligible`, `ineligible` or `undetermined` of each applicant."""
        return self.masks.select(
            pl.when(pl.col("violated") > 0)
            .then(pl.lit("ineligible"))
            .when(pl.col("undetermined") > 0)
            .then(pl.lit("undetermined"))
            .otherwise(pl.lit("eligible"))
            .alias("outcome")
        ).to_series()

    @property
    def counts(self) -> dict[str, int]:
        """How many of each outcome; all three are always named."""
        found = dict(self.outcomes.value_counts().iter_rows())
        return {outcome: found.get(outcome, 0) for outcome in ELIGIBILITY.values()}

    def findings(self, index: int, *, all: bool = False) -> list[Finding]:
        """What there is to say about one applicant; satisfied findings only with `all`."""
        row, outcomes = self.edition.frame.row(index, named=True), self.edition.outcomes.row(index)
        return self._findings(row, outcomes, all=all) + self.advice.get(index, [])

    def results(self) -> Iterator[Result]:
        """Id, position, outcome and the findings that aren't satisfied, in the order of the file."""
        frame, outcomes, spoken = self.edition.frame, self.edition.outcomes, self.outcomes != "eligible"
        rows = zip(frame.filter(spoken).iter_rows(named=True), outcomes.filter(spoken).iter_rows(), strict=True)
        everybody = zip(*(column.to_list() for column in (frame["id"], frame["position"], self.outcomes)), strict=True)
        for index, (subject, position, outcome) in enumerate(everybody):
            found = [] if outcome == "eligible" else self._findings(*next(rows))
            yield subject, position, outcome, found + self.advice[index] if index in self.advice else found

    def _findings(self, row: dict[str, Any], outcomes: tuple[bool | None, ...], *, all: bool = False) -> list[Finding]:
        known = self.posts[row["position"]].said | row
        # Where the Measures weren't in force nothing else was asked, so nothing else is told.
        before = self.edition.outcomes.columns.index(IN_FORCE)
        all = all and outcomes[before] is not None
        return [
            self.edition.finding(rule, OUTCOMES[outcome], known, str(row["id"]))
            for rule, outcome in zip(self.edition.rules, outcomes, strict=True)
            if all or outcome is not True
        ]


def several_rows(applicants: pl.DataFrame) -> dict[int, list[Finding]]:
    """Advice on every row whose citizen number stands on another one too: one employer and one post for each."""
    if "id_number" not in applicants.columns:
        return {}
    numbers = applicants.select("id", "position", "id_number").with_row_index("index")
    several = numbers.filter(pl.col("id_number").is_not_null() & pl.col("id_number").is_duplicated())
    rows: dict[str, list[tuple[int, str, str]]] = {}
    for index, subject, position, number in several.iter_rows():
        rows.setdefault(number, []).append((index, str(subject), position))
    return {
        index: [_one_post(subject, [other for other in same if other[0] != index])]
        for same in rows.values()
        for index, subject, _ in same
    }


def _one_post(subject: str, others: list[tuple[int, str, str]]) -> Finding:
    named = "、".join(f"{other}（岗位{position}）" for _, other, position in others)
    return Finding(
        provision="5.p1",
        rule="recruitment.one_post",
        outcome=Outcome.ADVICE,
        subject=subject,
        message=f"公民身份号码与报名序号{named}相同，一人只能聘用到一个岗位（{cite('5.p1')}）",
        facts={"others": [other for _, other, _ in others]},
        remedy="核对是否同一人重复报名；报考几个岗位的，由本人写明志愿先后",
    )


def digest_of_inputs(announcement: Announcement, applicants: pl.DataFrame) -> str:
    """SM3 over the announcement and the applicants' table as text: the same digest, the same inputs."""
    said = sm3(announcement.model_dump_json().encode())
    parts = (applicants[start : start + DIGESTED] for start in range(0, len(applicants), DIGESTED))
    with ThreadPoolExecutor() as threads:
        return sm3(b"".join([said, *threads.map(_digest, parts)])).hex()


def _digest(part: pl.DataFrame) -> bytes:
    text = io.BytesIO()
    part.write_csv(text)
    return sm3(text.getvalue())


def asked_columns(announcement: Announcement) -> set[str]:
    """The applicants' columns that the Measures and the announcement's own conditions are about, the number's check
    and what is found later (考察, 体检) aside. A screening of these alone has the outcomes of a screening of all.
    """
    own = {"registered_on"} if announcement.cutoff == "registration_day" else set()
    return OF_EVERYBODY.union(own, *(post_facts(post).asks for post in announcement.positions))


def screen(
    announcement: Announcement, applicants: pl.DataFrame, *, today: date, changed: dict[str, Any] | None = None
) -> Screening:
    """Screen the applicants (as `read_applicants` gives them) for the posts of one announcement.

    The law is that of the announcement's day: cut-off, else registration, else publication, else `today`.
    `changed` puts other values in the place of parameters, for a what-if.
    """
    posts = {post.code: post_facts(post) for post in announcement.positions}
    frame = applicant_facts(announcement, applicants, posts)
    parameters = law_of(announcement, today, changed)
    evaluation = RECRUITMENT.evaluate(frame, parameters)
    judged = _only_in_force(evaluation)
    return Screening(judged, posts, absent_columns(applicants), announcement, applicants)


def applicant_facts(
    announcement: Announcement, applicants: pl.DataFrame, posts: Mapping[str, PostFacts]
) -> pl.DataFrame:
    """The applicants with the facts of their posts, as the rules name them."""
    conditions = {post.code: post.conditions for post in announcement.positions}
    frame = _on_posts(applicants, posts)
    frame = _met(frame, "household", lambda code, text: places().inside(text, conditions[code].household))
    frame = _met(frame, "certificates", lambda code, text: certificates_met(text, conditions[code].certificates))
    frame = _met(frame, "major", lambda code, text: majors_met(text, conditions[code].majors))
    return frame.with_columns(**_pools(frame, posts), **_days(announcement, frame))


def _pools(frame: pl.DataFrame, posts: Mapping[str, PostFacts]) -> dict[str, pl.Expr]:
    """Whether each is of the people whom their post is for; not asked where the table has no column about it."""
    asked = {group for post in posts.values() for group in post.pool}
    if not asked & set(frame.columns):
        return {}
    met = pl.lit(value=True)
    for code, post in posts.items():
        if post.pool:
            there = [group for group in post.pool if group in frame.columns]
            unknown = [pl.lit(None, pl.Boolean)] * (len(there) < len(post.pool))
            member = pl.any_horizontal(*(pl.col(group) for group in there), *unknown)
            met = pl.when(pl.col("position") == code).then(member).otherwise(met)
    return {"pool_met": met}


def _days(announcement: Announcement, frame: pl.DataFrame) -> dict[str, pl.Expr]:
    """What the announcement says for all: cut-off and reading; on `registration_day` each has an own day."""
    dated = pl.lit(dated_on(announcement), pl.Date)
    cutoff, event = (
        pl.lit(announcement.cutoff, pl.Date) if isinstance(announcement.cutoff, date) else UNKNOWN_DAY,
        dated,
    )
    own = announcement.cutoff == "registration_day"
    if own and "registered_on" in frame.columns:
        cutoff, event = pl.col("registered_on"), pl.coalesce("registered_on", dated)
    return {
        "cutoff": cutoff,
        "event_date": event,
        "age_reading": pl.lit(announcement.age_reading, pl.String),
        "by_registration": pl.lit(own),
    }


def _on_posts(applicants: pl.DataFrame, posts: Mapping[str, PostFacts]) -> pl.DataFrame:
    """Each applicant's post, with the limits that their marks give there; an absent mark's column is unknown."""
    relaxing = {group for post in posts.values() for group in post.relaxing}
    marks = [group for group in CONDITIONS if group in relaxing and group in applicants.columns]
    unknown = dict.fromkeys(relaxing - set(marks))
    combinations = applicants.select("position", *marks).unique()
    limits = [
        posts[row["position"]].limits({group: row[group] for group in marks} | unknown)
        for row in combinations.iter_rows(named=True)
    ]
    facts = combinations.with_columns(pl.DataFrame(limits, schema=dict.fromkeys(LIMITS, pl.Int32)))
    facts = facts.join(posts_frame(list(posts.values())), on="position", how="left")
    keys = ["position", *marks]
    # What is the same on all posts is a literal: a million copies of it cost more than the rules.
    same = [name for name in facts.columns if name not in keys and facts[name].n_unique() == 1]
    frame = applicants.join(facts.drop(same), on=keys, how="left", nulls_equal=True, maintain_order="left")
    return frame.with_columns(pl.lit(facts[name][0], facts[name].dtype).alias(name) for name in same)


def _met(frame: pl.DataFrame, column: str, judge: Callable[[str, str | None], bool | None]) -> pl.DataFrame:
    """Judge each different text once for each post; join the answers back as `<column>_met`."""
    if column not in frame.columns:
        return frame
    keys: Sequence[str] = ("position", column)
    pairs = frame.select(keys).unique()
    answers = [judge(code, text) for code, text in pairs.iter_rows()]
    answered = pairs.with_columns(pl.Series(f"{column}_met", answers, pl.Boolean))
    return frame.join(answered, on=keys, how="left", nulls_equal=True, maintain_order="left")


def law_of(announcement: Announcement, today: date, changed: Mapping[str, Any] | None = None) -> Parameters:
    """The parameters of the announcement's day; of `today` if it has none."""
    day = dated_on(announcement) or today
    # Before the Measures took effect nothing but Article 46 is answered, so no parameter is used.
    in_force = day >= measures().effective
    return RECRUITMENT.parameters(day, changed) if in_force else Parameters(day, changed)


def _only_in_force(evaluation: Evaluation) -> Evaluation:
    """Whoever applied before the Measures took effect gets that one finding."""
    before = pl.col(IN_FORCE).is_null()
    others = [pl.col(rule.id) | before for rule in evaluation.rules if rule.id != IN_FORCE]
    return replace(evaluation, outcomes=evaluation.outcomes.with_columns(others))
