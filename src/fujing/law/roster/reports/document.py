"""The document of FORMATS: what machines read of a check, one finding a line."""

from __future__ import annotations

import json
from typing import TextIO

from pydantic import TypeAdapter

from fujing.law.findings import RowFinding
from fujing.law.roster.check import RosterCheck

WRITTEN = TypeAdapter(RowFinding)
BLOCK = 1000
"""Findings written at once."""


class JsonDocument:
    """Writes the counts at once, the findings as they come."""

    def __init__(self, check: RosterCheck, target: TextIO) -> None:
        self.target = target
        self.lines: list[bytes] = []
        self.separator = "\n"
        head = {
            "as_of": check.as_of.isoformat(),
            "organs": check.organs,
            "counts": check.counts,
            "not_covered": check.not_covered,
        }
        target.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "findings": [')

    def add(self, finding: RowFinding) -> None:
        self.lines.append(WRITTEN.serializer.to_json(finding))
        if len(self.lines) == BLOCK:
            self._flush()

    def close(self) -> None:
        self._flush()
        self.target.write("\n]}\n")

    def _flush(self) -> None:
        if self.lines:
            self.target.write(self.separator + b",\n".join(self.lines).decode())
            self.separator = ",\n"
            self.lines = []
