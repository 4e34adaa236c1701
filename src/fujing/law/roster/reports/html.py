"""The report that is taken to a meeting: one HTML file with all in it, which prints on A4.

Numbers first, then the organs, then the findings by chapter and provision with what to do. People are named by row, name
and unit, never by their number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from importlib import resources
from pathlib import Path
from string import Template
from typing import IO

from fujing.law.findings import Outcome, RowFinding
from fujing.law.provisions import chinese_number, cite, measures
from fujing.law.roster.check import RosterCheck
from fujing.law.roster.reports import OF_ORGANS, file_name, people_by_row
from fujing.law.rulebooks.people import PEOPLE
from fujing.law.rulebooks.people.titles import TITLES

LISTED = 200
"""Rows of one rule and outcome; all of them are in the Excel report and in the JSON."""
SPOKEN = (Outcome.VIOLATED, Outcome.UNDETERMINED, Outcome.ADVICE)


@dataclass(slots=True)
class Listed:
    """The rows of one rule and outcome: as many as are listed, and how many there are."""

    rows: list[str]
    remedy: str
    count: int = 0


class HtmlReport:
    """Gathers what the page shows; `close` writes it."""

    def __init__(self, check: RosterCheck, target: Path | IO[bytes]) -> None:
        self.check, self.target = check, target
        self.people = people_by_row(check, "name", "unit")
        self.by_rule: dict[tuple[str, str], dict[Outcome, Listed]] = defaultdict(dict)
        self.organs: dict[str, dict[str, RowFinding]] = defaultdict(dict)
        self.persons: dict[Outcome, set[int]] = defaultdict(set)

    def add(self, finding: RowFinding) -> None:
        if finding.row is None:
            self.organs[str(finding.subject)][finding.rule] = finding
            return
        self.persons[finding.outcome].add(finding.row)
        listed = self.by_rule[finding.provision, finding.rule].setdefault(
            finding.outcome, Listed([], finding.remedy or "")
        )
        listed.count += 1
        if listed.count <= LISTED:
            name, unit = self.people[finding.row]
            listed.rows.append(
                f"<tr><td class=n>{finding.row}<td class=w>{escape(name)}<td>{escape(unit)}<td>{escape(_brief(finding))}"
            )

    def close(self) -> None:
        page = self.page().encode()
        if isinstance(self.target, Path):
            self.target.write_bytes(page)
        else:
            self.target.write(page)

    def page(self) -> str:
        """The whole document."""
        page = resources.files("fujing.law.roster.reports").joinpath("report.html").read_text("utf-8")
        receipt = PEOPLE.version(self.check.judged[1].parameters)
        return Template(page).substitute(
            file=escape(file_name(self.check)),
            as_of=self.check.as_of,
            title=measures().title,
            numbers="".join(self._numbers()),
            summary="".join(self._summary()),
            organs="".join(self._organs()),
            findings="".join(self._chapters()),
            notes="".join(self._notes()),
            receipt=escape(receipt),
        )

    def _numbers(self) -> Iterator[str]:
        counted = Counter[Outcome]()
        for (_, _, outcome), count in self.check.totals.items():
            counted[outcome] += count
        yield _number("", "在职人数", self.check.people.judged.height, f"{len(self.check.organs)}个机关")
        for outcome in SPOKEN:
            yield _number(outcome, outcome.label, counted[outcome], f"涉及{len(self.persons[outcome]):,}人")

    def _summary(self) -> Iterator[str]:
        spoken = {key: count for key, count in self.check.totals.items() if key[2] in SPOKEN}
        most = max(spoken.values(), default=0)
        for provision, rule in _in_order((provision, rule) for provision, rule, _ in spoken):
            counts = [spoken.get((provision, rule, outcome), 0) for outcome in SPOKEN]
            bars = "".join(
                f'<i class={outcome} style="width:{100 * count / most:.1f}%"></i>'
                for outcome, count in zip(SPOKEN, counts, strict=True)
                if count
            )
            cells = "".join(f"<td class=n>{count:,}" if count else "<td class=n>" for count in counts)
            link = "#organs" if rule in OF_ORGANS else f"#{rule}"
            yield f'<tr><td>{cite(provision)}<td><a href="{link}">{TITLES[rule]}</a>{cells}<td class=bars>{bars}'

    def _organs(self) -> Iterator[str]:
        for organ in self.check.organs:
            said = self.organs[organ["code"]]
            quota = "" if organ["quota"] is None else f"{organ['quota']:,}"
            serving = "" if organ["in_service"] is None else f"{organ['in_service']:,}"
            told = "".join(f"<td>{_told(said[rule])}" if rule in said else "<td>未核对" for rule in OF_ORGANS)
            named = f"{escape(organ['name'])}<br>" if organ["name"] else ""
            yield f"<tr><td>{named}<small>{organ['code']}</small><td class=n>{serving}"
            yield f"<td class=n>{quota}{told}"

    def _chapters(self) -> Iterator[str]:
        law = measures()
        for number, chapter in law.chapters.items():
            rules = _in_order(key for key in self.by_rule if law[key[0]].chapter == number)
            for place, (provision, rule) in enumerate(rules):
                if place == 0:
                    yield f"<h2>第{chinese_number(number)}章　{escape(chapter)}</h2>"
                yield f'<h3 id="{rule}">{cite(provision)}　{TITLES[rule]}</h3><p class=words>{law[provision].text}</p>'
                yield from self._rule(self.by_rule[provision, rule])

    def _rule(self, outcomes: dict[Outcome, Listed]) -> Iterator[str]:
        for outcome in SPOKEN:
            if listed := outcomes.get(outcome):
                yield f"<p><b class={outcome}>{outcome.label}{listed.count:,}人</b>　{escape(listed.remedy)}</p>"
                yield "<table><thead><tr><th class=n>行<th>姓名<th>用人单位<th class=wide>说明</thead>"
                yield f"<tbody>{''.join(listed.rows)}</tbody></table>"
                if listed.count > LISTED:
                    yield f"<p class=more>只列出前{LISTED}人，另有{listed.count - LISTED:,}人见 Excel 报告。</p>"

    def _notes(self) -> Iterator[str]:
        if absent := self.check.not_covered:
            yield f"<li>花名册没有下列各列，未核对：{escape('、'.join(absent))}"
        for note in self.check.roster.notes:
            yield f"<li>{escape(note)}"


def _in_order(keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Provisions and rules in the order of the text, each once."""
    places = {address: place for place, address in enumerate(measures().provisions)}
    return sorted(dict.fromkeys(keys), key=lambda key: places[key[0]])


def _number(kind: str, label: str, count: int, aside: str) -> str:
    return f'<div class="number {kind}"><b>{count:,}</b>{label}<small>{aside}</small></div>'


def _told(finding: RowFinding) -> str:
    remedy = (
        f"<br><small>{escape(finding.remedy)}</small>" if finding.outcome is Outcome.VIOLATED and finding.remedy else ""
    )
    return f"<b class={finding.outcome}>{finding.outcome.label}</b> {escape(_brief(finding))}{remedy}"


def _brief(finding: RowFinding) -> str:
    """The sentence without what the column's heading already says."""
    return finding.message.removeprefix("符合：").removesuffix(f"（{cite(finding.provision)}）")
