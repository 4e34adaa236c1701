"""Lawful announcements, open for registration now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

STAGES: list[dict[str, Any]] = [
    {"kind": "announcement"},
    {"kind": "registration"},
    {"kind": "qualification_review"},
    {"kind": "written", "full": 100, "pass": 60, "weight": 0.5},
    {"kind": "fitness", "gate": {"standard": "police_2011", "need": "all"}},
    {"kind": "interview", "full": 100, "weight": 0.5},
    {"kind": "medical", "admit": {"ratio": 1}},
    {"kind": "background"},
    {"kind": "publicity", "days": 5, "unit": "working"},
    {"kind": "hire"},
]


def document(**changes: Any) -> dict[str, Any]:
    """A lawful announcement, open for registration now; changes replace its top-level keys."""
    now = timezone.localtime()
    return {
        "title": "2026年公开招聘警务辅助人员公告",
        "organiser": {"mode": "alone"},
        "cutoff": "2026-01-22",
        "age_reading": "completed_years",
        "registration": {
            "from": (now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
            "to": (now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M"),
        },
        "positions": [
            {
                "code": "01",
                "name": "一线执勤",
                "category": "field",
                "headcount": 1,
                "conditions": {"age": {"min": 18, "max": 35}, "education": {"min": "high_school"}},
            }
        ],
        "stages": STAGES,
        "contract": {"term_months": 36, "probation_months": 2},
        **changes,
    }


def without_fitness(**changes: Any) -> dict[str, Any]:
    """An announcement for a scarce skill that drops the fitness test."""
    made = document(**changes)
    made["positions"][0]["scarce"] = {"reason": "急需无人机操控人员"}
    made["stages"] = [stage for stage in STAGES if stage["kind"] != "fitness"]
    return made | {"simplified": {"dropped": ["fitness"]}}
