"""Addresses of the wing: 花名册、档案、账号."""

from django.urls import path

from fujing.web.desk import dossier, views
from fujing.web.desk.registry import daily, people, responsible, system, trail

urlpatterns = [
    path("people/", people.roster, name="people"),
    path("people/responsible/", responsible.responsible, name="responsible"),
    path("people/<id:pk>/", dossier.dossier, name="person"),
    path("people/<id:pk>/reveal/", dossier.reveal_field, name="person_reveal"),
    path("views/<str:page>/", views.save, name="view_save"),
    path("views/<str:page>/forget/", views.forget, name="view_forget"),
    path("accounts/", system.accounts, name="accounts"),
    path("accounts/new/", system.account_new, name="account_new"),
    path("accounts/<id:pk>/", system.account, name="account"),
    path("accounts/<id:pk>/roles/", system.roles, name="account_roles"),
    path("system/", daily.system, name="system"),
    path("trail/", trail.trail, name="trail"),
]
