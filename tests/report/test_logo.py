"""Logos on a page."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops

from csdesk.actions.documents import set_account_logo
from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentKind, PageSize
from csdesk.queries.customer_document import Branding
from csdesk.report.logo import read_logo
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.report.full_documents import branding, picture
from tests.report.page_geometry import words_of
from tests.report.reading import laid_out, made, structure
from tests.report.sample_plans import rich_plan
from tests.report.versioned_plan import VersionedPlan

RED = "#D01020"
KINDS = [DocumentKind.CUSTOMER, DocumentKind.EXECUTIVE]


def drawn(data: bytes) -> Image.Image:
    """Draw the first page."""
    with pdfium.PdfDocument(data) as document:
        return document[0].render(scale=1).to_pil().convert("RGB")


def ink(page: Image.Image, color: str) -> tuple[int, int, int, int] | None:
    """Return the box of the page's dots of about one colour, from the upper left."""
    far = ImageChops.difference(page, Image.new("RGB", page.size, color)).split()
    farthest = ImageChops.lighter(ImageChops.lighter(far[0], far[1]), far[2])
    mask = farthest.point(lambda value: 255 if value < 12 else 0)
    return mask.getbbox()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", list(PageSize))
def test_both_logos_stand_on_the_first_page_with_words_for_them(
    kind: DocumentKind, size: PageSize
) -> None:
    data = made(rich_plan("en"), kind=kind, branding=branding(), setup=Setup(page_size=size))
    said = [one.alternative for one in structure(data) if one.role == "Figure"]
    assert {"Logo of Success Plan Inc.", "Logo of Acme Manufacturing, Inc."} <= set(said)
    page = drawn(data)
    for color in ("#0B4F6C", "#B8322A"):
        box = ink(page, color)
        assert box is not None
        assert 0 < box[0] < box[2] < page.width
        assert 0 < box[1] < box[3] < page.height


@pytest.mark.parametrize("size", list(PageSize))
def test_a_long_title_ends_before_the_logos(size: PageSize) -> None:
    view = dataclasses.replace(rich_plan("en"), title="A title of many words " * 12)
    data = made(view, kind=DocumentKind.EXECUTIVE, branding=branding(), setup=Setup(page_size=size))
    page = drawn(data)
    box = ink(page.crop((0, 0, page.width, 110)), "#B8322A")
    assert box is not None
    beside = [
        words
        for words in words_of(data)[0]
        if words.bottom < page.height - box[1] and words.top > page.height - box[3]
    ]
    assert beside
    assert all(words.right < box[0] for words in beside)


def test_a_clear_logo_stands_on_a_light_plate_where_the_band_is_dark() -> None:
    own = Branding("#0F2A4A", logo=picture((420, 110), RED))
    page = drawn(made(rich_plan("en"), branding=own))
    box = ink(page, RED)
    assert box is not None
    around = [(box[0] - 3, box[1] - 3), (box[2] + 3, box[3] + 3), (box[2] - 1, box[3] - 1)]
    assert {page.getpixel(place) for place in around} == {(255, 255, 255)}


@pytest.mark.parametrize("clear", ["RGBA", "P"])
def test_a_clear_ground_is_clear_on_paper(clear: str) -> None:
    image = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    image.paste((208, 16, 32, 255), (0, 0, 60, 100))
    image.paste((208, 16, 32, 255), (190, 90, 200, 100))
    if clear == "P":
        image = image.quantize(8, method=Image.Quantize.FASTOCTREE)
    out = io.BytesIO()
    image.save(out, "PNG")
    page = drawn(made(rich_plan("en"), branding=Branding(logo=out.getvalue())))
    box = ink(page, RED)
    assert box is not None
    middle = ((box[0] + box[2]) // 2, (box[1] + box[3]) // 2)
    assert page.getpixel(middle) == (255, 255, 255)


@pytest.mark.parametrize("shape", [(800, 20), (20, 800), (300, 300), (6, 6)])
def test_a_logo_of_any_shape_fits_its_place_and_keeps_its_shape(shape: tuple[int, int]) -> None:
    out = io.BytesIO()
    Image.new("RGB", shape, RED).save(out, "PNG")
    logo = read_logo(out.getvalue())
    assert logo is not None
    width, height = logo.fitted(150, 42)
    assert width <= 150
    assert height <= 42
    assert width / height == pytest.approx(shape[0] / shape[1])


@pytest.mark.parametrize("kind", KINDS)
def test_a_logo_that_is_no_picture_is_left_out_and_counted(kind: DocumentKind) -> None:
    broken = Branding(logo=b"\x89PNG\r\n\x1a\n broken", customer_logo=picture((300, 90), RED))
    document = laid_out(rich_plan("en"), kind=kind, branding=broken)
    assert document.unread_images == 1
    assert ink(drawn(document.data), RED) is not None
    assert laid_out(rich_plan("en"), kind=kind, branding=branding()).unread_images == 0


def test_the_same_logos_give_the_same_bytes_and_bring_nothing_along() -> None:
    data = made(rich_plan("ja"), "ja", branding=branding())
    assert data == made(rich_plan("ja"), "ja", branding=branding())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pictures = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]
    assert len(pictures) >= 2


def test_a_document_with_logos_stays_small() -> None:
    plain = len(made(rich_plan("en")))
    assert len(made(rich_plan("en"), branding=branding())) < plain + 60_000


def test_the_accent_colours_cover_and_marks() -> None:
    page = drawn(made(rich_plan("en"), branding=Branding("#7A1FA2")))
    red, green, blue = page.getpixel((page.width - 10, 300))
    assert red > green
    assert blue > green
    plain = drawn(made(rich_plan("en"), branding=Branding("no colour")))
    assert plain.tobytes() == drawn(made(rich_plan("en"))).tobytes()


def test_an_export_says_that_a_logo_was_left_out(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    with Workspace.create(tmp_path / "team.csdesk", home=home, author="Yui") as workspace:
        desk = VersionedPlan(workspace, tmp_path)
        desk.do(set_account_logo, desk.account, picture((60, 30), RED)[:60])
        notices = desk.export("a.pdf").notices
        assert [notice for notice in notices if "A logo cannot be read" in notice]
        desk.do(set_account_logo, desk.account, picture((60, 30), RED))
        assert desk.export("b.pdf").notices == ()
