"""How the API's description tells of tokens; loaded when the app is ready."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

NAME = "machineToken"


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "machines.authentication.TokenAuthentication"
    name = NAME

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Token mesin yang dibuat petugas di /petugas/token/. Bertindak atas nama pemiliknya, dalam cakupannya.",
        }
