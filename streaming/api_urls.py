from django.urls import path

from .api import CameraWatch
from .still_api import CameraStill

urlpatterns = [
    path("cameras/<slug:public_id>/watch/", CameraWatch.as_view(), name="api-camera-watch"),
    path("cameras/<slug:public_id>/still/", CameraStill.as_view(), name="api-camera-still"),
]
