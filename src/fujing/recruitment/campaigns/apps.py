from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "fujing.recruitment.campaigns"
    label = "campaigns"
