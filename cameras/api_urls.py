from django.urls import path

from . import api, map_api

urlpatterns = [
    path("cameras/", api.CameraList.as_view(), name="api-cameras"),
    path("cameras/<slug:public_id>/", api.CameraDetail.as_view(), name="api-camera"),
    path("cameras/<slug:public_id>/visibility/", api.CameraVisibility.as_view(), name="api-camera-visibility"),
    path("regions/", api.RegionList.as_view(), name="api-regions"),
    path("regions/<str:code>/", api.RegionDetail.as_view(), name="api-region"),
    path("status/", api.StatusTotals.as_view(), name="api-status"),
    path("map/", map_api.MapCameras.as_view(), name="api-map"),
    path("boundaries/", map_api.Boundaries.as_view(), name="api-boundaries"),
]
