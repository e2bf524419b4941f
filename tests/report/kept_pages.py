"""Pictures of the sample's pages, kept to notice what changes the look of a document.

    python -m tests.report.kept_pages     draws them anew, after a change that was meant

They are grey, 72 dots to an inch, in a dozen shades, which keeps a hundred pages small.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops

from csdesk.model.vocabulary import CUSTOMER_KINDS, DocumentKind, PageSize
from tests.report.full_documents import full_document

FOLDER = Path(__file__).resolve().parents[1] / "files" / "pages"
DOCUMENTS = tuple(product(sorted(CUSTOMER_KINDS), ("ja", "en"), PageSize))
"""Kind, language and page size of each document whose pages are kept."""
FAR = 24
"""Shades of 256 by which a pixel may differ: what another version's smoothing of edges does."""
MOST = 0.001
"""The share of a page's pixels that may differ by more."""

_SHADES = 12


def pictures(kind: DocumentKind, language: str, page_size: PageSize) -> list[Image.Image]:
    """Draw the pages of one document as they look now."""
    data = full_document(language, page_size, kind).data
    with pdfium.PdfDocument(data) as document:
        return [page.render(scale=1, grayscale=True).to_pil().convert("L") for page in document]


def kept(kind: DocumentKind, language: str, page_size: PageSize) -> list[Path]:
    """Return where the pictures of a document's pages are, in their order."""
    return sorted(FOLDER.glob(f"{kind}-{language}-{page_size}-*.png"))


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the share of pixels that differ by more than `FAR`; 1 where the sizes do."""
    if one.size != other.size:
        return 1.0
    counts = ImageChops.difference(one, other).histogram()
    return sum(counts[FAR + 1 :]) / (one.width * one.height)


def write(picture: Image.Image, path: Path) -> None:
    """Write a picture in few shades."""
    step = 255 / (_SHADES - 1)
    numbers = picture.point(lambda value: round(value / step)).tobytes()
    shades = Image.frombytes("P", picture.size, numbers)
    shades.putpalette([round(shade * step) for shade in range(_SHADES) for _ in "rgb"])
    shades.save(path, "PNG", optimize=True, bits=4)


def main() -> None:
    """Draw every page anew and say how much room the pictures take."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for kind, language, page_size in DOCUMENTS:
        for number, picture in enumerate(pictures(kind, language, page_size), 1):
            write(picture, FOLDER / f"{kind}-{language}-{page_size}-{number:02}.png")
    files = list(FOLDER.glob("*.png"))
    size = sum(file.stat().st_size for file in files)
    print(f"{len(files)} pages, {size // 1024} KiB, in {FOLDER}")


if __name__ == "__main__":
    main()
