from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "fujing.recruitment.selection"
    label = "selection"
