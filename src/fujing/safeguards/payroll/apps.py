from django.apps import AppConfig


class PayrollConfig(AppConfig):
    name = "fujing.safeguards.payroll"
    label = "payroll"
    verbose_name = "薪酬"
