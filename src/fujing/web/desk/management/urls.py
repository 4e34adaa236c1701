"""Addresses of the wing: 合同."""

from django.urls import path

from fujing.web.desk.management import contracts, renewals

urlpatterns = [
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/<id:pk>/paper/", contracts.paper, name="contract_paper"),
    path("contracts/engagements/<id:pk>/sign/", contracts.contract, name="contract"),
    path("contracts/engagements/<id:pk>/", renewals.renewal, name="renewal"),
    path("contracts/engagements/<id:pk>/offer/", renewals.offer, name="renewal_offer"),
    path("contracts/engagements/<id:pk>/expiry/", renewals.expiry, name="renewal_expiry"),
    path("contracts/engagements/<id:pk>/extension/", renewals.extension, name="renewal_extension"),
    path("renewals/<id:pk>/<str:document>/", renewals.renewal_document, name="renewal_document"),
]
