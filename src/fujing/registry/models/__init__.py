"""The nouns that every chapter shares."""

from fujing.registry.models.accounts import Account, RoleAssignment, SavedView
from fujing.registry.models.activations import Activation
from fujing.registry.models.corrected import PlaceCorrection
from fujing.registry.models.imports import RosterImport
from fujing.registry.models.organs import Organ, Post, bureau_of, bureau_range, territory_of
from fujing.registry.models.people import Assignment, Contract, Engagement, Person
from fujing.registry.models.records import RosterRecord

__all__ = [
    "Account",
    "Activation",
    "Assignment",
    "Contract",
    "Engagement",
    "Organ",
    "Person",
    "PlaceCorrection",
    "Post",
    "RoleAssignment",
    "RosterImport",
    "RosterRecord",
    "SavedView",
    "bureau_of",
    "bureau_range",
    "territory_of",
]
