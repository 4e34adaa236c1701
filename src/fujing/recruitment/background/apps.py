from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "fujing.recruitment.background"
    label = "background"
    verbose_name = "考察"
