"""The floor: the lines of a finished document written on a bare canvas, without any layout."""

from __future__ import annotations

import io
from importlib import resources

import pypdfium2


def lines_of(pdf: bytes) -> list[list[str]]:
    """Read the lines of each page back."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded().splitlines() for page in document]
    document.close()
    return pages


def bare_canvas(pages: list[list[str]]) -> bytes:
    """Write lines below each other with ReportLab alone, in the same font."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if "bare" not in pdfmetrics.getRegisteredFontNames():
        font = resources.files("resources") / "fonts" / "NotoSansJP-Regular.ttf"
        with resources.as_file(font) as path:
            pdfmetrics.registerFont(TTFont("bare", str(path)))
    content = io.BytesIO()
    canvas = Canvas(content, pageCompression=1)
    for lines in pages:
        canvas.setFont("bare", 9)
        for number, line in enumerate(lines):
            canvas.drawString(40, 800 - number * 11, line)
        canvas.showPage()
    canvas.save()
    return content.getvalue()
