"""One running demo and one Chromium for all journeys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.demo import Missing, Site, Visitors, chromium, running_demo


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demo of this run; FUJING_JOURNEY_SITE names one that is already there, while writing journeys."""
    if running := os.environ.get("FUJING_JOURNEY_SITE"):
        yield Site(running, Path(os.environ["FUJING_JOURNEY_DATA"]))
        return
    try:
        with running_demo(tmp_path_factory.mktemp("demo")) as demo:
            yield demo
    except Missing as missing:
        pytest.fail(str(missing))


# Not for the session: an open Playwright leaves an event loop running in this thread, and Django refuses a
# database connection beside one to whatever other module comes next in the random order.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Without Chromium the journeys fail and say what is missing."""
    try:
        with chromium() as opened:
            yield opened
    except Missing as missing:
        pytest.fail(str(missing))


@pytest.fixture
def sign_in(site: Site, browser: Browser) -> Iterator[Visitors]:
    """Opens pages as somebody."""
    visitors = Visitors(browser, site)
    yield visitors
    visitors.close()
