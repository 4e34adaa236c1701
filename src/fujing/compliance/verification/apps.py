from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "fujing.compliance.verification"
    label = "verification"
    verbose_name = "核实"
