"""The editor's addresses, all under /o/<org>/."""

from django.urls import include, path

from memos import views, views_sections

app_name = "memos"

of_one_report = [
    path("", views.edit_memo, name="edit_memo"),
    path("sections/", views_sections.sections, name="sections"),
    path("sections/<int:section>/", views_sections.edit_section, name="edit_section"),
    path("sections/<int:section>/delete/", views_sections.delete_section, name="delete_section"),
]

urlpatterns = [path("reports/<int:pk>/edit/", include(of_one_report))]
