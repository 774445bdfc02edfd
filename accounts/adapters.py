"""What allauth asks of the portal: who may be called what, where a visitor comes from, how a second factor is kept."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cameras.sealing import Seal

# No “@”: a user name must not look like somebody's e-mail address.
user_name = RegexValidator(
    r"^[a-zA-Z0-9][a-zA-Z0-9._-]{2,29}\Z",
    _("Nama akun terdiri dari 3 sampai 30 huruf, angka, titik, atau garis; tanpa spasi."),
)
USER_NAME_VALIDATORS = [user_name]


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "Nama akun atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya, lalu coba lagi."
        ),
        "email_password_mismatch": _(
            "E-mail atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya, lalu coba lagi."
        ),
        "too_many_login_attempts": _("Terlalu banyak percobaan masuk. Tunggu beberapa menit, lalu coba lagi."),
        "username_taken": _("Nama akun ini sudah dipakai orang lain. Coba yang lain, misalnya dengan nama gang."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        # Behind a proxy the web server in front of Django has put the visitor's address here already.
        return str(request.META.get("REMOTE_ADDR") or "unknown")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps secrets sealed with SOURCE_KEY, as the cameras' sources are."""

    def get_totp_issuer(self) -> str:
        return f"Tilik Semar {settings.CITY_NAME}"

    def encrypt(self, text: str) -> str:
        return Seal(settings.SOURCE_KEYS).seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return Seal(settings.SOURCE_KEYS).open(encrypted_text)
