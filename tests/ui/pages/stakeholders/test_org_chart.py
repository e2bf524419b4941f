"""The organisation chart is walked with the arrows and changed by dragging."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from csdesk.actions.people import add_contact
from csdesk.model.vocabulary import ContactRole, Influence, Sentiment
from csdesk.queries.stakeholders import Stakeholder, stakeholders_of
from csdesk.workspace.workspace import Workspace
from tests.ui.front import bring_to_front
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.stakeholders.org_chart_part import OrgChartPart
from ui.pages.stakeholders.org_chart_view import OrgChartView
from ui.pages.stakeholders.stakeholders_section import StakeholdersSection
from ui.theme import Look

Key = Qt.Key


def somebody(person_id: str, boss: str | None = None, **fields: object) -> Stakeholder:
    """Return a person called after the id."""
    values: dict[str, object] = dict.fromkeys(
        ("name_kana", "title", "department", "email", "phone", "reports_to", "internal_note"), ""
    )
    values |= dict.fromkeys(
        ("role", "influence", "sentiment", "preferred_channel", "last_contact", "left_on")
    )
    values |= {"name": person_id, "reports_to_id": boss} | fields
    return Stakeholder(id=person_id, **values)  # type: ignore[arg-type]


PEOPLE = [
    somebody("Mori", title="CEO", role=ContactRole.ECONOMIC_BUYER, influence=Influence.HIGH),
    somebody("Ito", "Mori", sentiment=Sentiment.NEGATIVE, reports_to="Mori"),
    somebody("Sato", "Mori", sentiment=Sentiment.POSITIVE),
    somebody("Abe", left_on=dt.date(2026, 3, 31)),
]


@pytest.fixture
def part(qtbot: QtBot, look: Look) -> OrgChartPart:
    part = OrgChartPart(look)
    qtbot.addWidget(part)
    part.resize(1000, 600)
    bring_to_front(qtbot, part)
    part.show_people(PEOPLE)
    part.view.setFocus()
    return part


@pytest.fixture
def view(part: OrgChartPart) -> OrgChartView:
    return part.view


def middle(view: OrgChartView, person: str) -> QPoint:
    return view.card_rect(person).center().toPoint()


def drag(qtbot: QtBot, view: OrgChartView, start: QPoint, end: QPoint) -> None:
    """Press at one place, move to another and let go."""
    ground = view.viewport()
    qtbot.mousePress(ground, Qt.MouseButton.LeftButton, pos=start)
    for place in (start + QPoint(15, 15), end):
        moved = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            QPointF(ground.mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(ground, moved)
        view.grab()
    qtbot.mouseRelease(ground, Qt.MouseButton.LeftButton, pos=end)


def test_the_arrows_walk_from_card_to_card_and_say_where_one_is(
    view: OrgChartView, qtbot: QtBot
) -> None:
    walked = []
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Up, Key.Key_End, Key.Key_Home):
        qtbot.keyClick(view, key)
        walked.append(view.current)
    assert walked == ["Ito", "Sato", "Mori", "Abe", "Mori"]
    assert view.accessibleDescription() == (
        "Mori, CEO, Economic buyer, High influence, 2 people report to them"
    )
    qtbot.keyClick(view, Key.Key_End)
    assert view.accessibleDescription() == "Abe, Left on Mar 31, 2026"


def test_letters_lead_to_a_name_and_enter_opens_it(view: OrgChartView, qtbot: QtBot) -> None:
    qtbot.keyClicks(view, "sa")
    assert view.current == "Sato"
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Key.Key_Return)
    assert opened.args == ["Sato"]


def test_a_person_dragged_onto_another_gets_a_boss(view: OrgChartView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.boss_asked) as asked:
        drag(qtbot, view, middle(view, "Abe"), middle(view, "Sato"))
    assert asked.args == ["Abe", "Sato"]
    with qtbot.assertNotEmitted(view.boss_asked):
        drag(qtbot, view, middle(view, "Ito"), middle(view, "Mori"))  # the boss already
        drag(qtbot, view, middle(view, "Ito"), QPoint(5, 5))  # nobody is there
        drag(qtbot, view, middle(view, "Ito"), middle(view, "Ito") + QPoint(20, 0))
    assert not view.is_dragging


def test_the_chart_is_zoomed_and_moved_about(view: OrgChartView, qtbot: QtBot) -> None:
    start = view.scale
    qtbot.keyClicks(view, "+++")
    assert view.scale > start
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    person = middle(view, "Mori")
    turned = QWheelEvent(
        QPointF(person),
        QPointF(view.viewport().mapToGlobal(person)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), turned)
    assert (middle(view, "Mori") - person).manhattanLength() <= 3
    qtbot.keyClick(view, "0")
    assert view.horizontalScrollBar().maximum() == view.verticalScrollBar().maximum() == 0
    qtbot.keyClicks(view, "++++++")
    before = view.verticalScrollBar().value()
    empty = QPoint(3, view.viewport().height() - 3)
    drag(qtbot, view, empty, empty - QPoint(0, 60))
    assert view.verticalScrollBar().value() == before + 60


def test_people_in_a_circle_are_drawn_and_told(part: OrgChartPart) -> None:
    assert part.warning == ""
    part.show_people([somebody("A", "B"), somebody("B", "A"), somebody("C", "B")])
    assert part.warning.startswith("A, B report to each other in a circle.")
    part.grab()
    part.show_people(PEOPLE)
    assert part.warning == ""


def test_a_card_tells_what_it_has_no_room_for(view: OrgChartView, qtbot: QtBot) -> None:
    place = middle(view, "Ito")
    asked = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), asked)
    assert QToolTip.text() == "Ito, Negative, reports to Mori"
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_two_hundred_people_are_laid_out_and_painted_at_once(part: OrgChartPart) -> None:
    people = [
        somebody(f"{number}", f"{(number - 1) // 4}" if number else None) for number in range(200)
    ]
    start = time.perf_counter()
    part.show_people(people)
    part.view.fit()
    part.view.grab()
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("name", ["", "A" * 300, "🦊 Ada", "مريم العلي", "Ｚ\u200bé"])
def test_odd_names_are_drawn(part: OrgChartPart, name: str) -> None:
    part.show_people([somebody("x", name=name), somebody("y", "x", name=name)])
    for key in ("+", "-", "0"):
        QApplication.sendEvent(part.view, _key(key))
        part.view.grab()


def _key(text: str) -> QEvent:
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text)


@pytest.fixture
def section(page: AccountPage, workspace: Workspace, fuji: Fuji) -> StakeholdersSection:
    workspace.write("Add", add_contact, fuji.account, "Mori")
    page.open_tab("stakeholders")
    section = page.section("stakeholders")
    assert isinstance(section, StakeholdersSection)
    section.show_chart(on=True)
    settle()
    return section


def bosses(workspace: Workspace, fuji: Fuji) -> dict[str, str]:
    now = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    rows = workspace.read(stakeholders_of, fuji.account, now=now)
    return {row.name: row.reports_to for row in rows}


def test_a_new_boss_is_stored_as_one_step_and_can_be_undone(
    section: StakeholdersSection, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    view = section.chart.view
    mori = next(row.id for row in section.model.rows() if row.name == "Mori")
    with qtbot.waitSignal(desk.messages.said) as said:
        drag(qtbot, view, middle(view, fuji.sato), middle(view, mori))
    settle()
    assert bosses(workspace, fuji) == {"Mori": "", "Sato": "Mori"}
    assert view.chart.cards[fuji.sato].boss_id == mori
    undone(desk, qtbot, said.args[0].act)
    assert bosses(workspace, fuji) == {"Mori": "", "Sato": ""}
    assert view.chart.cards[fuji.sato].boss_id is None


def test_a_circle_is_refused_and_told(
    section: StakeholdersSection, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    view = section.chart.view
    mori = next(row.id for row in section.model.rows() if row.name == "Mori")
    view.boss_asked.emit(fuji.sato, mori)
    settle()
    with qtbot.waitSignal(desk.messages.said) as said:
        view.boss_asked.emit(mori, fuji.sato)
    assert said.args[0].tone == "bad"
    assert bosses(workspace, fuji) == {"Mori": "", "Sato": "Mori"}


def test_list_and_chart_choose_the_same_person(
    section: StakeholdersSection, qtbot: QtBot, fuji: Fuji
) -> None:
    view = section.chart.view
    view.setFocus()
    qtbot.keyClick(view, Key.Key_Home)
    qtbot.keyClick(view, Key.Key_Right)
    chosen = view.current
    section.show_chart(on=False)
    assert section.table.chosen_ids() == [chosen]
    assert section.table.hasFocus()
    section.table.choose(fuji.sato)
    section.show_chart(on=True)
    assert view.current == fuji.sato
    qtbot.keyClick(view, Key.Key_Return)
    assert section.panel is not None
    assert section.panel.first_field.hasFocus()


def test_a_boss_who_left_still_stands_above_those_who_stayed(
    section: StakeholdersSection, workspace: Workspace, fuji: Fuji
) -> None:
    left = dt.date(2026, 3, 31)
    boss = workspace.write("Add", add_contact, fuji.account, "Gone", left_on=left).result
    workspace.write("Add", add_contact, fuji.account, "Gone too", left_on=left)
    workspace.write("Add", add_contact, fuji.account, "Stayed", reports_to_id=boss)
    settle()
    names = {row.id: row.name for row in section.model.all_rows()}
    shown = {names[person] for person in section.chart.view.chart.cards}
    assert shown == {"Mori", "Sato", "Gone", "Stayed"}
    assert section.chart.view.chart.reports[boss]
    section.chart.view.choose(boss)
    assert section.view.chosen == boss
