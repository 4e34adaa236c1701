from django.apps import AppConfig


class DisciplineConfig(AppConfig):
    name = "fujing.management.discipline"
    label = "discipline"
    verbose_name = "违反义务的处理"
