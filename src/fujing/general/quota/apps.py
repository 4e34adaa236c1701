from django.apps import AppConfig


class QuotaConfig(AppConfig):
    name = "fujing.general.quota"
    label = "quota"
    verbose_name = "用人额度"
