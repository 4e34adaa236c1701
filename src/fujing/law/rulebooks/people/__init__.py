"""The rule books on people in service, on people who have left, and on organs as a whole.

They judge a roster file, the people in the database, and single acts alike. A rule's place is its bit in stored masks:
new ones are added at the end.
"""

from __future__ import annotations

from fujing.law.engine import RuleBook
from fujing.law.rulebooks.people import contracts, leaving, organs, safeguards, standing, upkeep
from fujing.law.rulebooks.people.facts import EFFECTIVE, Auxiliary

SCOPE = RuleBook("sichuan-345.people.scope", Auxiliary, (standing.excluded,), EFFECTIVE)
"""Who is an auxiliary at all; whoever isn't is judged by no other rule."""
PEOPLE = RuleBook(
    "sichuan-345.people", Auxiliary, (*standing.RULES, *contracts.RULES, *upkeep.RULES, *safeguards.RULES), EFFECTIVE
)
LEAVERS = RuleBook("sichuan-345.people.left", Auxiliary, leaving.RULES, EFFECTIVE)
ORGANS = RuleBook("sichuan-345.organs", organs.OrganFigures, organs.RULES, EFFECTIVE)
