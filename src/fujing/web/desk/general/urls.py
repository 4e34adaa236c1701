"""Addresses of the wing: 额度、经费."""

from django.urls import path

from fujing.web.desk.general import budget, budget_approval, quota, quota_sheets

urlpatterns = [
    path("quota/", quota.overview, name="quota"),
    path("quota/grant/", quota.grant, name="quota_grant"),
    path("quota/move/", quota.move, name="quota_move"),
    path("quota/figures/", quota.figures, name="quota_figures"),
    path("quota/withdraw/", quota.withdraw, name="quota_withdraw"),
    path("quota/grants/", quota_sheets.grants, name="quota_grants"),
    path("quota/grants/template/", quota_sheets.template, name="quota_grants_template"),
    path("quota/scans/<id:file>/", quota.scan, name="quota_scan"),
    path("quota/<id:code>/ledger/", quota_sheets.ledger_export, name="quota_ledger"),
    path("quota/<id:code>/export/", quota_sheets.territory_export, name="quota_export"),
    path("quota/<id:code>/", quota.overview, name="quota_organ"),
    path("budget/", budget.overview, name="budgets"),
    path("budget/new/", budget_approval.edit, name="budget_new"),
    path("budget/spend/", budget.spend, name="budget_spend"),
    path("budget/organs/<id:code>/", budget.overview, name="budget_organ"),
    path("budget/organs/<id:code>/below/", budget.territory, name="budget_territory"),
    path("budget/<id:pk>/", budget_approval.detail, name="budget"),
    path("budget/<id:pk>/edit/", budget_approval.edit, name="budget_edit"),
    path("budget/<id:pk>/paper/", budget_approval.paper, name="budget_paper"),
    path("budget/<id:pk>/scan/", budget_approval.scan, name="budget_scan"),
]
