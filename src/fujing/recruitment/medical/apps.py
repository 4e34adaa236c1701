from django.apps import AppConfig


class MedicalConfig(AppConfig):
    name = "fujing.recruitment.medical"
    label = "medical"
