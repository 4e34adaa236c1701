from django.apps import AppConfig


class OutfitConfig(AppConfig):
    name = "fujing.management.outfit"
    label = "outfit"
    verbose_name = "证装"
