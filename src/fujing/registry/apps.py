from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "fujing.registry"
    verbose_name = "登记"
