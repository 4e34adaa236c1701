"""Templates stay readable, and tables are drawn by the kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src" / "fujing" / "web"
TEMPLATES = sorted(WEB.rglob("*.html"))
LONGEST = 140
STILL_LONG = {"recruitment/application.html", "recruitment/campaign.html"}
"""Pages that are laid out anew with their acts; a name goes from here with its last long line."""
DRAWN_BY_HAND = {
    "general/budget/detail.html": "one budget's six amounts beside those before, with marks of what changed",
    "recruitment/announcement/stages.html": "a form: every row of the table is moved and edited in place",
    "recruitment/background.html": "two findings side by side, each with the checker's own words",
    "recruitment/campaign.html": "posts and counts of one announcement on its own page",
    "recruitment/consents/consent.html": "the asked-for change of one announcement",
    "recruitment/exams/sitting.html": "rooms with the forms that change them",
    "recruitment/plan.html": "lines of one plan beside what they were, and its route",
    "recruitment/plan_form.html": "a form: every row of the table is typed in",
    "compliance/guidance/document.html": "who received one document",
    "desk/sheet_faults.html": "faults of an uploaded sheet, by its own rows",
}
"""Detail pages and forms, not lists."""


def name_of(template: Path) -> str:
    """The name by which a view asks for it."""
    return str(template).rpartition("/templates/")[2]


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_no_line_of_a_template_is_longer_than_a_screen(template: Path) -> None:
    lines = template.read_text(encoding="utf-8").splitlines()
    long = [number for number, line in enumerate(lines, 1) if len(line) > LONGEST]
    assert bool(long) == (name_of(template) in STILL_LONG), long


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_only_the_kinds_draw_tables(template: Path) -> None:
    drawn = "<table" in template.read_text(encoding="utf-8")
    if "/templates/kinds/" not in str(template):
        assert drawn == (name_of(template) in DRAWN_BY_HAND)


def test_only_the_desk_loads_htmx() -> None:
    assert [name_of(each) for each in TEMPLATES if "htmx.min.js" in each.read_text(encoding="utf-8")] == [
        "desk/base.html"
    ]
