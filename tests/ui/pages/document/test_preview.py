"""A document is looked through: pages stay in place, are enlarged, searched, clicked, let go of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csdesk.report.places import Place
from tests.report.reading import laid_out
from tests.report.sample_plans import poor_plan
from tests.ui.front import bring_to_front
from ui.pages.document.pdf_pages import PdfPages
from ui.pages.document.place_map import PlaceMap
from ui.pages.document.preview import Preview
from ui.pages.document.zoom import Fit, Zoom
from ui.tasks import Tasks
from ui.theme import Look

GOAL = Place(1, 40, 600, 500, 760, "goal", "g1")
ACTION = Place(1, 60, 650, 200, 700, "action", "a1")


@pytest.fixture(scope="session")
def poor_pdf() -> bytes:
    """Return a short document."""
    return laid_out(poor_plan(), "en").data


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


@pytest.fixture
def preview(qtbot: QtBot, look: Look, tasks: Tasks) -> Preview:
    preview = Preview(look, tasks)
    qtbot.addWidget(preview)
    preview.resize(760, 620)
    bring_to_front(qtbot, preview)
    return preview


@pytest.fixture
def show(qtbot: QtBot, preview: Preview, tasks: Tasks) -> Callable[..., None]:
    """Return what shows a document and waits until it is in view."""

    def show_bytes(data: bytes, *places: Place) -> None:
        with qtbot.waitSignal(preview.arrived, timeout=10_000):
            preview.show_document(PdfPages(data), PlaceMap(places, {"g1": "More orders"}))
        qtbot.waitUntil(lambda: preview.view.is_settled and not tasks.busy)

    return show_bytes


def test_a_document_comes_with_its_first_page_drawn(
    preview: Preview, show: Callable[..., None], rich_pdf: bytes
) -> None:
    show(rich_pdf)
    assert preview.bar.place == "1 / 13"
    picture = preview.view.viewport().grab().toImage()
    middle = picture.pixelColor(picture.width() // 2, 60)
    assert middle.blue() > middle.red() + 40, "the blue of the cover"


def test_a_newer_document_comes_where_one_is_and_as_large(
    qtbot: QtBot, preview: Preview, show: Callable[..., None], rich_pdf: bytes
) -> None:
    show(rich_pdf)
    preview.view.set_zoom(Zoom(None, 150))
    preview.view.go_to_page(4)
    bar = preview.view.verticalScrollBar()
    bar.setValue(bar.value() + 137)
    before = (bar.value(), preview.view.page, preview.view.zoom)
    show(rich_pdf)
    assert (bar.value(), preview.view.page, preview.view.zoom) == before


def test_the_old_pages_stay_until_the_new_ones_are_drawn(
    qtbot: QtBot, preview: Preview, show: Callable[..., None], rich_pdf: bytes, poor_pdf: bytes
) -> None:
    show(rich_pdf)
    old = preview.view.pages
    with qtbot.waitSignal(preview.arrived):
        preview.show_document(PdfPages(poor_pdf), PlaceMap())
        assert preview.view.pages is old, "nothing of the new one is drawn yet"
    assert preview.view.pages is not old


def test_a_shorter_document_leads_to_its_last_page(
    preview: Preview, show: Callable[..., None], rich_pdf: bytes, poor_pdf: bytes
) -> None:
    show(rich_pdf)
    preview.view.go_to_page(12)
    show(poor_pdf)
    pages = preview.view.pages
    assert pages is not None
    assert preview.view.page == pages.count - 1
    assert preview.strip.model().rowCount() == pages.count


def test_only_the_document_in_view_holds_memory(
    qtbot: QtBot, preview: Preview, show: Callable[..., None], rich_pdf: bytes, poor_pdf: bytes
) -> None:
    for data in (rich_pdf, poor_pdf, rich_pdf, poor_pdf):
        preview.show_document(PdfPages(data), PlaceMap())
    show(rich_pdf)
    qtbot.waitUntil(lambda: preview.open_documents == 1)


def test_a_preview_that_goes_gives_its_memory_back(
    look: Look, tasks: Tasks, rich_pdf: bytes
) -> None:
    preview = Preview(look, tasks)
    pages = PdfPages(rich_pdf)
    preview.show_document(pages, PlaceMap())
    preview.deleteLater()
    QApplication.sendPostedEvents(preview, QEvent.Type.DeferredDelete)
    assert pages.is_closed


@pytest.mark.parametrize("zoom", [Zoom(), Zoom(Fit.PAGE), Zoom(None, 50), Zoom(None, 400)])
def test_every_size_is_drawn_sharply(
    qtbot: QtBot, preview: Preview, show: Callable[..., None], rich_pdf: bytes, zoom: Zoom
) -> None:
    show(rich_pdf)
    preview.view.set_zoom(zoom)
    qtbot.waitUntil(lambda: preview.view.is_settled)
    assert not preview.view._missing()
    state = preview.state()
    preview.restore({})
    preview.restore(state)
    assert preview.view.zoom == zoom


def test_the_wheel_with_ctrl_enlarges_around_the_mouse(
    preview: Preview, show: Callable[..., None], rich_pdf: bytes
) -> None:
    show(rich_pdf)
    view = preview.view
    view.set_zoom(Zoom(None, 100))
    view.go_to_page(2)
    at = QPointF(300, 250)
    before = view._point_on_page(at)
    turn = QWheelEvent(
        at,
        QPointF(view.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), turn)
    assert view.percent == pytest.approx(121, abs=1)
    after = view._point_on_page(at)
    assert before is not None
    assert after is not None
    assert after == pytest.approx(before, abs=2)


def test_keys_step_through_sizes_and_pages(
    qtbot: QtBot, preview: Preview, show: Callable[..., None], rich_pdf: bytes
) -> None:
    show(rich_pdf)
    view = preview.view
    view.setFocus()
    view.set_zoom(Zoom(None, 100))
    ctrl = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(view, Qt.Key.Key_Plus, ctrl)
    assert view.zoom == Zoom(None, 110)
    qtbot.keyClick(view, Qt.Key.Key_Minus, ctrl)
    qtbot.keyClick(view, Qt.Key.Key_Minus, ctrl)
    assert view.zoom == Zoom(None, 90)
    qtbot.keyClick(view, Qt.Key.Key_0, ctrl)
    assert view.zoom == Zoom(Fit.WIDTH)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert preview.bar.place == "13 / 13"
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert preview.bar.place == "1 / 13"
    for _press in range(4):
        qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page > 0


def test_a_page_number_typed_leads_there(
    qtbot: QtBot, preview: Preview, show: Callable[..., None], rich_pdf: bytes
) -> None:
    show(rich_pdf)
    field = preview.bar._page
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "7")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert preview.view.page == 6


def test_small_pages_follow_and_lead(
    qtbot: QtBot, preview: Preview, show: Callable[..., None], rich_pdf: bytes
) -> None:
    preview.restore({"strip": True})
    show(rich_pdf)
    preview.view.go_to_page(5)
    assert preview.strip.currentIndex().row() == 5
    preview.strip.setCurrentIndex(preview.strip.model().index(2, 0))
    assert preview.view.page == 2
    model = preview.strip.model()
    qtbot.waitUntil(lambda: model.image(2) is not None)
    assert preview.state()["strip"] is True


def test_what_is_searched_is_counted_marked_and_walked_through(
    qtbot: QtBot, preview: Preview, show: Callable[..., None], rich_pdf: bytes
) -> None:
    show(rich_pdf)
    view = preview.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert preview.find_bar.field.hasFocus()
    qtbot.keyClicks(preview.find_bar.field, "nps")
    qtbot.waitUntil(lambda: bool(preview.search.hits))
    count = len(preview.search.hits)
    assert preview.find_bar.told == f"1 of {count}"
    plain = view.viewport().grab().toImage()
    qtbot.keyClick(preview.find_bar.field, Qt.Key.Key_Return)
    assert preview.find_bar.told == f"2 of {count}"
    qtbot.keyClick(preview.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(preview.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert preview.find_bar.told == f"{count} of {count}", "around at the ends"
    assert view.page == preview.search.hits[-1].page
    qtbot.keyClick(preview.find_bar.field, Qt.Key.Key_Escape)
    assert preview.search.hits == ()
    assert view.hasFocus()
    assert not plain.isNull()


def test_a_newer_document_is_searched_again_without_moving(
    qtbot: QtBot, preview: Preview, show: Callable[..., None], rich_pdf: bytes
) -> None:
    show(rich_pdf)
    preview.find_bar.start()
    preview.find_bar.field.setText("目標")
    qtbot.waitUntil(lambda: bool(preview.search.hits))
    preview.view.go_to_page(9)
    before = preview.view.verticalScrollBar().value()
    show(rich_pdf)
    qtbot.waitUntil(lambda: len(preview.view._hits) > 0)
    assert preview.view.verticalScrollBar().value() == before


def test_words_that_are_nowhere_are_said_to_be_nowhere(
    qtbot: QtBot, preview: Preview, show: Callable[..., None], rich_pdf: bytes
) -> None:
    show(rich_pdf)
    preview.find_bar.start()
    preview.find_bar.field.setText("zzzz")
    qtbot.waitUntil(lambda: preview.find_bar.told == "Not found")


def test_an_item_is_clicked_and_the_smallest_wins(
    qtbot: QtBot, preview: Preview, show: Callable[..., None], rich_pdf: bytes
) -> None:
    show(rich_pdf, GOAL, ACTION)
    view = preview.view
    view.set_zoom(Zoom(Fit.PAGE))
    view.go_to_page(1)
    page, scale = view._layout.pages[1], view._layout.scale
    corner = page.topLeft() - view._view().topLeft()

    def point(x: float, y: float) -> QPoint:
        return corner + QPoint(round(x * scale), round((842 - y) * scale))

    qtbot.mouseMove(view.viewport(), point(400, 740))
    assert view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    with qtbot.waitSignal(preview.place_clicked) as clicked:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point(400, 740))
    assert clicked.args == ["goal", "g1"]
    with qtbot.waitSignal(preview.place_clicked) as clicked:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point(100, 680))
    assert clicked.args == ["action", "a1"]
    with qtbot.assertNotEmitted(preview.place_clicked):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point(400, 300))
    qtbot.mouseMove(view.viewport(), point(400, 300))
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    assert view._shown is not None
    assert view._shown.places.tip(GOAL) == "Show in the plan: Goal “More orders”"


def test_a_screen_reader_is_given_the_page_and_its_text(
    qtbot: QtBot, preview: Preview, show: Callable[..., None], rich_pdf: bytes
) -> None:
    show(rich_pdf)
    assert preview.view.accessibleName() == "Page 1 of 13"
    assert "2025年度下期 共同成功計画" in preview.view.accessibleDescription()
    preview.view.go_to_page(1)
    qtbot.waitUntil(lambda: "サマリー" in preview.view.accessibleDescription())


def test_the_desk_is_dark_in_the_dark_and_paper_stays_white(
    qtbot: QtBot, preview: Preview, show: Callable[..., None], rich_pdf: bytes, look: Look
) -> None:
    show(rich_pdf)
    preview.view.go_to_page(2)
    look.choose("dark")
    qtbot.waitUntil(lambda: preview.view.is_settled)
    picture = preview.view.viewport().grab().toImage()
    look.choose("light")
    assert picture.pixelColor(3, 300).lightness() < 90
    middle = {picture.pixelColor(x, 200).name() for x in range(80, 600)}
    assert "#ffffff" in middle
