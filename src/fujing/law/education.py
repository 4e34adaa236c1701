"""Levels of education: how they are written, and their order (Article 18.4)."""

from __future__ import annotations

EDUCATION = {
    "小学": "primary",
    "初中": "junior_middle",
    "高中": "high_school",
    "普通高中": "high_school",
    "中专": "high_school",
    "职高": "high_school",
    "职业高中": "high_school",
    "技校": "high_school",
    "大专": "junior_college",
    "专科": "junior_college",
    "大学专科": "junior_college",
    "本科": "bachelor",
    "大学本科": "bachelor",
    "硕士": "master",
    "硕士研究生": "master",
    "博士": "doctor",
    "博士研究生": "doctor",
}
EDUCATION_LABEL = {
    "primary": "小学",
    "junior_middle": "初中",
    "high_school": "高中",
    "junior_college": "大专",
    "bachelor": "本科",
    "master": "硕士",
    "doctor": "博士",
}
LEVELS = tuple(EDUCATION_LABEL)
"""From the lowest to the highest; 高中, 中专, 职高 and 技校 are one level (18.4)."""
