"""The catalogues of other languages: collected from the code, kept in locale/, made ready for Django and for browsers.

What the code says is Indonesian, and that text is its own key. Imports none of ours and needs no settings, so that it works while
installing (``python -m wording``). Written with Babel, since GNU gettext is not on every machine (docs/decisions/0014-language.md).
"""
