from django.urls import path

from .api import CameraWatch
from .log_api import CameraViewers, CameraViewings
from .still_api import CameraStill

urlpatterns = [
    path("cameras/<slug:public_id>/watch/", CameraWatch.as_view(), name="api-camera-watch"),
    path("cameras/<slug:public_id>/still/", CameraStill.as_view(), name="api-camera-still"),
    path("cameras/<slug:public_id>/viewings/", CameraViewings.as_view(), name="api-viewings"),
    path("cameras/<slug:public_id>/viewings/names/", CameraViewers.as_view(), name="api-viewers"),
]
