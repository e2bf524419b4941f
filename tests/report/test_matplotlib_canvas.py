"""Figures are drawn as vectors, with text in the page's fonts."""

from __future__ import annotations

import io

import numpy as np
import pikepdf
import pytest
from matplotlib import rc_params
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from csdesk.report.fonts import REGULAR, glyphs
from csdesk.report.matplotlib_canvas import draw_figure
from csdesk.report.pen import Pen
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.typesetting import Typesetter
from tests.report.reading import font_files, page_texts, pieces


def figure() -> Figure:
    made = Figure(figsize=(3, 2), dpi=72)
    axes = made.add_axes((0.1, 0.1, 0.8, 0.8))
    axes.plot([1, 2, float("nan"), 4], [1, 3, 2, 4], marker="o")
    axes.add_patch(Circle((2, 2), 0.5, alpha=0.4, facecolor="red"))
    axes.fill_between([1, 2], [0, 1], alpha=0.2)
    return made


def drawn(shown: Figure) -> bytes:
    glyphs(REGULAR)
    canvas = TaggedCanvas(None, pagesize=(300, 200), initialFontName=REGULAR, invariant=1)
    draw_figure(Pen(canvas, Typesetter()), shown, 20, 20)
    canvas.showPage()
    return canvas.finished()


def test_text_can_be_found_and_its_fonts_are_in_the_file() -> None:
    shown = figure()
    shown.text(0.3, 0.5, "売上 $x_1$ 60%", parse_math=False, rotation=90)
    data = drawn(shown)
    text = "".join(page_texts(data)[0].split())
    assert "売上$x_1$60%" in text
    fonts = font_files(data)
    assert all(fonts.values())
    assert all("Noto" in name for name in fonts)


def test_there_is_no_picture_in_the_file() -> None:
    with pikepdf.open(io.BytesIO(drawn(figure()))) as pdf:
        kinds = {
            str(thing.get("/Subtype")) for thing in pdf.objects if isinstance(thing, pikepdf.Stream)
        }
    assert "/Image" not in kinds


def test_a_picture_is_refused() -> None:
    shown = figure()
    shown.axes[0].imshow(np.zeros((2, 2)))
    with pytest.raises(NotImplementedError):
        drawn(shown)


def test_a_missing_value_is_a_gap() -> None:
    code = b"\n".join(piece for piece in pieces(drawn(figure())) if b" l\n" in piece)
    assert b"nan" not in code


def test_nothing_global_is_changed() -> None:
    before = dict(rc_params())
    drawn(figure())
    assert dict(rc_params()) == before


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert drawn(figure()) == drawn(figure())
