"""Pictures that somebody keeps: who may, and what stands on them."""

from __future__ import annotations

import io
import json
import time

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpResponse
from django.test import Client
from PIL import Image, ImageChops
from pytest_django import Settings

from cameras.models import Camera, Visibility
from neighborhoods.models import RT
from streaming import marking, stills
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db
SIZE = (640, 360)


def _jpeg() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", SIZE, "teal").save(file, "jpeg")
    return file.getvalue()


def hang_up(camera: Camera) -> None:
    assert stills.keep(camera.pk, camera.access_epoch, at=time.time() - 3, files={"large.jpeg": _jpeg()})


def ask(camera: Camera, person: User | AnonymousUser) -> HttpResponse:
    client = Client()
    if isinstance(person, User):
        client.force_login(person)
    return client.get(f"/api/v1/cameras/{camera.public_id}/still/?download=true")  # type: ignore[return-value]


def test_a_public_picture_is_a_file_with_place_and_time_under_it(stranger: AnonymousUser, camera: Camera) -> None:
    hang_up(camera)
    answer = ask(camera, stranger)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "image/jpeg",
        "private, no-store",
    )
    assert answer["Content-Disposition"].startswith(
        'attachment; filename="tilik-semar-pos-kamling-arah-jl-taman-siswa-20'
    )
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.width == SIZE[0]
        assert picture.height > SIZE[1], "the strip stands under the picture, not on it"
        above = picture.crop((0, 0, SIZE[0], SIZE[1] - 16))  # without what JPEG spills over from the strip
        assert _unlike(above, "teal") < 8, "nothing is written across a public one"


def test_across_one_that_is_not_public_stands_who_kept_it(resident: User, rt: RT) -> None:
    closed = make_camera(rt, Visibility.WARGA_RT)
    hang_up(closed)
    answer = ask(closed, resident)
    assert answer.status_code == 200
    with Image.open(io.BytesIO(answer.content)) as picture:
        for left in (0, SIZE[0] // 2):
            assert _unlike(picture.crop((left, 0, left + SIZE[0] // 2, SIZE[1])), "teal") > 20


def test_the_mark_and_the_words_are_those_that_were_handed_in() -> None:
    plain, other = (marking.kept(_jpeg(), lines=["Pos kamling"], mark=mark) for mark in ("Siti", "Budi"))
    assert plain != other
    assert marking.kept(_jpeg(), lines=["Gapura"], mark="Siti") != plain
    long = marking.kept(_jpeg(), lines=["x" * 500], mark="y" * 500)
    with Image.open(io.BytesIO(long)) as picture:
        assert picture.width == SIZE[0]
    with pytest.raises(OSError, match="cannot identify"):
        marking.kept(b"<html>", lines=[], mark="")


@pytest.mark.parametrize(
    ("setting", "visibility", "name", "status"),
    [
        ("warga", Visibility.WARGA_RT, "resident", 200),
        ("warga", Visibility.WARGA_RT, "guard", 200),
        ("warga", Visibility.WARGA_RW, "neighbour", 403),  # may look, and lives in another RT
        ("warga", Visibility.WARGA_RT, "neighbour", 404),  # may not even look
        ("warga", Visibility.PUBLIK, "neighbour", 200),
        ("publik", Visibility.WARGA_RT, "resident", 403),
        ("publik", Visibility.PUBLIK, "resident", 200),
        ("tidak", Visibility.PUBLIK, "head", 403),
    ],
)
def test_who_may_keep_a_picture_is_the_citys_setting(
    setting: str,
    visibility: Visibility,
    name: str,
    status: int,
    rt: RT,
    settings: Settings,
    request: pytest.FixtureRequest,
) -> None:
    settings.SAVE_PICTURES = setting
    camera = make_camera(rt, visibility)
    hang_up(camera)
    person: User = request.getfixturevalue(name)
    answer = ask(camera, person)
    assert answer.status_code == status
    if status == 403:
        assert json.loads(answer.content)["code"] == "not_to_keep"
    client = Client()
    client.force_login(person)
    page = client.get(camera.get_absolute_url())
    assert ("?download=true" in page.content.decode()) is (status == 200)


def test_where_there_is_no_picture_nothing_is_kept(stranger: AnonymousUser, camera: Camera) -> None:
    answer = ask(camera, stranger)
    assert (answer.status_code, json.loads(answer.content)["code"]) == (404, "no_picture")


def _unlike(picture: Image.Image, colour: str) -> int:
    """The largest difference of any pixel from *colour*."""
    difference = ImageChops.difference(picture.convert("RGB"), Image.new("RGB", picture.size, colour))
    return max(most for _, most in difference.getextrema())  # type: ignore[misc]
