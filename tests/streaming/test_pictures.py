from __future__ import annotations

import io
import os

import pytest
from PIL import Image

from streaming import pictures
from streaming.pictures import KINDS, MOST_BYTES, SIZES, name_of


def ppm(width: int, height: int, *, noise: bool = False) -> bytes:
    size = (width, height)
    picture = Image.frombytes("RGB", size, os.urandom(width * height * 3)) if noise else Image.new("RGB", size, "teal")
    file = io.BytesIO()
    picture.save(file, "ppm")
    return file.getvalue()


@pytest.mark.parametrize(
    ("width", "height", "large", "small"),
    [
        (1280, 720, (640, 360), (320, 180)),
        (640, 360, (640, 360), (320, 180)),
        (240, 136, (240, 136), (240, 136)),
        (720, 1280, (360, 640), (180, 320)),
    ],
)
def test_sizes_keep_the_shape_and_nothing_is_made_larger_than_it_is(
    width: int, height: int, large: tuple[int, int], small: tuple[int, int]
) -> None:
    files = pictures.develop(ppm(width, height))
    assert set(files) == {name_of(size, kind) for size in SIZES for kind in KINDS}
    for name, data in files.items():
        with Image.open(io.BytesIO(data)) as picture:
            assert picture.size == (large if name.startswith("large") else small)
            assert picture.format == name.partition(".")[2].upper()


def test_the_noise_of_a_night_picture_does_not_make_files_grow_without_bound() -> None:
    for name, data in pictures.develop(ppm(1280, 720, noise=True)).items():
        assert len(data) < 1.5 * MOST_BYTES[name.partition(".")[0]], name


@pytest.mark.parametrize("data", [b"", b"<html>", ppm(64, 64)[:200]])
def test_what_is_no_picture_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(pictures.NoPicture):
        pictures.develop(data)
