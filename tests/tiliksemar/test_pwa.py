"""What makes the portal installable, and what a chat shows of a shared address."""

from __future__ import annotations

import json
import re
import time

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cameras.models import Camera, Visibility
from streaming import stills
from streaming.pictures import name_of

NEUTRAL = "/static/img/preview.png"


def portal_of(worker: str) -> dict[str, object]:
    found = re.match(r"const PORTAL = (\{.*\});\n", worker)
    assert found is not None
    portal: dict[str, object] = json.loads(found[1])
    return portal


@pytest.mark.django_db
def test_the_manifest_names_icons_that_exist(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["lang"], manifest["start_url"], manifest["display"]) == ("id", "/rt-saya/", "standalone")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert client.get("/manifest.webmanifest", headers={"Accept-Language": "en"}).json()["lang"] == "en"


@pytest.mark.django_db
def test_the_worker_keeps_the_page_for_bad_times_and_static_files_only(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"] == "text/javascript"
    assert "no-cache" in answer.headers["Cache-Control"]
    portal = portal_of(answer.content.decode())
    assert portal["offline"] == "/luring/?bahasa=id"
    assert all(str(file).startswith("/static/") for file in portal["files"])  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_another_page_for_bad_times_is_another_worker(client: Client) -> None:
    versions = {
        portal_of(client.get(f"/sw.js?bahasa={language}").content.decode())["version"]
        for language in ("id", "en", "neither")
    }
    assert len(versions) == 2


@pytest.mark.django_db
def test_the_page_for_bad_times_is_the_same_for_everybody(client: Client, resident: User) -> None:
    before = client.get("/luring/").content
    client.force_login(resident)
    assert client.get("/luring/").content == before
    assert "sessionid" not in client.get("/luring/").cookies


@pytest.mark.django_db
def test_a_chat_shows_the_picture_of_a_public_camera_and_of_no_other(
    client: Client, camera: Camera, head: User
) -> None:
    picture = b"\xff\xd8 a street at night"
    stills.keep(camera.pk, camera.access_epoch, at=time.time(), files={name_of("large", "jpeg"): picture})
    client.force_login(head)  # who asks does not matter: the picture goes on to people who were not asked
    answer = client.get(f"/kamera/{camera.public_id}/pratinjau.jpg")
    assert (answer.status_code, answer.content) == (200, picture)
    assert "no-cache" in answer.headers["Cache-Control"]
    Camera.objects.filter(pk=camera.pk).update(visibility=Visibility.WARGA_RT)
    assert client.get(f"/kamera/{camera.public_id}/pratinjau.jpg").headers["Location"] == NEUTRAL
    assert client.get("/kamera/tidakada/pratinjau.jpg").headers["Location"] == NEUTRAL


@pytest.mark.django_db
def test_a_public_camera_without_a_picture_shows_the_neutral_one(client: Client, camera: Camera) -> None:
    assert client.get(f"/kamera/{camera.public_id}/pratinjau.jpg").headers["Location"] == NEUTRAL


@pytest.mark.django_db
def test_a_shared_address_tells_strangers_no_name_of_a_hidden_camera(client: Client, camera: Camera) -> None:
    address = f"/kamera/{camera.public_id}/"
    shown = client.get(address).content.decode()
    assert f'og:title" content="{camera.name}"' in shown
    assert f"http://testserver{address}pratinjau.jpg" in shown
    Camera.objects.filter(pk=camera.pk).update(visibility=Visibility.WARGA_RT)
    hidden = client.get(address)
    assert hidden.status_code == 404
    assert camera.name not in hidden.content.decode()
    assert f'og:image" content="http://testserver{NEUTRAL}' in hidden.content.decode()
