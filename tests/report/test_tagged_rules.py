"""Every document keeps the rules of PDF/UA-1, and the rules find what breaks them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import page as second_opinion
import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, String

from csdesk.model.vocabulary import DocumentKind, PageSize
from csdesk.report.protection import protected
from tests.report.every_document import EVERY, document
from tests.report.reading import made
from tests.report.sample_plans import empty_plan, poor_plan, rich_plan
from tests.report.tagged_rules import faults


def other_faults(data: bytes, profile: str = "ua1") -> list[str]:
    """Ask a checker that others wrote."""
    report = second_opinion.validate_pdf_bytes(data, profile=profile)
    return [f"{one.rule_id}: {one.message}" for one in report.failures]


@pytest.mark.parametrize(("kind", "language", "page_size"), EVERY)
def test_every_document_is_sound_and_can_be_read_aloud(
    kind: DocumentKind, language: str, page_size: PageSize
) -> None:
    data = document(kind, language, page_size)
    assert faults(data) == []
    assert other_faults(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
    with pdfium.PdfDocument(data) as opened:
        assert len(opened) >= 1


@pytest.mark.parametrize("language", ["ja", "en"])
def test_poor_plans_and_strange_letters_keep_the_rules(language: str) -> None:
    strange = "𠮷野家 – Škoda – Жук – 😀 – か゚ – عربي – é\u0301 – \x00\ud800"
    odd = replace(rich_plan(language, actions=3, milestones=2), title=strange, account_name=strange)
    for view in (poor_plan(language), odd):
        data = made(view, language)
        assert faults(data) == []
        assert other_faults(data) == []


def test_an_empty_plan_keeps_the_rules() -> None:
    data = made(empty_plan())
    assert faults(data) == []
    assert other_faults(data) == []


def test_a_locked_document_keeps_the_rules() -> None:
    data = protected(document(DocumentKind.EXECUTIVE, "en", PageSize.A4), "secret")
    assert faults(data, "secret") == []


def _first(pdf: pikepdf.Pdf, role: str) -> Dictionary:
    return next(
        thing
        for thing in pdf.objects
        if isinstance(thing, Dictionary) and thing.get("/S") == Name(role) and "/P" in thing
    )


def _jump(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/H2").S = Name.H4


def _lose_contents(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n0 0 1 1 re f")


def _lose_mark(pdf: pikepdf.Pdf) -> None:
    element = _first(pdf, "/H1")
    element.K = Array([])


def _nest_artifact(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    code = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(code.replace(b"BDC", b"BDC /Artifact BMC EMC", 1))


def _untidy_list(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/P").S = Name.LBody


def _bare_annotation(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 1, 1]))
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


def _null_letter(pdf: pikepdf.Pdf) -> None:
    font = next(
        thing for thing in pdf.objects if isinstance(thing, Dictionary) and "/ToUnicode" in thing
    )
    code = font.ToUnicode.read_bytes()
    font.ToUnicode.write(code.replace(b"beginbfchar\n", b"beginbfchar\n<00> <0000>\n", 1))


def _delete(path: str) -> Callable[[pikepdf.Pdf], None]:
    def delete(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[path]

    return delete


def _lose_metadata_title(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(packet.replace(b"dc:title", b"dc:titel"))


def _lose_claim(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(packet.replace(b'pdfuaid:part="1"', b""))


def _empty_description(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/Figure").Alt = String(" ")


def _lose_scope(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "/TH")["/A"]


def _strange_role(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/Sect").S = Name.Chapter


def _lose_tab_order(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj["/Tabs"]


def _uneven_row(pdf: pikepdf.Pdf) -> None:
    row = _first(pdf, "/TR")
    row.K = Array(list(row.K)[:-1])


@pytest.mark.parametrize(
    ("breaks", "checkpoint"),
    [
        (_delete("/StructTreeRoot"), "7.1"),
        (_delete("/MarkInfo"), "7.1"),
        (_delete("/Lang"), "11-006"),
        (_delete("/ViewerPreferences"), "07-001"),
        (_delete("/Metadata"), "06-001"),
        (_lose_claim, "06-002"),
        (_lose_metadata_title, "06-003"),
        (_nest_artifact, "01-003"),
        (_lose_contents, "01-005"),
        (_lose_mark, "01-005"),
        (_strange_role, "02-001"),
        (_untidy_list, "09-005"),
        (_jump, "14-003"),
        (_lose_scope, "15-003"),
        (_uneven_row, "7.2"),
        (_empty_description, "13-004"),
        (_bare_annotation, "28-002"),
        (_lose_tab_order, "28-009"),
        (_null_letter, "31-028"),
    ],
)
def test_each_rule_finds_what_breaks_it(
    breaks: Callable[[pikepdf.Pdf], None], checkpoint: str
) -> None:
    broken = io.BytesIO()
    with pikepdf.open(io.BytesIO(document(DocumentKind.CUSTOMER, "en", PageSize.A4))) as pdf:
        breaks(pdf)
        pdf.save(broken)
    assert checkpoint in {fault.split(":")[0] for fault in faults(broken.getvalue())}
