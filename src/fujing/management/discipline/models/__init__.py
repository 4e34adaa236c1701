"""Breaches of duty with their file, and the organ's rules by which they are graded."""

from fujing.management.discipline.models.matters import Asking, Hearing, Matter, Proof, Referral
from fujing.management.discipline.models.schemes import Measure, Scheme

__all__ = ["Asking", "Hearing", "Matter", "Measure", "Proof", "Referral", "Scheme"]
