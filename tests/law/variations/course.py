"""One recruitment from announcement to hire list, as a case file tells it."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from fujing.law.announcements import check_announcement
from fujing.law.findings import Finding
from fujing.law.formats.announcement import Announcement, read_announcement
from fujing.law.formats.applicants import read_applicants
from fujing.law.formats.documents import read_document
from fujing.law.formats.scores import STAGE_NAMES, read_scores
from fujing.law.ranking import HireList, PostRanking, explain, hire_lists, rank
from fujing.law.ranking.applicants import ranked_columns
from fujing.law.ranking.hiring import Dropout
from fujing.law.ranking.readiness import require_rankable
from fujing.law.screening import Screening, screen

TODAY = date(2026, 6, 1)
STATUS = {"hire": "聘用", "reserve": "递补名单", "out": "未聘用", "tie": "同分待定", "choose": "待本人选岗"}
REAL = Path(__file__).parent.parent / "announcements"


@dataclass
class Course:
    """Everything that the law said on the way."""

    checked: list[Finding]
    screened: Screening
    rankings: list[PostRanking]
    lists: list[HireList]
    announcement: Announcement

    @property
    def eligibility(self) -> dict[str, str]:
        """Everybody's outcome, with the provisions that aren't satisfied."""
        labels = {"eligible": "合格", "ineligible": "不合格", "undetermined": "待核实"}
        return {
            subject: " ".join([labels[outcome], *dict.fromkeys(each.provision for each in findings)])
            for subject, _, outcome, findings in self.screened.results()
        }

    @property
    def result(self) -> dict[str, dict[str, str]]:
        """By post: everybody's end, with rank and total where there is one."""
        found: dict[str, dict[str, str]] = {}
        for ranking, made in zip(self.rankings, self.lists, strict=True):
            ends = {place.subject: place.status for place in made.places}
            found[ranking.position] = {
                line.subject: " ".join(
                    str(part)
                    for part in (STATUS[ends.get(line.subject, line.status)], line.rank, line.total)
                    if part is not None
                )
                for line in ranking.ranking
            }
        return found

    def said(self, subject: str) -> str:
        """Every sentence about one person, whichever stage it comes from."""
        sentences = [
            each.message for who, _, _, findings in self.screened.results() if who == subject for each in findings
        ]
        for ranking, made in zip(self.rankings, self.lists, strict=True):
            if subject in ranking.people:
                sentences.append(explain(self.announcement, ranking, subject).message)
            sentences += [step.message for place in made.places if place.subject == subject for step in place.steps]
        return "\n".join(sentences)


def run(case: dict[str, Any], folder: Path) -> Course:
    """Check, screen, rank whoever is eligible, and make the hire list."""
    announcement = read_announcement(written_announcement(case, folder))
    checked = check_announcement(announcement, today=TODAY)
    applicants = read_applicants(_applicants(case, folder), announcement)
    screened = screen(announcement, applicants, today=TODAY)
    people = ranked_columns(applicants.filter(screened.outcomes == "eligible"))
    require_rankable("公告", announcement)
    rankings = rank(announcement, people, read_scores(_scores(case, folder), announcement, people))
    dropouts = [
        Dropout(each["人"], STAGE_NAMES[each["环节"]], each["结果"], date.fromisoformat(each["日期"]))
        for each in case.get("变动", ())
    ]
    lists = hire_lists(
        announcement,
        rankings,
        dropouts,
        confirmed_on=date.fromisoformat(case.get("名单确认", "2026-06-30")),
        people=_numbers(applicants),
    )
    return Course(checked, screened, rankings, lists, announcement)


def written_announcement(case: dict[str, Any], folder: Path) -> Path:
    """The announcement as a file: the case's own, or a real one with what its excerpt leaves out."""
    real = case.get("真实公告")
    raw = read_document(REAL / real)["announcement"] if real else {}
    path = folder / "公告.json"
    path.write_text(json.dumps({"announcement": raw | case.get("公告", {})}, default=float), "utf-8")
    return path


def _numbers(applicants: pl.DataFrame) -> dict[str, str]:
    if "id_number" not in applicants.columns:
        return {}
    return dict(applicants.select("id", "id_number").drop_nulls().iter_rows())


def _applicants(case: dict[str, Any], folder: Path) -> Path:
    people = [case.get("共同", {}) | person for person in case["报名"]]
    columns = list(dict.fromkeys(key for person in people for key in person))
    with (folder / "报名表.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns)
        table.writeheader()
        table.writerows(people)
    return folder / "报名表.csv"


def _scores(case: dict[str, Any], folder: Path) -> Path:
    """One number or word, `{科目: 成绩}`, or a list of the judges' scores."""
    with (folder / "成绩表.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["报名序号", "环节", "科目", "成绩", "评委"])
        for person, results in case["成绩"].items():
            for stage, result in results.items():
                items = result.items() if isinstance(result, dict) else [("", result)]
                for item, score in items:
                    judged = isinstance(score, list)
                    for number, one in enumerate(score if judged else [score], start=1):
                        table.writerow([person, stage, item, one, f"评委{number}" if judged else ""])
    return folder / "成绩表.csv"


def cases() -> list[Path]:
    """Every case file, in the order of their names."""
    return sorted((Path(__file__).parent / "cases").glob("*.yaml"))


def read_case(path: Path) -> dict[str, Any]:
    """A case as text throughout, except for the announcement, whose numbers are numbers."""
    told: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    announcement = read_document(path).get("公告", {})
    return told | {"公告": announcement}
