from django.urls import path

from . import api

urlpatterns = [
    path("incidents/", api.Incidents.as_view(), name="api-incidents"),
    path("incidents/<slug:public_id>/", api.OneIncident.as_view(), name="api-incident"),
    path("incidents/<slug:public_id>/step/", api.IncidentTurn.as_view(), name="api-incident-step"),
]
