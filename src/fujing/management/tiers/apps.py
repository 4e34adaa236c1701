from django.apps import AppConfig


class TiersConfig(AppConfig):
    name = "fujing.management.tiers"
    label = "tiers"
    verbose_name = "层级管理"
