"""Pages for everybody: announcements, applying, publicity, progress."""

from django.urls import path

from fujing.web.public import (
    applying,
    cards,
    complaints,
    listing,
    may_apply,
    own_data,
    papers,
    receipts,
    recovery,
    tickets,
    views,
)

app_name = "public"
urlpatterns = [
    path("", listing.home, name="home"),
    path("announcements/<id:pk>/", views.announcement, name="announcement"),
    path("announcements/<id:pk>/apply/", applying.apply, name="apply"),
    path("announcements/<id:pk>/apply/check/", applying.check, name="apply_check"),
    path("announcements/<id:pk>/may-apply/", may_apply.may_apply, name="may_apply"),
    path("announcements/<id:pk>/papers/", papers.paper, name="paper"),
    path("announcements/<id:pk>/publicity/", views.publicity, name="publicity"),
    path("sign-up/", views.sign_up, name="sign_up"),
    path("mine/", views.mine, name="mine"),
    path("mine/copy/", own_data.copy, name="copy"),
    path("mine/readings/", own_data.readings, name="readings"),
    path("mine/<id:pk>/", views.application, name="application"),
    path("mine/<id:pk>/files/<id:file>/", views.attachment, name="attachment"),
    path("mine/<id:pk>/tickets/<id:seat>/", tickets.ticket, name="ticket"),
    path("mine/<id:pk>/tickets/<id:seat>/pdf/", tickets.printed, name="ticket_pdf"),
    path("mine/recovery/<id:pk>/stop/", recovery.stop, name="recovery_stop"),
    path("recover/", recovery.ask, name="recover"),
    path("recover/use/", recovery.use, name="recover_use"),
    path("mine/<id:pk>/receipt/", views.receipt, name="own_receipt"),
    path("receipt/", receipts.given, name="receipt"),
    path("status/", receipts.status, name="status"),
    path("complain/", complaints.complain, name="complain"),
    path("complain/receipt/", complaints.complaint, name="complaint"),
    path("card/", cards.find, name="card_find"),
    path("card/<str:opaque>/", cards.card, name="card"),
]
