"""Settings by environment: every variable starts with DIENHONG_ and is listed in docs/operations.md.

Without any, the office runs embedded: SQLite and files in one folder, one process, on loopback.
"""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from dienhong import logs

PACKAGE = Path(__file__).resolve().parent


def env(name: str, default: str = "") -> str:
    return os.environ.get(f"DIENHONG_{name}", default).strip()


def env_flag(name: str, default: bool = False) -> bool:
    value = env(name).lower()
    if value in {"", "0", "1", "true", "false", "yes", "no"}:
        return default if value == "" else value in {"1", "true", "yes"}
    raise ImproperlyConfigured(f"DIENHONG_{name} must be 1 or 0, not {value!r}")


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def whole(name: str, value: str, least: int = 0) -> int:
    """A whole number, not below `least`."""
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(f"DIENHONG_{name} must be a whole number from {least}, not {value!r}")
    return int(value)


def minutes(name: str, value: str) -> timedelta:
    """Minutes, not below one."""
    if not value.isascii() or not value.isdigit() or not int(value):
        raise ImproperlyConfigured(f"DIENHONG_{name} must be whole minutes from 1, not {value!r}")
    return timedelta(minutes=int(value))


def kept_secret(folder: Path) -> str:
    """The secret key of an embedded office: made once, kept in the home folder, readable by its owner only."""
    path = folder / "secret"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_urlsafe(48)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was quicker
            return path.read_text(encoding="ascii").strip()
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key)
        return key


# -- where things are -------------------------------------------------------------------------------------------------
HOME = Path(env("HOME", "data")).expanduser().resolve()
DEBUG = env_flag("DEBUG")
DEMO = env_flag("DEMO")  # personas at sign-in, the time machine; never in production
SECRET_KEY = env("SECRET_KEY") or kept_secret(HOME)
BASE_URL = env("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env_list("HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []
BEHIND_PROXY = env_flag("BEHIND_PROXY")
SECURE = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "dienhong.foundation.access",
    "dienhong.foundation.journal",
    "dienhong.foundation.clock",
    "dienhong.foundation.live",
    "dienhong.foundation.rulebook",
    "dienhong.foundation.files",
    "dienhong.foundation.letters",
    "dienhong.people",
    "dienhong.work",
    "dienhong.texts",
    "dienhong.polls",
    "dienhong.meetings",
    "dienhong.records",
    "dienhong.reports",
    "dienhong.desks",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dienhong.desks.request_log.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "dienhong.desks.door.DoorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "dienhong.urls"
WSGI_APPLICATION = "dienhong.wsgi.application"
ASGI_APPLICATION = "dienhong.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "desks" / "templates", *sorted((PACKAGE / "desks").glob("*/templates"))],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dienhong.desks.door.office",
                "dienhong.desks.rail.rail",
            ],
        },
    }
]

# -- database ---------------------------------------------------------------------------------------------------------


def database(url: str) -> dict[str, Any]:
    """The database of this address: sqlite:///path or postgresql://user:password@host:port/name?option=value."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            # SQLite's own options go with the path: sqlite:///path?mode=ro opens an office that nobody can change
            "NAME": (f"file:{parts.path}?{parts.query}" if parts.query else unquote(parts.path)) or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(f"DIENHONG_DATABASE_URL: no database for scheme {parts.scheme!r}")


DATABASES = {"default": database(env("DATABASE_URL") or f"sqlite://{HOME / 'office.sqlite3'}")}

# -- mail by address --------------------------------------------------------------------------------------------------


def mail(url: str) -> dict[str, Any]:
    """The mail settings of this address: smtp://user:password@host:port, smtps://, smtp+tls://, or none: no mail."""
    parts = urlsplit(url)
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise ImproperlyConfigured("DIENHONG_EMAIL_URL must be smtp://, smtp+tls:// or smtps:// with a host")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


# -- cache, sessions, files, mail -------------------------------------------------------------------------------------
REDIS_URL = env("REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "office_cache"}
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = int(env("SESSION_HOURS", "12")) * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
FILES_URL = env("FILES_URL") or f"file://{HOME / 'files'}"

# -- who signs in -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "access.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # also how long an invitation link lasts
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "dienhong.foundation.access.invitations.Links"
ACCOUNT_ADAPTER = "dienhong.desks.signin.adapters.Door"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up: the adapter says so; allauth wants the names
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are entered by the keeper of the accounts
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True  # a session lasts DIENHONG_SESSION_HOURS, whether or not the browser is closed
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
#: A hall of 500 signs in within a minute, often from one address; what is tight is the limit for one account.
ACCOUNT_RATE_LIMITS = {
    "login": "1200/m/ip",
    "login_failed": "120/m/ip,5/15m/key",
    "reset_password": "120/m/ip,5/15m/key",
    "reset_password_from_key": "120/m/ip",
}
ACCOUNT_FORMS = {
    "login": "dienhong.desks.signin.forms.SignIn",
    "reauthenticate": "dienhong.desks.signin.forms.Confirm",
    "change_password": "dienhong.desks.signin.forms.ChangePassword",
    "set_password": "dienhong.desks.signin.forms.FirstPassword",
    "reset_password": "dienhong.desks.signin.forms.ForgottenPassword",
    "reset_password_from_key": "dienhong.desks.signin.forms.NewPassword",
}
USERSESSIONS_ADAPTER = "dienhong.desks.signin.adapters.Sessions"
MFA_ADAPTER = "dienhong.desks.signin.adapters.Proofs"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE  # browsers allow passkeys without TLS on localhost only
MFA_TOTP_ISSUER = "Diên Hồng"
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "1200/m/ip"}
MFA_FORMS = {
    "authenticate": "dienhong.desks.signin.forms.Code",
    "reauthenticate": "dienhong.desks.signin.forms.ConfirmCode",
    "activate_totp": "dienhong.desks.signin.forms.ActivateApp",
    "add_webauthn": "dienhong.desks.signin.forms.AddKey",
    "edit_webauthn": "dienhong.desks.signin.forms.NameKey",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(env("PROXIES", "1")) if BEHIND_PROXY else 0

# single sign-on of the office (OpenID Connect)
OIDC_ISSUER = env("OIDC_ISSUER").rstrip("/")
#: What may link a person of the provider to an account: "email" (verified by the provider), "username", or both.
OIDC_LINK_BY = env_list("OIDC_LINK_BY", "email")
OIDC_NAME = env("OIDC_NAME", "SSO")
SOCIALACCOUNT_ADAPTER = "dienhong.desks.signin.adapters.SingleSignOn"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # the adapter links, by its own stricter rule
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "office",
                "name": OIDC_NAME,
                "client_id": env("OIDC_CLIENT_ID"),
                "secret": env("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

# mail
EMAIL_URL = env("EMAIL_URL")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM", "dienhong@localhost")
EMAIL_TIMEOUT = 10
globals().update(mail(EMAIL_URL))
#: The outbox: who sends, the pauses between tries of one letter and how many tries, how long a sender holds a letter,
#: how long the words of a letter are kept after it ended, after how long a waiting letter is a fault of the office.
MAIL_SENDER = env("MAIL_SENDER", "serve")
MAIL_PAUSES = [minutes("MAIL_PAUSES", part) for part in env_list("MAIL_PAUSES", "1,5,15,30,60,120")]
MAIL_TRIES = whole("MAIL_TRIES", env("MAIL_TRIES", "30"), least=1)
MAIL_LEASE = timedelta(seconds=whole("MAIL_LEASE_SECONDS", env("MAIL_LEASE_SECONDS", "300"), least=1))
MAIL_KEEP = timedelta(days=whole("MAIL_KEEP_DAYS", env("MAIL_KEEP_DAYS", "7")))
MAIL_LATE = minutes("MAIL_LATE_MINUTES", env("MAIL_LATE_MINUTES", "60"))
if MAIL_SENDER not in {"serve", "command"}:
    raise ImproperlyConfigured(f"DIENHONG_MAIL_SENDER must be serve or command, not {MAIL_SENDER!r}")
if not MAIL_PAUSES:
    raise ImproperlyConfigured("DIENHONG_MAIL_PAUSES must name at least one pause in minutes")

# -- languages and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = env("LANGUAGE", "vi")
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", "Asia/Ho_Chi_Minh")
LANGUAGE_COOKIE_SAMESITE = "Lax"

# -- what the browser gets --------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = None  # nothing to collect: files are served from where the package holds them
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
#: Where the form of single sign-on may lead: browsers hold a redirect after a form against the policy too.
OIDC_ORIGINS = sorted(
    {"{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in [OIDC_ISSUER, *env_list("OIDC_ORIGINS")] if url}
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'", *OIDC_ORIGINS],
        "img-src": ["'self'", "data:"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False  # the proxy's work
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
X_FRAME_OPTIONS = "DENY"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True

# -- the assembly -----------------------------------------------------------------------------------------------------
RULEBOOK = Path(env("RULEBOOK") or PACKAGE / "rulebooks" / "quoc_hoi")

# -- logs -------------------------------------------------------------------------------------------------------------
LOG_FORMAT = env("LOG", "json" if SECURE else "text")
LOGGING = logs.configuration(LOG_FORMAT, env("LOG_LEVEL", "INFO").upper())

DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
TEST_RUNNER = "django.test.runner.DiscoverRunner"
SILENCED_SYSTEM_CHECKS: list[str] = []
