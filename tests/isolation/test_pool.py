"""Territory over reused connections: 8 threads, a pool of 4, two counties."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from fujing.kernel.actor import Actor, acting
from fujing.registry.models import Post
from tests import factories

REQUESTS = 400


@pytest.fixture
def pool_of_four(committed: None) -> Iterator[None]:
    """The pool of production in small, so that every connection is reused by both counties."""
    wrapper = connections["default"]
    wrapper.close()
    wrapper.settings_dict["OPTIONS"]["pool"] = {"min_size": 4, "max_size": 4, "timeout": 20}
    yield
    wrapper.close_pool()
    del wrapper.settings_dict["OPTIONS"]["pool"]


@pytest.mark.race
def test_each_request_sees_only_its_own_county(pool_of_four: None) -> None:
    with acting(factories.PROVINCIAL):
        for code in (factories.SANTAI, factories.YANTING):
            factories.post(factories.unit(code).code)
    actors = [factories.territorial(code) for code in (factories.SANTAI, factories.YANTING)]

    def request(number: int) -> tuple[int, set[int]]:
        actor: Actor = actors[number % 2]
        with acting(actor, read_only=number % 3 == 0):
            seen = set(Post.objects.values_list("organ_code", flat=True))
        leaked = set(Post.objects.values_list("organ_code", flat=True))  # the same connection, now nobody's
        connections["default"].close()
        assert leaked == set()
        assert actor.organ_code is not None
        return actor.organ_code, seen

    with ThreadPoolExecutor(8) as threads:
        for own, seen in threads.map(request, range(REQUESTS)):
            assert seen == {own}
