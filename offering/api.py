"""The API of offers: the same verbs and the same questions who may as on the pages. Closed to machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cameras.models import Visibility
from cameras.problems import Problem, conflicts, logged_in
from cameras.serializers import ProblemSerializer
from neighborhoods.models import Kelurahan
from neighborhoods.residency import standing_of

from . import asking, attempts, deciding, offers
from .forms import OfferForm
from .models import Offer
from .serializers import DecisionSerializer, HandInSerializer, NewOfferSerializer, OfferSerializer
from .turning import CannotTurn

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_REFUSALS = {401: ProblemSerializer, 404: ProblemSerializer, 409: ProblemSerializer}


class OwnOffers(ListAPIView[Offer]):
    """The offers of the person who asks, newest first; a new one is tried at once."""

    serializer_class = OfferSerializer

    @property
    def throttle_scope(self) -> str:
        return "change" if self.request.method == "POST" else "read"

    def get_queryset(self) -> QuerySet[Offer]:
        return _offers().filter(owner=self.request.user.pk).order_by("-created_at", "-pk")

    @extend_schema(summary="Tawaran kamera sendiri")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = list(self.paginate_queryset(self.get_queryset()) or [])
        return self.get_paginated_response([_said(offer) for offer in page])

    @extend_schema(
        summary="Menawarkan kamera, yang langsung dicoba",
        request=NewOfferSerializer,
        responses={201: OfferSerializer, 401: ProblemSerializer, 409: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        me = logged_in(request)
        given = NewOfferSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        form = OfferForm(_as_typed(given.validated_data))
        if not form.is_valid() or form.place is None:
            raise ValidationError({name: [str(error) for error in errors] for name, errors in form.errors.items()})
        with conflicts(offers.CannotOffer, code="too_many_offers"):
            offer = offers.make(me, form.place, form.typed, form.credentials)
        _try(offer, me)
        return Response(_said(offer), status=201)


class WaitingOffers(ListAPIView[Offer]):
    """The offers that wait for a decision of the person who asks, oldest first."""

    serializer_class = OfferSerializer

    @extend_schema(summary="Tawaran kamera yang menunggu keputusan Anda")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        waiting = deciding.waiting(standing_of(request.user)).values("pk")
        page = list(self.paginate_queryset(_offers().filter(pk__in=waiting).order_by("since", "pk")) or [])
        return self.get_paginated_response([_said(offer) for offer in page])


class OneOffer(APIView):
    """One's own, or one that waits for one's decision."""

    @extend_schema(summary="Satu tawaran kamera", responses={200: OfferSerializer, 404: ProblemSerializer})
    def get(self, request: Request, public_id: str) -> Response:
        offer = _offers().filter(public_id=public_id).first()
        if offer is None or not (offer.owner_id == request.user.pk or _decides(request, offer)):
            raise _not_found()
        return Response(_said(offer))


class OfferTrial(APIView):
    throttle_scope = "change"

    @extend_schema(summary="Mencoba kameranya sekali lagi", request=None, responses={202: OfferSerializer, **_REFUSALS})
    def post(self, request: Request, public_id: str) -> Response:
        offer = _own(request, public_id)
        _try(offer, logged_in(request))
        return Response(_said(offer), status=202)


class OfferHandIn(APIView):
    throttle_scope = "change"

    @extend_schema(
        summary="Menawarkan gambar yang ditemukan kepada lingkungan",
        request=HandInSerializer,
        responses={200: OfferSerializer, **_REFUSALS},
    )
    def post(self, request: Request, public_id: str) -> Response:
        offer = _own(request, public_id)
        given = HandInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with conflicts(offers.CannotOffer, CannotTurn):
            offers.hand_in(offer, given.validated_data["numbers"], by=logged_in(request))
        return Response(_said(offer))


class OfferWithdrawal(APIView):
    throttle_scope = "change"

    @extend_schema(
        summary="Menarik kamera: tayangan berhenti, alamat dan kata sandi dihapus",
        request=None,
        responses={200: OfferSerializer, **_REFUSALS},
    )
    def post(self, request: Request, public_id: str) -> Response:
        offer = _own(request, public_id)
        with conflicts(CannotTurn):
            offers.withdraw(offer, by=logged_in(request))
        return Response(_said(offer))


class OfferDecision(APIView):
    """The decision of the head of the RT, then the officer's."""

    throttle_scope = "change"

    @extend_schema(
        summary="Menyetujui atau menolak tawaran kamera",
        request=DecisionSerializer,
        responses={200: OfferSerializer, **_REFUSALS},
    )
    def post(self, request: Request, public_id: str) -> Response:
        standing = standing_of(request.user)
        offer = deciding.waiting(standing).filter(public_id=public_id).first()
        if offer is None:
            raise _not_found()
        given = DecisionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wish, me = given.validated_data, logged_in(request)
        level = Visibility(wish.get("visibility") or offer.granted or offer.wish)
        with conflicts(deciding.CannotDecide, CannotTurn):
            if wish["approve"]:
                deciding.approve(offer, by=me, standing=standing, level=level)
            else:
                deciding.refuse(offer, by=me, standing=standing, reason=wish["reason"])
        return Response(_said(offer))


def _offers() -> QuerySet[Offer]:
    return Offer.objects.select_related("kelurahan", "rt__rw").prefetch_related("channels__camera", "changes")


def _said(offer: Offer) -> dict[str, Any]:
    offer.trying = asking.is_running(offer, timezone.now())  # type: ignore[attr-defined]
    return dict(OfferSerializer(offer).data)


def _own(request: Request, public_id: str) -> Offer:
    offer = _offers().filter(public_id=public_id, owner=logged_in(request)).first()
    if offer is None:
        raise _not_found()
    return offer


def _decides(request: Request, offer: Offer) -> bool:
    return deciding.step_of(offer, standing_of(request.user)) is not deciding.Step.NONE


def _not_found() -> Problem:
    return Problem(404, "not_found", _("Tawaran ini tidak ditemukan, atau tidak menunggu Anda."))


def _try(offer: Offer, me: User) -> None:
    try:
        with conflicts(asking.CannotTry):
            asking.begin(offer, by=me)
    except attempts.TooMany as why:
        raise Problem(429, "too_many", str(why), retry_after=attempts.HOUR) from None


def _as_typed(given: dict[str, Any]) -> dict[str, str]:
    """As if it had been typed into the page's form."""
    typed = {name: "" if value is None else str(value) for name, value in given.items()}
    typed["consent"] = "on" if given["consent"] else ""
    code = typed.get("kelurahan", "")
    typed["kelurahan"] = str(
        Kelurahan.objects.filter(code=code).values_list("pk", flat=True).first() or (0 if code else "")
    )
    return typed
