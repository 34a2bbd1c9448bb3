"""Addresses of how long reports are kept and of the lists that destroy them, under /o/<org>/."""

from django.urls import path

import ita_core.rows  # noqa: F401  # for <row:…>
from workflows.views import disposal_acts, disposals, retention

of_one_report = [
    path("retention/", retention.retain, name="retain"),
    path("hold/", retention.hold, name="hold"),
    path("hold/release/", retention.release, name="release"),
]

urlpatterns = [
    path("disposals/", disposals.disposals, name="disposals"),
    path("disposals/new/", disposals.draw_up, name="new_disposal"),
    path("disposals/<row:pk>/", disposals.disposal, name="disposal"),
    path("disposals/<row:pk>/judge/", disposal_acts.judge, name="disposal_judge"),
    path("disposals/<row:pk>/answer/", disposal_acts.answer, name="disposal_answer"),
    path("disposals/<row:pk>/answer.pdf", disposals.answer_scan, name="disposal_answer_scan"),
    path("disposals/<row:pk>/approve/", disposal_acts.approve, name="disposal_approve"),
    path("disposals/<row:pk>/drop/", disposal_acts.drop, name="disposal_drop"),
    path("disposals/<row:pk>/list.json", disposals.approved_list, name="disposal_list"),
    path("settings/retention/", retention.classes, name="retention_classes"),
    path("settings/retention/new/", retention.edit_class, name="new_retention_class"),
    path("settings/retention/<row:row>/", retention.edit_class, name="retention_class"),
]
