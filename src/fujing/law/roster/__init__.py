"""The check-up of a bare Excel roster, to the letter of formats/roster: no database, no network."""

from fujing.law.roster.check import RosterCheck, check_roster

__all__ = ["RosterCheck", "check_roster"]
