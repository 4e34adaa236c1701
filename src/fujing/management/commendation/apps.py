from django.apps import AppConfig


class CommendationConfig(AppConfig):
    name = "fujing.management.commendation"
    label = "commendation"
    verbose_name = "表彰奖励"
