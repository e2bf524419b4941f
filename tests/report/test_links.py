"""Links lead to pages and people, and never to files or programs."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.report.fonts import REGULAR, glyphs
from csdesk.report.links import link_address
from csdesk.report.pen import Pen
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.typesetting import Typesetter
from tests.report.reading import structure
from tests.report.tagged_rules import faults


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.com", "https://example.com"),
        (" https://example.com/a?b=c#d ", "https://example.com/a?b=c#d"),
        ("HTTPS://Example.com/計画", "https://example.com/%E8%A8%88%E7%94%BB"),
        ("https://日本.jp:8443/x", "https://xn--wgv71a.jp:8443/x"),
        ("https://example.com/%E3%81", "https://example.com/%E3%81"),
        ("mailto:a@b.jp", "mailto:a@b.jp"),
        ("user0@acme.example", "mailto:user0@acme.example"),
    ],
)
def test_pages_and_mail_addresses_are_linked(text: str, address: str) -> None:
    assert link_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://example.com",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "//example.com",
        "https://",
        "https:///x",
        "https://user@example.com",
        "https://user:pass@example.com",
        "https://a b.com",
        "https://[::1]/",
        "https://[bad",
        "https://x:99999/",
        "https://a..b/",
        "https://example.com/" + "x" * 3000,
        "mailto:",
        "mailto:a@b.jp?body=x",
        "mailto:a@b.jp,c@d.jp",
        "java\x00script:x",
        "launch:calc.exe",
        "\\\\server\\share",
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert link_address(text) == ""


@given(st.text(max_size=80), st.sampled_from(["", "https://", "mailto:", "https://a.jp/", "a@"]))
def test_an_address_is_plain_and_of_two_kinds(text: str, start: str) -> None:
    address = link_address(start + text)
    assert not address or address.startswith(("https://", "mailto:"))
    assert address.isascii()
    assert not set(address) & set(' <>"\\\n\r')


def drawn(*, in_paragraph: bool) -> bytes:
    glyphs(REGULAR)
    canvas = TaggedCanvas(None, pagesize=(300, 200), initialFontName=REGULAR, lang="en-US")
    canvas.setTitle("Links")
    pen = Pen(canvas, Typesetter())
    canvas.translate(10, 20)
    if in_paragraph:
        with canvas.content("P", key="p"):
            pen.text(0, 100, "before", 10)
            with canvas.link("https://example.com", (50, 98, 110, 110), "Example's page"):
                pen.text(50, 100, "example", 10)
            pen.text(120, 100, "after", 10)
    else:
        with canvas.link("mailto:a@b.jp", (50, 98, 110, 110), ""):
            pen.text(50, 100, "a@b.jp", 10)
    with canvas.decoration(), canvas.link("https://x.jp", (0, 0, 9, 9), "again"):
        pen.text(0, 0, "again", 10)
    with canvas.link("", (0, 0, 9, 9), "nowhere"), canvas.content("P"):
        pen.text(0, 20, "nowhere", 10)
    canvas.showPage()
    return bytes(canvas.finished())


def test_a_link_is_an_element_of_its_own_inside_its_paragraph() -> None:
    data = drawn(in_paragraph=True)
    roles = [(one.role, one.children) for one in structure(data)]
    assert roles == [("Document", 2), ("P", 3), ("Link", 2), ("P", 1)]
    assert faults(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (link,) = pdf.pages[0].Annots
        assert [float(part) for part in link.Rect] == [60, 118, 120, 130]
        assert str(link.A.URI) == "https://example.com"
        assert str(link.Contents) == "Example's page"
        assert int(link.F) == 4


def test_a_link_by_itself_says_where_it_leads() -> None:
    data = drawn(in_paragraph=False)
    assert [one.role for one in structure(data)] == ["Document", "Link", "P"]
    assert faults(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (link,) = pdf.pages[0].Annots
        assert str(link.Contents) == "mailto:a@b.jp"
