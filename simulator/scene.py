"""The moving scene: who passes through the street, and the picture at any moment of the loop.

Everything is a pure function of the *phase*, the share of the loop that has passed (0 to 1), so the last picture
leads into the first. A beam is not painted over the street: it uncovers the street's daylight colours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from simulator import street
from simulator.street import HEIGHT, WIDTH, Colour, Pen, Point

_FINE = 4
_DARK: Colour = (14, 14, 22)


def _sprite(width: int, height: int) -> tuple[Image.Image, Pen]:
    image = Image.new("RGBA", (width * _FINE, height * _FINE), (0, 0, 0, 0))
    return image, Pen(image, _FINE)


def _motorbike(jacket: Colour) -> Image.Image:
    """A rider on a moped, going right; 62 by 48."""
    image, pen = _sprite(62, 48)
    for x in (14, 48):
        pen.disc(x, 38, 8.5, (10, 10, 14))
        pen.disc(x, 38, 5.2, (52, 52, 60))
        pen.disc(x, 38, 2, (16, 16, 20))
    pen.area([(10, 30), (24, 26), (38, 34), (44, 22), (48, 22), (52, 36), (40, 40), (20, 39)], (120, 26, 28))
    pen.area([(8, 27), (30, 25), (31, 29), (10, 31)], (24, 22, 26))
    pen.line([(45, 23), (42, 16), (39, 16)], (70, 70, 78), 1.6)
    pen.area([(20, 27), (22, 11), (31, 9), (34, 26)], jacket)
    pen.line([(29, 12), (36, 19), (41, 17)], jacket, 3.6)
    pen.line([(25, 26), (36, 28), (35, 37)], (34, 38, 58), 4.4)
    pen.disc(29, 6, 5.4, (196, 190, 176))
    pen.area([(30, 3), (34.5, 5), (34, 8.5), (30, 8)], (26, 28, 36))
    pen.disc(50, 24, 2.2, (255, 250, 220))
    pen.disc(8, 29, 1.8, (255, 40, 30))
    return image


def _walker(step: float) -> Image.Image:
    """A neighbour on the night round, going left with a torch; sarong over the shoulder; 30 by 46."""
    image, pen = _sprite(30, 46)
    swing = math.sin(step * math.tau) * 5
    pen.line([(17, 28), (17 + swing, 43)], (36, 40, 56), 3.6)
    pen.line([(17, 28), (17 - swing, 43)], (28, 30, 44), 3.6)
    pen.area([(12, 13), (21, 13), (22, 30), (12, 30)], (70, 96, 88))
    pen.line([(12, 14), (21, 27)], (150, 84, 48), 3)
    pen.line([(14, 16), (8, 22)], (62, 86, 80), 3)
    pen.box(4, 20.5, 9, 23, (30, 30, 34))
    pen.disc(3.6, 21.8, 1.6, (255, 250, 214))
    pen.disc(16.5, 8, 4.8, (134, 98, 74))
    pen.area([(11, 6.4), (12.6, 1.6), (20.6, 1.6), (21.8, 6.4)], _DARK)
    return image


def _beam(size: tuple[int, int], source: Point, ahead: float, width: float, direction: int) -> Image.Image:
    """A soft light cone (mode ``L``) that starts at a point and falls onto the ground ahead of it."""
    mask = Image.new("L", size, 0)
    x, y = source
    pen = ImageDraw.Draw(mask)
    far = x + direction * ahead
    pen.polygon([(x, y - 1), (far, y - width * 0.45), (far, y + width), (x, y + 1)], fill=150)
    pen.ellipse((far - ahead * 0.45, y + width * 0.1, far + ahead * 0.45, y + width * 1.15), fill=235)
    fade = Image.linear_gradient("L").rotate(90 if direction < 0 else -90).resize(size)
    faded = ImageChops.multiply(mask, fade.point(lambda value: min(255, 90 + value)))
    return faded.filter(ImageFilter.GaussianBlur(max(1.0, width * 0.16)))


@dataclass(frozen=True)
class _Passer:
    """Somebody who crosses the street between two phases. Positions in scene coordinates."""

    sprites: list[Image.Image]
    beam: Image.Image
    beam_at: Point
    begin: float
    end: float
    start: float
    goal: float
    ground: float
    steps: float

    def place(self, phase: float) -> tuple[float, float, Image.Image] | None:
        if not self.begin <= phase < self.end:
            return None
        share = (phase - self.begin) / (self.end - self.begin)
        x = self.start + (self.goal - self.start) * share
        sway = 0.7 * math.sin(share * self.steps * math.tau * 2) if self.steps else 0.4 * math.sin(share * 60)
        sprite = self.sprites[int(share * self.steps * len(self.sprites)) % len(self.sprites)]
        return x, self.ground + sway, sprite


class Scene:
    """Makes the pictures of the loop, ``width`` by ``height`` pixels. Drawing one takes a few milliseconds."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self._x, self._y = width / WIDTH, height / HEIGHT
        day = street.albedo()
        self._night = self._fit(street.night(day))
        self._day = ImageEnhance.Color(ImageEnhance.Brightness(self._fit(day)).enhance(1.5)).enhance(0.9)
        self._warm = Image.new("RGB", self.size, (255, 226, 160))
        self._flash = self._fit_mask(street.glow((WIDTH, HEIGHT), street.LAMP, 34))
        self._passers = self._cast()
        self._floor = self._night.crop((0, round(288 * self._y), width, height))

    def _fit(self, image: Image.Image) -> Image.Image:
        return image.resize(self.size, Image.Resampling.LANCZOS)

    def _fit_mask(self, mask: Image.Image) -> Image.Image:
        return mask.resize(self.size)

    def _shrink(self, sprite: Image.Image, dim: float = 1.0) -> Image.Image:
        width, height = round(sprite.width / _FINE * self._x), round(sprite.height / _FINE * self._y)
        small = sprite.resize((width, height), Image.Resampling.LANCZOS)
        return ImageEnhance.Brightness(small).enhance(dim)

    def _cone(self, width: int, height: int, source: Point, ahead: float, spread: float, way: int) -> Image.Image:
        mask = _beam((width, height), source, ahead, spread, way)
        return mask.resize((round(width * self._x), round(height * self._y)))

    def _cast(self) -> list[_Passer]:
        red, blue = self._shrink(_motorbike((96, 74, 50)), 0.85), self._shrink(_motorbike((50, 70, 120)), 0.85)
        blue = blue.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        walk = [self._shrink(_walker(step / 8), 0.9) for step in range(8)]
        right = self._cone(190, 70, (6, 24), 120, 30, 1)
        left = self._cone(190, 70, (184, 24), 120, 30, -1)
        torch = self._cone(90, 44, (86, 12), 50, 18, -1)
        return [
            _Passer(walk, torch, (-82, 10), 0.16, 0.86, 660, -40, 182, 34),
            _Passer([red], right, (46, 0), 0.04, 0.27, -260, 700, 216, 0),
            _Passer([blue], left, (-172, 2), 0.56, 0.80, 690, -330, 230, 0),
        ]

    def frame(self, phase: float) -> Image.Image:
        """The picture at a phase of the loop (0 to 1), mode ``RGB``."""
        image = self._night.copy()
        self._flicker(image, phase)
        for passer in self._passers:
            self._pass(image, passer, phase)
        self._moths(image, phase)
        image.paste(self._floor, (0, image.height - self._floor.height))
        return image

    def _pass(self, image: Image.Image, passer: _Passer, phase: float) -> None:
        where = passer.place(phase)
        if where is None:
            return
        x, y, sprite = where
        corner = round((x + passer.beam_at[0]) * self._x), round((y + passer.beam_at[1]) * self._y)
        area = (*corner, corner[0] + passer.beam.width, corner[1] + passer.beam.height)
        lit = Image.blend(self._day.crop(area), self._warm.crop(area), 0.2)
        image.paste(lit, corner, passer.beam)
        image.paste(sprite, (round(x * self._x), round(y * self._y)), sprite)

    def _flicker(self, image: Image.Image, phase: float) -> None:
        """The television's light in a window, and the street lamp that wants mending."""
        turn = phase * math.tau
        flash = 0.5 + 0.28 * math.sin(turn * 31) + 0.22 * math.sin(turn * 83 + 1)
        left, top, right, bottom = street.TELEVISION
        box = tuple(round(value) for value in (left * self._x, top * self._y, right * self._x, bottom * self._y))
        pen = ImageDraw.Draw(image)
        pen.rectangle(box, fill=(round(50 + 70 * flash), round(84 + 90 * flash), round(130 + 110 * flash)))
        middle = (box[0] + box[2]) // 2
        pen.line((middle, box[1], middle, box[3]), fill=(40, 44, 50), width=max(1, round(1.5 * self._x)))
        if math.sin(turn * 17) + math.sin(turn * 29 + 2) > 1.6:
            image.paste((255, 236, 190), (0, 0), self._flash)

    def _moths(self, image: Image.Image, phase: float) -> None:
        pen = ImageDraw.Draw(image)
        for moth in range(4):
            turn = phase * math.tau * (23 + 6 * moth) + moth
            x = street.LAMP[0] + (10 + 4 * moth) * math.cos(turn)
            y = street.LAMP[1] + 8 + (5 + 2 * moth) * math.sin(turn * 2 + moth)
            left, top = x * self._x, y * self._y
            pen.rectangle((left, top, left + self._x, top + self._y), fill=(236, 214, 160))
