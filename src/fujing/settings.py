"""Settings. Everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

import environ

from fujing.kernel import keys
from fujing.kernel.logs import configuration

env = environ.Env()

DATA = Path(env.str("FUJING_DATA", default=str(Path.cwd() / "data"))).resolve()
DEBUG = env.bool("FUJING_DEBUG", default=False)
SECRET_KEY = env.str("FUJING_SECRET_KEY", default="") or keys.stored(DATA, "session")
ALLOWED_HOSTS = env.list("FUJING_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("FUJING_ORIGINS", default=[])

# -- database: see docs/adr/0002-territory.md for the two roles --
DATABASE_URL = env.str("FUJING_DATABASE_URL", default="")
APP_DATABASE_URL = env.str("FUJING_APP_DATABASE_URL", default="")
APP_ROLE = env.str("FUJING_APP_ROLE", default="fujing_app")
# "owner" only inside `fujing migrate`; everything else runs as the application role.
DATABASE_ROLE = os.environ.get("FUJING_DATABASE_ROLE", "app")
DATABASES = {
    "default": {
        "ENGINE": "fujing.kernel.postgres",
        "NAME": "fujing",
        "CONN_HEALTH_CHECKS": False,
        "FUJING": {
            "data": DATA,
            "url": DATABASE_URL,
            "app_url": APP_DATABASE_URL,
            "app_role": APP_ROLE,
            "role": DATABASE_ROLE,
        },
        "OPTIONS": {"pool": {"min_size": 1, "max_size": env.int("FUJING_POOL", default=16), "timeout": 10}},
        "TEST": {"NAME": "test_fujing"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_prometheus",
    "pgtrigger",
    "procrastinate.contrib.django",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "fujing.kernel",
    "fujing.registry",
    "fujing.general.quota",
    "fujing.general.budget",
    "fujing.duties.orders",
    "fujing.recruitment.plans",
    "fujing.recruitment.campaigns",
    "fujing.recruitment.applications",
    "fujing.recruitment.recovery",
    "fujing.recruitment.background",
    "fujing.recruitment.medical",
    "fujing.recruitment.selection",
    "fujing.recruitment.exams",
    "fujing.recruitment.hiring",
    "fujing.recruitment.retention",
    "fujing.management.commendation",
    "fujing.management.complaints",
    "fujing.management.outfit",
    "fujing.management.contracts",
    "fujing.management.leaving",
    "fujing.management.discipline",
    "fujing.management.training",
    "fujing.management.appraisal",
    "fujing.management.tiers",
    "fujing.management.corrections",
    "fujing.management.protection",
    "fujing.safeguards.leave",
    "fujing.safeguards.payroll",
    "fujing.compliance.guidance",
    "fujing.compliance.rectification",
    "fujing.compliance.verification",
    "fujing.web",
]

MIDDLEWARE = [
    "fujing.web.middleware.RequestLog",
    "django.middleware.gzip.GZipMiddleware",
    "fujing.web.middleware.BodyLimit",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "fujing.web.middleware.PlainValues",
    "fujing.web.middleware.Refused",
    # One transaction a request, in the actor's territory; GET is read-only.
    "fujing.registry.middleware.ActorMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fujing.web.middleware.SignInRequired",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "fujing.web.urls"
WSGI_APPLICATION = "fujing.wsgi.application"
WEB = Path(__file__).parent / "web"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Shared pages, and each wing of the desk with its own.
        "DIRS": [WEB / "templates", *sorted(WEB.glob("desk/*/templates"))],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["fujing.web.templatetags.fujing"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fujing.web.context.page",
            ],
        },
    }
]

# -- sign-in --
AUTH_USER_MODEL = "registry.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "fujing.registry.authentication.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "fujing.registry.authentication.AccountAdapter"
# Counting failures is django-axes' task alone.
ACCOUNT_RATE_LIMITS = False
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {"add_webauthn": "fujing.web.second_step.AddKeyForm"}
MFA_ADAPTER = "fujing.registry.authentication.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# Whoever was signed in on this browser has tries of their own: a stranger behind the same address locks nobody out.
AXES_WHITELIST_CALLABLE = "fujing.web.browsers.known"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "fujing.kernel.attempts.address_of"
# How many reverse proxies of our own stand in front; each adds one entry at the right of X-Forwarded-For.
PROXIES = env.int("FUJING_PROXIES", default=0)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("FUJING_HTTPS", default=False)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# -- language, time, money --
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y-m-d H:i"
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["fujing.web.formats"]
# What the libraries say, as officers would write it.
LOCALE_PATHS = [WEB / "locale"]
# A year's holidays before the calendar library knows them: docs/how-to/add-a-year-of-holidays.md.
HOLIDAYS = Path(file) if (file := env.str("FUJING_HOLIDAYS", default="")) else None

# What stretching a passphrase or a receipt code costs (scrypt's n): 64 MB and some tenths of a second for one guess.
STRETCH_COST = 2**16

# -- short messages: "" sends none, "file" writes DATA/messages, "http" posts to a gateway (docs/how-to/deploy.md) --
SMS = env.str("FUJING_SMS", default="")
SMS_URL = env.str("FUJING_SMS_URL", default="")
SMS_TOKEN = env.str("FUJING_SMS_TOKEN", default="")
SMS_PHONE_FIELD = env.str("FUJING_SMS_PHONE_FIELD", default="phone")
SMS_TEXT_FIELD = env.str("FUJING_SMS_TEXT_FIELD", default="text")
SMS_EXTRA = env.json("FUJING_SMS_EXTRA", default={})
SMS_SUCCESS = env.str("FUJING_SMS_SUCCESS", default="")

# -- files --
STATIC_URL = "/static/"
# `make assets` collects, hashes and compresses into this folder; what isn't there yet is served as it lies.
STATIC_ROOT = WEB / "staticfiles"
PAPER_FONTS = WEB / "static" / "vendor" / "fonts"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "fujing.web.storage.HashedStatic"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
# Four papers of 10 MB and what is typed beside them.
MAX_BODY = 48 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["fujing.web.sealed.InMemory", "django.core.files.uploadhandler.TemporaryFileUploadHandler"]

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
PROMETHEUS_EXPORT_MIGRATIONS = False
# Illegal changes of state are refused everywhere; nothing may switch the triggers off at run time.
PGTRIGGER_MIGRATIONS = True
SILENCED_SYSTEM_CHECKS = ["axes.W003", "axes.W006"]

LOGGING = configuration()
