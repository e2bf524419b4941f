"""What somebody is typing stays, whatever arrives from elsewhere meanwhile."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from csdesk.actions.accounts import edit_account
from csdesk.actions.contracts import add_contract, delete_contracts
from csdesk.actions.kpis import add_kpi, set_kpi_values
from csdesk.actions.people import add_contact, add_member, delete_contacts, edit_contact
from csdesk.actions.plan_items import add_item, delete_items, move_item
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import Sentiment
from csdesk.queries.accounts import contacts_of
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.rounds import some
from tests.ui.colleague import Colleague, settle
from tests.ui.pages.account.typing_scene import (
    CASES,
    MARCH,
    OPTIONS,
    TODAY,
    Scene,
    build_scene,
    text_of,
    type_over,
    type_while_it_arrives,
)
from tests.ui.pages.fuji import Fuji
from ui.desk import Desk
from ui.pages.account.overview_section import OverviewSection
from ui.pages.account.page import AccountPage
from ui.pages.plan.outline_tree import TITLE
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.date_line import DateLine
from ui.widgets.typing_line import TypingLine


@pytest.fixture
def scene(
    page: AccountPage, workspace: Workspace, fuji: Fuji, outline: Outline, qtbot: QtBot
) -> Scene:
    return build_scene(page, workspace, fuji, outline, qtbot)


def some_editors(first: int, every: int = 7, but: str = "") -> pytest.MarkDecorator:
    """Try every so many-th editor, and all of them under `make soak`."""
    names = [name for name in CASES if name != but]
    return pytest.mark.parametrize("name", some(names, every=every, first=first))


@some_editors(0, every=4)
def test_the_typed_text_stays_and_a_bar_says_what_arrived(
    name: str, scene: Scene, colleague: Colleague, desk: Desk
) -> None:
    case = CASES[name]
    editor = type_while_it_arrives(name, scene, colleague)
    assert text_of(editor) == case.typed
    bar = desk.editing.bar
    assert bar is not None
    assert bar.text == f"鈴木 wrote “{case.told or case.theirs}” meanwhile."
    assert bar.isVisible()
    assert scene.page.window().rect().contains(bar.geometry())


@some_editors(1)
def test_who_simply_goes_on_writes_on_top(
    name: str, scene: Scene, colleague: Colleague, desk: Desk
) -> None:
    editor = type_while_it_arrives(name, scene, colleague)
    scene.qtbot.keyClick(editor, Qt.Key.Key_Tab)
    if editor.hasFocus():
        editor.clearFocus()
    settle()
    assert CASES[name].stored(scene) == CASES[name].mine
    assert desk.editing.bar is None


@some_editors(2)
def test_take_theirs_shows_what_arrived_and_stores_nothing(
    name: str, scene: Scene, colleague: Colleague, desk: Desk, workspace: Workspace
) -> None:
    editor = type_while_it_arrives(name, scene, colleague)
    steps = len(workspace.history())
    bar = desk.editing.bar
    assert bar is not None
    scene.qtbot.mouseClick(bar.buttons[0], Qt.MouseButton.LeftButton)
    settle()
    assert desk.editing.bar is None
    if isinstance(editor, TypingLine | QPlainTextEdit) and editor.isVisible():
        assert text_of(editor) == CASES[name].theirs
        editor.clearFocus()
    settle()
    assert len(workspace.history()) == steps


@some_editors(3)
def test_keep_mine_closes_the_bar_and_is_not_asked_again(
    name: str, scene: Scene, colleague: Colleague, desk: Desk
) -> None:
    editor = type_while_it_arrives(name, scene, colleague)
    bar = desk.editing.bar
    assert bar is not None
    scene.qtbot.mouseClick(bar.buttons[1], Qt.MouseButton.LeftButton)
    colleague.arrives(add_contact, scene.fuji.account, "Somebody else")
    assert desk.editing.bar is None
    assert text_of(editor) == CASES[name].typed
    assert editor.hasFocus()


@some_editors(4)
def test_a_text_typed_into_what_somebody_deletes_is_kept_and_can_be_copied(
    name: str, scene: Scene, colleague: Colleague, desk: Desk, workspace: Workspace
) -> None:
    case = CASES[name]
    editor = case.open(scene)
    type_over(scene.qtbot, editor, case.typed)
    steps = len(workspace.history())
    action, *arguments = case.delete(scene)
    colleague.arrives(action, *arguments)
    bar = desk.editing.kept_bar
    assert bar is not None
    assert bar.text.startswith("鈴木 deleted this meanwhile.")
    assert case.typed in bar.text
    assert len(workspace.history()) == steps + 1, "nothing was written by the window"
    scene.qtbot.mouseClick(bar.buttons[0], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == case.typed
    settle()
    assert desk.editing.kept_bar is None


@some_editors(6, but="a value in the month grid")
def test_what_somebody_deleted_comes_back_with_the_typed_text(
    name: str, scene: Scene, colleague: Colleague, desk: Desk, qtbot: QtBot
) -> None:
    case = CASES[name]
    type_over(scene.qtbot, case.open(scene), case.typed)
    action, *arguments = case.delete(scene)
    colleague.arrives(action, *arguments)
    bar = desk.editing.kept_bar
    assert bar is not None
    with qtbot.waitSignal(desk.changed):
        scene.qtbot.mouseClick(bar.buttons[1], Qt.MouseButton.LeftButton)
    settle()
    assert case.stored(scene) == case.mine
    assert desk.editing.kept_bar is None


def compose(editor: QWidget, preedit: str, commit: str = "") -> None:
    """Let an input method show what is composed, or hand over what was."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(editor, event)


COMPOSED = [
    "a line of the profile",
    "a long note",
    "a cell of a table",
    "a title in the outline",
    "a title in the panel",
    "the name of a KPI",
]


@pytest.mark.parametrize("name", some(COMPOSED, every=3, first=0))
def test_a_word_being_composed_in_japanese_is_not_broken_off(
    name: str, scene: Scene, colleague: Colleague, desk: Desk
) -> None:
    case = CASES[name]
    editor = case.open(scene)
    assert isinstance(editor, QLineEdit | QPlainTextEdit)
    editor.selectAll()
    compose(editor, "とうきょう")
    action, *arguments = case.change(scene)
    colleague.arrives(action, *arguments, **OPTIONS.get(name, {}))
    assert desk.editing.bar is not None
    assert editor.hasFocus()
    compose(editor, "", "東京")
    assert text_of(editor) == "東京"


@pytest.mark.parametrize("name", some(COMPOSED, every=3, first=1))
def test_a_word_being_composed_is_kept_where_its_row_is_deleted(
    name: str, scene: Scene, colleague: Colleague, desk: Desk
) -> None:
    case = CASES[name]
    editor = case.open(scene)
    assert isinstance(editor, QLineEdit | QPlainTextEdit)
    editor.selectAll()
    compose(editor, "とうきょう")
    action, *arguments = case.delete(scene)
    colleague.arrives(action, *arguments)
    bar = desk.editing.kept_bar
    assert bar is not None
    assert "“とうきょう”" in bar.text


@pytest.mark.parametrize("entity", ["stakeholders", "contracts"])
def test_an_editor_keeps_its_row_while_others_come_go_and_are_resorted(
    entity: str, scene: Scene, colleague: Colleague, fuji: Fuji
) -> None:
    def crowd(session: Session) -> list[str]:
        if entity == "stakeholders":
            return [add_contact(session, fuji.account, name) for name in ("Abe", "Mori", "Wada")]
        return [
            add_contract(session, fuji.account, product=name, currency="JPY", start_on=day)
            for name, day in (("A", dt.date(2020, 1, 1)), ("Z", dt.date(2030, 1, 1)))
        ]

    def swap(session: Session, gone: str) -> None:
        if entity == "stakeholders":
            delete_contacts(session, [gone])
            add_contact(session, fuji.account, "Endo")
        else:
            delete_contracts(session, [gone])
            add_contract(session, fuji.account, product="Q", currency="JPY", start_on=TODAY)

    key = "title" if entity == "stakeholders" else "plan_name"
    ids = colleague.write(crowd)
    colleague.arrives(add_contact, fuji.account, "Kato")
    section = scene.tab(entity)
    mine = fuji.sato if entity == "stakeholders" else scene.contract
    editor = scene.table_cell(entity, key, section.model.place_of(mine))
    type_over(scene.qtbot, editor, "Half a")
    section.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    colleague.arrives(swap, ids[0])
    scene.qtbot.keyClicks(editor, " word")
    scene.qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert getattr(section.model.row(section.model.place_of(mine)), key) == "Half a word"


def test_a_row_of_the_outline_that_moves_elsewhere_keeps_its_open_editor(
    scene: Scene, colleague: Colleague, outline: Outline
) -> None:
    editor = scene.item_cell("A1", TITLE)
    type_over(scene.qtbot, editor, "Half a")
    a1, g2, m1 = (outline.item(title).ref for title in ("A1", "G2", "M1"))

    def shuffle(session: Session) -> None:
        move_item(session, a1, g2, after=None)
        delete_items(session, [m1])
        add_item(session, ItemKind.ACTION, g2, "New above", first=True)

    colleague.arrives(shuffle)
    scene.qtbot.keyClicks(editor, " title")
    scene.qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle()
    moved = outline.item("Half a title")
    assert (moved.ref, moved.parent) == (a1, g2)


def test_a_new_row_being_typed_outlives_the_item_it_stands_below(
    scene: Scene, colleague: Colleague, outline: Outline, fuji: Fuji
) -> None:
    section = scene.plan_of("M1")
    section.view.add(ItemKind.ACTION)
    editor = section.view.indexWidget(section.model.index_of(""))
    assert isinstance(editor, QLineEdit)
    scene.qtbot.keyClicks(editor, "Half a")
    colleague.arrives(delete_items, [outline.item("G1").ref])
    scene.qtbot.keyClicks(editor, " title")
    scene.qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert outline.item("Half a title").parent == ItemRef(None, fuji.plan)


def test_the_grid_keeps_its_open_editor_when_kpis_and_periods_come(
    scene: Scene, colleague: Colleague, fuji: Fuji
) -> None:
    editor = scene.kpi_cell()
    type_over(scene.qtbot, editor, "4")

    def more(session: Session) -> None:
        first = add_kpi(session, "A KPI that stands above")
        ahead = dt.date(2027, 3, 1)
        set_kpi_values(
            session, fuji.account, [(first, MARCH, Decimal(1)), (scene.kpi, ahead, Decimal(2))]
        )

    colleague.arrives(more)
    section = scene.tab("kpis")
    assert len(section.grid._grid.rows) == 2
    scene.qtbot.keyClicks(editor, "2")
    scene.qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle()
    series = next(one for one in section._series if one.id == scene.kpi)
    assert next(point.value for point in series.points if point.period == MARCH) == 42


@some_editors(5)
def test_an_editor_that_was_only_opened_stores_nothing_over_what_arrived(
    name: str, scene: Scene, colleague: Colleague, workspace: Workspace
) -> None:
    case = CASES[name]
    editor = case.open(scene)
    action, *arguments = case.change(scene)
    colleague.arrives(action, *arguments, **OPTIONS.get(name, {}))
    steps = len(workspace.history())
    scene.qtbot.keyClick(editor, Qt.Key.Key_Tab)
    if editor.hasFocus():
        editor.clearFocus()
    settle()
    assert len(workspace.history()) == steps


def test_a_list_of_choices_stays_open_and_a_choice_made_counts(
    scene: Scene, colleague: Colleague, fuji: Fuji, workspace: Workspace
) -> None:
    section = scene.tab("stakeholders")
    column = [one.key for one in section.model.columns].index("sentiment")
    section.table.setFocus()
    section.table.setCurrentIndex(section.model.index(0, column))
    section.table.edit(section.table.currentIndex())
    box = section.table.indexWidget(section.table.currentIndex())
    assert isinstance(box, ChoiceBox)
    box.showPopup()
    colleague.arrives(edit_contact, fuji.sato, sentiment=Sentiment.NEGATIVE)
    assert box.view().isVisible()
    scene.qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    scene.qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    settle()
    (sato,) = workspace.read(contacts_of, fuji.account)
    assert sato.sentiment is not Sentiment.NEGATIVE
    assert sato.sentiment is not None


def test_a_list_of_the_profile_that_is_open_is_filled_when_it_closes(
    scene: Scene, colleague: Colleague, fuji: Fuji
) -> None:
    section = scene.tab("overview")
    assert isinstance(section, OverviewSection)
    box = section._owner
    box.showPopup()
    count = box.count()
    colleague.arrives(edit_account, fuji.account, owner_id=colleague.write(add_member, "Kato"))
    assert box.view().isVisible()
    assert box.count() == count
    box.hidePopup()
    scene.qtbot.waitUntil(lambda: box.currentText() == "Kato")
    assert box.count() == count + 1


def test_undo_of_the_same_field_here_leaves_what_is_typed(
    scene: Scene, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    desk.write("Set", edit_account, fuji.account, industry="Retail")
    settle()
    editor = scene.overview("industry")
    type_over(qtbot, editor, "Logistics")
    with qtbot.waitSignal(desk.changed):
        desk.undo()
    settle()
    assert text_of(editor) == "Logistics"
    bar = desk.editing.bar
    assert bar is not None
    assert bar.text == "This field was emptied meanwhile."


def test_leaving_the_window_while_a_date_is_half_typed_keeps_the_half(
    scene: Scene, colleague: Colleague, fuji: Fuji
) -> None:
    editor = scene.focused(scene.tab("overview")._go_live)
    assert isinstance(editor, DateLine)
    type_over(scene.qtbot, editor, "2026-1")
    editor.clearFocus()
    colleague.arrives(edit_account, fuji.account, industry="Retail")
    assert editor.text() == "2026-1"


def test_a_bar_goes_with_the_language_or_the_file_and_leaves_nothing(
    scene: Scene, colleague: Colleague, desk: Desk
) -> None:
    type_while_it_arrives("a line of the profile", scene, colleague)
    assert desk.editing.bar is not None
    desk.editing.close()
    assert desk.editing.bar is None
