"""The editor's addresses, all under /o/<org>/."""

from django.urls import include, path

import ita_core.rows  # noqa: F401  # for <row:…>
from memos import views, views_sections

app_name = "memos"

of_one_report = [
    path("", views.edit_memo, name="edit_memo"),
    path("sections/", views_sections.sections, name="sections"),
    path("sections/<row:section>/", views_sections.edit_section, name="edit_section"),
    path("sections/<row:section>/delete/", views_sections.delete_section, name="delete_section"),
]

urlpatterns = [path("reports/<row:pk>/edit/", include(of_one_report))]
