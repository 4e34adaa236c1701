"""Protection of who is harmed on duty or wrongly accused for it (Articles 28 and 44): scopes, terms, what a conclusion needs."""

from fujing.law.protection.concluding import Case, Lack, lacking
from fujing.law.protection.kinds import KINDS, SCOPES, Kind, Scope
from fujing.law.protection.terms import Stated, last_day

__all__ = ["KINDS", "SCOPES", "Case", "Kind", "Lack", "Scope", "Stated", "lacking", "last_day"]
