"""Screening (资格审查): the eligibility of each applicant for the post applied for, as FORMATS documents it."""

from __future__ import annotations

from fujing.law.screening.screen import Screening, asked_columns, digest_of_inputs, screen

__all__ = ["Screening", "asked_columns", "digest_of_inputs", "screen"]
