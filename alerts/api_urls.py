from django.urls import path

from . import api

urlpatterns = [
    path("alarms/", api.Alarms.as_view(), name="api-alarms"),
    path("alarms/<int:alarm>/coming/", api.AlarmComing.as_view(), name="api-alarm-coming"),
    path("alarms/<int:alarm>/end/", api.AlarmEnd.as_view(), name="api-alarm-end"),
    path("push/", api.Push.as_view(), name="api-push"),
    path("push/forget/", api.ForgetPush.as_view(), name="api-push-forget"),
]
