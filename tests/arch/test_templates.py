"""Templates stay readable, and tables are drawn by the kinds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src" / "fujing" / "web"
TEMPLATES = sorted(WEB.rglob("*.html"))
LONGEST = 140
DRAWN_BY_HAND = {
    "recruitment/announcement/stages.html": "a form: every row of the table is moved and edited in place",
    "recruitment/plan_form.html": "a form: every row of the table is typed in",
}
"""Forms; on a phone their rows are cards like those of lists."""


def name_of(template: Path) -> str:
    """The name by which a view asks for it."""
    return str(template).rpartition("/templates/")[2]


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_no_line_of_a_template_is_longer_than_a_screen(template: Path) -> None:
    lines = template.read_text(encoding="utf-8").splitlines()
    long = [number for number, line in enumerate(lines, 1) if len(line) > LONGEST]
    assert not long


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_only_the_kinds_draw_tables(template: Path) -> None:
    drawn = "<table" in template.read_text(encoding="utf-8")
    if "/templates/kinds/" not in str(template):
        assert drawn == (name_of(template) in DRAWN_BY_HAND)


@pytest.mark.parametrize("name", DRAWN_BY_HAND)
def test_a_table_drawn_by_hand_is_cards_on_a_phone_too(name: str) -> None:
    (template,) = (each for each in TEMPLATES if name_of(each) == name)
    text = template.read_text(encoding="utf-8")
    assert '<table class="list cards" role="table">' in text
    cells = re.findall(r"<td\b[^>]*>", text)
    assert cells
    assert not [cell for cell in cells if not re.search(r'data-label=|"lead"|"does|colspan=', cell)]


def test_only_the_desk_loads_htmx() -> None:
    assert [name_of(each) for each in TEMPLATES if "htmx.min.js" in each.read_text(encoding="utf-8")] == [
        "desk/base.html"
    ]
