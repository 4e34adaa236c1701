"""Addresses of the wing: 合同."""

from django.urls import path

from fujing.web.desk.management import contracts, renewals

urlpatterns = [
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/<id:pk>/paper/", contracts.paper, name="contract_paper"),
    path("engagements/<id:pk>/contract/", contracts.contract, name="contract"),
    path("engagements/<id:pk>/renewal/", renewals.renewal, name="renewal"),
    path("engagements/<id:pk>/renewal/offer/", renewals.offer, name="renewal_offer"),
    path("engagements/<id:pk>/renewal/expiry/", renewals.expiry, name="renewal_expiry"),
    path("engagements/<id:pk>/renewal/extension/", renewals.extension, name="renewal_extension"),
    path("renewals/<id:pk>/<str:document>/", renewals.renewal_document, name="renewal_document"),
]
