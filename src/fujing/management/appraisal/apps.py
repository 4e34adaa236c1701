from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "fujing.management.appraisal"
    label = "appraisal"
    verbose_name = "考核"
