"""Addresses: an authority's pages stand under /o/<slug>/; strangers there get 404 (ita_core.membership)."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from ita_core import views

urlpatterns = [
    path("", views.home, name="home"),
    # A picture opened by itself names no icon, and browsers ask for this one.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}ita_core/icon.svg"), name="icon"),
    # The stock page lets the old password be guessed without end; ours counts.
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", admin.site.urls),
    path("flow/", include("workflows.stock")),
    path("accounts/", include("ita_core.account_urls")),
    path("", include("workflows.public_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("o/<slug:org>/", include("ita_core.notice_urls")),
    path("first/", include("workflows.first_urls")),
    path("o/<slug:org>/", include("memos.urls")),
    path("o/<slug:org>/", include("workflows.urls")),
]

handler400 = "ita_core.views.bad_request"
handler403 = "ita_core.views.forbidden"
handler404 = "ita_core.views.not_found"
handler500 = "ita_core.views.server_error"
