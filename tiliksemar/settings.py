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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "neighborhoods",
    "cameras",
    "boards",
    "streaming",
    "alerts",
    "incidents",
    "ronda",
    "accounts",
    "offering",
    "machines",
    "demo",
    "tiliksemar",
]

MIDDLEWARE = [
    "tiliksemar.policy.headers",
    "tiliksemar.language.speak",
    "tiliksemar.middleware.refuse_nul",
    "neighborhoods.middleware.one_standing",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.second_factor",
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

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# A link for a new password lasts a day, by e-mail or from somebody's hand.
PASSWORD_RESET_TIMEOUT = 86_400

# E-mail, for those who have one. Without a server nothing is sent, and the pages say whom to ask instead.
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_PORT = env.integer("EMAIL_PORT", 587, least=1)
EMAIL_HOST_USER = env.text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.optional_secret("EMAIL_PASSWORD")
EMAIL_USE_TLS = env.boolean("EMAIL_TLS", True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "tilik-semar@localhost")

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_FORMS = {
    "login": "accounts.door_forms.LogInForm",
    "signup": "accounts.door_forms.SignUpForm",
    "reauthenticate": "accounts.door_forms.SureForm",
}
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.NameForm"
ACCOUNT_USERNAME_VALIDATORS = "accounts.adapters.USER_NAME_VALIDATORS"
ACCOUNT_EMAIL_VERIFICATION = "optional" if EMAIL_HOST else "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Tilik Semar: "
ACCOUNT_EMAIL_NOTIFICATIONS = bool(EMAIL_HOST)
# Nobody learns by asking whether an e-mail address has an account here.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_RATE_LIMITS = {
    # Many phones share one address of their carrier, so one address may try often and one account may not.
    "login": "300/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "signup": "20/m/ip",
}
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Many have no e-mail; a second factor must not wait for one.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# The clocks of cheap phones go wrong by some seconds: the code before and the one after count too.
MFA_TOTP_TOLERANCE = 1
# Whether offices of the city and the administration need a second factor. A data folder that holds nothing but the demo
# city, which the demo marks, does without: its accounts are there to be tried.
SECOND_FACTOR_REQUIRED = env.boolean("SECOND_FACTOR_REQUIRED", not (DATA_DIR / "only_demo").exists())

# What is written in the code is Indonesian; locale/ holds the other languages.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "bahasa"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Jakarta")
USE_I18N = True
USE_TZ = True

# ---- web --------------------------------------------------------------------------------------------------------------------

# Behind nginx with TLS; the embedded default speaks plain HTTP on loopback.
HTTPS = env.boolean("HTTPS", False)
# A cookie of this name is taken by browsers only from this very host, over TLS.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Whether a domain goes on the list that browsers carry is for its owner to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# No report of an error shows what variables or forms held.
DEFAULT_EXCEPTION_REPORTER_FILTER = "tiliksemar.reports.ReportFilter"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Names with a hash of the content, so that phones keep them for good; while developing, the files as they are.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "tiliksemar.static_storage.HashedStaticFiles"
    },
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "machines.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["machines.permissions.WithinScope"],
    "DEFAULT_THROTTLE_CLASSES": ["tiliksemar.throttling.Throttle"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["cameras.problems.SmallJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "tiliksemar.openapi.Schema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 100,
    "EXCEPTION_HANDLER": "cameras.problems.handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Tilik Semar",
    "DESCRIPTION": (
        "Kamera lingkungan: wilayah, kamera, status, dan tontonan langsung. Setiap jawaban hanya memuat apa yang boleh diketahui yang "
        "bertanya. Kesalahan selalu berupa application/problem+json (RFC 9457). Perubahan status datang lewat WebSocket /ws/status/."
    ),
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "tiliksemar.openapi.complete",
    ],
    "ENUM_NAME_OVERRIDES": {
        "VisibilityEnum": "cameras.models.Visibility",
        "StatusEnum": "cameras.models.Status",
        "ReasonEnum": "cameras.reasons.CHOICES",
        "OfferStateEnum": "offering.models.State",
        "OfferKindEnum": "offering.models.Kind",
        "CategoryEnum": "cameras.models.Category",
        "AlarmStateEnum": "alerts.models.State",
        "AlarmKindEnum": "alerts.models.Kind",
        "AlarmEndingEnum": "alerts.models.Ending",
        "IncidentStateEnum": "incidents.models.State",
        "RondaVerdictEnum": "ronda.models.Verdict",
        "IncidentCategoryEnum": "incidents.models.Category",
    },
}

# How many questions a minute the API answers one person, one machine, and one network address of people without an account; a page
# full of stills asks some 400. Switches and reports may take a small part of it (tiliksemar.throttling).
RATE_PERSON = env.integer("RATE_PERSON", 1200, least=1)
RATE_MACHINE = env.integer("RATE_MACHINE", 600, least=1)
RATE_ADDRESS = env.integer("RATE_ADDRESS", 12000, least=1)

# ---- Redis: the present -------------------------------------------------------------------------------------------------------

REDIS_URL = env.text("REDIS_URL", f"unix://{quote(str(DATA_DIR / 'redis.sock'))}")
CHANNEL_LAYERS = {
    "default": {
        # The pub/sub layer: RedisChannelLayer refuses connections and drops messages when a thousand browsers listen.
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "tilik"},
    },
}

# Counters of log-in attempts and the like, shared by all web processes.
CACHES = {
    "default": {
        "BACKEND": "tiliksemar.cache.SharedCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "tilik-cache",
        "OPTIONS": {"serializer": "tiliksemar.cache.Plain", "socket_timeout": 1},
    },
}

# ---- the city -----------------------------------------------------------------------------------------------------------------

CITY_NAME = env.text("CITY_NAME", "Kota Semarang")
REGENCY_CODE = env.text("REGENCY_CODE", "33.74")
REGION_DATA_DIR = env.path("REGION_DATA_DIR", BASE_DIR / "node_modules" / "idn-area-data" / "data")
# A raster tile template with {z}/{x}/{y}, else the map draws boundaries and names from the database.
# What the map lies on: a PMTiles file of this installation, else online tiles, else the boundaries alone.
MAP_FILE = env.text("MAP_FILE", "")
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

# ---- cameras that citizens offer -------------------------------------------------------------------------------------------------

# Where the portal may connect when a citizen typed the address: "public" is every public address; further networks as CIDR.
OFFER_NETWORKS = env.networks("OFFER_NETWORKS", "public")
OFFER_PORTS = env.ports("OFFER_PORTS", "80,322,443,554,7447,8000,8080,8554,8899,10554")
# Exactly these IP addresses with port, against all other rules: for a simulator on this machine, never in production.
OFFER_EXCEPTIONS = env.places("OFFER_EXCEPTIONS", "")
# Times that one account, and one address, may be tried in an hour.
OFFER_TRIALS = env.integer("OFFER_TRIALS", 10, least=1)

# ---- views, reports and the viewing log ---------------------------------------------------------------------------------------

# Seconds of being offline after which a camera that comes back must be looked at before residents see it again.
CONFIRM_AFTER_OFFLINE = env.seconds("CONFIRM_AFTER_OFFLINE", 86_400.0, least=60.0)
# Seconds between two comparisons of a camera's picture with what it used to show (0: never).
SCENE_EVERY = env.seconds("SCENE_EVERY", 300.0)
# Distinct people whose reports, within REPORT_DAYS, hide a camera until somebody has looked; and how many one may make in a day.
REPORTS_TO_HIDE = env.integer("REPORTS_TO_HIDE", 3, least=1)
REPORT_DAYS = env.integer("REPORT_DAYS", 7, least=1)
REPORTS_A_DAY = env.integer("REPORTS_A_DAY", 10, least=1)
# Days that it is kept who watched which camera.
VIEWING_LOG_DAYS = env.integer("VIEWING_LOG_DAYS", 30, least=1)
# Who answers for cameras that belong to no RT, and where people reach them about any camera.
RESPONSIBLE_OFFICE = env.text("RESPONSIBLE_OFFICE", f"Pemerintah {CITY_NAME}")
RESPONSIBLE_CONTACT = env.text("RESPONSIBLE_CONTACT", "")

# ---- kentongan, push and reports ------------------------------------------------------------------------------------------------

# Within so many seconds one person, and one RT's people together, may sound the kentongan so often.
ALARM_WINDOW = env.seconds("ALARM_WINDOW", 3600.0, least=60.0)
ALARMS_A_PERSON = env.integer("ALARMS_A_PERSON", 3, least=1)
ALARMS_AN_RT = env.integer("ALARMS_AN_RT", 10, least=1)
# Hours after which an alarm that nobody ended is over.
ALARM_HOURS = env.integer("ALARM_HOURS", 6, least=1)
# Signs what is pushed to browsers; `manage.py make_push_keys` makes it. Without it nothing is pushed.
VAPID_PRIVATE_KEY = env.optional_secret("VAPID_PRIVATE_KEY", DATA_DIR / "secrets" / "vapid_private_key")
# Where push services reach the city: mailto:… or https://….
VAPID_SUBJECT = env.text("VAPID_SUBJECT", "")
# Push services of browsers; a name that begins with a dot stands for all below it.
PUSH_HOSTS = env.words(
    "PUSH_HOSTS",
    "fcm.googleapis.com,.push.services.mozilla.com,.push.apple.com,.notify.windows.com",
)
# Which reports the city's officers hear of too.
OFFICER_CATEGORIES = env.words("OFFICER_CATEGORIES", "kebakaran,banjir,jalan")
# Reports that one account may make in an hour, and days that their pictures are kept.
INCIDENTS_AN_HOUR = env.integer("INCIDENTS_AN_HOUR", 30, least=1)
INCIDENT_PICTURE_DAYS = env.integer("INCIDENT_PICTURE_DAYS", 30, least=1)

# ---- the night watch ------------------------------------------------------------------------------------------------------------

# The hours of RTs that set none of their own; they end before noon.
RONDA_HOURS = env.hours("RONDA_HOURS", "22:00-04:00")
# Days that names are kept in the log of nights; the nights themselves stay.
RONDA_NAME_DAYS = env.integer("RONDA_NAME_DAYS", 730, least=31)

# ---- streams --------------------------------------------------------------------------------------------------------------------

FFMPEG = ffmpeg_binary(env.text("FFMPEG", ""))
HLS_ROOT = env.path("HLS_ROOT", DATA_DIR / "hls")
# Megabytes of segments that one worker keeps at the most, over all its streams.
HLS_MAX_MB = env.integer("HLS_MAX_MB", 1024, least=16)
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

# Of which cameras people may keep a picture: of public ones, also of their own RT's, or of none.
SAVE_PICTURES = env.choice("SAVE_PICTURES", "WARGA", ("PUBLIK", "WARGA", "TIDAK")).lower()
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
CELERY_TASK_ROUTES = {
    "streaming.tasks.*": {"queue": "streams"},
    "offering.tasks.*": {"queue": "streams"},  # its workers have an ffmpeg
}
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
    "write down viewings": {"task": "streaming.viewings.write_down", "schedule": 60.0, "options": {"expires": 60}},
    "forget old viewings": {
        "task": "streaming.viewings.forget_old",
        "schedule": 21_600.0,
        "options": {"expires": 3600},
    },
    "remind watches": {"task": "ronda.tasks.remind_watches", "schedule": 60.0, "options": {"expires": 60}},
    "forget names of old nights": {
        "task": "ronda.tasks.forget_names",
        "schedule": 43_200.0,
        "options": {"expires": 3600},
    },
    "end forgotten alarms": {"task": "alerts.tasks.end_forgotten", "schedule": 300.0, "options": {"expires": 300}},
    "forget pictures of reports": {
        "task": "incidents.tasks.forget_pictures",
        "schedule": 21_600.0,
        "options": {"expires": 3600},
    },
    "keep timetables": {"task": "cameras.tasks.keep_timetables", "schedule": 15.0, "options": {"expires": 15}},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "tiliksemar.log_lines.LogLine",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Its debugging names every address that it connects to: the cameras'.
    "loggers": {"asyncio": {"level": "WARNING"}},
    "root": {"handlers": ["stderr"], "level": env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))},
}

WHITENOISE_USE_FINDERS = DEBUG
