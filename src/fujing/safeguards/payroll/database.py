"""Objects of the payroll: whose facts they are, and of which sheet."""

from __future__ import annotations

from fujing.kernel.objects import key, same_parent

OBJECTS = (
    key("pay_sheet_of_organ", "payroll_factsheet", "id, organ_code"),
    *(
        same_parent(f"{name}_of_its_sheet", table, "sheet_id, organ_code", "payroll_factsheet", "id, organ_code")
        for name, table in (("pay_standing", "payroll_standingfacts"), ("pay_month", "payroll_monthfacts"))
    ),
)
