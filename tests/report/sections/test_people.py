"""People on both sides, and how to reach them."""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import pytest

from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import PageSize
from csdesk.queries.customer_rows import CustomerPlan, Person
from tests.report.reading import made, outline, whole_text
from tests.report.sample_plans import empty_plan


def plan(*people: Person) -> CustomerPlan:
    """Make a plan of the customer's people."""
    return dataclasses.replace(empty_plan(), account_name="Acme", customer_people=people)


def links(data: bytes) -> list[str]:
    """Return what the file's links lead to."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            str(note.A.URI)
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if "/A" in note
        ]


@pytest.mark.parametrize("size", list(PageSize))
def test_a_mail_address_leads_to_a_new_message(size: PageSize) -> None:
    view = plan(Person("Taro Yamada", email="taro@acme.example"))
    assert links(made(view, setup=Setup(page_size=size))) == ["mailto:taro@acme.example"]


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "file:///etc/passwd", "not an address", "https://acme.example"),
        *("a@b.example?bcc=x@y.example", "a" * 300 + "@acme.example"),
    ],
)
def test_what_is_no_mail_address_is_text_alone(address: str) -> None:
    data = made(plan(Person("Taro Yamada", email=address)))
    assert links(data) == []
    assert address[:30] in whole_text(data)


def test_a_link_covers_its_words() -> None:
    import pypdfium2 as pdfium

    data = made(plan(Person("Taro Yamada", email="taro@acme.example")))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number, box = next(
            (number, [float(side) for side in note.Rect])
            for number, page in enumerate(pdf.pages)
            for note in page.get("/Annots", [])
        )
    with pdfium.PdfDocument(data) as document:
        words = document[number].get_textpage().get_text_bounded(*box)
    assert words.strip() == "taro@acme.example"


def test_one_side_alone_is_no_matter_of_both() -> None:
    assert outline(made(plan(Person("Taro Yamada"))))[1:] == ["People"]
    both = dataclasses.replace(plan(Person("Taro Yamada")), our_people=(Person("Misaki"),))
    assert outline(made(both))[1:] == ["People on both sides"]


def test_the_lead_of_the_plan_is_named_as_such() -> None:
    text = whole_text(made(plan(Person("Taro", is_lead=True), Person("Hanako"))))
    assert "Taro Plan lead Hanako" in text
