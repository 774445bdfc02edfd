"""Addresses that are served beside Django."""

from django.urls import re_path

from .playback import Nothing, Playback

_BELOW = r"^hls/(?P<camera>[a-z0-9]{4,16})/(?P<epoch>[0-9]{1,9})/(?P<token>[A-Za-z0-9_.-]{8,80})/"


http_urlpatterns = [
    re_path(_BELOW + r"live\.m3u8$", Playback.as_asgi()),
    re_path(_BELOW + r"(?P<run>[a-f0-9]{16})/(?P<file>[0-9]{1,12}\.m4s|init\.mp4)$", Playback.as_asgi()),
    # Not handed on to Django: it would log the address, and with it a ticket.
    re_path(r"^hls(?:/|$)", Nothing.as_asgi()),
]
