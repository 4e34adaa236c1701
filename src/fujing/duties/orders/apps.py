from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "fujing.duties.orders"
    label = "orders"
    verbose_name = "派勤单"
