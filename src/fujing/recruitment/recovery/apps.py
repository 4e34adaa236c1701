from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    name = "fujing.recruitment.recovery"
    label = "recovery"
    verbose_name = "账号找回"
