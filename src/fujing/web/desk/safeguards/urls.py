"""Addresses of the wing: 薪酬, 请假, 年休假."""

from django.urls import path

from fujing.web.desk.safeguards import leave, leave_years, pay, pay_sheets

urlpatterns = [
    path("leaves/", leave.leaves, name="leaves"),
    path("leaves/away/", leave.away, name="leaves_away"),
    path("leaves/<id:pk>/", leave.leave, name="leave_request"),
    path("leaves/<id:pk>/paper/", leave.leave_paper, name="leave_paper"),
    path("leaves/engagements/<id:pk>/ask/", leave.ask, name="leave_ask"),
    path("leave-years/", leave_years.years, name="leave_years"),
    path("leave-years/<id:pk>/", leave_years.year, name="leave_year"),
    path("leave-years/<id:pk>/settle/", leave_years.settle, name="leave_settle"),
    path("leave-years/<id:pk>/correct/", leave_years.correct, name="leave_correct"),
    path("leave-years/engagements/<id:pk>/record/", leave_years.record, name="work_record"),
    path("pay/", pay.pay_runs, name="pay_runs"),
    path("pay/draft/", pay.pay_draft, name="pay_draft"),
    path("pay/<id:pk>/", pay.pay_run, name="pay_run"),
    path("pay/<id:pk>/slips/", pay.pay_slips, name="pay_slips"),
    path("pay/<id:pk>/bank/", pay.pay_bank, name="pay_bank"),
    path("pay/<id:pk>/tax/", pay.pay_tax, name="pay_tax"),
    path("pay/<id:pk>/insurance/", pay.pay_insurance, name="pay_insurance"),
    path("pay/slips/<id:pk>/", pay.pay_slip, name="pay_slip"),
    path("pay/facts/", pay_sheets.pay_facts, name="pay_facts"),
    path("pay/facts/template/", pay_sheets.pay_template, name="pay_template"),
    path("pay/schemes/", pay_sheets.pay_schemes, name="pay_schemes"),
    path("pay/schemes/new/", pay_sheets.pay_scheme_new, name="pay_scheme_new"),
    path("pay/schemes/<id:pk>/", pay_sheets.pay_scheme, name="pay_scheme"),
    path("pay/schemes/<id:pk>/scan/", pay_sheets.pay_scheme_scan, name="pay_scheme_scan"),
]
