"""A running demo and a Chromium for each file of journeys; every file begins where `make demo` begins."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.demo import Missing, Site, Visitors, chromium, running_demo


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demo that nobody has opened yet: made once, copied for each file."""
    folder = tmp_path_factory.mktemp("demo")
    try:
        with running_demo(folder):
            return folder
    except Missing as missing:
        pytest.fail(str(missing))


# Not for the session: what one file leaves (a campaign more, an officer with a second step) is nothing to another,
# and which file comes first is chance.
@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demo of this file; FUJING_JOURNEY_SITE names one that is already there, while writing journeys."""
    if running := os.environ.get("FUJING_JOURNEY_SITE"):
        yield Site(running, Path(os.environ["FUJING_JOURNEY_DATA"]))
        return
    folder = tmp_path_factory.mktemp("site") / "data"
    # With its owners: the server's files belong to the server's own user.
    subprocess.run(["cp", "-a", str(request.getfixturevalue("first_day")), str(folder)], check=True)
    try:
        with running_demo(folder, "serve") as demo:
            yield demo
    except Missing as missing:
        pytest.fail(str(missing))
    finally:
        shutil.rmtree(folder / "postgres")  # the log stays, for whoever wants to know what the site said


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
