from django.apps import AppConfig


class LeavingConfig(AppConfig):
    name = "fujing.management.leaving"
    label = "leaving"
    verbose_name = "离职"
