"""Pages of the desk."""

from django.urls import path

from fujing.web.desk import applications, campaigns, hiring, home, people, plans, quota, selection, system

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("quota/", quota.overview, name="quota"),
    path("quota/grant/", quota.grant, name="quota_grant"),
    path("quota/move/", quota.move, name="quota_move"),
    path("quota/<int:code>/", quota.overview, name="quota_organ"),
    path("plans/", plans.listing, name="plans"),
    path("plans/new/", plans.edit, name="plan_new"),
    path("plans/<int:pk>/", plans.detail, name="plan"),
    path("plans/<int:pk>/edit/", plans.edit, name="plan_edit"),
    path("campaigns/", campaigns.listing, name="campaigns"),
    path("campaigns/new/", campaigns.edit, name="campaign_new"),
    path("campaigns/upload/", campaigns.upload, name="campaign_upload"),
    path("campaigns/<int:pk>/", campaigns.detail, name="campaign"),
    path("campaigns/<int:pk>/edit/", campaigns.edit, name="campaign_edit"),
    path("campaigns/<int:pk>/applications/", applications.queue, name="applications"),
    path("applications/<int:pk>/", applications.detail, name="application"),
    path("applications/<int:pk>/files/<int:file>/", applications.attachment, name="attachment"),
    path("applications/<int:pk>/background/", applications.background, name="background"),
    path("campaigns/<int:pk>/scores/", selection.scores, name="scores"),
    path("campaigns/<int:pk>/scores/template/", selection.template, name="score_template"),
    path("campaigns/<int:pk>/ranking/", selection.ranking, name="ranking"),
    path("campaigns/<int:pk>/ranking/export/", selection.export, name="ranking_export"),
    path("campaigns/<int:pk>/publicity/", selection.publicity, name="publicity"),
    path("campaigns/<int:pk>/hires/", hiring.hires, name="hires"),
    path("applications/<int:pk>/hire/", hiring.hire_form, name="hire"),
    path("engagements/<int:pk>/contract/", hiring.contract, name="contract"),
    path("people/", people.roster, name="people"),
    path("people/export/", people.export, name="people_export"),
    path("people/<int:pk>/", people.dossier, name="person"),
    path("people/<int:pk>/reveal/", people.reveal_field, name="person_reveal"),
    path("accounts/", system.accounts, name="accounts"),
    path("accounts/new/", system.account_new, name="account_new"),
    path("accounts/<int:pk>/roles/", system.roles, name="account_roles"),
    path("trail/", system.trail, name="trail"),
]
