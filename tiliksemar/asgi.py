"""The ASGI application: pages and API by Django, `/hls/…` beside it, WebSockets by Channels, only from our own pages."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiliksemar.settings")

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

# Only after Django is set up: these import models.
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import re_path

from alerts.routing import websocket_urlpatterns as news_urlpatterns
from cameras.routing import websocket_urlpatterns
from streaming.routing import http_urlpatterns

from .body_limit import BodyLimit
from .language import Speaking
from .origins import SameOrigin

application = ProtocolTypeRouter(
    {
        # The stubs of re_path expect a view; Channels takes applications.
        "http": BodyLimit(URLRouter([*http_urlpatterns, re_path("", django_application)])),  # type: ignore[arg-type]
        "websocket": SameOrigin(Speaking(AuthMiddlewareStack(URLRouter([*websocket_urlpatterns, *news_urlpatterns])))),
    }
)
