from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    name = "fujing.management.corrections"
    label = "corrections"
    verbose_name = "更正申请"
