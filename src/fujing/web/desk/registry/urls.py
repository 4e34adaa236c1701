"""Addresses of the wing: 花名册、档案、账号."""

from django.urls import path

from fujing.web.desk import dossier, known, views
from fujing.web.desk.registry import (
    daily,
    people,
    readings,
    responsible,
    roster_check,
    roster_check_lists,
    roster_import,
    sign_ins,
    system,
    trail,
    undated,
    verifying,
)

urlpatterns = [
    path("people/", people.roster, name="people"),
    path("people/responsible/", responsible.responsible, name="responsible"),
    path("people/undated/", undated.undated, name="undated"),
    path("sign-ins/", sign_ins.sign_ins, name="sign_ins"),
    path("sign-ins/give/", sign_ins.give, name="sign_ins_give"),
    path("sign-ins/<id:pk>/", sign_ins.sign_in, name="sign_in"),
    path("people/<id:pk>/", dossier.dossier, name="person"),
    path("people/<id:pk>/known/", known.known, name="person_known"),
    path("people/<id:pk>/reveal/", dossier.reveal_field, name="person_reveal"),
    path("roster-check/", roster_check.upload, name="roster_check"),
    path("checkup/", roster_check.registered, name="checkup"),
    path("roster-check/findings/<id:row>/verify/", verifying.verify, name="roster_check_verify"),
    path("roster-check/template/", roster_check.template, name="roster_check_template"),
    path("roster-check/report/", roster_check.report, name="roster_check_report"),
    path("roster-check/report/<str:kind>/", roster_check.export, name="roster_check_export"),
    path("roster-check/findings/", roster_check_lists.findings, name="roster_check_findings"),
    path("roster-check/people/", roster_check_lists.people, name="roster_check_people"),
    path("roster-check/people/<id:row>/", roster_check_lists.person, name="roster_check_person"),
    path("roster-check/import/", roster_import.preview, name="roster_import"),
    path("roster-check/imports/", roster_import.imports, name="roster_imports"),
    path("roster-check/imports/<id:pk>/", roster_import.imported, name="roster_imported"),
    path("roster-check/remove/", roster_check.remove, name="roster_check_remove"),
    path("views/<str:page>/", views.save, name="view_save"),
    path("views/<str:page>/forget/", views.forget, name="view_forget"),
    path("accounts/", system.accounts, name="accounts"),
    path("accounts/new/", system.account_new, name="account_new"),
    path("accounts/<id:pk>/", system.account, name="account"),
    path("accounts/<id:pk>/roles/", system.roles, name="account_roles"),
    path("system/", daily.system, name="system"),
    path("trail/", trail.trail, name="trail"),
    path("readings/", readings.readings, name="readings"),
]
