"""The nouns that every chapter shares."""

from fujing.registry.models.accounts import Account, RoleAssignment, SavedView
from fujing.registry.models.organs import Organ, Post, territory_of
from fujing.registry.models.people import Assignment, Contract, Engagement, Person, PersonalRead

__all__ = [
    "Account",
    "Assignment",
    "Contract",
    "Engagement",
    "Organ",
    "Person",
    "PersonalRead",
    "Post",
    "RoleAssignment",
    "SavedView",
    "territory_of",
]
