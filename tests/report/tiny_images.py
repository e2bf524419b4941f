"""Small real images."""

from __future__ import annotations

import io

from PIL import Image


def image(kind: str, size: tuple[int, int] = (40, 20), colour: str = "#1F6FEB") -> bytes:
    """Make a PNG or JPEG of one colour."""
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, kind)
    return stream.getvalue()


PNG = image("PNG")
JPEG = image("JPEG", colour="#AA2211")
