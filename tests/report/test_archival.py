"""Files for archives fulfil PDF/A-2b, and claim that alone."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from pathlib import Path

import page as second_opinion
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageCms
from reportlab.lib.colors import Color

from csdesk.errors import UserError
from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentKind, PageSize
from csdesk.report.archival import archival_faults, check_archival, srgb_profile
from csdesk.report.document import Made, keep
from csdesk.report.fonts import REGULAR, glyphs
from csdesk.report.protection import protected
from csdesk.report.tagged_canvas import TaggedCanvas
from tests.report.every_document import document
from tests.report.reading import made
from tests.report.sample_plans import empty_plan, poor_plan, rich_plan

ARCHIVAL = Setup(is_archival=True)


def metadata(data: bytes) -> str:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return pdf.Root.Metadata.read_bytes().decode()


@pytest.mark.parametrize(
    ("kind", "language", "page_size"),
    [
        (DocumentKind.CUSTOMER, "ja", PageSize.A4),
        (DocumentKind.CUSTOMER, "en", PageSize.LETTER),
        (DocumentKind.CUSTOMER, "en", PageSize.WIDE),
        (DocumentKind.EXECUTIVE, "ja", PageSize.WIDE),
        (DocumentKind.INTERNAL, "ja", PageSize.LETTER),
        (DocumentKind.PORTFOLIO, "en", PageSize.A4),
    ],
)
def test_every_kind_fulfils_what_it_claims(
    kind: DocumentKind, language: str, page_size: PageSize
) -> None:
    data = document(kind, language, page_size, is_archival=True)
    assert archival_faults(data) == ()
    other = second_opinion.validate_pdf_bytes(data, profile="2b")
    assert [f"{one.rule_id}: {one.message}" for one in other.failures] == []
    assert "pdfaid:part" in metadata(data)
    assert "pdfuaid" not in metadata(data)


def test_strange_letters_and_poor_plans_fulfil_it_too() -> None:
    strange = "𠮷野家 – Škoda – Жук – 😀 – か゚ – عربي – \x00\ud800"
    plan = rich_plan("ja", actions=3, milestones=2)
    odd = replace(plan, title=strange, account_name=strange, our_company=strange)
    for view in (odd, poor_plan("en"), empty_plan()):
        assert archival_faults(made(view, "ja", setup=ARCHIVAL)) == ()


def test_other_documents_claim_to_be_readable_by_everyone_instead() -> None:
    packet = metadata(document(DocumentKind.EXECUTIVE, "en", PageSize.A4))
    assert "pdfuaid:part" in packet
    assert "pdfaid" not in packet


def test_the_words_in_the_metadata_are_those_of_the_plan() -> None:
    title = 'A & B <script> ]]> "x" 計画'
    packet = metadata(made(replace(poor_plan("en"), title=title, account_name="N & M")))
    with pikepdf.open(io.BytesIO(made(replace(poor_plan("en"), title=title)))) as pdf:
        assert pdf.open_metadata()["dc:title"] == f"{title} – Shinjuku store"
        assert pdf.open_metadata()["dc:language"] == {"en-US"}
        assert pdf.open_metadata()["xmp:CreateDate"] == "2025-10-15T00:00:00+00:00"
    assert "A &amp; B &lt;script&gt; ]]&gt;" in packet


def test_a_title_cannot_claim_what_the_file_is() -> None:
    title = 'pdfaid:part="2" pdfaid:conformance="B"'
    data = made(replace(poor_plan("en"), title=title, account_name=title, our_company=title))
    check_archival(data)
    assert protected(data, "secret")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert title in pdf.open_metadata()["dc:title"]


def test_an_archives_file_takes_no_password() -> None:
    with pytest.raises(UserError, match="cannot have a password") as refused:
        protected(made(poor_plan("en"), setup=ARCHIVAL), "secret")
    assert "archives" in refused.value.advice


def test_what_does_not_fulfil_its_claim_is_not_written(tmp_path: Path) -> None:
    data = made(poor_plan("en"), setup=ARCHIVAL)
    broken = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.beep()")
        pdf.save(broken, compress_streams=False)
    with pytest.raises(UserError, match="PDF/A-2b"):
        keep(Made(broken.getvalue(), 1, 0), tmp_path / "plan.pdf")
    assert list(tmp_path.iterdir()) == []
    check_archival(made(poor_plan("en")))
    assert keep(Made(data, 1, 0), tmp_path / "plan.pdf").path.read_bytes() == data


def test_the_colour_profile_is_srgb() -> None:
    profile = srgb_profile()
    assert struct.unpack(">I", profile[:4])[0] == len(profile)
    ours = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    theirs = ImageCms.createProfile("sRGB")
    assert ImageCms.getProfileDescription(ours).strip() == "sRGB IEC61966-2.1"
    colors = Image.frombytes("RGB", (8, 8), bytes(range(192)))
    same = ImageCms.profileToProfile(colors, ours, theirs)
    pairs = zip(colors.tobytes(), same.tobytes(), strict=True)
    assert max(abs(before - after) for before, after in pairs) <= 1


def test_a_change_of_colours_looks_the_same_in_an_archives_file() -> None:
    glyphs(REGULAR)
    pictures = []
    for is_archival in (False, True):
        canvas = TaggedCanvas(
            None,
            pagesize=(200, 100),
            initialFontName=REGULAR,
            is_archival=is_archival,
            pageCompression=1,
        )
        colors = [Color(0.05, 0.1, 0.4), Color(0.2, 0.4, 0.9), Color(0.6, 0.8, 1)]
        canvas.linearGradient(20, 0, 180, 100, colors, [0, 0.55, 1], extend=True)
        canvas.showPage()
        data = canvas.finished()
        assert (b"/Shading" in b"".join(_objects(data))) is not is_archival
        with pdfium.PdfDocument(data) as opened:
            pictures.append(opened[0].render(scale=1).to_pil().convert("RGB").tobytes())
    differences = [abs(one - other) for one, other in zip(*pictures, strict=True)]
    assert max(differences) <= 4


def _objects(data: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [repr(thing).encode() for thing in pdf.objects]
