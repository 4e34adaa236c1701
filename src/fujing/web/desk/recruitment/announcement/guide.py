"""Which part of a draft a finding is about, and what a draft still lacks before it can be published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from fujing.recruitment.campaigns.models import Campaign

OF_ARTICLE = {"19": "scoring", "20": "terms", "21": "stages", "22": "terms"}
OF_RULE = {"announcement.printed": "printed"}
TITLES = {
    "basics": "基本情况",
    "stages": "招聘程序",
    "scoring": "计分和排名",
    "terms": "递补、合同和其他",
    "printed": "待遇、地点和联系方式",
}
SEVERITY = {"violated": 0, "undetermined": 1, "advice": 2}


def place_of(found: Mapping[str, Any], posts: Sequence[str]) -> str:
    """The part's name: of the rule or the article where that has its own part, else the post's, else the basics."""
    part = OF_RULE.get(found["rule"]) or OF_ARTICLE.get(found["provision"].partition(".")[0])
    if part is None:
        part = f"post-{found['subject']}" if found["subject"] in posts else "basics"
    return part


def page_of(campaign: Campaign, part: str) -> str:
    """Where a part is changed."""
    if part.startswith("post-"):
        return reverse("desk:announcement_post", args=[campaign.pk, part.removeprefix("post-")])
    if part == "stages":
        return reverse("desk:announcement_stages", args=[campaign.pk])
    return reverse("desk:announcement_section", args=[campaign.pk, part])


@dataclass
class PartCheck:
    """A part with what the check says of it, worst first; satisfied findings are left out."""

    name: str
    title: str
    url: str
    findings: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        return self.findings[0]["outcome"] if self.findings else "satisfied"


def parts_of(campaign: Campaign) -> dict[str, PartCheck]:
    """Every part of a draft in the order of its pages."""
    posts = {str(post["code"]): post["name"] for post in campaign.document["positions"]}
    titles = {"basics": TITLES["basics"], **{f"post-{code}": f"岗位 {code} {name}" for code, name in posts.items()}}
    titles |= {name: title for name, title in TITLES.items() if name != "basics"}
    made = {name: PartCheck(name, title, page_of(campaign, name)) for name, title in titles.items()}
    for found in sorted(campaign.findings, key=lambda each: SEVERITY.get(each["outcome"], 3)):
        if found["outcome"] in SEVERITY:
            made[place_of(found, list(posts))].findings.append(found)
    return made


def lacking(campaign: Campaign) -> list[tuple[str, str]]:
    """What a draft doesn't say and needs to be published, each with the page where it is filled in."""
    basics, found = page_of(campaign, "basics"), []
    if campaign.plan is None:
        found.append(("用人计划", basics))
    if campaign.registration_from is None or campaign.registration_to is None:
        found.append(("报名起止时间", basics))
    if campaign.document.get("cutoff") is None:
        found.append(("年龄计算截止日", basics))
    entrusted = (campaign.document.get("organiser") or {}).get("mode") == "entrusted"
    if entrusted and not hasattr(campaign, "entrustment"):
        found.append(("委托文件", reverse("desk:entrustment", args=[campaign.pk])))
    stages = campaign.document.get("stages") or []
    if not stages:
        found.append(("招聘程序", page_of(campaign, "stages")))
    for index, stage in enumerate(stages):
        if stage["kind"] == "publicity" and not stage.get("days"):
            found.append(("公示天数", reverse("desk:announcement_stage", args=[campaign.pk, index])))
    if not campaign.document.get("contract"):
        found.append(("劳动合同期限、试用期", page_of(campaign, "terms")))
    return found
