"""``Authorization: Bearer tilik_…``: a program asks in the name of its token's owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from .models import MachineToken

_SCHEME = b"bearer"


class TokenAuthentication(BaseAuthentication):
    """A token that is no good is refused, also where a stranger would be let in: its machine should notice."""

    def authenticate(self, request: Request) -> tuple[User, MachineToken] | None:
        from . import issuing  # the settings name this module before there are models

        scheme, _, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != _SCHEME:
            return None
        token = issuing.find(secret.strip().decode("latin-1"), now=timezone.now())
        if token is None:
            raise AuthenticationFailed(
                gettext("Token ini tidak berlaku: salah tulis, dicabut, atau sudah lewat waktunya.")
            )
        return token.owner, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Tilik Semar"'
