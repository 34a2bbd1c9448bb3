"""Every setting, each with a default that works from a clone; environment variables override.

DATABASE_URL   database, default SQLite in var/ (PostgreSQL: postgres://user:password@host/name)
ARCHIVE_ROOT   folder of the documents, default var/archive
ARCHIVE_STORAGE  "folder" (default), or "s3": a bucket instead, AWS_STORAGE_BUCKET_NAME, with AWS_S3_ENDPOINT_URL,
               AWS_S3_REGION_NAME, AWS_LOCATION (prefix); AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY as boto3 reads them
ARCHIVE_OBJECT_LOCK_DAYS  for a bucket with object lock: days for which no file can be removed, default 0;
               ARCHIVE_OBJECT_LOCK_MODE is GOVERNANCE (default) or COMPLIANCE
RENDERINGS_ROOT  folder of the pictures of pages, which can be made again; default var/renderings
MAINTENANCE_FILE  while it exists the pages are closed, and say what it says; default var/maintenance
SEAL_KEY_FILE  PKCS#12 file with the key and certificate that seal final files, SEAL_KEY_PASSWORD its password
SEAL_PKCS11_MODULE  library of a token that seals instead, with SEAL_PKCS11_TOKEN, SEAL_PKCS11_LABEL (certificate and key),
               SEAL_PKCS11_PIN; needs the package pyhanko[pkcs11]
SEAL_DEMO_FILE where neither is set: a demo key that vouches for nobody, made here; default var/demo-seal.p12
SEAL_TSA_URL   time-stamp authority (RFC 3161); default none
SECRET_KEY     required when DEBUG is off
DEBUG          "1" or "0", default "1"
DEMO           "1": every page says that it is a demonstration with invented data; set by `make demo`, default "0"
ALLOWED_HOSTS  comma-separated, default localhost names
TRUSTED_PROXIES  how many proxies stand before the site and say the reader's address (X-Forwarded-For), default 0
PUBLIC_LICENCE  address of the licence under which published data are given away; by default the mark of what nobody owns,
               since the Copyright Act of 2537, section 7, calls reports of the State no works of copyright
OIDC_PROVIDERS JSON: a list of OpenID Connect providers by which people whom an administrator entered may sign in, each
               {"id", "name", "client_id", "secret", "server_url"}; the address to give them is
               /accounts/oidc/<id>/login/callback/; default none
SITE_URL       where readers of paper find this site (in codes on paper and published heads), default http://127.0.0.1:8000
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS ("1"), DEFAULT_FROM_EMAIL  the mail server by
               which notices and letters go out; without EMAIL_HOST no notice goes by mail
LINE_CHANNEL_TOKEN  of the Messaging API, by which notices go out through LINE; LINE_API_URL, default https://api.line.me
SENDING_SECONDS  how long either may take for one answer, default 10
ADDRESS_CHECK_HOSTS  comma-separated host:port that the check of published addresses may fetch though they are not public
               or not on 80 or 443, as the authority's own website within its network; default none
"""

import importlib.util
import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ita_core import oidc

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"


def package_dir(name: str) -> Path:
    """The folder of an installed package that ships assets or fonts."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ImproperlyConfigured(f"The package {name} is missing: run `make setup`.")
    return Path(next(iter(spec.submodule_search_locations)))


DEBUG = os.environ.get("DEBUG", "1") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY", "only-for-a-clone-on-this-machine" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY: it is required when DEBUG is off.")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DEMO = os.environ.get("DEMO", "0") == "1"
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
PUBLIC_LICENCE = os.environ.get("PUBLIC_LICENCE", "https://creativecommons.org/publicdomain/mark/1.0/")
ADDRESS_CHECK_HOSTS = frozenset(filter(None, os.environ.get("ADDRESS_CHECK_HOSTS", "").split(",")))
# Wrong passwords and public questions are counted by the reader's address, not by the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0"))
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "ita_core",
    "memos",
    "workflows",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "viewflow",
    "viewflow.workflow",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before whatever reads a cookie: these pages are the same for everybody.
    "workflows.public_cache.public_pages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ita_core.headers.private_pages",
    "ita_core.language.ChosenLanguageMiddleware",
    # Before the sessions, which are rows: closed pages need no database.
    "ita_core.maintenance.closed_while_worked_on",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ita_core.views.refused_methods",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ita_core.readable.ReadableFormMiddleware",
]

ROOT_URLCONF = "ita_core.urls"
WSGI_APPLICATION = "ita_core.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "ita_core.demo.demonstration",
            ],
        },
    },
]

DATABASES: dict[str, Any] = {
    "default": dj_database_url.config(default=f"sqlite:///{VAR_DIR / 'memos.sqlite3'}", conn_max_age=60)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        # A reader that later writes would fail at once with "database is locked": take the lock at BEGIN.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # recursive_triggers: without it REPLACE INTO deletes a row past the triggers that guard it.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
    }
# Shared by all workers, or each would count wrong passwords for itself. `migrate` makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "ita_core_cache",
        # Few entries, and counts of wrong passwords would be pushed out by requests under invented names.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ARCHIVE_ROOT = Path(os.environ.get("ARCHIVE_ROOT", VAR_DIR / "archive"))
ARCHIVE_STORAGE = os.environ.get("ARCHIVE_STORAGE", "folder")
ARCHIVE_OPTIONS: dict[str, Any] = {"location": ARCHIVE_ROOT}
if ARCHIVE_STORAGE == "s3":
    ARCHIVE_OPTIONS = {
        "bucket_name": os.environ.get("AWS_STORAGE_BUCKET_NAME"),
        "endpoint_url": os.environ.get("AWS_S3_ENDPOINT_URL"),
        "region_name": os.environ.get("AWS_S3_REGION_NAME"),
        "location": os.environ.get("AWS_LOCATION", ""),
        "object_lock_days": int(os.environ.get("ARCHIVE_OBJECT_LOCK_DAYS", "0")),
        "object_lock_mode": os.environ.get("ARCHIVE_OBJECT_LOCK_MODE", "GOVERNANCE"),
    }
    if not ARCHIVE_OPTIONS["bucket_name"]:
        raise ImproperlyConfigured("Set AWS_STORAGE_BUCKET_NAME: ARCHIVE_STORAGE=s3 needs a bucket.")
elif ARCHIVE_STORAGE != "folder":
    raise ImproperlyConfigured("ARCHIVE_STORAGE is folder or s3.")
MAINTENANCE_FILE = Path(os.environ.get("MAINTENANCE_FILE", VAR_DIR / "maintenance"))
RENDERINGS_ROOT = Path(os.environ.get("RENDERINGS_ROOT", VAR_DIR / "renderings"))
SEAL_KEY_FILE = os.environ.get("SEAL_KEY_FILE", "")
SEAL_KEY_PASSWORD = os.environ.get("SEAL_KEY_PASSWORD", "")
SEAL_PKCS11_MODULE = os.environ.get("SEAL_PKCS11_MODULE", "")
SEAL_PKCS11_TOKEN = os.environ.get("SEAL_PKCS11_TOKEN", "")
SEAL_PKCS11_LABEL = os.environ.get("SEAL_PKCS11_LABEL", "")
SEAL_PKCS11_PIN = os.environ.get("SEAL_PKCS11_PIN", "")
SEAL_DEMO_FILE = Path(os.environ.get("SEAL_DEMO_FILE", VAR_DIR / "demo-seal.p12"))
SEAL_TSA_URL = os.environ.get("SEAL_TSA_URL", "")
DOCX_TEMPLATES_DIR = BASE_DIR / "templates_docx"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "uploads"},
    },
    "archive": {
        "BACKEND": "memos.storing_s3.ArchiveBucket"
        if ARCHIVE_STORAGE == "s3"
        else "memos.storing.ArchiveStorage",
        "OPTIONS": ARCHIVE_OPTIONS,
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedStaticFilesStorage"
    },
}

AUTH_USER_MODEL = "ita_core.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "ita_core.accounts.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "ita_core.passwords.KnownWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
# People are entered by an administrator, never by themselves.
ACCOUNT_ADAPTER = "ita_core.accounts.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# allauth's own keeps each address a link was ever asked for, and takes it for the person's ever after.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "0") == "1"
# Seconds that a mail server or LINE may take for one answer.
EMAIL_TIMEOUT = float(os.environ.get("SENDING_SECONDS", "10"))
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "ita-memos@localhost")
# Who signs in by a provider is asked for no more than who he is; the answer goes to nobody else.
SOCIALACCOUNT_ADAPTER = "ita_core.providers.ProviderAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": oidc.apps(os.environ.get("OIDC_PROVIDERS", "")),
        "SCOPE": ["openid", "email"],
        "OAUTH_PKCE_ENABLED": True,
    }
}
# The second proof. A passkey stands for both, so the key itself asks for finger, face or its own PIN.
MFA_ADAPTER = "ita_core.accounts.MFAAdapter"
MFA_FORMS = {
    f"{what}_webauthn": f"ita_core.key_forms.{what.capitalize()}Form"
    for what in ("add", "login", "authenticate", "reauthenticate")
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG  # On a clone, http://127.0.0.1.
MFA_TOTP_TOLERANCE = 1  # Half a minute early or late, as clocks of telephones are.
EMAIL_BACKEND = os.environ.get(
    "EMAIL_BACKEND",
    f"django.core.mail.backends.{'smtp' if 'EMAIL_HOST' in os.environ else 'console'}.EmailBackend",
)
# A clone prints its letters for new passwords to the console; notices go out only where somebody set up a way.
NOTICES_BY_MAIL = "EMAIL_HOST" in os.environ or "EMAIL_BACKEND" in os.environ
LINE_CHANNEL_TOKEN = os.environ.get("LINE_CHANNEL_TOKEN", "")
LINE_API_URL = os.environ.get("LINE_API_URL", "https://api.line.me").rstrip("/")

LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("ไทย")), ("en", _("อังกฤษ"))]
LOCALE_PATHS = [BASE_DIR / "ita_core" / "locale"]
TIME_ZONE = "Asia/Bangkok"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    ("bootstrap", package_dir("bootstrap")),
    ("fonts", package_dir("fontpkg_sarabun") / "files"),
]
# One save of a whole table: 600 rows of seven cells with 130 Thai letters each, nine bytes a letter on the way here.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

SILENCED_SYSTEM_CHECKS: list[str] = []
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = True  # The eight hours count from the last page.
if not DEBUG:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = (
        os.environ.get("INSECURE_HTTP", "0") != "1"
    )
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
