"""Who may sign in to the demo, and with what."""

from __future__ import annotations

PASSWORD = "fujing-demo-2026"  # noqa: S105 - printed by the demo
SANTAI, YANTING, MIANYANG, PROVINCE = 510722000000, 510723000000, 510700000000, 510000000000
# username → name, organ, roles
ACCOUNTS = {
    "santai_hr": ("李经办", SANTAI, ["hr_officer"]),
    "santai_head": ("陈人事", SANTAI, ["hr_head"]),
    "santai_leader": ("周局长", SANTAI, ["organ_leader"]),
    "santai_finance": ("邓财务", SANTAI, ["finance"]),
    "santai_unit": ("赵所长", SANTAI + 500, ["unit_leader"]),
    "santai_police": ("何民警", SANTAI, ["police_officer"]),
    "santai_discipline": ("唐督察", SANTAI, ["discipline"]),
    "santai_inspector": ("谢督察", SANTAI, ["discipline"]),
    "santai_bianzhi": ("编办审核", SANTAI + 910000, ["partner_establishment"]),
    "santai_caizheng": ("财政审核", SANTAI + 920000, ["partner_finance"]),
    "santai_renshe": ("人社经办", SANTAI + 930000, ["partner_hrss"]),
    "santai_zhengfu": ("政府办", SANTAI + 950000, ["partner_government"]),
    "yanting_hr": ("盐亭经办", YANTING, ["hr_officer"]),
    "yanting_head": ("盐亭人事", YANTING, ["hr_head"]),
    "yanting_police": ("冯民警", YANTING, ["police_officer"]),
    "yanting_discipline": ("严督察", YANTING, ["discipline"]),
    "mianyang_head": ("市局人事", MIANYANG, ["hr_head"]),
    "mianyang_discipline": ("郑督察", MIANYANG, ["discipline"]),
    "province_head": ("省厅人事", PROVINCE, ["hr_head"]),
    "province_hr": ("省厅经办", PROVINCE, ["hr_officer"]),
    "system_admin": ("系统管理", PROVINCE, ["system_admin"]),
    "security_admin": ("安全管理", PROVINCE, ["security_admin"]),
    "audit_admin": ("审计管理", PROVINCE, ["audit_admin"]),
}
AUXILIARY = "13800990100"
"""The phone number by which somebody who serves in 三台 signs in to self-service."""
