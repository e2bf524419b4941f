"""The sample's pages look as they did when somebody last looked at them.

Where a change was meant, `python -m tests.report.kept_pages` keeps the new look.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from csdesk.model.vocabulary import DocumentKind, PageSize
from tests.report.kept_pages import DOCUMENTS, FOLDER, MOST, difference, kept, pictures, write


@pytest.mark.parametrize(("kind", "language", "page_size"), DOCUMENTS)
def test_every_page_looks_as_it_did(
    kind: DocumentKind, language: str, page_size: PageSize, tmp_path: Path
) -> None:
    before = kept(kind, language, page_size)
    now = pictures(kind, language, page_size)
    changed = {}
    for number, picture in enumerate(now, 1):
        older = FOLDER / f"{kind}-{language}-{page_size}-{number:02}.png"
        share = difference(picture, Image.open(older).convert("L")) if older.exists() else 1.0
        if share > MOST:
            picture.save(tmp_path / older.name)
            changed[older.name] = f"{share:.2%}"
    assert not changed, f"what it looks like now is in {tmp_path}"
    assert len(now) == len(before)


def test_a_moved_word_is_noticed_and_another_smoothing_is_not(tmp_path: Path) -> None:
    page = pictures(DocumentKind.EXECUTIVE, "en", PageSize.WIDE)[0]
    write(page, tmp_path / "page.png")
    same = Image.open(tmp_path / "page.png").convert("L")
    assert difference(page, same) == 0
    assert difference(page, page.point(lambda value: max(value - 20, 0))) == 0
    word = page.crop((46, 40, 300, 80))
    moved = page.copy()
    moved.paste(word, (48, 41))
    assert difference(page, moved) > MOST
    assert difference(page, page.crop((0, 0, 10, 10))) == 1


def test_the_kept_pictures_stay_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.glob("*.png")) < 1_500_000
