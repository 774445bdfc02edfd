"""An invitation: signed, limited, revocable; and the last place is taken once."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts import invitations
from accounts.models import Invitation, Joining
from accounts.tokens import invitation_of, token_of
from neighborhoods.models import RT, Residency

pytestmark = pytest.mark.django_db


def person(name: str) -> User:
    return User.objects.create_user(name, password=f"{name}-malam")


@pytest.fixture
def invitation(rt: RT, head: User) -> Invitation:
    return invitations.invite(rt, role="warga", days=30, uses=2, by=head)


def test_who_comes_by_an_invitation_waits_and_it_is_written_down(invitation: Invitation, rt: RT) -> None:
    residency = invitations.join(invitation, person("baru"))
    assert (residency.rt, residency.role, residency.state) == (rt, "warga", Residency.State.PENDING)
    assert Joining.objects.get().residency == residency
    assert Invitation.objects.get().used == 1


def test_the_same_person_twice_takes_one_use(invitation: Invitation) -> None:
    user = person("baru")
    first = invitations.join(invitation, user)
    assert invitations.join(invitation, user) == first
    assert Invitation.objects.get().used == 1


def test_the_same_person_twice_in_the_same_instant_takes_one_use(invitation: Invitation) -> None:
    user = person("baru")
    first = invitations.join(invitation, user)
    seen = [None, first]  # the second click looked before the first was saved
    with patch.object(invitations, "_running", side_effect=lambda *_: seen.pop(0)):
        assert invitations.join(invitation, user) == first
    assert Invitation.objects.get().used == 1


def test_of_two_who_come_for_the_last_use_one_gets_it(invitation: Invitation) -> None:
    invitations.join(invitation, person("satu"))
    both = [Invitation.objects.select_related("rt__rw").get() for _ in range(2)]  # both read that one use is left
    invitations.join(both[0], person("dua"))
    with pytest.raises(invitations.CannotJoin):
        invitations.join(both[1], person("tiga"))
    assert Invitation.objects.get().used == 2
    assert Residency.objects.filter(state=Residency.State.PENDING).count() == 2


def test_the_database_itself_refuses_more_uses_than_granted(invitation: Invitation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.update(used=3)


@pytest.mark.parametrize("what", ["revoked", "out of date", "ended RT"])
def test_an_invitation_that_is_over_lets_nobody_in(what: str, invitation: Invitation, head: User, rt: RT) -> None:
    if what == "revoked":
        assert invitations.revoke(invitation, by=head)
        assert not invitations.revoke(invitation, by=head), "twice is once"
    elif what == "out of date":
        Invitation.objects.update(valid_until=timezone.now() - timedelta(seconds=1))
    else:
        rt.valid_to = timezone.localdate()
        rt.save()
    with pytest.raises(invitations.CannotJoin):
        invitations.join(Invitation.objects.select_related("rt__rw").get(), person("terlambat"))
    assert Invitation.objects.get().used == 0


def test_who_has_left_may_come_again_and_waits_again(invitation: Invitation, former: User) -> None:
    again = invitations.join(invitation, former)
    assert again.state == Residency.State.PENDING
    assert Residency.objects.filter(user=former).count() == 2, "what was stays written"


def test_an_address_is_the_same_every_time_it_is_printed_and_cannot_be_made_up(
    invitation: Invitation, next_rt: RT, head: User, settings: Settings
) -> None:
    token = token_of(invitation)
    assert token_of(Invitation.objects.get()) == token
    assert invitation_of(token) == invitation
    assert invitation_of(token.upper()) == invitation, "some readers of codes shout"
    other = invitations.invite(next_rt, role="warga", days=1, uses=1, by=head)
    for wrong in (
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        token_of(other).split("-")[0] + "-" + token.split("-")[1],
        "zzzzzzzzzzzzzzzzz-a", "-", "", "9" * 60, "ä-ü",
    ):  # fmt: skip
        assert invitation_of(wrong) is None, wrong
    settings.SECRET_KEY = "another"
    assert invitation_of(token) is None


def test_the_table_holds_nothing_that_invites(invitation: Invitation) -> None:
    row = " ".join(str(value) for value in Invitation.objects.values().get().values())
    assert token_of(invitation).split("-")[1] not in row
