"""Addresses of the wing: 请假, 年休假."""

from django.urls import path

from fujing.web.desk.safeguards import leave, leave_years

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
]
