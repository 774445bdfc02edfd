from django.urls import path

from .api import CameraWatch

urlpatterns = [path("cameras/<slug:public_id>/watch/", CameraWatch.as_view(), name="api-camera-watch")]
