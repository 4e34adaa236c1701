"""Pages for everybody: announcements, applying, publicity, progress."""

from django.urls import path

from fujing.web.public import applying, listing, receipts, tickets, views

app_name = "public"
urlpatterns = [
    path("", listing.home, name="home"),
    path("announcements/<int:pk>/", views.announcement, name="announcement"),
    path("announcements/<int:pk>/apply/", applying.apply, name="apply"),
    path("announcements/<int:pk>/apply/check/", applying.check, name="apply_check"),
    path("announcements/<int:pk>/publicity/", views.publicity, name="publicity"),
    path("sign-up/", views.sign_up, name="sign_up"),
    path("mine/", views.mine, name="mine"),
    path("mine/copy/", views.copy, name="copy"),
    path("mine/<int:pk>/", views.application, name="application"),
    path("mine/<int:pk>/files/<int:file>/", views.attachment, name="attachment"),
    path("mine/<int:pk>/tickets/<int:seat>/", tickets.ticket, name="ticket"),
    path("mine/<int:pk>/tickets/<int:seat>/pdf/", tickets.printed, name="ticket_pdf"),
    path("status/", receipts.status, name="status"),
]
