"""What `make bench` fills tables with follows their columns."""

from __future__ import annotations

import re

from bench.stored import FILL
from fujing.recruitment.applications.models import Application


def test_the_filled_applications_have_every_column_that_must_not_be_empty() -> None:
    named = re.search(r"\(([^)]*)\)", FILL)
    assert named
    filled = {column.strip() for column in named[1].split(",")}
    needed = {each.column for each in Application._meta.concrete_fields if not each.null and not each.primary_key}
    assert needed <= filled
