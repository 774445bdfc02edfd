from django.urls import path

from .consumers import NewsConsumer

websocket_urlpatterns = [path("ws/kabar/", NewsConsumer.as_asgi())]
