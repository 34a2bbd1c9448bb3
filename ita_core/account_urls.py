"""The pages of django-allauth that people need, under the names by which it calls them itself.

Its pages for adding e-mail addresses are left out: who can add an address can reset a password by it. The address of a
person is ``User.email``, entered by the administrator. Signing up is a page that says whom to ask.
"""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path, re_path
from django.views.generic import RedirectView, TemplateView

from ita_core import providers, views_proof, views_sessions

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
    path("proof/", views_proof.overview, name="account_proof"),
    path("pin/", views_proof.own_pin, name="account_pin"),
    path("confirm/passkey/", views_proof.confirm_by_passkey, name="account_confirm_passkey"),
    path("sessions/", views_sessions.sessions, name="usersessions_list"),
    path("2fa/", views_proof.overview, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", views_proof.just_came_in(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", views_proof.just_came_in(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/totp/", include("allauth.mfa.totp.urls")),
    path("2fa/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path("2fa/webauthn/", include("allauth.mfa.webauthn.urls")),
    path("oidc/<slug:provider_id>/login/", providers.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", providers.callback, name="openid_connect_callback"),
    path("oidc/cancelled/", providers.cancelled, name="socialaccount_login_cancelled"),
    path("signup/", TemplateView.as_view(template_name="account/signup_closed.html"), name="account_signup"),
]
