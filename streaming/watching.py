"""A person wants to look at a camera: the web side of the watch river.

The gate has let the person through before. Here a wish becomes a mark (``demand``), a ticket, and, where no stream runs, one
message to the workers.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from cameras.models import Camera
from cameras.reasons import Reason
from cameras.sources import has_substream

from . import demand, fairness, folders, lease, nodes, states, tickets, traits, viewings
from .states import Record, StreamState
from .tasks import run_stream
from .treating import tracks_of_substream
from .treatment import Pictures, needs_slot, prefers_substream

# A message that no worker took by then is dropped; the viewer's next renewal sends another.
MESSAGE_SECONDS = 10.0
ASK_EVERY = 4.0
# A ticket with less of its time left than this is replaced at a renewal.
REPLACE_BELOW = 0.15


class CannotWatch(Exception):
    """Base: no stream can be had now; the message is for people.

    ├── Busy             every worker is full, or none can transcode one more
    ├── TooMany          this person has enough cameras running
    └── Unavailable      no worker is there
    """


class Busy(CannotWatch):
    def __init__(self) -> None:
        super().__init__(_("Sedang penuh: terlalu banyak kamera ditonton saat ini. Kami coba lagi sebentar lagi."))


class TooMany(CannotWatch):
    def __init__(self) -> None:
        super().__init__(
            _("Terlalu banyak kamera ditonton sekaligus dari akun atau sambungan ini. Tutup beberapa, lalu coba lagi.")
        )


class Unavailable(CannotWatch):
    def __init__(self) -> None:
        super().__init__(_("Layanan gambar langsung sedang tidak berjalan. Coba lagi beberapa menit lagi."))


@dataclass(frozen=True)
class Watch:
    """*expires*: Unix time; *renew_after*: seconds after which the wish must be made again."""

    playlist_url: str
    expires: int
    renew_after: float
    stream: Record


def watch(
    camera: Camera,
    *,
    user_pk: int | None,
    address: str = "",
    codec: str = "",
    current_url: str = "",
    plays: frozenset[str] = frozenset(),
    small: bool = False,
) -> Watch:
    """Makes or renews a wish; idempotent. *current_url*: the playlist that the viewer has, given back while it is good.

    *user_pk* is None for somebody without an account, who is counted by network *address*; *codec* is the camera's, where it is
    known; *plays*: those that the viewer's browser plays besides H.264; *small*: their page shows the pictures small.

    Raises: Busy, TooMany, Unavailable, RedisError.
    """
    record = states.read(camera.pk)
    if record is not None and record.state == StreamState.FAILED and not record.reason:
        raise Unavailable  # the portal's own trouble, not the camera's
    if record is not None and record.state == StreamState.BUSY:
        raise Busy
    transcode = needs_slot(codec, plays) and not (small and _small_pictures_serve(camera.pk, codec, plays))
    if record is None and not lease.held(camera.pk):
        _check_room(transcode=transcode, share=fairness.SHARE_OF_STRANGERS if user_pk is None else 1.0)
    elif record is not None and transcode:
        _check_slot(record)
    if not fairness.admit(fairness.who(user_pk, address), camera.pk):
        raise TooMany
    ticket = _ticket(camera, user_pk, current_url)
    demand.want(camera.pk, ticket.viewer, plays=plays, small=small)
    viewings.seen(camera.pk, ticket.viewer, user_pk)
    if record is None:
        record = Record(StreamState.WAITING, Reason.NONE, time.time())
        if not lease.held(camera.pk) and demand.ask_once(camera.pk, seconds=ASK_EVERY):
            run_stream.apply_async(args=(camera.pk,), expires=MESSAGE_SECONDS, retry=False)
    return Watch(
        playlist_url=ticket.path + folders.PLAYLIST,
        expires=ticket.expires,
        renew_after=settings.DEMAND_SECONDS * 0.4,
        stream=record,
    )


def _check_room(*, transcode: bool, share: float) -> None:
    there = nodes.alive()
    if not there:
        raise Unavailable
    if not any(node.has_room(transcode=transcode, share=share) for node in there):
        raise Busy


def _check_slot(record: Record) -> None:
    """A viewer for whom the pictures must be transcoded, and a stream that is there: it does so, or its worker could."""
    if record.pictures != Pictures.COPY:
        return
    theirs = [node for node in nodes.alive() if node.name.startswith(f"{record.node}-")]
    if theirs and all(node.transcodes >= node.transcode_slots for node in theirs):
        raise Busy


def _small_pictures_serve(camera_id: int, codec: str, plays: frozenset[str]) -> bool:
    """Whether there is a substream that spares the transcode, and nobody there who needs the large pictures."""
    sub = tracks_of_substream(traits.known(camera_id)) if has_substream(camera_id) else None
    if sub is None or needs_slot(sub.codec, plays) or not prefers_substream(codec, sub.codec, plays):
        return False
    wishes = demand.wishes(camera_id)
    return wishes.small or not wishes.wanted


def leave(camera: Camera, *, current_url: str) -> None:
    """Takes back the wish of whoever holds the ticket in *current_url*. Raises: RedisError."""
    held = tickets.held(current_url, camera.public_id, camera.access_epoch, now=time.time())
    if held is not None:
        demand.leave(camera.pk, held.viewer)


def _ticket(camera: Camera, user_pk: int | None, current_url: str) -> tickets.Ticket:
    now = time.time()
    held = tickets.held(current_url, camera.public_id, camera.access_epoch, now=now)
    passer_by = held.viewer if held else tickets.passer_by()
    viewer = passer_by if user_pk is None else tickets.resident(user_pk)
    if held and held.viewer == viewer and held.expires - now > settings.TICKET_SECONDS * REPLACE_BELOW:
        return held
    return tickets.Ticket(camera.public_id, camera.access_epoch, int(now + settings.TICKET_SECONDS), viewer)
