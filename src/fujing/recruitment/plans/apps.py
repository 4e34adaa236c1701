from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "fujing.recruitment.plans"
    label = "plans"
    verbose_name = "用人计划"
