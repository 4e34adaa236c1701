"""Addresses of the wing: 派勤."""

from django.urls import path

from fujing.web.desk.duties import bulk, day, forms, orders, sheets, week

urlpatterns = [
    path("duties/", week.week, name="duties"),
    path("duties/day/", day.day, name="duties_day"),
    path("duties/give/", bulk.give, name="duties_give"),
    path("duties/copy/", bulk.copy, name="duties_copy"),
    path("duties/sheet/", sheets.sheet, name="duty_sheet"),
    path("duties/sheet/template/", sheets.template, name="duty_template"),
    path("duties/sheet/excel/", sheets.excel, name="duty_excel"),
    path("duties/orders/", orders.orders, name="duty_orders"),
    path("duties/orders/new/", forms.new, name="duty_new"),
    path("duties/orders/<id:pk>/", orders.order, name="duty"),
    path("duties/orders/<id:pk>/edit/", forms.edit, name="duty_edit"),
    path("duties/orders/<id:pk>/repeat/", forms.repeat, name="duty_repeat"),
]
