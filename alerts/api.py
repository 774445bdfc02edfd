"""The API of the kentongan and of push: the same verbs as on the pages. Closed to machines."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cameras.problems import Problem, conflicts, logged_in
from cameras.serializers import ProblemSerializer
from neighborhoods.residency import standing_of

from . import answering, audience, ringing, subscribing
from .envelopes import Browser
from .models import Alarm, Ending, Kind
from .serializers import (
    AlarmSerializer,
    BrowserSerializer,
    EndAlarmSerializer,
    ForgetBrowserSerializer,
    NewAlarmSerializer,
    PushKeySerializer,
)

_REFUSALS = {401: ProblemSerializer, 404: ProblemSerializer, 409: ProblemSerializer}


class Alarms(ListAPIView[Alarm]):
    """The kentongan of the RTs that the person who asks belongs to or manages, newest first."""

    serializer_class = AlarmSerializer

    @property
    def throttle_scope(self) -> str:
        return "change" if self.request.method == "POST" else "read"

    def get_queryset(self) -> QuerySet[Alarm]:
        return _alarms(self.request)

    @extend_schema(summary="Kentongan RT Anda, yang terbaru lebih dulu")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Membunyikan kentongan RT",
        request=NewAlarmSerializer,
        responses={201: AlarmSerializer, **_REFUSALS},
    )
    def post(self, request: Request) -> Response:
        me = logged_in(request)
        given = NewAlarmSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wish = given.validated_data
        rt = audience.own_rts(standing_of(me)).filter(pk=wish["rt"]).first()
        if rt is None:
            raise Problem(404, "not_found", _("RT ini bukan RT Anda."))
        with conflicts(ringing.CannotRing, code="cannot_ring"):
            made = ringing.ring(rt, ringing.Call(Kind(wish["kind"]), wish["note"], wish.get("key", "")), by=me)
        return Response(AlarmSerializer(_alarms(request).get(pk=made.pk)).data, status=201)


class AlarmComing(APIView):
    throttle_scope = "change"

    @extend_schema(summary="Mengatakan bahwa Anda datang", request=None, responses={200: AlarmSerializer, **_REFUSALS})
    def post(self, request: Request, alarm: int) -> Response:
        here = _seen(request, alarm)
        with conflicts(answering.CannotTurn):
            answering.come(here, by=logged_in(request))
        return Response(AlarmSerializer(_seen(request, alarm)).data)


class AlarmEnd(APIView):
    throttle_scope = "change"

    @extend_schema(
        summary="Mengakhiri kentongan", request=EndAlarmSerializer, responses={200: AlarmSerializer, **_REFUSALS}
    )
    def post(self, request: Request, alarm: int) -> Response:
        here = _seen(request, alarm)
        given = EndAlarmSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wish = given.validated_data
        with conflicts(answering.CannotTurn):
            answering.end(here, by=logged_in(request), ending=Ending(wish["ending"]), words=wish["words"])
        return Response(AlarmSerializer(_seen(request, alarm)).data)


class Push(APIView):
    """A browser that wants to be reached while no page is open."""

    @property
    def throttle_scope(self) -> str:
        return "change" if self.request.method == "POST" else "read"

    @extend_schema(summary="Kunci untuk berlangganan pemberitahuan", responses={200: PushKeySerializer})
    def get(self, request: Request) -> Response:
        return Response({"public_key": subscribing.public_key()})

    @extend_schema(
        summary="Mengirim pemberitahuan ke peramban ini",
        request=BrowserSerializer,
        responses={204: None, 401: ProblemSerializer, 409: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        me = logged_in(request)
        given = BrowserSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        browser = Browser(given.validated_data["endpoint"], **given.validated_data["keys"])
        with conflicts(subscribing.CannotSubscribe, code="cannot_subscribe"):
            subscribing.subscribe(browser, person=me, session=request._request.session)
        return Response(status=204)


class ForgetPush(APIView):
    throttle_scope = "change"

    @extend_schema(
        summary="Tidak lagi mengirim ke peramban ini",
        request=ForgetBrowserSerializer,
        responses={204: None, 401: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        me = logged_in(request)
        given = ForgetBrowserSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        subscribing.unsubscribe(given.validated_data["endpoint"], person=me, session=request._request.session)
        return Response(status=204)


def _alarms(request: Request) -> QuerySet[Alarm]:
    rows = Alarm.objects.filter(rt__in=audience.seen_rts(standing_of(request.user)))
    return rows.select_related("rt__rw", "caller").prefetch_related("steps__by")


def _seen(request: Request, pk: int) -> Alarm:
    found = _alarms(request).filter(pk=pk).first()
    if found is None:
        raise Problem(404, "not_found", _("Kentongan ini tidak ditemukan, atau bukan dari RT Anda."))
    return found
