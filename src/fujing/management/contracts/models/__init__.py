"""What is held about contracts beside the registry's own: renewals, and what was found at the end of a probation."""

from fujing.management.contracts.models.probation import ProbationReview
from fujing.management.contracts.models.renewals import Renewal

__all__ = ["ProbationReview", "Renewal"]
