"""The addresses of notices, all under /o/<org>/."""

from django.urls import path

from ita_core import views_notices

app_name = "notices"

urlpatterns = [
    path("notices/", views_notices.notices, name="notices"),
    path("notices/read/", views_notices.mark_read, name="mark_read"),
    path("notices/settings/", views_notices.preferences, name="preferences"),
    path("notices/settings/line/", views_notices.line, name="line"),
    path("notices/<uuid:pk>/", views_notices.open_notice, name="open"),
    path("settings/notices/", views_notices.ways_out, name="ways_out"),
]
