from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "fujing.recruitment.applications"
    label = "applications"
