"""谁可以看投诉举报: the accused, namesakes, their unit, and a bureau whose leaders are accused never do."""

from __future__ import annotations

import pytest

from fujing.law.complaints.readers import About, Accused, Candidate, competent, may_read, readers

COUNTY, STATION, OTHER = 510722000000, 510722000100, 510722000200
CITY, PROVINCE = 510700000000, 510000000000
ZHANG = Candidate(1, "张督察", COUNTY, COUNTY)
LI = Candidate(2, "李督察", COUNTY, STATION)
WANG = Candidate(3, "王督察", CITY, CITY)


@pytest.mark.parametrize(
    ("who", "accused", "verdict"),
    [
        (ZHANG, Accused(COUNTY, About.AUXILIARY), True),
        (ZHANG, Accused(COUNTY, About.AUXILIARY, frozenset({"张督察"})), False),
        (ZHANG, Accused(COUNTY, About.AUXILIARY, frozenset({"李督察"})), True),
        (LI, Accused(COUNTY, About.UNIT, unit=STATION), False),
        (LI, Accused(COUNTY, About.UNIT, unit=OTHER), True),
        (Candidate(4, "赵督察", COUNTY, None), Accused(COUNTY, About.UNIT, unit=STATION), None),
        (ZHANG, Accused(COUNTY, About.LEADER), False),
        (WANG, Accused(COUNTY, About.LEADER), True),
        (WANG, Accused(COUNTY, About.DISCIPLINE, frozenset({"王督察"})), False),
    ],
)
def test_who_may_read_and_who_never(who: Candidate, accused: Accused, verdict: bool | None) -> None:
    assert may_read(who, accused) is verdict


def test_leaders_and_discipline_officers_are_accused_at_the_superior_bureau() -> None:
    assert competent(Accused(COUNTY, About.UNIT)) == COUNTY
    assert competent(Accused(COUNTY, About.LEADER)) == CITY
    assert competent(Accused(CITY, About.DISCIPLINE)) == PROVINCE
    assert competent(Accused(PROVINCE, About.LEADER)) is None


def test_where_nobody_is_left_the_superior_bureau_reads_and_what_is_not_known_is_not_allowed() -> None:
    unknown = Candidate(4, "赵督察", COUNTY, None)
    at = {COUNTY: [ZHANG, LI], CITY: [WANG]}
    assert readers(Accused(COUNTY, About.AUXILIARY), at) == (COUNTY, [ZHANG, LI])
    assert readers(Accused(COUNTY, About.LEADER), at) == (CITY, [WANG])
    assert readers(Accused(COUNTY, About.AUXILIARY, frozenset({"张督察", "李督察"})), at) == (CITY, [WANG])
    assert readers(Accused(COUNTY, About.UNIT, unit=STATION), {COUNTY: [unknown], CITY: [WANG]}) == (CITY, [WANG])
    assert readers(Accused(COUNTY, About.AUXILIARY), {}) == (None, [])
