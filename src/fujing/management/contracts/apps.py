from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "fujing.management.contracts"
    label = "contracts"
    verbose_name = "劳动合同"
