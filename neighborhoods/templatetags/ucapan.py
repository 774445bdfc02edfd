"""What was kept in Indonesian, in the reader's language: ``{{ change.reason|ucapan }}``."""

from __future__ import annotations

from django import template

from neighborhoods.retelling import retold

register = template.Library()


@register.filter
def ucapan(text: str) -> str:
    return retold(text)
