"""Addresses of the wing: 督导、整改、指导."""

from django.urls import path

from fujing.web.desk.compliance import guidance, oversight, rectification, verification

urlpatterns = [
    path("oversight/", oversight.desk, name="oversight"),
    path("oversight/usage/", oversight.usage, name="oversight_use"),
    path("oversight/<id:code>/", oversight.desk, name="oversight_organ"),
    path("oversight/<id:code>/usage/", oversight.usage, name="oversight_usage"),
    path("oversight/<id:code>/<slug:name>/", oversight.behind, name="oversight_behind"),
    path("notices/", rectification.listing, name="notices"),
    path("notices/new/", rectification.edit, name="notice_new"),
    path("notices/<id:pk>/", rectification.detail, name="notice"),
    path("notices/<id:pk>/edit/", rectification.edit, name="notice_edit"),
    path("notices/<id:pk>/evidence/", rectification.evidence, name="notice_evidence"),
    path("notices/<id:pk>/files/<id:file>/", rectification.step_file, name="notice_file"),
    path("verifications/", verification.listing, name="verifications"),
    path("verifications/<id:pk>/", verification.detail, name="verification"),
    path("guidance/", guidance.listing, name="guidances"),
    path("guidance/new/", guidance.edit, name="guidance_new"),
    path("guidance/<id:pk>/", guidance.detail, name="guidance"),
    path("guidance/<id:pk>/edit/", guidance.edit, name="guidance_edit"),
    path("guidance/<id:pk>/file/", guidance.attachment, name="guidance_file"),
]
