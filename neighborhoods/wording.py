"""Marks what people will read where no Django is: the doors translate it when they show it."""

from __future__ import annotations


def said(text: str) -> str:
    """*text* as it is. Its name tells ``make messages`` that the text belongs into the catalogues (wording.collecting)."""
    return text
