"""A status, a priority and who is in charge are chosen in their cells, by the letters of a name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QListView, QWidget
from pytestqt.qtbot import QtBot

from csdesk.actions.people import add_contact
from csdesk.model.vocabulary import ActionStatus, Priority, Side
from csdesk.queries.known_people import Person
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.ui.pages.fuji import Fuji, settle, undone
from tests.ui.pages.plan.hands import Hands, Key
from ui.desk import Desk
from ui.pages.plan.outline_tree import OWNER, PRIORITY, STATUS, VISIBILITY
from ui.pages.plan.person_picker import PersonPicker
from ui.pages.plan.plan_section import PlanSection
from ui.widgets.choice_box import ChoiceBox


def choose(hands: Hands, kind: type[QComboBox], text: str) -> QComboBox:
    """Open the list of the cell and choose an entry."""
    hands.press(Key.Key_Return)
    box = hands.plan.view.indexWidget(hands.plan.view.currentIndex())
    assert isinstance(box, kind)
    place = box.findText(text)
    assert place >= 0
    box.setCurrentIndex(place)
    box.activated.emit(place)
    return box


def test_a_status_is_chosen_in_its_cell(hands: Hands, outline: Outline) -> None:
    hands.at("A1", STATUS)
    box = choose(hands, ChoiceBox, "Waiting for customer")
    assert outline.item("A1").status is ActionStatus.WAITING_CUSTOMER
    box.activated.emit(0)  # a second key, before the list is gone
    assert outline.item("A1").status is ActionStatus.WAITING_CUSTOMER


def pick(hands: Hands, typed: str) -> None:
    """Type letters of a name into the cell and take the first who fits."""
    hands.type(typed)
    assert isinstance(hands.editor, PersonPicker)
    hands.press(Key.Key_Return)


def test_an_owner_is_chosen_from_either_side(hands: Hands, outline: Outline, fuji: Fuji) -> None:
    hands.at("A1", OWNER)
    pick(hands, "sat")
    item = outline.item("A1")
    assert (item.customer_owner_id, item.owner_id, item.side) == (fuji.sato, None, Side.CUSTOMER)
    pick(hands, "YAM")
    item = outline.item("A1")
    assert (item.customer_owner_id, item.owner_id, item.side) == (None, fuji.yamada, Side.US)


def test_a_goal_may_have_an_owner_on_both_sides(hands: Hands, outline: Outline, fuji: Fuji) -> None:
    hands.at("G1", OWNER)
    pick(hands, "sato")
    pick(hands, "yamada")
    item = outline.item("G1")
    assert (item.owner_id, item.customer_owner_id) == (fuji.yamada, fuji.sato)


def test_arrows_lead_through_the_people_past_the_headings(hands: Hands, outline: Outline) -> None:
    hands.at("A1", OWNER)
    hands.press(Key.Key_F2)
    picker = hands.editor
    assert isinstance(picker, PersonPicker)
    assert picker.texts == [
        "Nobody",
        "Our side",
        "Yamada",
        "New team member…",
        "Customer's side",
        "Sato",
        "New contact…",
    ]
    hands.press(Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert outline.item("A1").customer_owner == "Sato"
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Escape)
    assert outline.item("A1").customer_owner == "Sato"
    hands.press(Key.Key_Return)
    hands.press(*[Key.Key_Up] * 6, Key.Key_Return)
    assert outline.item("A1").customer_owner == ""


def test_somebody_new_is_added_by_the_name_that_is_typed(
    hands: Hands, outline: Outline, plan: PlanSection, desk: Desk, qtbot: QtBot
) -> None:
    hands.at("A1", OWNER)
    hands.type("Takahashi")
    picker = hands.editor
    assert isinstance(picker, PersonPicker)
    assert picker.texts == ["Our side", "Add “Takahashi”", "Customer's side", "Add “Takahashi”"]
    hands.press(Key.Key_Down, Key.Key_Return)
    assert outline.item("A1").customer_owner == "Takahashi"
    undone(desk, qtbot)
    assert outline.item("A1").customer_owner == ""


def test_somebody_new_is_named_and_put_in_charge(
    hands: Hands, outline: Outline, plan: PlanSection, qtbot: QtBot
) -> None:
    hands.at("A1", OWNER)
    hands.press(Key.Key_Return)
    hands.press(*[Key.Key_Down] * 4, Key.Key_Return)
    line = plan._newcomers
    assert line.isVisible()
    field = line.window().focusWidget()
    assert line.isAncestorOf(field)
    qtbot.keyClicks(field, "Takahashi")
    qtbot.keyClick(field, Key.Key_Return)
    assert outline.item("A1").customer_owner == "Takahashi"
    assert not line.isVisible()


def test_a_priority_is_chosen_in_a_column_that_is_shown_when_it_is_wanted(
    hands: Hands, outline: Outline, plan: PlanSection
) -> None:
    view = plan.view
    assert view.isColumnHidden(PRIORITY)
    hands.at("A1", STATUS)
    hands.press(Key.Key_Right)
    assert view.currentIndex().column() == VISIBILITY
    turn = next(one for one in plan.commands() if one.id == "outline.priorities")
    turn.run()
    assert not view.isColumnHidden(PRIORITY)
    hands.at("A1", PRIORITY)
    choose(hands, ChoiceBox, "High")
    assert outline.item("A1").priority is Priority.HIGH
    hands.at("G1", PRIORITY)
    hands.press(Key.Key_Return)
    assert view.indexWidget(view.currentIndex()) is None


def test_people_are_found_by_their_reading_in_kana_or_latin_letters(
    hands: Hands, outline: Outline, workspace: Workspace, plan: PlanSection, fuji: Fuji
) -> None:
    workspace.write("Add", add_contact, fuji.account, "髙橋 涼介", name_kana="タカハシ リョウスケ")
    workspace.write("Add", add_contact, fuji.account, "田中 高志", name_kana="タナカ タカシ")
    settle()
    plan.refresh()
    for typed in ("takah", "たかは", "高橋"):
        hands.at("A1", OWNER)
        pick(hands, typed)
        assert outline.item("A1").customer_owner == "髙橋 涼介", typed
        hands.at("A1", OWNER)
        hands.press(Key.Key_Return)
        hands.press(*[Key.Key_Up] * 9, Key.Key_Return)
        assert outline.item("A1").customer_owner == ""


def test_a_list_of_people_has_its_lines_as_long_as_it_is_there(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = PersonPicker([Person("1", Side.US, "Tomas")], window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.keyClicks(field, "To")
    (people,) = (view for view in window.findChildren(QListView) if view.isVisible())
    field.deleteLater()
    QApplication.sendPostedEvents(field, QEvent.Type.DeferredDelete)
    # The list goes a moment later, and may be pointed at before: Qt warned of it, once.
    people.selectAll()
    qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton)
    assert people.model().rowCount() > 0
