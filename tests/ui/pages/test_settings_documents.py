"""Our name, colour, logo and internal words are chosen in the settings, each as one step."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from csdesk.actions.desk import COMPANY_NAME, set_setting
from csdesk.actions.leak_guard import set_internal_words
from csdesk.queries.document_request import branding
from csdesk.queries.leak_guard_words import internal_words, shipped_words
from csdesk.queries.rows import row_of
from tests.ui.colleague import Colleague, settle
from tests.ui.dropping import drop_file
from tests.ui.front import bring_to_front
from tests.ui.pages.fuji import undone
from ui.desk import Desk
from ui.pages.settings import SettingsPage
from ui.pages.settings_documents import DocumentSettings
from ui.pages.settings_words import InternalWords

Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[SettingsPage]:
    """Return the settings, shown."""
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.resize(1070, 700)
    bring_to_front(qtbot, page)
    yield page
    page.hide()


@pytest.fixture
def documents(page: SettingsPage) -> DocumentSettings:
    """Return how our documents look."""
    found = page.findChild(DocumentSettings)
    assert isinstance(found, DocumentSettings)
    return found


@pytest.fixture
def words(page: SettingsPage) -> InternalWords:
    """Return the words that are for ourselves."""
    found = page.findChild(InternalWords)
    assert isinstance(found, InternalWords)
    return found


def picture(folder: Path, name: str = "logo.png", kind: str = "PNG") -> Path:
    """Write a small logo."""
    path = folder / name
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), "#B3261E").save(buffer, kind)
    path.write_bytes(buffer.getvalue())
    return path


def test_our_companys_name_is_stored_when_one_leaves_it(
    documents: DocumentSettings, desk: Desk, qtbot: QtBot
) -> None:
    documents.company.setFocus()
    qtbot.keyClicks(documents.company, "Lanternfield Cloud")
    qtbot.keyClick(documents.company, Key.Key_Return)
    settle()
    row = desk.read(row_of, "workspace_setting", COMPANY_NAME)
    assert row is not None
    assert row.values["value"] == "Lanternfield Cloud"
    undone(desk, qtbot)
    assert documents.company.text() == ""


def test_a_colour_is_chosen_from_the_keyboard_and_undone(
    documents: DocumentSettings, desk: Desk, qtbot: QtBot
) -> None:
    green = next(one for one in documents.accent.swatches if one.accessibleName() == "Green")
    green.setFocus()
    qtbot.keyClick(green, Key.Key_Space)
    settle()
    assert desk.read(branding, "").accent == green.code
    assert documents.accent.code_field.text() == green.code
    assert [one.accessibleName() for one in documents.accent.swatches if one.isChecked()] == [
        "Green"
    ]
    undone(desk, qtbot)
    assert desk.read(branding, "").accent == ""
    assert documents.accent.swatches[0].isChecked()


def test_any_colour_can_be_typed_and_a_light_one_is_told_to_be_darkened_for_text(
    documents: DocumentSettings, desk: Desk, qtbot: QtBot
) -> None:
    field = documents.accent.code_field
    field.setFocus()
    for typed, stored in (("#1f6feb", "#1F6FEB"), (" #2B5FD9 ", ""), ("ffd400", "#FFD400")):
        field.selectAll()
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Key.Key_Return)
        assert desk.read(branding, "").accent == stored
    settle()
    assert "too light for text on white (1.4 : 1)" in documents.accent.words
    assert "text is drawn in #8A7200 (4.6 : 1)" in documents.accent.words


def test_what_is_no_colour_is_refused_and_the_one_before_stays(
    documents: DocumentSettings, desk: Desk, qtbot: QtBot
) -> None:
    field = documents.accent.code_field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "sky blue")
    with qtbot.waitSignal(desk.messages.said) as said:
        qtbot.keyClick(field, Key.Key_Return)
    assert said.args[0].text == "“sky blue” is no colour."
    assert field.text() == "#2B5FD9"
    assert desk.read(branding, "").accent == ""


def test_a_logo_is_read_shown_and_removed(
    documents: DocumentSettings, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    documents.logo.take(picture(tmp_path, "logo.webp", "WEBP"))
    qtbot.waitUntil(lambda: documents.logo.has_logo)
    assert desk.read(branding, "").logo.startswith((b"\x89PNG", b"\xff\xd8"))
    documents.logo.remove_button.click()
    settle()
    assert not documents.logo.has_logo
    undone(desk, qtbot)
    assert documents.logo.has_logo


def test_a_logo_is_dropped_onto_its_place(
    documents: DocumentSettings, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    drop_file(documents.logo, picture(tmp_path))
    qtbot.waitUntil(lambda: documents.logo.has_logo)
    assert desk.read(branding, "").logo


def test_a_file_that_is_no_picture_is_refused_and_another_can_be_chosen(
    documents: DocumentSettings, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(b"no picture at all")
    for wrong in (path, tmp_path / "gone.png"):
        with qtbot.waitSignal(desk.messages.said) as said:
            documents.logo.take(wrong)
        assert said.args[0].tone == "bad"
        qtbot.waitUntil(documents.logo.choose_button.isEnabled)
    assert not documents.logo.has_logo


def test_what_a_colleague_chooses_shows_at_once(
    documents: DocumentSettings, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    colleague = Colleague(desk, qtbot, tmp_path)
    colleague.arrives(set_setting, COMPANY_NAME, "Lanternfield")
    assert documents.company.text() == "Lanternfield"


def test_words_are_added_several_at_once_and_stand_first(
    words: InternalWords, desk: Desk, qtbot: QtBot
) -> None:
    words.field.setFocus()
    words.field.setText("Project Owl, 特別値引き、")  # test keys write Latin letters only
    qtbot.keyClick(words.field, Key.Key_Return)
    settle()
    assert words.list.words[:2] == ("Project Owl", "特別値引き")
    assert words.field.text() == ""
    assert set(desk.read(internal_words)) == {*shipped_words(), "Project Owl", "特別値引き"}
    undone(desk, qtbot)
    assert set(words.list.words) == set(shipped_words())


def test_words_are_removed_with_delete_and_the_usual_ones_brought_back(
    words: InternalWords, desk: Desk, qtbot: QtBot
) -> None:
    desk.write("Words", set_internal_words, [*shipped_words(), "Project Owl"])
    settle()
    place = words.list.words.index("churn")
    words.list.setFocus()
    words.list.setCurrentIndex(words.list.model().index(place, 0))
    qtbot.keyClick(words.list, Key.Key_Delete)
    settle()
    assert "churn" not in desk.read(internal_words)
    assert words.restore_button.isEnabled()
    words.restore_button.click()
    settle()
    assert set(desk.read(internal_words)) == {*shipped_words(), "Project Owl"}
    assert not words.restore_button.isEnabled()


def test_a_page_with_room_shows_its_cards_side_by_side(page: SettingsPage) -> None:
    settle()
    left, right = page._team, page._documents
    assert left.mapTo(page, left.rect().topLeft()).x() < 300
    assert right.mapTo(page, right.rect().topLeft()).x() > 450
    page.resize(640, 700)
    settle()
    assert right.mapTo(page, right.rect().topLeft()).x() < 300
