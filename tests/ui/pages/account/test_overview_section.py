"""The overview: a profile edited in place, what is to be done, the renewal."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from csdesk.actions.accounts import edit_account
from csdesk.actions.contracts import add_contract
from csdesk.actions.people import add_member
from csdesk.actions.plan_items import add_item, edit_item
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import ActionStatus, CsmView
from csdesk.queries.accounts import AccountDetail, account_detail
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.desk import Desk
from ui.pages.account.overview_section import OverviewSection
from ui.pages.account.page import AccountPage
from ui.pages.account.renewal_card import RenewalCard

Key = Qt.Key


@pytest.fixture
def overview(page: AccountPage) -> OverviewSection:
    section = page.section("overview")
    assert isinstance(section, OverviewSection)
    return section


def stored(workspace: Workspace, fuji: Fuji, today: dt.date) -> AccountDetail:
    detail = workspace.read(account_detail, fuji.account, today=today)
    assert detail is not None
    return detail


def choose(box: QComboBox, text: str) -> None:
    """Choose an entry as a user does."""
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def test_a_text_is_stored_when_one_leaves_its_field(
    overview: OverviewSection, workspace: Workspace, fuji: Fuji, today: dt.date, qtbot: QtBot
) -> None:
    field = overview.field("industry")
    field.setFocus()
    qtbot.keyClicks(field, "Retail")
    assert stored(workspace, fuji, today).row.industry == ""
    qtbot.keyClick(field, Key.Key_Return)
    assert stored(workspace, fuji, today).row.industry == "Retail"
    assert workspace.undo_label == "Change Fuji Retail"


def test_filling_the_fields_writes_nothing(
    overview: OverviewSection, workspace: Workspace, fuji: Fuji
) -> None:
    before = workspace.undo_label
    overview.refresh()
    for name in ("name", "business_summary", "website"):
        overview.field(name).setFocus()
    overview.setFocus()
    assert workspace.undo_label == before


def test_escape_takes_back_what_was_typed(
    overview: OverviewSection, workspace: Workspace, fuji: Fuji, today: dt.date, qtbot: QtBot
) -> None:
    field = overview.field("name")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Wrong")
    qtbot.keyClick(field, Key.Key_Escape)
    overview.field("website").setFocus()
    assert stored(workspace, fuji, today).row.name == "Fuji Retail"
    assert field.text() == "Fuji Retail"


def test_an_empty_name_is_refused_and_the_old_one_comes_back(
    overview: OverviewSection, desk: Desk, qtbot: QtBot
) -> None:
    field = overview.field("name")
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Key.Key_Delete)
    with qtbot.waitSignal(desk.messages.said):
        qtbot.keyClick(field, Key.Key_Return)
    assert field.text() == "Fuji Retail"


def test_a_number_of_employees_is_a_number(
    overview: OverviewSection,
    workspace: Workspace,
    fuji: Fuji,
    today: dt.date,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    field = overview.field("employees")
    field.setFocus()
    qtbot.keyClicks(field, "1,200")
    qtbot.keyClick(field, Key.Key_Return)
    assert stored(workspace, fuji, today).employees == 1200
    field.selectAll()
    qtbot.keyClicks(field, "many")
    with qtbot.waitSignal(desk.messages.said):
        qtbot.keyClick(field, Key.Key_Return)
    assert stored(workspace, fuji, today).employees == 1200
    assert field.text() == "1200"


def test_the_csms_view_and_the_owner_are_chosen(
    overview: OverviewSection, workspace: Workspace, fuji: Fuji, today: dt.date, page: AccountPage
) -> None:
    workspace.write("Member", add_member, "Suzuki")
    settle()
    choose(overview._choices["csm_view"], "Red")
    choose(overview._owner, "Suzuki")
    detail = stored(workspace, fuji, today)
    assert detail.row.csm_view is CsmView.RED
    assert detail.row.owner == "Suzuki"
    assert "Suzuki" in page.header.facts


@pytest.mark.parametrize(
    ("box", "choice", "field"),
    [("_owner", "New team member…", "owner"), ("_segment", "New segment…", "segment")],
)
def test_somebody_or_something_new_is_named_in_a_line(
    overview: OverviewSection,
    workspace: Workspace,
    fuji: Fuji,
    today: dt.date,
    qtbot: QtBot,
    box: str,
    choice: str,
    field: str,
) -> None:
    choose(getattr(overview, box), choice)
    line = overview.window().focusWidget()
    qtbot.keyClicks(line, "Something new")
    qtbot.keyClick(line, Key.Key_Return)
    assert getattr(stored(workspace, fuji, today).row, field) == "Something new"
    assert getattr(overview, box).currentText() == "Something new"


def test_a_change_by_somebody_else_is_shown_but_not_over_what_is_typed(
    overview: OverviewSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    field = overview.field("website")
    field.setFocus()
    qtbot.keyClicks(field, "https://half")
    workspace.write("Else", edit_account, fuji.account, industry="Retail", website="other")
    settle()
    assert overview.field("industry").text() == "Retail"
    assert field.text() == "https://half"


def test_open_actions_are_ticked_off_and_the_tick_can_be_undone(
    overview: OverviewSection, outline: Outline, desk: Desk, today: dt.date, qtbot: QtBot
) -> None:
    due = today - dt.timedelta(days=3)
    outline.workspace.write("Due", edit_item, outline.ref("A2"), due_on=due)
    settle()
    ticks = overview.open_actions.ticks
    assert [tick.accessibleName() for tick in ticks] == ["Done: A2", "Done: A1", "Done: A3"]
    late = [label.text() for label in overview.open_actions.findChildren(QLabel)]
    assert "3 days late" in late
    with qtbot.waitSignal(desk.messages.said) as said:
        qtbot.mouseClick(ticks[0], Qt.MouseButton.LeftButton)
    assert outline.item("A2").status is ActionStatus.DONE
    assert len(overview.open_actions.ticks) == 2
    undone(desk, qtbot, said.args[0].act)
    assert len(overview.open_actions.ticks) == 3


def test_the_renewal_says_how_many_days_are_left(
    overview: OverviewSection, workspace: Workspace, fuji: Fuji, today: dt.date
) -> None:
    renewal = today + dt.timedelta(days=40)
    workspace.write(
        "Contract",
        add_contract,
        fuji.account,
        product="Analytics",
        mrr=10_000,
        currency="JPY",
        seats=25,
        renewal_on=renewal,
        notice_on=today + dt.timedelta(days=10),
    )
    settle()
    card = overview.findChild(RenewalCard)
    texts = [value.text() for value in card._values]
    assert texts[0] == "¥120,000"
    assert "40" in texts[1]
    assert texts[3:] == ["25", "Analytics"]


def test_the_history_tells_what_happened_and_who_did_it(
    page: AccountPage, workspace: Workspace, fuji: Fuji
) -> None:
    workspace.write("Profile", edit_account, fuji.account, industry="Retail")
    settle()
    section = page.section("history")
    model = section.model  # type: ignore[attr-defined]
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert row[1] == "Tester"
    assert row[2] == "Account: Fuji Retail"
    assert row[3] == "Industry: – → Retail"


def test_ticking_by_keys_goes_on_with_the_next(
    overview: OverviewSection, page: AccountPage, workspace: Workspace, qtbot: QtBot
) -> None:
    card = overview.open_actions
    titles = [tick.accessibleName() for tick in card.ticks]
    assert len(titles) == 3
    card.ticks[0].setFocus()
    for left in (2, 1):
        qtbot.keyClick(page.window().focusWidget(), Key.Key_Space)
        settle()
        assert [tick.accessibleName() for tick in card.ticks] == titles[-left:]
        assert page.window().focusWidget() is card.ticks[0]
    assert not card.rest.isVisible()


def test_what_the_card_has_no_room_for_is_one_key_away(
    overview: OverviewSection, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    def fill(session: Session) -> None:
        for number in range(12):
            plan = ItemRef(None, fuji.plan)
            add_item(session, ItemKind.ACTION, plan, f"More {number:02}")

    workspace.write("Fill", fill)
    settle()
    rest = overview.open_actions.rest
    assert rest.text() == "5 more in the plan"
    with qtbot.waitSignal(desk.place_asked) as asked:
        qtbot.keyClick(rest, Key.Key_Space)
    assert asked.args[0] == "action"
