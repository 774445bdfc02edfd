"""The square on a poster that a phone's camera reads."""

from __future__ import annotations

from io import BytesIO

import qrcode
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.image.svg import SvgPathImage


def qr_svg(address: str) -> bytes:
    """*address* as an SVG. A quarter of it may be lost: posters hang in the rain."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=4, image_factory=SvgPathImage)
    code.add_data(address)
    drawn = BytesIO()
    code.make_image().save(drawn)
    return drawn.getvalue()
