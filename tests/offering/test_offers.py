"""The way of an offer: who may turn it, what becomes of the camera, and what is left after it is withdrawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from cameras import sources, visibility
from cameras.access import listed, watchable
from cameras.models import Camera, CameraSource, Site, Visibility, VisibilityChange
from cameras.signals import access_changed
from neighborhoods.models import RT, Office, Residency
from neighborhoods.residency import standing_of
from offering import deciding, offers
from offering.deciding import Step
from offering.models import Channel, Offer, OfferChange, State
from offering.turning import CannotTurn, turn

from .conftest import SECRET

MakeOffer = Callable[..., Offer]


def approve(offer: Offer, by: User, level: Visibility = Visibility.WARGA_RT) -> list[Camera]:
    return deciding.approve(offer, by=by, standing=standing_of(by), level=level)


def live(offer: Offer, head: User, officer: User, level: Visibility = Visibility.WARGA_RT) -> list[Camera]:
    """Approved by both."""
    approve(offer, head, level)
    return approve(offer, officer, level)


def test_what_is_typed_is_sealed_from_the_first_moment(resident: User, make_offer: MakeOffer) -> None:
    row = Offer.objects.filter(pk=make_offer(resident, State.DRAFT, channels=0).pk).values().get()
    assert "contoh" not in str(row)
    assert SECRET.password not in str(row)
    assert sources.open_address(row["sealed_address"]).host == "kamera.contoh.id"
    assert sources.open_credentials(row["sealed_credentials"]) == SECRET


def test_head_then_officer_and_the_camera_is_there(
    resident: User, head: User, officer: User, make_offer: MakeOffer
) -> None:
    offer = make_offer(resident)
    offers.hand_in(offer, {1}, by=resident)
    assert approve(offer, head, Visibility.WARGA_RT) == []
    (camera,) = approve(offer, officer, Visibility.WARGA_RT)
    camera.refresh_from_db()
    assert (camera.owner, camera.visibility, camera.widest) == (resident, Visibility.WARGA_RT, Visibility.WARGA_RW)
    assert not camera.need if hasattr(camera, "need") else True
    source = sources.open_source(camera.pk)
    assert source is not None
    assert source.address.guarded
    assert source.substream is not None
    assert source.substream.guarded
    assert source.credentials == SECRET
    assert watchable(resident).filter(pk=camera.pk).exists()
    offer.refresh_from_db()
    assert [change.new for change in offer.changes.all()] == [State.LIVE, State.APPROVED, State.OFFERED, State.DRAFT]


def test_after_approval_the_offer_holds_no_copy(
    resident: User, head: User, officer: User, make_offer: MakeOffer
) -> None:
    offer = make_offer(resident, State.OFFERED)
    live(offer, head, officer)
    offer.refresh_from_db()
    channel = offer.channels.get()
    assert (offer.sealed_address, offer.sealed_credentials) == ("", "")
    assert (channel.sealed_address, channel.sealed_substream, channel.still) == ("", "", None)


def test_a_recorder_becomes_one_place_with_several_cameras(
    resident: User, head: User, officer: User, make_offer: MakeOffer
) -> None:
    offer = make_offer(resident, State.TRIED, channels=3)
    offers.hand_in(offer, {1, 3}, by=resident)
    cameras = live(offer, head, officer)
    site = Site.objects.get()
    assert [camera.site for camera in cameras] == [site, site]
    assert [camera.name for camera in cameras] == ["Depan toko, kamera 1", "Depan toko, kamera 3"]


class TestWhoDecides:
    def test_the_head_of_the_rt_first_and_nobody_else(
        self, resident: User, neighbour: User, head: User, officer: User, make_offer: MakeOffer
    ) -> None:
        offer = make_offer(resident, State.OFFERED)
        assert deciding.step_of(offer, standing_of(head)) is Step.HEAD
        for other in (resident, neighbour, officer):
            assert deciding.step_of(offer, standing_of(other)) is Step.NONE
            with pytest.raises(deciding.CannotDecide):
                approve(offer, other)

    def test_then_the_officer_and_nobody_else(
        self, resident: User, head: User, officer: User, make_offer: MakeOffer
    ) -> None:
        offer = make_offer(resident, State.APPROVED)
        assert deciding.step_of(offer, standing_of(officer)) is Step.OFFICER
        assert deciding.step_of(offer, standing_of(head)) is Step.NONE

    def test_without_a_head_the_ketua_rw_and_the_officer(
        self, resident: User, officer: User, rt: RT, make_offer: MakeOffer
    ) -> None:
        leader = User.objects.create_user("ketua-rw")
        Office.objects.create(user=leader, kind="ketua_rw", rw=rt.rw)
        offer = make_offer(resident, State.OFFERED)
        assert deciding.step_of(offer, standing_of(leader)) is Step.HEAD
        assert deciding.step_of(offer, standing_of(officer)) is Step.OFFICER

    def test_of_a_camera_of_no_rt_the_officer_alone(self, resident: User, officer: User, make_offer: MakeOffer) -> None:
        offer = make_offer(resident, State.OFFERED, rt=None, wish=Visibility.PUBLIK)
        assert deciding.levels(offer) == [Visibility.PUBLIK, Visibility.KELURAHAN, Visibility.PETUGAS]
        (camera,) = approve(offer, officer, Visibility.KELURAHAN)
        assert camera.rt is None

    def test_nobody_opens_it_wider_than_its_owner_wishes(
        self, resident: User, head: User, officer: User, make_offer: MakeOffer
    ) -> None:
        offer = make_offer(resident, State.OFFERED, wish=Visibility.WARGA_RT)
        with pytest.raises(deciding.CannotDecide, match="lebih luas"):
            approve(offer, head, Visibility.PUBLIK)
        (camera,) = live(offer, head, officer)
        with pytest.raises(visibility.CannotSwitch):
            visibility.switch(camera, to=Visibility.PUBLIK, by=head)

    def test_the_officer_opens_it_no_wider_than_the_head_did(
        self, resident: User, head: User, officer: User, make_offer: MakeOffer
    ) -> None:
        offer = make_offer(resident, State.OFFERED, wish=Visibility.PUBLIK)
        approve(offer, head, Visibility.WARGA_RT)
        with pytest.raises(deciding.CannotDecide):
            approve(offer, officer, Visibility.WARGA_RW)

    def test_a_refusal_has_a_reason_and_erases_what_was_given(
        self, resident: User, head: User, make_offer: MakeOffer
    ) -> None:
        offer = make_offer(resident, State.OFFERED)
        with pytest.raises(deciding.CannotDecide, match="alasan"):
            deciding.refuse(offer, by=head, standing=standing_of(head), reason=" ")
        deciding.refuse(offer, by=head, standing=standing_of(head), reason="Menghadap halaman tetangga")
        assert (offer.state, offer.sealed_address, offer.channels.get().still) == (State.REFUSED, "", None)
        assert offer.changes.first() == OfferChange.objects.get(reason="Menghadap halaman tetangga", by=head)


class TestWithdrawing:
    def test_ends_everything_but_the_history(
        self,
        resident: User,
        head: User,
        officer: User,
        make_offer: MakeOffer,
        django_capture_on_commit_callbacks: Callable[..., object],
    ) -> None:
        offer = make_offer(resident, State.OFFERED, wish=Visibility.PUBLIK)
        (camera,) = live(offer, head, officer, Visibility.PUBLIK)
        epoch = Camera.objects.get(pk=camera.pk).access_epoch
        heard: list[int] = []
        access_changed.connect(lambda **news: heard.append(news["camera_id"]), weak=False, dispatch_uid="test")
        try:
            with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
                offers.withdraw(offer, by=resident)
        finally:
            access_changed.disconnect(dispatch_uid="test")
        camera.refresh_from_db()
        assert heard == [camera.pk, camera.pk], "the switch and the lost source both end a stream"
        assert (camera.visibility, camera.access_epoch > epoch) == (Visibility.MATI, True)
        assert not CameraSource.objects.filter(camera=camera).exists()
        assert VisibilityChange.objects.filter(camera=camera, new=Visibility.MATI, by=resident).exists()
        assert offer.changes.count() >= 3
        with pytest.raises(visibility.CannotSwitch):
            visibility.switch(camera, to=Visibility.WARGA_RT, by=head)

    @pytest.mark.parametrize("state", [State.DRAFT, State.TRIED, State.OFFERED, State.APPROVED])
    def test_is_possible_at_every_moment(self, resident: User, make_offer: MakeOffer, state: State) -> None:
        offer = make_offer(resident, state)
        offers.withdraw(offer, by=resident)
        assert (offer.state, offer.sealed_address, offer.sealed_credentials) == (State.WITHDRAWN, "", "")
        assert Channel.objects.get().sealed_address == ""
        with pytest.raises(CannotTurn):
            offers.withdraw(offer, by=resident)

    def test_of_a_camera_that_is_closed_already(
        self, resident: User, head: User, officer: User, make_offer: MakeOffer
    ) -> None:
        offer = make_offer(resident, State.OFFERED)
        (camera,) = live(offer, head, officer)
        visibility.switch(camera, to=Visibility.MATI, by=head)
        offers.withdraw(offer, by=resident)
        assert not CameraSource.objects.exists()


class TestTwoAtOnce:
    def test_only_one_of_two_decisions_counts(
        self, resident: User, head: User, officer: User, make_offer: MakeOffer
    ) -> None:
        offer = make_offer(resident, State.OFFERED)
        stale = Offer.objects.get(pk=offer.pk)
        offers.withdraw(offer, by=resident)
        with pytest.raises((CannotTurn, deciding.CannotDecide)):
            approve(stale, head)
        with pytest.raises(CannotTurn, match="baru saja diubah"):
            turn(stale, State.APPROVED, of={State.OFFERED}, by=head)

    def test_approved_twice_there_is_one_camera(
        self, resident: User, head: User, officer: User, make_offer: MakeOffer
    ) -> None:
        offer = make_offer(resident, State.APPROVED)
        stale = Offer.objects.get(pk=offer.pk)
        approve(offer, officer)
        with pytest.raises((CannotTurn, deciding.CannotDecide)):
            approve(stale, officer)
        assert Camera.objects.count() == 1


def test_an_empty_hand_is_not_handed_in(resident: User, make_offer: MakeOffer) -> None:
    with pytest.raises(offers.CannotOffer):
        offers.hand_in(make_offer(resident), {7}, by=resident)


def test_one_person_has_so_many_offers_and_no_more(
    resident: User, make_offer: MakeOffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offers, "MOST", 2)
    offers.withdraw(make_offer(resident, channels=0), by=resident)
    make_offer(resident, channels=0)
    make_offer(resident, channels=0)
    with pytest.raises(offers.CannotOffer, match="2 tawaran"):
        make_offer(resident, channels=0)


def test_an_officers_new_address_for_an_offered_camera_stays_behind_the_guard(
    resident: User, head: User, officer: User, make_offer: MakeOffer
) -> None:
    (camera,) = live(make_offer(resident, State.OFFERED), head, officer)
    source = sources.open_source(camera.pk)
    assert source is not None
    plain = type(source.address)("rtsp", "127.0.0.1", 6379, "/")
    sources.set_source(camera, address=plain, credentials=SECRET)
    changed = sources.open_source(camera.pk)
    assert changed is not None
    assert changed.address.guarded


def test_the_owner_knows_of_it_after_all_others_lost_it(
    resident: User, neighbour: User, head: User, officer: User, make_offer: MakeOffer
) -> None:
    offer = make_offer(resident, State.OFFERED, wish=Visibility.PUBLIK)
    (camera,) = live(offer, head, officer, Visibility.PUBLIK)
    assert watchable(neighbour).filter(pk=camera.pk).exists()
    offers.withdraw(offer, by=resident)
    assert not listed(neighbour).filter(pk=camera.pk).exists()
    Residency.objects.filter(user=resident).update(state=Residency.State.ENDED)
    assert listed(resident).filter(pk=camera.pk).exists()
