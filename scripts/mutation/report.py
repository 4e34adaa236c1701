"""What a run found, as Markdown: docs/generated/mutation.md has a section for removals and one for faults."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import law
import yaml
from mutants import Mutant
from removals import NOTICED, Trial

REPORT = law.ROOT / "docs/generated/mutation.md"
EXPLANATIONS = Path(__file__).with_name("survivors.yaml")
HEAD = "# What the tests notice\n\nWritten by `make mutation`; how it works: `docs/how-to/prove-a-provision.md`.\n\n"
WANTED = 0.95
REMOVALS, FAULTS = "## Removals", "## Faults in src/fujing/law"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def of_removals(trials: list[Trial], failing: list[str], undeclared: list[str]) -> str:
    """Counts, then whatever was not noticed."""
    outcomes = Counter(trial.outcome for trial in trials)
    provisions = len({trial.provision for trial in trials})
    lines = [
        f"{len(trials)} removals over {provisions} provisions: {outcomes[NOTICED]} noticed by the named tests.",
        "",
    ]
    if undeclared:
        lines += [f"Carried and without a removal: {', '.join(undeclared)}.", ""]
    if failing:
        lines += ["Tests that fail with nothing removed, and prove nothing:", *(f"- `{name}`" for name in failing), ""]
    others = [trial for trial in trials if trial.outcome != NOTICED]
    if others:
        lines += ["| provision | removal | outcome |", "|---|---|---|"]
        lines += [f"| {each.provision} | `{_cell(each.removal.name)}` | {each.outcome} |" for each in others]
        lines.append("")
    return "\n".join(lines)


def explanations() -> dict[tuple[str, str, str], str]:
    """Why a surviving fault is no gap, by file (below src/fujing/law), text of the line and name of the fault."""
    raw = yaml.safe_load(EXPLANATIONS.read_text("utf-8"))
    return {
        (each["file"], text, fault): each["because"]
        for each in raw
        for text, faults in each["lines"].items()
        for fault in faults
    }


def _key(mutant: Mutant) -> tuple[str, str, str]:
    return mutant.file.removeprefix(law.LAW + "/"), mutant.text, mutant.name


def of_faults(results: dict[Mutant, str], every: list[Mutant], seed: int | None) -> tuple[str, bool]:
    """Score by file, every survivor with its explanation; and whether score and explanations suffice.

    An explanation that fits no fault of its file any more is named, and doesn't suffice.
    """
    known, files, there = explanations(), {_key(each)[0] for each in every}, {_key(each) for each in every}
    outdated = [key for key in known if key[0] in files and key not in there]
    outcomes = Counter(results.values())
    survivors = [mutant for mutant, outcome in results.items() if outcome == law.SURVIVED]
    score = outcomes[law.KILLED] / len(results) if results else 0.0  # one that hangs may only have met a busy machine
    chosen = "all" if seed is None else f"a sample by seed {seed}"
    lines = [
        f"{len(results)} faults of {len(every)} ({chosen}): {outcomes[law.KILLED]} noticed, {outcomes[law.HUNG]} timed out, "
        f"{len(survivors)} survived. Score {score:.1%} (noticed of all).",
        "",
        "| file | faults | survived |",
        "|---|---|---|",
    ]
    by_file: dict[str, list[str]] = defaultdict(list)
    for mutant, outcome in results.items():
        by_file[mutant.file.removeprefix(law.LAW + "/")].append(outcome)
    lines += [f"| {name} | {len(found)} | {found.count(law.SURVIVED)} |" for name, found in sorted(by_file.items())]
    unexplained = 0
    if survivors:
        lines += ["", "| where | survivor | why it stays |", "|---|---|---|"]
        for mutant in survivors:
            because = known.get(_key(mutant))
            unexplained += because is None
            where = f"{_key(mutant)[0]}:{mutant.line}"
            lines.append(f"| {where} | `{_cell(mutant.name)}` | {because or '**not explained yet**'} |")
    if outdated:
        lines += [
            "",
            "Explained and no longer there:",
            *(f"- {file}, `{text}`: {name}" for file, text, name in outdated),
        ]
    return "\n".join([*lines, ""]), score >= WANTED and not unexplained and not outdated


def section(title: str, body: str, command: str, seconds: float) -> str:
    """One part with the day, the command and how long it took."""
    day = datetime.now(UTC).date().isoformat()
    return f"{title}\n\n{day}, `{command}`, {round(seconds / 60)} min.\n\n{body}"


def keep(sections: dict[str, str]) -> None:
    """Write the sections that a run made; the other one stays as it was."""
    old = REPORT.read_text("utf-8") if REPORT.is_file() else ""
    for title in (REMOVALS, FAULTS):
        if title not in sections and title in old:
            sections[title] = title + old.split(title, 1)[1].split("\n## ", 1)[0].rstrip("\n") + "\n"
    REPORT.write_text(HEAD + "\n".join(sections[title] for title in (REMOVALS, FAULTS) if title in sections), "utf-8")
