from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "fujing.recruitment.retention"
    label = "retention"
    verbose_name = "报名资料保存"
