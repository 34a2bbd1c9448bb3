"""The pages of django-allauth that people need, under the names by which it calls them itself.

Its pages for adding e-mail addresses are left out: who can add an address can reset a password by it. The address of a
person is ``User.email``, entered by the administrator. Signing up is a page that says whom to ask.
"""

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView, TemplateView

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    # Where allauth sends who has no password yet: the link for it comes by mail.
    path(
        "password/set/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("signup/", TemplateView.as_view(template_name="account/signup_closed.html"), name="account_signup"),
]
