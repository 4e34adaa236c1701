from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "fujing.general.budget"
    label = "budget"
    verbose_name = "经费预算"
