from django.apps import AppConfig


class HiringConfig(AppConfig):
    name = "fujing.recruitment.hiring"
    label = "hiring"
