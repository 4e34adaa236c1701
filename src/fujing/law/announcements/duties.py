"""What a post may do: the catalogue of Articles 9 to 11 and the prohibitions of Article 13."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.law.announcements.reasons import says_nothing
from fujing.law.catalogue import ARTICLES, BY_NATIONAL_RULES, LABELS
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.part import ADDRESS
from fujing.law.formats.posts import Position
from fujing.law.prohibitions import Answer, Lexicon, Passage, graver, screened
from fujing.law.provisions import cite, measures


def duties(announcement: Announcement, words: Lexicon | None = None) -> Iterator[Finding]:
    """文职岗位只做第九条的工作，勤务岗位只做第十条、第十一条的工作，都不得从事第十三条的工作."""
    for post in announcement.positions:
        yield from _catalogue(post)
        yield from _other_work(post)
        yield from _prohibited(post, words)


def _catalogue(post: Position) -> Iterator[Finding]:
    items = [duty for duty in post.duties if ADDRESS.match(duty)]
    for article in ("9", "10", "11"):
        here = [item for item in items if item.split(".")[0] == article]
        if not here:
            continue
        own = article in ARTICLES[post.category]
        listed = "、".join(cite(item) for item in here)
        other = LABELS["field" if post.category == "civil" else "civil"]
        yield Finding(
            provision=article,
            rule="announcement.duties",
            outcome=Outcome.SATISFIED if own else Outcome.VIOLATED,
            subject=post.code,
            message=f"{LABELS[post.category]}岗位承担{listed}的工作"
            + ("，与岗位类别相符" if own else f"，这是{other}警务辅助人员的工作"),
            facts={"category": post.category, "duties": here},
            remedy=None if own else f"改为{other}岗位，或者删去这些职责",
        )


def _other_work(post: Position) -> Iterator[Finding]:
    for item in BY_NATIONAL_RULES:
        if item not in post.duties:
            continue
        unsaid = says_nothing(post.basis)
        said = f"写明的依据为{post.basis}" if not unsaid else "未写明所依据的国家规定，无法判断可否开展"
        yield Finding(
            provision=item,
            rule="announcement.other_work",
            outcome=Outcome.UNDETERMINED if unsaid else Outcome.SATISFIED,
            subject=post.code,
            message=f"岗位承担“按照国家有关规定可以开展的其他工作”，{said}（{cite(item)}）",
            facts={"basis": post.basis},
            remedy="写明国家规定的名称和文号（basis），或者改用目录所列的职责" if unsaid else None,
        )


def _prohibited(post: Position, words: Lexicon | None) -> Iterator[Finding]:
    """What the words say outright is violated; wording that may be either is undetermined."""
    named = {
        duty: Passage(duty, Answer.STOPPED, measures()[duty].text.rstrip("；。"), "")
        for duty in post.duties
        if duty.startswith("13.")
    }
    for text in (post.name, *(duty for duty in post.duties if not ADDRESS.match(duty))):
        for passage in screened(text, words).passages:
            if passage.answer is not Answer.LAWFUL:
                named[passage.provision] = graver(named.get(passage.provision), passage)
    for provision, passage in sorted(named.items()):
        stopped = passage.answer is Answer.STOPPED
        judged = "属于" if stopped else "是否属于"
        doubt = "" if stopped else f"，待核实：{passage.why}"
        yield Finding(
            provision=provision,
            rule="announcement.prohibited_work",
            outcome=Outcome.VIOLATED if stopped else Outcome.UNDETERMINED,
            subject=post.code,
            message=f"岗位名称或者职责写有“{passage.words}”，{judged}{cite(provision)}不得从事的工作{doubt}",
            facts={"words": passage.words},
            remedy="删去这项工作，或者改由人民警察承担" if stopped else "写明由人民警察进行、辅警协助什么，或者删去",
        )
