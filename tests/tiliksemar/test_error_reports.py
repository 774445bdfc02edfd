"""What is told of an error that nobody expected: never what a form held, nor what the code held in its hands."""

from __future__ import annotations

import logging
import logging.config
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from cameras import camera_form, sources
from neighborhoods.models import RT
from tests.cameras.test_admin import filled
from tests.secrecy.patterns import camera_addresses
from tests.secrecy.spellings import Search, Secret

PASSWORD, USER, HOST = "p@ss:w/rd%#", "juru@kunci/rt%", "10.83.19.44"
SEARCH = Search([Secret("password", PASSWORD), Secret("user name", USER), Secret("host", HOST, pieces=False)])


class Broken(Exception):
    """A fault in the code, whose words tell nothing."""


@pytest.fixture(params=[(camera_form, "parse"), (sources, "raise_epoch"), (sources, "_seal")], ids=lambda one: one[1])
def fault(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code breaks in a place where it has the address or the credentials in its hands."""

    def broken(*_: object, **__: object) -> None:
        raise Broken

    module, name = request.param
    monkeypatch.setattr(module, name, broken)


@pytest.fixture
def save(rt: RT, client: Client, chief: User) -> Callable[[], bytes]:
    """Enters a camera in the administration, twice where the first succeeds; what is answered."""
    client.force_login(chief)
    client.raise_request_exception = False

    def save() -> bytes:
        form = filled(rt, source_address=f"rtsp://{HOST}/satu", source_username=USER, source_password=PASSWORD)
        answer = client.post(reverse("admin:cameras_camera_add"), form)
        if answer.status_code == 302:  # what is broken is only reached when a source is there already
            from cameras.models import Camera

            camera = Camera.objects.get()
            form = filled(
                rt, camera, source_address=f"rtsp://{HOST}/dua", source_username=USER, source_password=PASSWORD
            )
            answer = client.post(reverse("admin:cameras_camera_change", args=[camera.pk]), form)
        assert answer.status_code == 500
        return bytes(answer.content)

    return save


def leaks(content: bytes) -> list[str]:
    return [str(finding) for finding in SEARCH("the report", content)] + list(camera_addresses(content))


@pytest.mark.usefixtures("fault")
def test_the_page_of_an_error_while_developing_tells_no_secret(save: Callable[[], bytes], settings: Settings) -> None:
    settings.DEBUG = True
    page = save()
    assert b"Broken" in page
    assert b"camera_form.py" in page or b"sources.py" in page
    assert not leaks(page)


@pytest.fixture
def mails(settings: Settings, mailoutbox: list[EmailMessage]) -> Iterator[list[EmailMessage]]:
    """Django's own mails to administrators, with everything in them that they can have."""
    settings.ADMINS = [("Pengelola", "pengelola@contoh.invalid")]
    from django.utils.log import AdminEmailHandler

    handler = AdminEmailHandler(include_html=True)
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield mailoutbox
    logger.removeHandler(handler)


@pytest.mark.usefixtures("fault")
def test_a_mail_about_an_error_tells_no_secret(save: Callable[[], bytes], mails: list[EmailMessage]) -> None:
    answer = save()
    assert not leaks(answer)
    assert mails
    for mail in mails:
        assert "Broken" in mail.message().as_string()
        html = "".join(str(content) for content, _ in getattr(mail, "alternatives", []))
        assert not leaks(f"{mail.subject}\n{mail.body}\n{html}".encode())


@pytest.mark.usefixtures("fault")
def test_the_log_of_an_error_tells_no_secret(save: Callable[[], bytes], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        save()
    assert "Broken" in caplog.text
    assert not leaks(caplog.text.encode())
