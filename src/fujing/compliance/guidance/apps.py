from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "fujing.compliance.guidance"
    label = "guidance"
    verbose_name = "指导文件"
