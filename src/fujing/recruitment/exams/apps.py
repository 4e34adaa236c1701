from django.apps import AppConfig


class ExamsConfig(AppConfig):
    name = "fujing.recruitment.exams"
    label = "exams"
