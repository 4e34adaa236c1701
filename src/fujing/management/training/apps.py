from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "fujing.management.training"
    label = "training"
    verbose_name = "教育培训"
