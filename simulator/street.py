"""The still part of the scene: a small street in a Semarang kampung at night, drawn once.

Two pictures come out of it. ``albedo`` is the street as if it were day; ``night`` is the same seen by the light that
stands still: sky, street lamp, windows, the guard post's bulb. Whatever carries a light through the street shows
``albedo`` where its beam falls. Coordinates are those of a picture of 640 by 320; ``SCALE`` draws it finer.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT, SCALE = 640, 320, 2
LAMP = (232, 62)
BULB = (517, 158)
TELEVISION = (392, 168, 416, 190)

Colour = tuple[int, int, int]
Point = tuple[float, float]


class Pen:
    """Draws in scene coordinates onto a finer picture."""

    def __init__(self, image: Image.Image, scale: int = SCALE) -> None:
        self._draw = ImageDraw.Draw(image)
        self._scale = scale

    def _fine(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self._scale, y * self._scale) for x, y in points]

    def area(self, points: Sequence[Point], fill: Colour) -> None:
        self._draw.polygon(self._fine(points), fill=fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: Colour) -> None:
        self._draw.rectangle(self._fine([(left, top), (right, bottom)]), fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour, flat: float = 1.0) -> None:
        corners = [(x - radius, y - radius * flat), (x + radius, y + radius * flat)]
        self._draw.ellipse(self._fine(corners), fill=fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        self._draw.line(self._fine(points), fill=fill, width=max(1, round(width * self._scale)), joint="curve")

    def text(self, x: float, y: float, text: str, fill: Colour, size: float) -> None:
        font = ImageFont.load_default(size=size * self._scale)
        self._draw.text((x * self._scale, y * self._scale), text, fill, font, anchor="mm")


def _blank(colour: Colour) -> Image.Image:
    return Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), colour)


def glow(size: tuple[int, int], centre: Point, radius: float, flat: float = 1.0) -> Image.Image:
    """A soft round mask (mode ``L``), brightest in its centre; all figures in pixels."""
    spot = Image.radial_gradient("L").point(lambda value: round(255 * max(0.0, 1 - value / 255 * 1.42) ** 1.7))
    spot = spot.resize((max(2, round(radius * 2)), max(2, round(radius * 2 * flat))))
    mask = Image.new("L", size, 0)
    mask.paste(spot, (round(centre[0] - radius), round(centre[1] - radius * flat)))
    return mask


def _sky(pen: Pen) -> None:
    for row in range(180):
        share = row / 180
        pen.box(0, row, WIDTH, row + 1, (round(9 + 46 * share**2), round(13 + 26 * share), round(38 + 30 * share)))
    dice = random.Random(5)
    for _ in range(110):
        light = dice.randint(70, 210)
        pen.disc(dice.uniform(0, WIDTH), dice.uniform(0, 105), dice.choice((0.4, 0.5, 0.8)), (light, light, light))
    pen.disc(556, 42, 17, (244, 238, 210))
    pen.disc(549, 38, 15, (13, 17, 43))
    pen.area([(60, 150), (150, 108), (196, 122), (250, 92), (312, 112), (380, 104), (470, 150)], (27, 26, 52))
    pen.area([(0, 160), (90, 136), (210, 142), (360, 128), (520, 140), (640, 126), (640, 190), (0, 190)], (20, 20, 40))
    pen.box(0, 178, WIDTH, HEIGHT, (13, 15, 26))
    for x in range(-10, WIDTH + 20, 22):
        pen.disc(x, 184, 15 + x * 7 % 9, (13, 17, 26), 0.8)


def _house(pen: Pen, left: float, right: float, top: float, wall: Colour, roof: Colour) -> None:
    """A low house with a hipped roof (limasan), its floor on the far side of the street."""
    width = right - left
    pen.box(left + 6, top, right - 6, 212, wall)
    pen.box(left + 6, 204, right - 6, 212, (96, 88, 80))
    ridge = top - width * 0.24
    corners = [(left - 8, top + 4), (left + width * 0.28, ridge), (right - width * 0.28, ridge), (right + 8, top + 4)]
    pen.area(corners, roof)
    dark: Colour = (roof[0] * 3 // 4, roof[1] * 3 // 4, roof[2] * 3 // 4)
    for step in range(1, 6):
        row = ridge + (top + 4 - ridge) * step / 6
        slope = (row - ridge) / (top + 4 - ridge)
        inset = (1 - slope) * (width * 0.28 + 8)
        pen.line([(left - 8 + inset, row), (right + 8 - inset, row)], dark, 0.7)
    pen.box(left - 8, top + 3, right + 8, top + 6, dark)


def _post(pen: Pen) -> None:
    """The guard post: an open hut on short legs, with its bench and its kentongan."""
    pen.box(470, 196, 566, 201, (126, 92, 58))
    for x in (473, 514, 558):
        pen.box(x, 146, x + 4, 214, (104, 74, 46))
    pen.box(476, 172, 560, 196, (150, 114, 70))
    for x in range(482, 560, 7):
        pen.line([(x, 173), (x, 196)], (120, 88, 52), 0.8)
    pen.area([(460, 148), (486, 120), (550, 120), (576, 148)], (140, 60, 40))
    pen.area([(482, 122), (518, 108), (554, 122)], (122, 50, 34))
    pen.box(484, 137, 552, 147, (24, 74, 52))
    pen.text(518, 142, "POS KAMLING", (240, 240, 224), 8.5)
    pen.line([(549, 150), (549, 158)], (60, 50, 40), 0.8)
    pen.area([(545, 158), (553, 158), (554, 182), (544, 182)], (112, 70, 36))
    pen.box(548.2, 163, 549.8, 178, (30, 20, 12))


def _gate(pen: Pen) -> None:
    """The gapura over the alley, with its little flags."""
    pen.area([(296, 212), (308, 160), (336, 160), (348, 212)], (70, 66, 64))
    for left in (282, 346):
        pen.box(left, 140, left + 14, 214, (186, 176, 160))
        pen.box(left - 2, 206, left + 16, 214, (150, 140, 126))
        pen.area([(left - 2, 140), (left + 7, 122), (left + 16, 140)], (170, 66, 44))
        pen.box(left + 3, 150, left + 11, 198, (164, 52, 44))
    pen.area([(280, 142), (322, 122), (364, 142), (364, 150), (280, 150)], (196, 186, 166))
    pen.text(322, 143, "KAMPUNG SEMAR", (120, 30, 26), 8)
    for place in range(9):
        x = 240 + place * 20
        y = 112 + (place - 4) ** 2 * -0.5 + 8
        pen.area([(x, y), (x + 8, y), (x + 4, y + 5)], (200, 40, 36))
        pen.area([(x + 1.6, y + 2.2), (x + 6.4, y + 2.2), (x + 4, y + 5)], (235, 232, 225))


def _palm(pen: Pen, x: float, top: float) -> None:
    pen.line([(x + 8, 212), (x + 5, 170), (x, top)], (84, 66, 50), 4)
    for dx, dy in ((-34, 12), (-26, -10), (-8, -22), (14, -20), (30, -6), (34, 14), (-20, 24), (20, 26)):
        pen.line([(x, top), (x + dx * 0.6, top + dy * 0.6 - 8), (x + dx, top + dy)], (44, 84, 44), 3)


def _street(pen: Pen) -> None:
    pen.box(0, 211, WIDTH, 222, (128, 118, 106))
    for x in range(0, WIDTH, 16):
        pen.line([(x, 212), (x - 6, 222)], (106, 98, 88), 0.8)
    pen.box(0, 220, WIDTH, 224, (164, 158, 146))
    pen.box(0, 224, WIDTH, HEIGHT, (88, 86, 92))
    for x in range(-20, WIDTH, 74):
        pen.area([(x, 250), (x + 34, 250), (x + 31, 253), (x - 4, 253)], (190, 186, 170))
    dice = random.Random(11)
    for _ in range(420):
        shade = dice.randint(70, 108)
        pen.disc(dice.uniform(0, WIDTH), dice.uniform(226, 282), dice.uniform(0.6, 1.6), (shade, shade, shade + 4), 0.4)
    pen.disc(150, 268, 46, (58, 60, 72), 0.13)
    pen.box(0, 281, WIDTH, 286, (170, 160, 140))
    pen.box(0, 286, WIDTH, HEIGHT, (40, 46, 38))


def _near_plants(pen: Pen) -> None:
    """Dark leaves at the lower edge; nothing ever moves there (see the package's docstring on why)."""
    dice = random.Random(3)
    for _ in range(190):
        x, tall = dice.uniform(-10, WIDTH + 10), dice.uniform(8, 26)
        shade = dice.randint(18, 44)
        tip = (x + dice.uniform(-9, 9), HEIGHT - tall)
        pen.area([(x - 3, HEIGHT), tip, (x + 3, HEIGHT)], (shade // 2, shade, shade // 2))


def _fence(pen: Pen, left: int, right: int) -> None:
    for x in range(left, right, 7):
        pen.box(x, 190, x + 3, 214, (150, 120, 84))
        pen.area([(x, 190), (x + 1.5, 187), (x + 3, 190)], (150, 120, 84))
    pen.box(left, 196, right - 3, 199, (132, 104, 72))


def _buildings(pen: Pen) -> None:
    _palm(pen, 196, 104)
    _house(pen, 14, 168, 148, (176, 158, 126), (134, 62, 42))
    _house(pen, 366, 452, 152, (128, 152, 148), (118, 58, 44))
    _house(pen, 586, 690, 146, (170, 140, 120), (120, 64, 48))
    pen.box(80, 166, 104, 212, (92, 62, 42))
    pen.box(430, 168, 446, 212, (84, 58, 42))
    _palm(pen, 604, 84)
    _gate(pen)
    _post(pen)
    _fence(pen, 176, 278)
    for x in (26, 60, 124, 142, 374, 420):
        pen.disc(x, 208, 5, (58, 98, 50))
        pen.box(x - 4, 208, x + 4, 214, (150, 84, 56))


def _pole(pen: Pen) -> None:
    pen.box(208, 52, 212, 214, (112, 112, 116))
    pen.line([(210, 56), (220, 52), (234, 56)], (112, 112, 116), 2.4)
    pen.area([(224, 56), (240, 56), (237, 62), (227, 62)], (80, 80, 84))
    for drop in (0, 5):
        pen.line([(0, 62 + drop), (105, 73 + drop), (210, 62 + drop)], (16, 16, 24), 0.7)
        pen.line([(210, 62 + drop), (430, 84 + drop), (640, 58 + drop)], (16, 16, 24), 0.7)


def albedo() -> Image.Image:
    """The street as it would look in flat daylight, ``SCALE`` times finer than its coordinates."""
    image = _blank((20, 20, 40))
    pen = Pen(image)
    _buildings(pen)
    _street(pen)
    _near_plants(pen)
    return image


def _light() -> Image.Image:
    """How much of each colour falls where: the moon's blue everywhere, warm light around lamps and windows."""
    size = (WIDTH * SCALE, HEIGHT * SCALE)
    light = _blank((58, 64, 94))
    places: list[tuple[Point, float, float, Colour]] = [
        ((232, 186), 170, 0.66, (255, 204, 122)),
        ((232, 238), 190, 0.36, (255, 190, 106)),
        (BULB, 74, 0.9, (255, 206, 130)),
        ((518, 226), 80, 0.25, (170, 126, 70)),
        ((52, 190), 60, 0.7, (150, 104, 50)),
        ((130, 190), 56, 0.7, (150, 104, 50)),
        ((322, 180), 46, 0.9, (120, 92, 60)),
    ]
    for (x, y), radius, flat, colour in places:
        mask = glow(size, (x * SCALE, y * SCALE), radius * SCALE, flat)
        light = ImageChops.add(light, Image.composite(_blank(colour), _blank((0, 0, 0)), mask))
    return light


def _windows(pen: Pen) -> None:
    for left, top, right, bottom in ((34, 166, 66, 192), (118, 166, 148, 192)):
        pen.box(left, top, right, bottom, (255, 206, 116))
        pen.area([(left, top), (left + 9, top), (left + 4, bottom), (left, bottom)], (214, 130, 70))
        pen.area([(right, top), (right - 9, top), (right - 4, bottom), (right, bottom)], (214, 130, 70))
        pen.box((left + right) / 2 - 0.7, top, (left + right) / 2 + 0.7, bottom, (110, 70, 40))
        pen.box(left, (top + bottom) / 2 - 0.7, right, (top + bottom) / 2 + 0.7, (110, 70, 40))
    pen.box(*TELEVISION, (70, 96, 140))
    pen.box(612, 166, 640, 190, (246, 190, 104))
    pen.disc(LAMP[0], LAMP[1], 4, (255, 240, 200), 0.7)
    pen.disc(BULB[0], BULB[1] - 5, 2.6, (255, 244, 206))


def night(day: Image.Image) -> Image.Image:
    """``albedo`` as the still lights show it, with the sky behind it and the lights themselves."""
    image = _blank((0, 0, 0))
    _sky(Pen(image))
    is_sky = ImageChops.difference(day, _blank((20, 20, 40))).convert("L").point(lambda value: 255 if value else 0)
    image.paste(ImageChops.multiply(day, _light()), (0, 0), is_sky)
    pen = Pen(image)
    _pole(pen)
    _windows(pen)
    size = image.size
    for (x, y), radius, colour in (
        (LAMP, 46, (150, 112, 60)),
        ((BULB[0], BULB[1] - 5), 26, (110, 84, 44)),
        ((556, 42), 52, (46, 46, 60)),
        ((50, 179), 40, (60, 40, 16)),
        ((133, 179), 38, (60, 40, 16)),
    ):
        halo = Image.composite(_blank(colour), _blank((0, 0, 0)), glow(size, (x * SCALE, y * SCALE), radius * SCALE))
        image = ImageChops.add(image, halo)
    return image.filter(ImageFilter.GaussianBlur(0.6))
