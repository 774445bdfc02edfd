"""A head sets up a passkey on the phone and logs in with it from then on. The phone's lock is Chromium's virtual one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .portal import Portal

pytestmark = pytest.mark.browser


def test_a_head_adds_a_passkey_and_logs_in_with_it_alone(portal: Portal, open_page: Callable[..., Page]) -> None:
    password = (portal.data / "secrets" / "demo_password").read_text().strip()
    base = portal.base.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, never to an IP address
    page = open_page("/masuk/")
    _virtual_lock(page)

    page.goto(f"{base}/masuk/?next=/akun/pengaman/webauthn/add/")
    page.get_by_label("Nama akun").fill("ketua")
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_label("Kata sandi").fill(password)  # once more, before something that opens the account
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Tambah").click()
    expect(page.locator("h1")).to_contain_text("Kode")  # the recovery codes that come with it

    try:
        page.get_by_role("button", name="Keluar").click()
        page.goto(f"{base}/masuk/?next=/rt-saya/")
        page.get_by_role("button", name="Masuk dengan sidik jari").click()
        expect(page.locator("h1")).to_contain_text("RT 003")
    finally:
        page.goto(f"{base}/akun/pengaman/webauthn/")
        page.get_by_role("link", name="Lepas").click()
        page.get_by_role("link", name="Gunakan kunci keamanan").click()
        page.get_by_role("button", name="Pakai sidik jari").click()
        page.locator("main button").click()
        expect(page.get_by_text("Belum ada.")).to_be_visible()


def _virtual_lock(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
