"""A scheme measured by Articles 23 and 25, and everything that it leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fujing.law.findings import Finding, Outcome
from fujing.law.formats.tier_scheme import Appraised, Edge, TierScheme, Trainee, Version
from fujing.law.provisions import cite


def check_scheme(scheme: TierScheme) -> list[Finding]:
    """Findings on each version in turn; `subject` is the day from which it applies."""
    return [finding for version in scheme.versions for finding in _version(version)]


def _version(version: Version) -> Iterator[Finding]:
    subject = version.start.isoformat() if version.start else None

    def found(provision: str, rule: str, outcome: Outcome, message: str, **facts: Any) -> Finding:
        remedy = {
            Outcome.UNDETERMINED: "查对方案原文后补写",
            Outcome.VIOLATED: "修改方案",
            Outcome.ADVICE: "核对方案是否有意如此",
        }.get(outcome)
        return Finding(
            provision=provision,
            rule=f"tiers.{rule}",
            outcome=outcome,
            subject=subject,
            message=f"{message}（{cite(provision)}）",
            facts=facts,
            remedy=remedy,
        )

    missing = list(unsaid(version))
    for path, said in missing:
        yield found("25" if "appraisal" in path else "23.p1", "unsaid", Outcome.UNDETERMINED, said, path=path)
    if not missing:
        yield found("23.p1", "unsaid", Outcome.SATISFIED, "方案写明了评定和晋升所需的各项")
    for tier in _unreachable(version):
        yield found("23.p1", "unreachable", Outcome.ADVICE, f"没有通向{tier}的首次评定或者晋升", tier=tier)
    yield from _appraisal(version, found)
    yield _pay(version, found)


def _appraisal(version: Version, found: Any) -> Iterator[Finding]:
    """考核结果作为层级管理的主要依据."""
    for edge in version.edges or ():
        path = "→".join(edge.path)
        if edge.appraisal == "none":
            yield found("25", "appraisal", Outcome.VIOLATED, f"{path}的晋升不看考核结果", path=path)
        elif isinstance(edge.appraisal, Appraised):
            yield found("25", "appraisal", Outcome.SATISFIED, f"{path}的晋升以考核结果为条件", path=path)


def _pay(version: Version, found: Any) -> Finding:
    """层级与薪酬待遇挂钩."""
    paid = {tier.code: tier.pay for tier in version.tiers}
    trainee = version.trainee.tier if isinstance(version.trainee, Trainee) else None
    paid.pop(trainee, None)  # type: ignore[arg-type]
    known = {code: pay for code, pay in paid.items() if pay is not None}
    facts = {code: str(pay) for code, pay in known.items()}
    if len(known) < len(paid):
        absent = "、".join(code for code in paid if code not in known)
        return found("23.p2", "pay", Outcome.UNDETERMINED, f"没有写明{absent}的层级工资", pay=facts)
    for edge in version.edges or ():
        for one, other in zip(edge.path, edge.path[1:], strict=False):
            if known[other] <= known[one]:
                said = f"从{one}晋升到{other}，层级工资从{known[one]}元到{known[other]}元，没有提高"
                return found("23.p2", "pay", Outcome.VIOLATED, said, pay=facts)
    return found("23.p2", "pay", Outcome.SATISFIED, "每一层级都有层级工资，晋升即提高", pay=facts)


def _unreachable(version: Version) -> list[str]:
    """Tiers to which nothing leads; only told where the scheme says both entry and promotion."""
    if version.entry is None or version.edges is None:
        return []
    reached = {code for edge in version.edges for code in edge.path[1:]} | set(version.entry.table.values())
    trainee = version.trainee.tier if isinstance(version.trainee, Trainee) else None
    return [tier.name for tier in version.tiers if tier.code not in reached and tier.code != trainee]


def unsaid(version: Version) -> Iterator[tuple[str, str]]:
    """By path, what the text doesn't say and a decision may need."""
    if version.start is None:
        yield "from", "没有写明自哪一天起施行，任何晋升都待核实"
    if version.edges is None:
        yield "edges", "没有写明怎样晋升"
    for at, edge in enumerate(version.edges or ()):
        yield from _edge(f"edges[{at}]", edge)
    if version.entry is None:
        yield "entry", "没有写明首次评定到哪一层级"
    if version.trainee is None:
        yield "trainee", "没有写明有无见习期"
    elif isinstance(version.trainee, Trainee):
        if version.trainee.years is None:
            yield "trainee.years", "没有写明见习期多长"
        if version.trainee.counted is None:
            yield "trainee.counted", "没有写明见习期是否计入任职年限"
    if version.caps is None:
        yield "caps", "没有写明各层级的名额"
    for at, cap in enumerate(version.caps or ()):
        if cap.share is None:
            yield f"caps[{at}].share", f"没有写明{cap.set}占{cap.of}的比例"
    if version.order is None:
        yield "order", "没有写明名额不足时的先后次序"
    if version.demotions is None:
        yield "demotions", "没有写明降低层级的情形"
    for key, word in (("leaving", "离职后重新录用的"), ("transfer", "在机关之间调动的")):
        if version.continuity is None or getattr(version.continuity, key) is None:
            yield f"continuity.{key}", f"没有写明{word}，原层级是否保留"


def _edge(place: str, edge: Edge) -> Iterator[tuple[str, str]]:
    path = "→".join(edge.path)
    if edge.kind is None:
        yield f"{place}.kind", f"没有写明{path}是逐级晋升还是择优晋升"
    if edge.years is None:
        yield f"{place}.years", f"没有写明{path}的任职年限"
    for number, rule in enumerate(edge.shorten):
        if rule.years is None:
            yield f"{place}.shorten[{number}].years", f"没有写明{path}可以缩短多少年限"
        if rule.by == "honour" and rule.words is None:
            yield f"{place}.shorten[{number}].words", f"没有写明{path}凭哪些荣誉缩短年限"
    if edge.appraisal is None:
        yield f"{place}.appraisal", f"没有写明{path}的考核条件"
    elif isinstance(edge.appraisal, Appraised):
        for key, word in (
            ("grades", "考核应达到的等次"),
            ("years", "看哪些年度的考核"),
            ("failing", "考核未达到的年度怎样算"),
        ):
            if getattr(edge.appraisal, key) is None:
                yield f"{place}.appraisal.{key}", f"没有写明{path}{word}"
