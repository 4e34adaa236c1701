"""Addresses of the wing: 合同, 辞职, 离职, 工作证."""

from django.urls import path

from fujing.web.desk.management import cards, contracts, hearings, leaving, leaving_file, renewals, resignations

urlpatterns = [
    path("cards/", cards.cards, name="cards"),
    path("cards/without/", cards.without, name="cards_without"),
    path("cards/print/", cards.print_all, name="cards_print"),
    path("cards/<id:pk>/", cards.card, name="card"),
    path("cards/<id:pk>/photo/", cards.photo, name="card_photo"),
    path("cards/<id:pk>/picture/", cards.picture_of, name="card_picture"),
    path("cards/<id:pk>/print/", cards.print_one, name="card_print"),
    path("cards/<id:pk>/replace/", cards.replace, name="card_replace"),
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/<id:pk>/paper/", contracts.paper, name="contract_paper"),
    path("contracts/engagements/<id:pk>/sign/", contracts.contract, name="contract"),
    path("contracts/engagements/<id:pk>/", renewals.renewal, name="renewal"),
    path("contracts/engagements/<id:pk>/offer/", renewals.offer, name="renewal_offer"),
    path("contracts/engagements/<id:pk>/expiry/", renewals.expiry, name="renewal_expiry"),
    path("contracts/engagements/<id:pk>/extension/", renewals.extension, name="renewal_extension"),
    path("renewals/<id:pk>/<str:document>/", renewals.renewal_document, name="renewal_document"),
    path("leaving/", leaving.departures, name="departures"),
    path("leaving/<id:pk>/", leaving.departure, name="departure"),
    path("leaving/<id:pk>/evidence/", leaving_file.evidence_add, name="evidence_add"),
    path("leaving/<id:pk>/items/", leaving_file.items, name="departure_items"),
    path("leaving/<id:pk>/certificate/", leaving.departure_paper, name="departure_paper"),
    path("leaving/engagements/<id:pk>/", leaving.leave, name="leave"),
    path("leaving/engagements/<id:pk>/resign/", resignations.resign, name="resign"),
    path("resignations/", resignations.resignations, name="resignations"),
    path("resignations/<id:pk>/", resignations.resignation, name="resignation"),
    path("resignations/<id:pk>/receipt/", resignations.resignation_paper, name="resignation_paper"),
    path("leaving/<id:pk>/tell/", hearings.tell, name="hearing_tell"),
    path("leaving/<id:pk>/telling/", hearings.telling_paper, name="telling_paper"),
    path("leaving/hearings/<id:pk>/", hearings.hearing, name="hearing"),
    path("leaving/evidence/<id:pk>/", leaving_file.evidence, name="evidence"),
]
