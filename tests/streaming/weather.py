"""Scenes under all kinds of light and weather, drawn with Pillow: pictures of one place that differ, and of places that differ."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from simulator import street

SIZE = (640, 360)
Place = Callable[[], tuple[Image.Image, Image.Image]]


@cache
def kampung() -> tuple[Image.Image, Image.Image]:
    """The simulator's street, by day and by night."""
    day = street.albedo()
    sky = Image.new("RGB", day.size, (150, 180, 210))
    is_sky = (
        ImageChops.difference(day, Image.new("RGB", day.size, (20, 20, 40)))
        .convert("L")
        .point(lambda v: 255 if v else 0)
    )
    sky.paste(day, (0, 0), is_sky)
    bright = ImageEnhance.Brightness(sky).enhance(1.3)
    return bright.resize(SIZE), street.night(street.albedo()).resize(SIZE)


@cache
def invented(seed: int) -> tuple[Image.Image, Image.Image]:
    """Another place for each number: houses, a street, poles, trees, or a room; by day and by night."""
    dice = random.Random(seed)
    day = Image.new("RGB", SIZE, tuple(dice.randint(120, 220) for _ in range(3)))
    pen = ImageDraw.Draw(day)
    room = seed % 5 == 4
    horizon = dice.randint(110, 220)
    pen.rectangle((0, horizon, *SIZE), fill=tuple(dice.randint(60, 140) for _ in range(3)))
    lights: list[tuple[int, int]] = []
    for _ in range(dice.randint(4, 8)):
        left, wide, tall = dice.randint(-60, 600), dice.randint(50, 220), dice.randint(40, 190)
        foot = horizon + dice.randint(0, 90 if room else 30)
        wall = tuple(dice.randint(60, 230) for _ in range(3))
        pen.rectangle((left, foot - tall, left + wide, foot), fill=wall)
        if not room and dice.random() < 0.7:
            roof = tuple(dice.randint(40, 150) for _ in range(3))
            pen.polygon(
                [(left - 10, foot - tall), (left + wide // 2, foot - tall - 40), (left + wide + 10, foot - tall)],
                fill=roof,
            )
        for column in range(left + 12, left + wide - 20, dice.randint(28, 50)):
            pen.rectangle((column, foot - tall + 16, column + 14, foot - tall + 36), fill=(50, 60, 80))
            lights.append((column + 7, foot - tall + 26))
    slope = dice.randint(-120, 120)
    for line in range(dice.randint(2, 4)):
        x = dice.randint(0, SIZE[0])
        pen.line((x, horizon, x + slope + line * 90, SIZE[1]), fill=(200, 200, 190), width=dice.randint(3, 9))
    for _ in range(dice.randint(1, 4)):
        x = dice.randint(0, SIZE[0])
        pen.rectangle((x, dice.randint(0, 90), x + dice.randint(4, 10), horizon + 60), fill=(70, 66, 60))
        lights.append((x, 90))
    for _ in range(dice.randint(0, 5)):
        x, y, r = dice.randint(0, SIZE[0]), dice.randint(80, 260), dice.randint(18, 60)
        for _ in range(60):
            dx, dy, s = dice.gauss(0, r / 2), dice.gauss(0, r / 2), dice.randint(3, 9)
            shade = dice.randint(40, 120)
            pen.ellipse((x + dx - s, y + dy - s, x + dx + s, y + dy + s), fill=(shade // 2, shade, shade // 3))
    return day, _lit(day, dice.sample(lights, min(len(lights), dice.randint(2, 5))), dice)


def _lit(day: Image.Image, lights: list[tuple[int, int]], dice: random.Random) -> Image.Image:
    """The same place by the light of some lamps: most of it dark, shadows elsewhere than by day."""
    light = Image.new("RGB", SIZE, (34, 38, 56))
    for x, y in lights:
        glow = street.glow(SIZE, (x, y + 40), dice.randint(120, 240), 0.8)
        light = ImageChops.add(
            light, Image.composite(Image.new("RGB", SIZE, (230, 180, 110)), Image.new("RGB", SIZE), glow)
        )
    night = ImageChops.multiply(day, light)
    pen = ImageDraw.Draw(night)
    for x, y in lights:
        pen.ellipse((x - 5, y - 5, x + 5, y + 5), fill=(255, 244, 210))
    return night


# ---- what happens to a picture on its way -------------------------------------------------------------------------------------


def rain(picture: Image.Image, dice: random.Random) -> Image.Image:
    """Streaks before a hazy, darker scene."""
    hazy = Image.blend(picture, Image.new("RGB", SIZE, (120, 124, 130)), dice.uniform(0.15, 0.4))
    pen = ImageDraw.Draw(hazy)
    lean = dice.randint(-8, 8)
    for _ in range(dice.randint(200, 600)):
        x, y, long = dice.randint(0, SIZE[0]), dice.randint(-20, SIZE[1]), dice.randint(8, 26)
        shade = dice.randint(150, 220)
        pen.line((x, y, x + lean, y + long), fill=(shade, shade, shade + 10), width=1)
    return hazy


def infrared(picture: Image.Image, dice: random.Random) -> Image.Image:
    """Grey, lit from the camera: bright in the middle, dark towards the edges, with noise."""
    grey = ImageOps.autocontrast(picture.convert("L"), cutoff=1)
    beam = Image.radial_gradient("L").resize(SIZE).point(lambda value: max(40, 255 - value))
    lit = ImageChops.multiply(grey, beam)
    return noise(Image.merge("RGB", [ImageEnhance.Brightness(lit).enhance(dice.uniform(0.9, 1.6))] * 3), dice)


def noise(picture: Image.Image, dice: random.Random) -> Image.Image:
    grain = Image.effect_noise(SIZE, dice.uniform(10, 40))
    return ImageChops.add(picture, Image.merge("RGB", [grain] * 3), scale=1, offset=-128)


def crowd(picture: Image.Image, dice: random.Random) -> Image.Image:
    """People and cars in front, over up to a third of the picture."""
    full = picture.copy()
    pen = ImageDraw.Draw(full)
    middle = dice.randint(80, 560)
    for _ in range(dice.randint(6, 22)):
        x, foot, tall = middle + int(dice.gauss(0, 90)), dice.randint(220, 350), dice.randint(40, 110)
        cloth = tuple(dice.randint(20, 220) for _ in range(3))
        pen.rectangle((x, foot - tall, x + tall // 3, foot), fill=cloth)
        pen.ellipse((x, foot - tall - 14, x + 16, foot - tall + 4), fill=(130, 96, 72))
    return full


def headlights(picture: Image.Image, dice: random.Random) -> Image.Image:
    glare = Image.new("RGB", SIZE)
    x, y = dice.randint(60, 580), dice.randint(160, 300)
    for off in (-24, 24):
        spot = street.glow(SIZE, (x + off, y), dice.randint(60, 130))
        glare = ImageChops.add(
            glare, Image.composite(Image.new("RGB", SIZE, (255, 250, 230)), Image.new("RGB", SIZE), spot)
        )
    return ImageChops.add(picture, glare)


def shaken(picture: Image.Image, dice: random.Random) -> Image.Image:
    """A pole in the wind: some pixels aside."""
    return ImageChops.offset(picture, dice.randint(-5, 5), dice.randint(-4, 4))


def dimmed(picture: Image.Image, dice: random.Random) -> Image.Image:
    changed = ImageEnhance.Brightness(picture).enhance(dice.uniform(0.5, 1.5))
    return ImageEnhance.Contrast(changed).enhance(dice.uniform(0.7, 1.3))


def shadowed(picture: Image.Image, dice: random.Random) -> Image.Image:
    """The shadow of a house or a tree that was not there some hours ago."""
    shade = Image.new("L", SIZE, 255)
    x = dice.randint(-100, 500)
    corners = [
        (x, 360),
        (x + dice.randint(80, 260), 360),
        (x + dice.randint(60, 400), 140),
        (x + dice.randint(-40, 60), 140),
    ]
    ImageDraw.Draw(shade).polygon(corners, fill=dice.randint(90, 170))
    return ImageChops.multiply(picture, Image.merge("RGB", [shade.filter(ImageFilter.GaussianBlur(2))] * 3))


def stamped(picture: Image.Image, dice: random.Random) -> Image.Image:
    """The camera's name and clock, where cameras write them."""
    pen = ImageDraw.Draw(picture)
    pen.text(
        (12, 8),
        f"2026-11-{dice.randint(1, 30):02} {dice.randint(0, 23):02}:{dice.randint(0, 59):02}:17",
        (255, 255, 255),
    )
    pen.text((500, 336), "CAM 01 RT 003", (255, 255, 255))
    return picture


def sent(picture: Image.Image, dice: random.Random) -> Image.Image:
    """As the still that is kept of it."""
    small = picture.copy()
    small.thumbnail((320, 320))
    file = io.BytesIO()
    small.save(file, "jpeg", quality=dice.choice((30, 50, 72)))
    return Image.open(file)


EFFECTS = {
    "rain": rain,
    "crowd": crowd,
    "headlights": headlights,
    "dimmed": dimmed,
    "shadowed": shadowed,
    "noise": noise,
}


def shot(
    place: tuple[Image.Image, Image.Image], light: str, dice: random.Random, effects: tuple[str, ...] = ()
) -> Image.Image:
    """A picture of *place* at *light* (``day``, ``night``, ``infrared``), through some effects, as it is kept."""
    day, night = place
    picture = {"day": day, "night": night, "infrared": day}[light].copy()
    picture = shaken(picture, dice)
    for effect in effects:
        picture = EFFECTS[effect](picture, dice)
    if light == "infrared":
        picture = infrared(picture, dice)
    return sent(stamped(picture, dice), dice)
