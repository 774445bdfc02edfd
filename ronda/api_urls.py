from django.urls import path

from . import api

_RT = "rts/<str:code>/<str:rw>/<str:rt>/"

urlpatterns = [
    path(f"{_RT}watch/", api.Tonight.as_view(), name="api-ronda"),
    path(f"{_RT}rounds/", api.Rounds.as_view(), name="api-rounds"),
    path("rounds/<slug:ronda>/", api.OneRound.as_view(), name="api-round"),
    path("rounds/<slug:ronda>/marks/", api.RoundMarks.as_view(), name="api-round-marks"),
    path("rounds/<slug:ronda>/finish/", api.RoundFinish.as_view(), name="api-round-finish"),
]
