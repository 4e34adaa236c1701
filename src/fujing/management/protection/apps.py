from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "fujing.management.protection"
    label = "protection"
    verbose_name = "维权澄清"
