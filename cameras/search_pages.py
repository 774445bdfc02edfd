"""Searching without JavaScript: a form and its answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .searching import LONGEST, MOST, search


@require_safe
@cache_control(private=True, no_store=True)
def search_page(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:LONGEST]
    results = search(request.user, text, limit=MOST) if text else []
    return render(request, "cameras/search.html", {"asked": text, "results": results, "longest": LONGEST})
