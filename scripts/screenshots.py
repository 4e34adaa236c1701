"""`make screenshots`: start the demo, go the whole way, and photograph the main pages into docs/screenshots."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.journeys.demo import Site, Visitors, chromium, running_demo  # noqa: E402
from tests.journeys.test_recruitment import APPLICANTS, PASSWORD, whole_way  # noqa: E402

TARGET = ROOT / "docs" / "screenshots"


def photograph(visitors: Visitors, plan: str, campaign: str) -> None:
    """Each page at desk and phone width, as the person who uses it."""
    public = campaign.replace("/desk/campaigns/", "/announcements/")
    hr, head = "santai_hr", "santai_head"
    pages: list[tuple[str, str | None, str]] = [
        ("home", hr, "/desk/"),
        ("quota", "mianyang_head", "/desk/quota/"),
        ("plan", "santai_zhengfu", plan),
        ("campaign", head, campaign),
        ("review", hr, f"{campaign}applications/"),
        ("ranking", hr, f"{campaign}ranking/"),
        ("publicity", head, f"{campaign}publicity/"),
        ("hires", head, f"{campaign}hires/"),
        ("roster", hr, "/desk/people/"),
        ("announcement", None, public),
        ("law", None, "/law/"),
        ("provision", None, "/law/18.3/"),
    ]
    for width in ("desk", "phone"):
        for name, username, path in pages:
            page = visitors(username, phone=width == "phone")
            page.goto(path)
            page.screenshot(path=TARGET / f"{name}-{width}.png")
        page = visitors(hr, phone=width == "phone")
        page.goto("/desk/search/?q=lxm")
        page.locator("[data-row]").first.click()
        page.screenshot(path=TARGET / f"person-{width}.png")
        mine = visitors(APPLICANTS[0][1], phone=width == "phone", password=PASSWORD)
        mine.locator(".card-link").first.click()
        mine.screenshot(path=TARGET / f"application-{width}.png")


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as site, chromium() as browser:
        visitors = Visitors(browser, Site(site.url, site.data))
        plan, campaign = whole_way(visitors, site, Path(folder))
        photograph(visitors, plan, campaign)
        visitors.close()


if __name__ == "__main__":
    main()
