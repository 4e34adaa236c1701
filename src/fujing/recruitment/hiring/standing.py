"""The hire list as it stands, kept in this process under everything it is computed from: on the day of the results each
of five thousand candidates asks for their own line of the same list.

Nothing is stored that could grow stale: the key holds every input of the law's function, so a changed input is
another key. What is kept are application numbers, ranks and steps, no names.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from fujing.law.ranking import HireList, hire_lists
from fujing.law.ranking.hiring import Dropout, Place
from fujing.recruitment.campaigns.models import Campaign, Position
from fujing.recruitment.hiring.lists import confirmed_on, dropouts_of
from fujing.recruitment.selection.models import PublicityNotice, Ranking
from fujing.recruitment.selection.queries import post_rankings

KEPT = 64  # posts; a list of five thousand takes about four megabytes


@dataclass(frozen=True, slots=True)
class Standing:
    """One post's list with each candidate's line at hand; `stages` counts who entered and passed each stage."""

    made: HireList
    places: dict[str, Place]
    reserve: dict[str, int]
    stages: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Inputs:
    """Everything that the list depends on; `compute` runs once for equal inputs."""

    ranking: int
    digest: str
    position: str
    document: str
    dropouts: tuple[Dropout, ...]
    confirmed_on: date
    compute: Callable[[], Standing] = field(compare=False, repr=False)


@lru_cache(maxsize=KEPT)
def _computed(inputs: _Inputs) -> Standing:
    return inputs.compute()


def standing(campaign: Campaign, position: Position, first: PublicityNotice) -> Standing:
    """The list of one post since its first notice. Read in the organ's territory, and not to be changed."""
    dropouts = dropouts_of(campaign, position)
    confirmed = confirmed_on(first)

    def compute() -> Standing:
        ranking = Ranking.objects.get(pk=first.ranking_id)
        (made,) = hire_lists(campaign.announcement, post_rankings(ranking, position), dropouts, confirmed_on=confirmed)
        post = next(each for each in ranking.document["positions"] if each["position"] == position.code)
        places = {place.subject: place for place in made.places}
        return Standing(made, places, made.reserve_places(), post["stages"])

    return _computed(
        _Inputs(
            first.ranking_id,
            Ranking.objects.values_list("inputs", flat=True).get(pk=first.ranking_id),
            position.code,
            json.dumps(campaign.document, sort_keys=True),
            tuple(dropouts),
            confirmed,
            compute,
        )
    )
