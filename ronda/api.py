"""The API of the night watch: what is tonight, and rounds from a phone that may be without a connection for a while."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cameras.problems import Problem, conflicts
from cameras.serializers import ProblemSerializer
from neighborhoods.doors import person
from neighborhoods.models import RT

from . import access, rounds
from .desk import finding_sent
from .evening import evenings
from .log import Totals, row_of, with_stops
from .models import Round
from .serializers import (
    FindingSerializer,
    FinishSerializer,
    FoundSerializer,
    RoundSerializer,
    StartSerializer,
    TonightSerializer,
)

_REFUSALS = {401: ProblemSerializer, 404: ProblemSerializer}


def _home(request: Request, code: str, rw: str, rt: str) -> RT:
    """The RT, for somebody who belongs to it. Raises: Problem."""
    _must_be_logged_in(request)
    found = access.home_rts(request.user).filter(rw__kelurahan__code=code, rw__number=rw, number=rt).first()
    if found is None:
        raise Problem(404, "not_found", _("RT ini tidak ditemukan, atau Anda bukan warganya."))
    return found


def _own(request: Request, pk: str) -> Round:
    """Raises: Problem."""
    _must_be_logged_in(request)
    found = access.own_rounds(request.user).filter(pk=pk).first()
    if found is None:
        raise Problem(404, "not_found", _("Ronda ini tidak ditemukan, atau bukan ronda Anda."))
    return found


def _must_be_logged_in(request: Request) -> None:
    # Another answer than "not found": the phone keeps its marks, and asks to log in.
    if request.user.pk is None:
        raise Problem(401, "login", _("Silakan masuk lagi. Yang sudah Anda tandai tetap tersimpan di ponsel ini."))


def _answer(pk: str, status: int = 200) -> Response:
    return Response(RoundSerializer(row_of(with_stops(pk))).data, status=status)


class Tonight(APIView):
    @extend_schema(summary="Ronda malam ini di sebuah RT", responses={200: TonightSerializer, **_REFUSALS})
    def get(self, request: Request, code: str, rw: str, rt: str) -> Response:
        here, now = _home(request, code, rw, rt), timezone.now()
        (evening,) = evenings([here], now=now)
        mine = evening.turn_of(person(request).pk)
        counted = Totals() if evening.morning else evening.counted
        said = {
            "night": evening.night,
            "begins": evening.span.begin,
            "ends": evening.span.end,
            "watchers": [one.name for one in evening.plan.watchers],
            "my_next_night": mine.night if mine else None,
            "rounds": counted.rounds,
            "last_at": counted.last,
        }
        return Response(TonightSerializer(said).data)


class Rounds(APIView):
    throttle_scope = "change"

    @extend_schema(
        summary="Memulai ronda, atau meneruskan yang belum selesai",
        request=StartSerializer,
        responses={200: RoundSerializer, **_REFUSALS, 409: ProblemSerializer},
    )
    def post(self, request: Request, code: str, rw: str, rt: str) -> Response:
        here = _home(request, code, rw, rt)
        wish = StartSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        with conflicts(rounds.CannotRound):
            begun = rounds.start(here, person(request), fresh=wish.validated_data["fresh"])
        return _answer(begun.pk)


class OneRound(APIView):
    @extend_schema(
        summary="Satu ronda, untuk perondanya dan pengurus RT", responses={200: RoundSerializer, **_REFUSALS}
    )
    def get(self, request: Request, ronda: str) -> Response:
        _must_be_logged_in(request)
        found = access.readable_rounds(request.user).filter(pk=ronda).first()
        if found is None:
            raise Problem(404, "not_found", _("Ronda ini tidak ditemukan."))
        return _answer(found.pk)


class RoundMarks(APIView):
    """What was found at a camera. The same key twice is one mark, so a phone may send again whatever it is not sure of."""

    throttle_scope = "change"

    @extend_schema(
        summary="Menandai satu kamera dalam ronda",
        request=FindingSerializer,
        responses={200: FoundSerializer, **_REFUSALS, 409: ProblemSerializer},
    )
    def post(self, request: Request, ronda: str) -> Response:
        here = _own(request, ronda)
        wish = FindingSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        with conflicts(rounds.CannotRound):
            made = rounds.mark(here, finding_sent(wish.validated_data))
        return Response(FoundSerializer(made).data)


class RoundFinish(APIView):
    throttle_scope = "change"

    @extend_schema(
        summary="Mengakhiri ronda sebelum semua kamera dilihat",
        request=FinishSerializer,
        responses={200: RoundSerializer, **_REFUSALS},
    )
    def post(self, request: Request, ronda: str) -> Response:
        here = _own(request, ronda)
        wish = FinishSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        rounds.finish(here, reason=wish.validated_data["reason"])
        return _answer(here.pk)
