"""Letters of the documents can be found and copied again, rare ones too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from csdesk.report.fonts import REGULAR, glyphs
from tests.report.reading import made, whole_text
from tests.report.sample_plans import poor_plan


@pytest.mark.parametrize("letter", ["𠮷", "𠮟", "𩸽", "髙", "﨑", "漢", "é", "😀", "★"])
def test_each_letter_is_found_as_what_it_is(letter: str) -> None:
    text = whole_text(made(replace(poor_plan(), account_name=f"甲{letter}乙")))
    assert f"甲{letter}乙" in text.replace(" ", "")


def test_letters_of_many_fonts_in_one_file_are_all_found() -> None:
    kanji = sorted(code for code in glyphs(REGULAR) if 0x4E00 <= code <= 0x9FFF)[::20]
    note = "甲😀𠮷か\u309aČx\u030c乙" + "".join(map(chr, kanji))
    text = whole_text(made(replace(poor_plan(), background=note), "ja"))
    assert len(kanji) > 300
    assert note in text.replace(" ", "")
