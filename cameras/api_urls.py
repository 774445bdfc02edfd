from django.urls import path

from . import api, desk_api, map_api, search_api

urlpatterns = [
    path("cameras/", api.CameraList.as_view(), name="api-cameras"),
    path("cameras/<slug:public_id>/", api.CameraDetail.as_view(), name="api-camera"),
    path("cameras/<slug:public_id>/visibility/", api.CameraVisibility.as_view(), name="api-camera-visibility"),
    path("cameras/<slug:public_id>/visibility/history/", desk_api.VisibilityHistory.as_view(), name="api-history"),
    path("cameras/<slug:public_id>/view/", desk_api.CameraView.as_view(), name="api-view"),
    path("cameras/<slug:public_id>/view/confirm/", desk_api.CameraViewConfirmation.as_view(), name="api-view-confirm"),
    path("cameras/<slug:public_id>/reports/", desk_api.CameraReports.as_view(), name="api-reports"),
    path("cameras/<slug:public_id>/reports/<int:report>/answer/", desk_api.ReportAnswer.as_view(), name="api-answer"),
    path("rts/<str:code>/<str:rw>/<str:rt>/visibility/", desk_api.RtVisibility.as_view(), name="api-rt-visibility"),
    path("timetables/", desk_api.Timetables.as_view(), name="api-timetables"),
    path("timetables/<int:timetable>/", desk_api.OneTimetable.as_view(), name="api-timetable"),
    path("regions/", api.RegionList.as_view(), name="api-regions"),
    path("regions/<str:code>/", api.RegionDetail.as_view(), name="api-region"),
    path("status/", api.StatusTotals.as_view(), name="api-status"),
    path("map/", map_api.MapCameras.as_view(), name="api-map"),
    path("search/", search_api.Search.as_view(), name="api-search"),
    path("boundaries/", map_api.Boundaries.as_view(), name="api-boundaries"),
]
