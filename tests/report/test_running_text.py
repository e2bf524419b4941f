"""Addresses of the web in running text."""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import pypdfium2 as pdfium
import pytest

from csdesk.queries.customer_rows import FeedbackRow, GoalRow
from tests.report.reading import made, whole_text
from tests.report.sample_plans import empty_plan
from tests.report.tagged_rules import faults


def links(data: bytes) -> list[tuple[str, str]]:
    """Return what each link leads to, with the words it covers."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf, pdfium.PdfDocument(data) as drawn:
        for number, page in enumerate(pdf.pages):
            for note in (one for one in page.get("/Annots", []) if "/A" in one):
                box = [float(side) for side in note.Rect]
                words = drawn[number].get_textpage().get_text_bounded(*box)
                found.append((str(note.A.URI), words.strip()))
    return found


def written(text: str) -> bytes:
    """Make a document with a text in its background."""
    return made(dataclasses.replace(empty_plan(), background=text))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See https://example.com/a?b=1#c for more.", "https://example.com/a?b=1#c"),
        ("詳細はhttps://example.com/ja/をご覧ください。", "https://example.com/ja/"),
        ("（https://example.com/page）", "https://example.com/page"),
        ("Read https://example.com/end.", "https://example.com/end"),
        ("(https://example.com/x)", "https://example.com/x"),
        ("https://example.com", "https://example.com"),
        ("First line\nhttps://example.com/second", "https://example.com/second"),
    ],
)
def test_an_https_address_leads_there_and_covers_its_words(text: str, address: str) -> None:
    data = written(text)
    assert links(data) == [(address, address)]
    assert faults(data) == []


@pytest.mark.parametrize(
    "text",
    [
        *("http://example.com", "ftp://example.com", "javascript:alert(1)", "file:///etc/passwd"),
        *("https://", "https://user:pw@example.com/", "www.example.com", "https://exa mple"),
        "https://example.com/" + "very-long-" * 60,
    ],
)
def test_anything_else_is_text_alone(text: str) -> None:
    data = written(text)
    assert [address for address, _ in links(data) if address != "https://exa"] == []
    assert text[:20] in whole_text(data)


def test_an_address_used_twice_leads_there_twice() -> None:
    data = written("https://example.com/a or https://example.com/b or https://example.com/a")
    assert [address[-1] for address, _ in links(data)] == ["a", "b", "a"]


def test_links_are_kept_over_pages_in_every_kind_of_text() -> None:
    lines = "\n".join(f"Line {number}: https://example.com/{number}" for number in range(90))
    view = dataclasses.replace(
        empty_plan(),
        to_be=lines,
        review_cadence="Every Monday at https://meet.example/room",
        risks=("See https://example.com/risk",),
        goals=(GoalRow("Goal", why="https://example.com/why"),),
        feedback=(FeedbackRow("Slow", "Fixed: https://example.com/fixed"),),
    )
    data = made(view)
    found = {address for address, _ in links(data) if "#" not in address}
    assert {f"https://example.com/{number}" for number in range(90)} <= found
    for last in ("example.com/risk", "example.com/why", "example.com/fixed", "meet.example/room"):
        assert f"https://{last}" in found
    assert all(address == words for address, words in links(data))
    assert faults(data) == []
