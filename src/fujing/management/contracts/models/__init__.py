"""What is held about contracts beside the registry's own: renewals, what was found at the end of a probation, and changes."""

from fujing.management.contracts.models.changes import ContractChange, Subject
from fujing.management.contracts.models.probation import ProbationReview
from fujing.management.contracts.models.renewals import Renewal

__all__ = ["ContractChange", "ProbationReview", "Renewal", "Subject"]
