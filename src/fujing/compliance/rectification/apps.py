from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "fujing.compliance.rectification"
    label = "rectification"
    verbose_name = "督导整改"
