"""The worst plan there is still makes a document, or a plain refusal; nothing of it is lost."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from csdesk.errors import UserError
from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import CUSTOMER_KINDS, DocumentKind, PageSize
from csdesk.progress import SILENT
from csdesk.queries.internal_brief import internal_brief
from csdesk.report.document import Made
from csdesk.report.images import accepted_image
from csdesk.report.internal_brief import internal_brief_bytes
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.report.reading import laid_out, page_texts
from tests.report.sample_plans import poor_plan
from tests.report.torture_plan import (
    FULL,
    MARKUP,
    PICTURES,
    QUICK,
    TODAY,
    Size,
    add_torture,
    bare_plan,
    branding_of,
    pictures,
    torture_plan,
)

LONGEST = 20.0
"""Seconds a document may take at the very most, on a slow computer too."""
_opened: list[str] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and arguments and "passwd" in str(arguments[0]):
        _opened.append(str(arguments[0]))


sys.addaudithook(_watch)


@pytest.fixture
def size(soaking: bool) -> Size:
    return FULL if soaking else QUICK


@pytest.fixture(autouse=True)
def nothing_else_is_opened() -> Iterator[None]:
    _opened.clear()
    yield
    assert _opened == []


def text_of(data: bytes) -> str:
    return "".join("".join(page_texts(data)).split())


def packed(text: str) -> str:
    return "".join(text.split())


def is_harmless(data: bytes) -> bool:
    """Tell whether a file asks its reader to do nothing and shows no picture."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                if {"/JS", "/Launch", "/AA", "/OpenAction"} & set(thing.keys()):
                    return False
                if thing.get("/Subtype") == "/Image":
                    return False
                if thing.get("/S") in ("/Launch", "/JavaScript", "/GoToR"):
                    return False
    return True


@pytest.mark.parametrize(
    ("page", "language"), [(PageSize.A4, "ja"), (PageSize.LETTER, "en"), (PageSize.WIDE, "ja")]
)
def test_all_of_the_worst_plan_is_printed(page: PageSize, language: str, size: Size) -> None:
    begun = time.monotonic()
    setup = Setup(page_size=page)
    done = laid_out(torture_plan(size), language, setup=setup, branding=branding_of("bomb.png"))
    assert time.monotonic() - begun < LONGEST
    text = text_of(done.data)
    assert "Line1." in text
    assert f"Line{size.note_lines - (size.note_lines % 7 == 0)}." in text
    assert text.count("漢字") >= 1
    assert text.count("字") >= size.kanji - 2
    assert "字終" in text
    assert text.count("w" * 40) >= size.word // 60
    for number in (0, size.goals - 1):
        assert f"Goal{number}" in text
    for number in (0, size.actions - 1):
        assert f"Action{number}" in text
    assert "lastwhy" in text
    assert "lastrisk" in text
    assert packed('<img src="/etc/passwd"/>') in text
    assert packed("<font color=\"[__import__('os').system('id')]\">") in text
    assert packed("& &amp; ]]>") in text
    for letters in ("𠮷𠮟𩸽髙﨑か\u309a", "ČŘŽЖ", "😀", "🇯🇵"):
        assert letters in text
    assert "root:" not in text
    assert done.unshown > 20
    assert "〓" in text
    assert is_harmless(done.data)


@pytest.mark.parametrize("page", PageSize)
def test_the_worst_plan_has_one_page_for_an_executive(page: PageSize, size: Size) -> None:
    begun = time.monotonic()
    setup = Setup(page_size=page)
    done = laid_out(torture_plan(size), "ja", DocumentKind.EXECUTIVE, setup=setup)
    assert time.monotonic() - begun < LONGEST
    assert done.pages == 1
    assert "Goal0" in text_of(done.data)
    assert is_harmless(done.data)


@pytest.mark.parametrize("page", PageSize)
def test_the_worst_workspace_has_an_internal_brief(
    page: PageSize, size: Size, tmp_path: Path, home: Home
) -> None:
    with Workspace.create(tmp_path / "worst.csdesk", home=home, author="Kim") as workspace:
        account, plan = workspace.write("Worst", add_torture, size).result
        view = workspace.read(internal_brief, account, plan, today=TODAY)
    begun = time.monotonic()
    setup = Setup(page_size=page)
    done: Made = internal_brief_bytes(view, language="ja", progress=SILENT, setup=setup)
    assert time.monotonic() - begun < LONGEST
    text = text_of(done.data)
    assert "Line1." in text
    assert f"Line{size.note_lines - (size.note_lines % 7 == 0)}." in text
    assert text.count("漢") >= size.kanji
    assert f"Goal{size.goals - 1}" in text
    assert f"secret{size.goals - 1}" in text
    assert packed(MARKUP)[:60] in text
    assert done.unshown > 0
    assert is_harmless(done.data)


@pytest.mark.parametrize("page", PageSize)
@pytest.mark.parametrize("kind", sorted(CUSTOMER_KINDS))
def test_a_plan_of_empty_things_is_a_document(kind: DocumentKind, page: PageSize) -> None:
    done = laid_out(bare_plan(), "en", kind, setup=Setup(page_size=page))
    assert len(page_texts(done.data)) == done.pages


def test_the_pictures_are_what_their_notice_says() -> None:
    kept = {path.name: path.read_bytes() for path in PICTURES.iterdir() if path.suffix != ".md"}
    assert kept == pictures()
    notice = (PICTURES / "NOTICE.md").read_text("utf-8")
    assert all(f"`{name}`" in notice for name in kept)


@pytest.mark.parametrize("name", sorted(pictures()))
def test_no_such_picture_becomes_a_logo(name: str) -> None:
    with pytest.raises(UserError) as refusal:
        accepted_image((PICTURES / name).read_bytes())
    assert refusal.value.advice


@pytest.mark.parametrize("name", sorted(pictures()))
def test_a_logo_that_is_no_picture_is_left_out(name: str) -> None:
    plain = laid_out(poor_plan("ja"), "ja")
    done = laid_out(poor_plan("ja"), "ja", branding=branding_of(name))
    assert done.pages == plain.pages
    assert is_harmless(done.data)
