"""Addresses of the wing: 督导、整改、指导."""

from django.urls import path

from fujing.web.desk.compliance import guidance, oversight, rectification

urlpatterns = [
    path("oversight/", oversight.desk, name="oversight"),
    path("oversight/usage/", oversight.usage, name="oversight_use"),
    path("oversight/<int:code>/", oversight.desk, name="oversight_organ"),
    path("oversight/<int:code>/usage/", oversight.usage, name="oversight_usage"),
    path("oversight/<int:code>/<slug:name>/", oversight.behind, name="oversight_behind"),
    path("notices/", rectification.listing, name="notices"),
    path("notices/new/", rectification.edit, name="notice_new"),
    path("notices/<int:pk>/", rectification.detail, name="notice"),
    path("notices/<int:pk>/edit/", rectification.edit, name="notice_edit"),
    path("notices/<int:pk>/evidence/", rectification.evidence, name="notice_evidence"),
    path("notices/<int:pk>/files/<int:file>/", rectification.step_file, name="notice_file"),
    path("guidance/", guidance.listing, name="guidances"),
    path("guidance/new/", guidance.edit, name="guidance_new"),
    path("guidance/<int:pk>/", guidance.detail, name="guidance"),
    path("guidance/<int:pk>/edit/", guidance.edit, name="guidance_edit"),
    path("guidance/<int:pk>/file/", guidance.attachment, name="guidance_file"),
]
