"""A typeface is one font of a file, whatever a document writes with it."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from csdesk.report.fonts import REGULAR, glyphs
from tests.report.reading import made, whole_text
from tests.report.sample_plans import poor_plan, rich_plan


def fonts(data: bytes) -> dict[str, list[int]]:
    """Return the widths of the letters of each composite font of a file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {
            str(thing.BaseFont): [int(width) for width in thing.DescendantFonts[0].W[1]]
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type0"
        }


def test_a_thousand_kanji_are_in_one_font() -> None:
    kanji = [code for code in sorted(glyphs(REGULAR)) if 0x4E00 <= code <= 0x9FFF][:1000]
    note = "".join(map(chr, kanji))
    data = made(replace(poor_plan(), background=note), "ja")
    assert list(fonts(data)) == ["/AAAAAA+NotoSansJP-Bold", "/AAAAAA+NotoSansJP-Regular"]
    assert note in whole_text(data).replace(" ", "")


@pytest.mark.parametrize("pair", ["\u03a9\u2126", "\u00c5\u212b", "K\u212a", "\u00b5\u03bc"])
def test_letters_that_share_a_picture_are_told_apart(pair: str) -> None:
    assert pair[0] != pair[1]
    text = whole_text(made(replace(poor_plan(), account_name=f"甲{pair}乙")))
    assert f"甲{pair}乙" in text


def test_a_space_that_does_not_break_is_copied_as_a_space() -> None:
    text = whole_text(made(replace(poor_plan(), background="10\u00a0000 円 10 000")))
    assert "10 000 円 10 000" in text


def test_the_widths_in_the_file_are_those_of_the_letters() -> None:
    widths = fonts(made(rich_plan("ja"), "ja"))["/AAAAAA+NotoSansJP-Regular"]
    assert set(widths) >= {1000, 555}


def test_documents_do_not_share_the_letters_they_use() -> None:
    alone = made(poor_plan("ja"), "ja")
    made(rich_plan("ja"), "ja")
    assert made(poor_plan("ja"), "ja") == alone
