from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "fujing.kernel"
    verbose_name = "内核"
