"""The Celery application: two queues, ``streams`` (one thread a stream) and ``default`` (the rest)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiliksemar.settings")

app = Celery("tiliksemar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
