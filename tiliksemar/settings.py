"""The one settings file. Every value that an installation may set is an environment variable, listed in docs/settings.md."""

import os
from pathlib import Path
from urllib.parse import quote

import django_stubs_ext

from . import env
from .databases import database
from .programs import ffmpeg_binary

# Lets `ModelAdmin[Region]` be written, as the type checker wants it.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

# Where this installation keeps its own: database, secrets, segments, logs.
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "data")

SECRET_KEY = env.secret("SECRET_KEY", DATA_DIR / "secrets" / "secret_key")
# Fernet keys, newest first, that seal the cameras' addresses and credentials; older ones still open what they sealed.
SOURCE_KEYS = env.secret("SOURCE_KEY", DATA_DIR / "secrets" / "source_key").split(",")

DEBUG = env.boolean("DEBUG", False)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")

INSTALLED_APPS = [
    "daphne",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "channels",
    "neighborhoods",
    "cameras",
    "streaming",
    "demo",
    "tiliksemar",
]

MIDDLEWARE = [
    "tiliksemar.middleware.refuse_nul",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "tiliksemar.urls"
ASGI_APPLICATION = "tiliksemar.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cameras.context.city",
            ],
        },
    },
]

DATABASES = {"default": database(env.text("DATABASE_URL", f"sqlite:///{quote(str(DATA_DIR / 'db.sqlite3'))}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- people -----------------------------------------------------------------------------------------------------------------

LOGIN_URL = "masuk"
LOGIN_REDIRECT_URL = "rt-saya"
LOGOUT_REDIRECT_URL = "peta"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "id"
TIME_ZONE = env.text("TIME_ZONE", "Asia/Jakarta")
USE_I18N = True
USE_TZ = True

# ---- web --------------------------------------------------------------------------------------------------------------------

# Behind nginx with TLS; the embedded default speaks plain HTTP on loopback.
HTTPS = env.boolean("HTTPS", False)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Names with a hash of the content, so that phones keep them for good; while developing, the files as they are.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["cameras.problems.SmallJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 100,
    "EXCEPTION_HANDLER": "cameras.problems.handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Tilik Semar",
    "DESCRIPTION": "Kamera lingkungan: wilayah, kamera, status, dan tontonan langsung.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "VisibilityEnum": "cameras.models.Visibility",
        "StatusEnum": "cameras.models.Status",
        "ReasonEnum": "cameras.reasons.CHOICES",
    },
}

# ---- Redis: the present -------------------------------------------------------------------------------------------------------

REDIS_URL = env.text("REDIS_URL", f"unix://{quote(str(DATA_DIR / 'redis.sock'))}")
CHANNEL_LAYERS = {
    "default": {
        # The pub/sub layer: RedisChannelLayer refuses connections and drops messages when a thousand browsers listen.
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "tilik"},
    },
}

# ---- the city -----------------------------------------------------------------------------------------------------------------

CITY_NAME = env.text("CITY_NAME", "Kota Semarang")
REGENCY_CODE = env.text("REGENCY_CODE", "33.74")
REGION_DATA_DIR = env.path("REGION_DATA_DIR", BASE_DIR / "node_modules" / "idn-area-data" / "data")
# A raster tile template with {z}/{x}/{y}, else the map draws boundaries and names from the database.
MAP_TILES_URL = env.text("MAP_TILES_URL", "")
MAP_TILES_CREDIT = env.text("MAP_TILES_CREDIT", "© OpenStreetMap")
# Where cameras may stand when no boundaries were imported: south, west, north, east (degrees).
CITY_BOUNDS = env.numbers("CITY_BOUNDS", "-7.15,110.24,-6.90,110.55")

# ---- cameras' health ------------------------------------------------------------------------------------------------------------

# Seconds between two probes of a healthy camera; a failed one is asked again after PROBE_RETRY, until the failure is certain.
PROBE_INTERVAL = env.seconds("PROBE_INTERVAL", 60.0, least=1.0)
PROBE_RETRY = env.seconds("PROBE_RETRY", 5.0, least=0.1)
PROBE_TIMEOUT = env.seconds("PROBE_TIMEOUT", 5.0, least=0.1)
PROBE_CONCURRENCY = env.integer("PROBE_CONCURRENCY", 200, least=1)
# Failures in a row before a camera counts as offline.
PROBE_FAILURES = env.integer("PROBE_FAILURES", 2, least=1)

# ---- streams --------------------------------------------------------------------------------------------------------------------

FFMPEG = ffmpeg_binary(env.text("FFMPEG", ""))
HLS_ROOT = env.path("HLS_ROOT", DATA_DIR / "hls")
# Seconds of a segment and how many the playlist keeps.
SEGMENT_SECONDS = env.seconds("SEGMENT_SECONDS", 0.5, least=0.2)
SEGMENT_WINDOW = env.seconds("SEGMENT_WINDOW", 15.0, least=5.0)
# How many streams one worker carries; the size of its thread pool is to be the same.
STREAM_SLOTS = env.integer("STREAM_SLOTS", 100, least=1)
# How many of them it may encode anew at the same time (H.265 and MJPEG for browsers that cannot play them): about a core each.
TRANSCODE_SLOTS = env.integer("TRANSCODE_SLOTS", os.cpu_count() or 1)
# Sound is left out unless a city decides otherwise.
STREAM_AUDIO = env.boolean("STREAM_AUDIO", False)
# Different cameras that one account, or one network address of people without one, may have running at the same time.
CAMERAS_AT_ONCE = env.integer("CAMERAS_AT_ONCE", 36, least=1)
# Seconds that a viewer's wish lasts without renewal, and that a stream then still runs.
DEMAND_SECONDS = env.seconds("DEMAND_SECONDS", 20.0, least=2.0)
STREAM_IDLE = env.seconds("STREAM_IDLE", 10.0, least=0.0)
# Seconds without a byte from the camera before it counts as stalled and is connected anew.
STALL_SECONDS = env.seconds("STALL_SECONDS", 6.0, least=1.0)
# Seconds a playback address lasts at the most; a change of who may look ends it at once.
TICKET_SECONDS = env.seconds("TICKET_SECONDS", 3600.0, least=10.0)

# ---- stills ---------------------------------------------------------------------------------------------------------------------

# Seconds that the last picture of a camera is kept, and between two pictures taken from a running stream.
STILL_KEEP_SECONDS = env.seconds("STILL_KEEP_SECONDS", 900.0, least=1.0)
STILL_EVERY = env.seconds("STILL_EVERY", 5.0, least=0.5)
# Where no stream runs: how many cameras one worker asks for a picture at the same time (0: none), and the seconds one is left alone.
STILL_GRABS = env.integer("STILL_GRABS", 4)
STILL_IDLE_EVERY = env.seconds("STILL_IDLE_EVERY", 30.0, least=1.0)

# ---- Celery ---------------------------------------------------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"streaming.tasks.*": {"queue": "streams"}}
CELERY_TIMEZONE = TIME_ZONE
# Early acknowledgement: a stream that runs longer than the visibility timeout must never be delivered twice.
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_DISABLE_PREFETCH = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "probe due cameras": {
        "task": "cameras.tasks.probe_due_cameras",
        "schedule": min(PROBE_RETRY, 5.0),
        "options": {"expires": 30},
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))},
}

WHITENOISE_USE_FINDERS = DEBUG
