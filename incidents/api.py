"""The API of reports: the same verbs and the same questions who may as on the pages. Closed to machines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from alerts.audience import own_rts
from cameras import access
from cameras.problems import Problem, conflicts, logged_in, not_found
from cameras.serializers import ProblemSerializer
from neighborhoods.residency import standing_of

from . import concerned, handling, reporting
from .handling import Step, Turn
from .models import RUNNING, Category, Incident, State
from .serializers import IncidentSerializer, IncidentTurnSerializer, NewIncidentSerializer

_REFUSALS = {401: ProblemSerializer, 404: ProblemSerializer, 409: ProblemSerializer}


class IncidentFilterSerializer(serializers.Serializer[None]):
    state = serializers.ChoiceField(choices=State.choices, required=False)
    category = serializers.ChoiceField(choices=Category.choices, required=False)
    running = serializers.BooleanField(required=False, help_text="true: hanya yang belum selesai.")


class Incidents(ListAPIView[Incident]):
    """The reports that the person who asks may know of, newest first."""

    serializer_class = IncidentSerializer

    @property
    def throttle_scope(self) -> str:
        return "change" if self.request.method == "POST" else "read"

    def get_queryset(self) -> QuerySet[Incident]:
        return _incidents(self.request)

    @extend_schema(summary="Laporan warga", parameters=[IncidentFilterSerializer])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = IncidentFilterSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wish = dict(asked.validated_data)
        rows = self.get_queryset()
        if wish.pop("running", False):
            rows = rows.filter(state__in=RUNNING)
        page = list(self.paginate_queryset(rows.filter(**wish)) or [])
        return self.get_paginated_response(_said(request, page))

    @extend_schema(
        summary="Melaporkan kejadian",
        request=NewIncidentSerializer,
        responses={201: IncidentSerializer, **_REFUSALS},
    )
    def post(self, request: Request) -> Response:
        me = logged_in(request)
        given = NewIncidentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wish = dict(given.validated_data)
        rt = own_rts(standing_of(me)).filter(pk=wish.pop("rt", 0)).first()
        public_id, with_picture = wish.pop("camera"), wish.pop("picture")
        camera = access.listed(me).filter(public_id=public_id).first() if public_id else None
        if public_id and camera is None:
            raise not_found()
        with conflicts(reporting.CannotReport, code="cannot_report"):
            made = reporting.report(me, rt, reporting.Wish(camera=camera, with_picture=with_picture, **wish))
        return Response(_said(request, [_known(request, made.public_id)])[0], status=201)


class OneIncident(APIView):
    @extend_schema(summary="Satu laporan", responses={200: IncidentSerializer, 404: ProblemSerializer})
    def get(self, request: Request, public_id: str) -> Response:
        return Response(_said(request, [_known(request, public_id)])[0])


class IncidentTurn(APIView):
    throttle_scope = "change"

    @extend_schema(
        summary="Menangani, menutup, atau menarik laporan",
        request=IncidentTurnSerializer,
        responses={200: IncidentSerializer, **_REFUSALS},
    )
    def post(self, request: Request, public_id: str) -> Response:
        me = logged_in(request)
        here = _known(request, public_id)
        if not concerned.read_by(standing_of(me)).filter(pk=here.pk).exists():
            raise _not_found()
        given = IncidentTurnSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wish = given.validated_data
        with conflicts(handling.CannotTurn):
            handling.turn(here, Turn(Step(wish["step"]), wish["reason"], wish["seen"]), by=me)
        return Response(_said(request, [_known(request, public_id)])[0])


def _incidents(request: Request) -> QuerySet[Incident]:
    rows = concerned.known_to(standing_of(request.user)).select_related("picture").defer("picture__data")
    return rows.defer("rt__rw__kelurahan__boundary", "camera__kelurahan__boundary", "picture__data").prefetch_related(
        "steps__by"
    )


def _said(request: Request, rows: Iterable[Incident]) -> list[dict[str, Any]]:
    rows = list(rows)
    full = concerned.read_by(standing_of(request.user)).filter(pk__in=[one.pk for one in rows])
    context = {"full": set(full.values_list("pk", flat=True))}
    return [dict(IncidentSerializer(one, context=context).data) for one in rows]


def _known(request: Request, public_id: str) -> Incident:
    found = _incidents(request).filter(public_id=public_id).first()
    if found is None:
        raise _not_found()
    return found


def _not_found() -> Problem:
    return Problem(404, "not_found", _("Laporan ini tidak ditemukan, atau bukan untuk Anda."))
