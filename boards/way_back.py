"""Back to the page from which a form was posted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest) -> HttpResponseRedirect:
    """To the address in the field ``kembali`` if it is one of ours, else to RT saya."""
    address = request.POST.get("kembali", "")
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(address if ours else "rt-saya")
