"""Fujing: management of police auxiliaries, with the Measures written into it."""

__version__ = "0.1.0"
