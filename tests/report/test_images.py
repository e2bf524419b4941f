"""Logos: small clean pictures, or a plain refusal."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw

from csdesk.errors import UserError
from csdesk.report.images import (
    LARGEST_FILE,
    LARGEST_KEPT,
    LONGEST_SIDE,
    accepted_image,
    drawable_image,
)


def logo(mode: str = "RGBA", size: tuple[int, int] = (300, 120)) -> Image.Image:
    """Draw something with edges, colours and, where the mode has it, a clear ground."""
    image = Image.new("RGBA", size, (0, 0, 0, 0) if "A" in mode else (255, 255, 255, 255))
    draw = ImageDraw.Draw(image)
    draw.ellipse((20, 20, size[1] - 20, size[1] - 20), fill=(180, 30, 60, 255))
    draw.rectangle((size[1], 40, size[0] - 20, size[1] - 40), fill=(20, 60, 160, 255))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Write a picture as a program would."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def read(data: bytes) -> Image.Image:
    """Read what was kept."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def noise(mode: str, size: tuple[int, int]) -> Image.Image:
    """Make a picture no format can make small."""
    return Image.frombytes(mode, size, random.Random(7).randbytes(size[0] * size[1] * len(mode)))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_a_clear_ground_stays_clear(kind: str) -> None:
    kept = read(accepted_image(saved(logo(), kind)))
    assert kept.format == "PNG"
    alpha = kept.convert("RGBA").getchannel("A").getextrema()
    assert alpha == (0, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_colours_is_taken(mode: str) -> None:
    image = logo("L").convert("I;16") if mode == "I;16" else logo(mode)
    kept = read(accepted_image(saved(image, "JPEG" if mode == "CMYK" else "PNG")))
    assert kept.mode in ("RGB", "RGBA", "P")
    red, _, blue = kept.convert("RGB").getpixel((kept.width * 2 // 3, kept.height // 2))
    assert blue > red or mode in ("1", "L", "LA", "I;16")


def test_clear_edges_are_trimmed_so_that_a_logo_stands_where_it_is_put() -> None:
    assert read(accepted_image(saved(logo(), "PNG"))).size == (261, 81)


def test_the_camera_decides_which_way_is_up_and_is_then_forgotten() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Marker Camera"
    data = accepted_image(saved(logo("RGB"), "JPEG", exif=exif))
    assert read(data).size == (120, 300)
    assert b"Marker" not in data
    assert not read(data).getexif()


def test_a_colour_profile_is_applied_and_left_out() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for one in (profile, srgb, b"no profile at all"):
        kept = read(accepted_image(saved(logo("RGB"), "PNG", icc_profile=one)))
        assert "icc_profile" not in kept.info
        assert kept.convert("RGB").getpixel((200, 60)) == (20, 60, 160)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_large_picture_becomes_small_enough_to_print(mode: str) -> None:
    data = accepted_image(saved(noise(mode, (1400, 1100)), "PNG"))
    assert len(data) <= LARGEST_KEPT
    assert max(read(data).size) <= LONGEST_SIDE


def test_a_banner_keeps_its_shape() -> None:
    kept = read(accepted_image(saved(noise("RGB", (4000, 3)), "PNG")))
    assert kept.size == (800, 1)


def test_the_same_picture_gives_the_same_bytes_and_is_kept_as_it_is() -> None:
    once = accepted_image(saved(logo(), "PNG"))
    assert once == accepted_image(saved(logo(), "PNG"))
    assert drawable_image(once) is once


def test_of_a_moving_picture_the_first_frame_is_taken() -> None:
    frames = [logo("RGB"), Image.new("RGB", (300, 120), "black")]
    moving = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert read(accepted_image(moving)).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def claimed(width: int, height: int) -> bytes:
    """Write a PNG that claims a size and has nothing in it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8_000, 8_000), (11_000, 11_000), (60_000, 60_000), (2**30, 5)])
def test_a_picture_that_claims_to_be_enormous_is_refused_before_it_is_decoded(
    size: tuple[int, int],
) -> None:
    data = claimed(*size)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with pytest.raises(UserError, match="40 million pixels"):
            accepted_image(data)
    assert not said


SVG = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="5" height="5"/></svg>'


@pytest.mark.parametrize(
    "data",
    [
        SVG.encode(),
        ('<?xml version="1.0"?><!-- made by hand -->' + SVG).encode(),
        SVG.encode("utf-16"),
        zlib.compress(SVG.encode(), wbits=31),
    ],
    ids=["plain", "xml", "utf-16", "compressed"],
)
def test_a_drawing_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(UserError, match="SVG") as refusal:
        accepted_image(data)
    assert "PNG" in refusal.value.advice


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(UserError, match="10 MB"):
        accepted_image(b"\x89PNG" + bytes(LARGEST_FILE))


def test_a_picture_without_a_visible_dot_is_refused() -> None:
    with pytest.raises(UserError, match="transparent"):
        accepted_image(saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_damaged_pictures_are_taken_or_refused_in_plain_words(kind: str) -> None:
    whole = saved(logo("RGB"), kind)
    chance = random.Random(3)
    for _ in range(120):
        data = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.4 else whole)
        for _ in range(chance.randrange(1, 9)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        drawn = drawable_image(bytes(data))
        if drawn is None:
            with pytest.raises(UserError):
                accepted_image(bytes(data))
        else:
            assert read(drawn).width


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"BM" + bytes(60), b"\x1f\x8b broken", b"II*\x00" + bytes(40)]
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(UserError, match="not a picture"):
        accepted_image(data)
    assert drawable_image(data) is None


def test_what_another_computer_kept_is_checked_before_it_is_drawn(tmp_path: Path) -> None:
    large = saved(noise("RGB", (1000, 900)), "PNG")
    drawn = drawable_image(large)
    assert drawn is not None
    assert len(drawn) <= LARGEST_KEPT
    assert drawable_image(claimed(60_000, 60_000)) is None
    assert drawable_image(SVG.encode()) is None
