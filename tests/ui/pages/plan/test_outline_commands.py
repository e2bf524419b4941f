"""The commands of a plan: each can be used exactly where it does something."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox

from csdesk.actions.accounts import add_account
from csdesk.actions.plan_items import ItemKind
from tests.ui.pages.fuji import Fuji, settle
from tests.ui.pages.plan.hands import Hands
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.plan.outline_tree import STATUS
from ui.pages.plan.plan_section import PlanSection

ALWAYS = {"plan.new"}
WITH_PLAN = ALWAYS | {
    *("plan.copy", "plan.save_template", "plan.rename", "plan.delete", "plan.shift_schedule"),
    *("plan.add_goal", "plan.add_action", "outline.next", "outline.find", "outline.priorities"),
    *("plan.timeline_today", "plan.timeline_fit", "plan.timeline_fold"),
    *("plan.timeline_closer", "plan.timeline_wider"),
}
WITH_ITEMS = WITH_PLAN | {
    *("outline.fold", "outline.unfold"),
    *(f"outline.only_{want}" for want in ("mine", "late", "customers", "waiting", "open", "done")),
}
ON_A_ROW = WITH_ITEMS | {
    *(f"outline.{name}" for name in ("rename", "tick", "cut", "copy", "duplicate", "delete")),
    *(f"outline.{name}" for name in ("owner", "due", "status", "visibility")),
    *("plan.later", "plan.earlier", "plan.longer", "plan.shorter"),
}
ON_A_GOAL = ON_A_ROW | {"plan.add_milestone"}
ON_AN_ACTION = ON_A_ROW | {"plan.add_milestone", "outline.priority", "outline.outdent"}


def usable(section: PlanSection) -> set[str]:
    """Return the ids of the commands that can be used now."""
    return {command.id for command in section.commands() if command.can_run}


def test_a_command_of_the_plan_can_be_used_exactly_where_it_does_something(
    plan: PlanSection, page: AccountPage, desk: Desk, fuji: Fuji, hands: Hands
) -> None:
    QGuiApplication.clipboard().clear()
    hands.at("G1")  # the first of two goals
    assert usable(plan) == ON_A_GOAL | {"outline.down"}
    hands.at("G2")  # it could stand below the first one
    assert usable(plan) == ON_A_GOAL | {"outline.up", "outline.indent"}
    hands.at("A1")
    assert usable(plan) == ON_AN_ACTION | {"outline.down"}
    QGuiApplication.clipboard().setText("Call them")
    assert usable(plan) == ON_AN_ACTION | {"outline.down", "outline.paste"}
    QGuiApplication.clipboard().clear()
    plan.view.selectionModel().clear()
    assert usable(plan) == WITH_ITEMS
    other = desk.write("Add", add_account, "Without a plan")
    assert other is not None
    page.show_item("account", other.result)
    page.open_tab("plan")
    assert usable(plan) == ALWAYS


def test_a_row_begins_while_the_list_of_a_cell_is_open(plan: PlanSection, hands: Hands) -> None:
    hands.at("A1")
    view = plan.view
    index = view.currentIndex().siblingAtColumn(STATUS)
    view.selectionModel().setCurrentIndex(index, view.selectionModel().SelectionFlag.NoUpdate)
    view.open_editor(index)
    settle()
    assert isinstance(view.indexWidget(index), QComboBox)
    assert QApplication.activePopupWidget() is not None
    view.add(ItemKind.ACTION)
    settle()
    assert plan.model.draft is not None
    assert hands.editor.hasFocus()
