"""Settings of one installation: everything that differs between installations comes from the environment.

DUIXIAN_DATA is the installation's folder (database when it is SQLite, uploads, secret key); DATABASE_URL moves the
database to PostgreSQL. Production settings are the only settings: there is no debug mode to forget.
"""

import os
from pathlib import Path

import dj_database_url

from duixian.config.secret import read_secret_key

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("DUIXIAN_DATA", "data")).resolve()

SECRET_KEY = read_secret_key(DATA)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("DUIXIAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("DUIXIAN_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "duixian.audit",
    "duixian.units",
    "duixian.indicators",
    "duixian.register",
    "duixian.projects",
    "duixian.reporting",
    "duixian.bulletins",
    "duixian.console",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "duixian.console.middleware.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "duixian.console.middleware.PlainTextMiddleware",
    "duixian.console.middleware.OriginMiddleware",
]

ROOT_URLCONF = "duixian.config.urls"
WSGI_APPLICATION = "duixian.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "duixian.console.context.shell",
            ],
        },
    },
]

SQLITE_OPTIONS = {
    # a writer takes its lock at the start of the transaction, so that two writers wait instead of failing half-way
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'duixian.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "units.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "duixian.units.passwords.LengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "duixian.units.passwords.NotTheSameValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
# a demonstration keeps its own clock (config/clock.py); a real installation has no such file
_OFFSET = DATA / "clock_offset"
CLOCK_OFFSET_SECONDS = int(_OFFSET.read_text("ascii")) if _OFFSET.exists() else 0
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = PACKAGE / "staticfiles"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "duixian.config.staticfiles.NamedPackageFinder",
]
# served name -> file inside node_modules; htmx comes with django-htmx
NPM_FILES = {"vendor/echarts.js": "echarts/dist/echarts.common.min.js"}
STORAGES = {
    "default": {"BACKEND": "duixian.config.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# a unit's month on one page: some hundred tasks with four fields each
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

IS_HTTPS = os.environ.get("DUIXIAN_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if IS_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
