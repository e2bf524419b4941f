"""Logos: what somebody chose as a picture becomes a small clean PNG or JPEG, or a plain refusal.

A picture is the one thing in a document that somebody else's program wrote. It is decoded once,
when it is chosen, within limits checked before decoding; what is kept is written afresh, without
the camera's notes, colour profiles or anything else that came along. `drawable_image` checks again
what a workspace holds: it may have come from another computer.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from typing import TYPE_CHECKING, Any

from csdesk.errors import UserError
from csdesk.i18n import _

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 10_000_000
"""Bytes of a picture somebody may choose."""
LARGEST_PICTURE = 40_000_000
"""Pixels of it, counted before any is decoded: a small file may claim to be enormous."""
LONGEST_SIDE = 800
"""Pixels of what is kept: three times what a logo needs on paper at 300 dots an inch."""
LARGEST_KEPT = 200_000
"""Bytes of what is kept."""

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_KEPT_FORMATS = ("PNG", "JPEG")
_KEPT_MODES = frozenset({"RGB", "RGBA", "P"})
_SIDES = (LONGEST_SIDE, 640, 512, 384, 256, 128)
_QUALITIES = (90, 80, 70)
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)
"""What Pillow's decoders raise over a file that is not what it says it is."""


def accepted_image(data: bytes) -> bytes:
    """Return a picture as a workspace keeps it: PNG or JPEG within the limits above.

    Takes PNG, JPEG, WebP and GIF (its first frame); turns it as its camera said, trims clear
    edges, keeps transparency, makes the colours sRGB. The same picture gives the same bytes.
    Raises UserError for anything else, in words that say what to do.
    """
    if len(data) > LARGEST_FILE:
        raise UserError(
            _("This picture's file is larger than 10 MB."),
            _("Save a smaller version of it, then choose that."),
        )
    if _is_drawing(data):
        raise UserError(
            _("SVG drawings cannot be used as a logo."),
            _("Save the logo as a PNG picture, then choose that."),
        )
    image = _decoded(data)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), _smooth())
    return _encoded(image)


def drawable_image(data: bytes) -> bytes | None:
    """Return what a document may draw of kept bytes; None where they are no picture.

    What `accepted_image` made is returned as it is, all else as it would have made it.
    """
    if not data:
        return None
    try:
        return data if _is_kept(data) else accepted_image(data)
    except UserError:
        return None


def _is_kept(data: bytes) -> bool:
    """Tell whether `accepted_image` may have made this; raises UserError for a broken picture."""
    if len(data) > LARGEST_KEPT:
        return False
    image = _opened(data)
    if (
        image.format not in _KEPT_FORMATS
        or max(image.size) > LONGEST_SIDE
        or image.mode not in _KEPT_MODES
    ):
        return False
    try:
        image.load()
        return not (image.getexif() or image.info.get("icc_profile"))
    except _BROKEN as error:
        raise _unreadable() from error


def _is_drawing(data: bytes) -> bool:
    """Tell SVG from pictures, also where it begins with a byte order mark or is compressed."""
    head = data[:2048]
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(31).decompress(data[:65536], 2048)
        except zlib.error:
            return False
    return b"<svg" in head.replace(b"\x00", b"").lower()


def _opened(data: bytes) -> Image:
    """Read a picture's header; raises UserError for what is no picture, or too large a one."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # Pillow warns of pictures that are refused below in words.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise _unreadable() from error
    width, height = image.size
    if width * height > LARGEST_PICTURE:
        raise _too_large()
    return image


def _decoded(data: bytes) -> Image:
    """Decode a picture upright, in sRGB, without clear edges, as RGB or RGBA."""
    from PIL import ImageOps

    image = _opened(data)
    try:
        image.load()
        image = ImageOps.exif_transpose(image)
        image = _plain_colors(image)
    except _BROKEN as error:
        raise _unreadable() from error
    if image.mode == "RGBA":
        box = image.getchannel("A").getbbox()
        if box is None:
            raise UserError(
                _("Nothing can be seen in this picture: all of it is transparent."),
                _("Choose another picture."),
            )
        image = image.crop(box)
        if image.getchannel("A").getextrema() == (255, 255):
            image = image.convert("RGB")
    return image


def _plain_colors(image: Image) -> Image:
    """Turn any picture into RGB or RGBA with colours as a screen shows them."""
    profile = image.info.get("icc_profile")
    clear = None
    if image.has_transparency_data:
        image = image.convert("RGBA")
        clear = image.getchannel("A")
        image = image.convert("RGB")
    elif image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif image.mode == "P":
        image = image.convert("RGB")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = _in_srgb(image, profile)
    image = image.convert("RGB")
    if clear is not None:
        image.putalpha(clear)
    image.info = {}
    return image


def _in_srgb(image: Image, profile: Any) -> Image:
    """Convert from a colour profile; a profile that does not fit the picture counts as none."""
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, *_BROKEN):
        return image
    return converted or image


def _encoded(image: Image) -> bytes:
    """Write the best version that is small enough: whole, then in fewer colours, then smaller."""
    data = b""
    for side in _SIDES:
        smaller = image.copy()
        smaller.thumbnail((side, side), _smooth())
        for data in _versions(smaller):
            if len(data) <= LARGEST_KEPT:
                return data
    return data


def _versions(image: Image) -> list[bytes]:
    """Write a picture as PNG, and where that is large in ways that lose a little."""
    whole = _saved(image, "PNG", optimize=True)
    if len(whole) <= LARGEST_KEPT:
        return [whole]
    if image.mode == "RGB":
        return [_saved(image, "JPEG", quality=one, optimize=True) for one in _QUALITIES]
    from PIL import Image

    few = image.quantize(256, method=Image.Quantize.FASTOCTREE)
    return [_saved(few, "PNG", optimize=True)]


def _saved(image: Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _smooth() -> Any:
    from PIL import Image

    return Image.Resampling.LANCZOS


def _too_large() -> UserError:
    return UserError(
        _("This picture has more than 40 million pixels."),
        _("Save a smaller version of it, then choose that."),
    )


def _unreadable() -> UserError:
    return UserError(
        _("This file is not a picture that can be read, or it is damaged."),
        _("Choose a PNG, JPEG, WebP or GIF picture."),
    )
