"""The API of those who manage cameras: all of an RT in one go, timetables, histories, confirmed views, reports."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from neighborhoods.doors import person
from neighborhoods.managing import managed_rts
from neighborhoods.models import RT
from neighborhoods.residency import standing_of

from . import access, confirming, reports, timetables, visibility
from .api import find_camera
from .desk_serializers import (
    AnswerSerializer,
    ConfirmSerializer,
    NewTimetableSerializer,
    ReportedSerializer,
    ReportSerializer,
    SwitchedSerializer,
    TimetableSerializer,
    ViewEventSerializer,
    ViewSerializer,
    VisibilityChangeSerializer,
)
from .models import Camera, Visibility
from .problems import Problem, conflicts
from .serializers import ProblemSerializer, SwitchSerializer

_NEWEST = 200
_REFUSALS = {403: ProblemSerializer, 404: ProblemSerializer}


def managed_camera(request: Request, public_id: str) -> Camera:
    """The camera, for somebody who manages it. Raises: Problem (404; 403 for those who may know of it)."""
    camera = find_camera(access.listed(request.user), public_id)
    if not access.manageable(request.user).filter(pk=camera.pk).exists():
        raise Problem(
            403, "forbidden", _("Hanya Ketua RT, pengurus wilayah, dan petugas yang boleh mengelola kamera ini.")
        )
    return camera


def _managed_rt(request: Request, **where: Any) -> RT:
    rt = managed_rts(standing_of(request.user)).filter(**where).first()
    if rt is None:
        raise Problem(404, "not_found", _("RT ini tidak ditemukan, atau tidak Anda kelola."))
    return rt


class RtVisibility(APIView):
    """The switch for all cameras of an RT in one go: all, or none."""

    throttle_scope = "change"

    @extend_schema(
        summary="Mengubah siapa boleh melihat semua kamera sebuah RT",
        request=SwitchSerializer,
        responses={200: SwitchedSerializer, 404: ProblemSerializer, 409: ProblemSerializer},
    )
    def post(self, request: Request, code: str, rw: str, rt: str) -> Response:
        here = _managed_rt(request, rw__kelurahan__code=code, rw__number=rw, number=rt)
        wish = SwitchSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        cameras = access.manageable(request.user).filter(rt=here).order_by("pk")
        level, reason = Visibility(wish.validated_data["visibility"]), wish.validated_data["reason"]
        with conflicts(visibility.CannotSwitch):
            done = visibility.switch_all(cameras, to=level, by=person(request), reason=reason)
        return Response(
            {name: [one.public_id for one in getattr(done, name)] for name in ("changed", "waiting", "limited")}
        )


class VisibilityHistory(APIView):
    @extend_schema(
        summary="Siapa mengubah keterlihatan sebuah kamera, kapan, dan mengapa",
        responses={200: VisibilityChangeSerializer(many=True), **_REFUSALS},
    )
    def get(self, request: Request, public_id: str) -> Response:
        camera = managed_camera(request, public_id)
        changes = camera.visibility_changes.select_related("by", "camera")[:_NEWEST]
        return Response(VisibilityChangeSerializer(changes, many=True).data)


class Timetables(APIView):
    throttle_scope = "change"

    @extend_schema(
        summary="Jadwal keterlihatan yang Anda kelola",
        responses=TimetableSerializer(many=True),
        operation_id="timetables_list",
    )
    def get(self, request: Request) -> Response:
        rows = timetables.managed_by(request.user).running().select_related("camera")[:_NEWEST]
        return Response(TimetableSerializer(rows, many=True).data)

    @extend_schema(
        summary="Membuat jadwal untuk semua kamera sebuah RT, atau satu kamera",
        request=NewTimetableSerializer,
        responses={201: TimetableSerializer, **_REFUSALS, 409: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        wish = NewTimetableSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        said = dict(wish.validated_data)
        rt, public_id = said.pop("rt", None), said.pop("camera", None)
        if (rt is None) == (public_id is None):
            raise Problem(400, "invalid", _("Sebut salah satu: rt atau camera."))
        of = _managed_rt(request, pk=rt) if public_id is None else managed_camera(request, public_id)
        with conflicts(timetables.CannotMake):
            made = timetables.make(of=of, by=person(request), **{**said, "level": Visibility(said["level"])})
        return Response(TimetableSerializer(made).data, status=201)


class OneTimetable(APIView):
    throttle_scope = "change"

    @extend_schema(summary="Mengakhiri sebuah jadwal", responses={204: None, 404: ProblemSerializer})
    def delete(self, request: Request, timetable: int) -> Response:
        row = timetables.managed_by(request.user).running().filter(pk=timetable).first()
        if row is None:
            raise Problem(404, "not_found", _("Jadwal ini tidak ada, atau tidak Anda kelola."))
        timetables.end(row, by=person(request))
        return Response(status=204)


class CameraView(APIView):
    @extend_schema(summary="Apakah pandangan kamera perlu dilihat", responses={200: ViewSerializer, **_REFUSALS})
    def get(self, request: Request, public_id: str) -> Response:
        return _view_answer(managed_camera(request, public_id))


class CameraViewConfirmation(APIView):
    throttle_scope = "change"

    @extend_schema(
        summary="Mengonfirmasi pandangan sesudah melihatnya",
        request=ConfirmSerializer,
        responses={200: ViewSerializer, **_REFUSALS, 409: ProblemSerializer},
    )
    def post(self, request: Request, public_id: str) -> Response:
        camera = managed_camera(request, public_id)
        wish = ConfirmSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        with conflicts(confirming.CannotConfirm, visibility.CannotSwitch):
            confirming.confirm(camera.pk, by=person(request), asked=wish.validated_data["asked"])
        camera.refresh_from_db()
        return _view_answer(camera)


class CameraReports(APIView):
    """Reports that a view violates privacy; anyone who may know of the camera makes one, those who manage it read them."""

    throttle_scope = "report"

    @extend_schema(
        summary="Melaporkan bahwa sebuah pandangan melanggar privasi",
        request=ReportSerializer,
        responses={201: ReportSerializer, 404: ProblemSerializer, 429: ProblemSerializer},
    )
    def post(self, request: Request, public_id: str) -> Response:
        camera = find_camera(access.listed(request.user), public_id)
        wish = ReportSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        reporter = reports.reporter_of(request.user, str(request.META.get("REMOTE_ADDR", "")))
        try:
            made = reports.report(camera, reporter=reporter, reason=wish.validated_data["reason"])
        except reports.TooManyReports as problem:
            raise Problem(429, "too_many", str(problem), retry_after=3600) from None
        return Response({"reason": made.reason}, status=201)

    @extend_schema(summary="Laporan privasi sebuah kamera", responses={200: ReportedSerializer(many=True), **_REFUSALS})
    def get(self, request: Request, public_id: str) -> Response:
        rows = managed_camera(request, public_id).privacy_reports.all()[:_NEWEST]
        return Response(ReportedSerializer(rows, many=True).data)


class ReportAnswer(APIView):
    throttle_scope = "change"

    @extend_schema(
        summary="Menjawab sebuah laporan privasi",
        request=AnswerSerializer,
        responses={200: ReportedSerializer, **_REFUSALS, 409: ProblemSerializer},
    )
    def post(self, request: Request, public_id: str, report: int) -> Response:
        made = managed_camera(request, public_id).privacy_reports.filter(pk=report).first()
        if made is None:
            raise Problem(404, "not_found", _("Laporan ini tidak ada."))
        wish = AnswerSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        if not reports.answer(made, text=wish.validated_data["answer"], by=person(request)):
            raise Problem(409, "conflict", _("Laporan ini sudah dijawab."))
        made.refresh_from_db()
        return Response(ReportedSerializer(made).data)


def _view_answer(camera: Camera) -> Response:
    events = list(camera.view_events.select_related("by")[:_NEWEST])
    return Response(
        {
            "need": camera.need,
            "since": camera.need_since,
            "returns_to": camera.return_to,
            "confirmed_at": camera.confirmed_at,
            "asked": confirming.newest_ask(camera) if camera.need else None,
            "events": ViewEventSerializer(events, many=True).data,
        }
    )
