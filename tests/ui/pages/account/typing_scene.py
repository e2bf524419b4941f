"""Every kind of editor on the page of an account, and somebody else who changes its field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from csdesk.actions.accounts import delete_accounts
from csdesk.actions.contracts import add_contract, delete_contracts
from csdesk.actions.kpis import add_kpi, delete_kpi, set_kpi_values
from csdesk.actions.people import delete_contacts
from csdesk.actions.plan_items import delete_items, edit_item
from csdesk.actions.plans import add_measure, delete_measure, delete_plan, edit_measure
from csdesk.actions.rows import change_row
from csdesk.queries.accounts import account_detail, contacts_of, contracts_of
from csdesk.queries.kpis import kpi_catalogue
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.ui.colleague import Colleague, settle
from tests.ui.pages.fuji import Fuji
from ui.pages.account.overview_section import OverviewSection
from ui.pages.account.page import AccountPage
from ui.pages.kpis.kpi_section import KpiSection
from ui.pages.plan.outline_tree import DUE, TITLE
from ui.pages.plan.plan_section import PlanSection
from ui.pages.rows_section import RowsSection

TODAY = dt.date(2026, 11, 22)
MARCH = dt.date(2026, 3, 1)


@dataclass
class Scene:
    """The page of an account, and what is needed to type in it."""

    page: AccountPage
    workspace: Workspace
    fuji: Fuji
    outline: Outline
    qtbot: QtBot
    kpi: str
    measure: str
    contract: str

    def tab(self, name: str) -> Any:
        self.page.open_tab(name)
        settle()
        return self.page.section(name)

    def cell(self, view: QAbstractItemView, row: int, column: int) -> QLineEdit:
        """Open the editor of a cell."""
        view.setFocus()
        view.setCurrentIndex(view.model().index(row, column))
        view.edit(view.currentIndex())
        editor = view.indexWidget(view.currentIndex())
        assert isinstance(editor, QLineEdit)
        return editor

    def table_cell(self, tab: str, key: str, row: int = 0) -> QLineEdit:
        section = self.tab(tab)
        assert isinstance(section, RowsSection)
        column = [one.key for one in section.model.columns].index(key)
        return self.cell(section.table, row, column)

    def item_cell(self, title: str, column: int) -> QLineEdit:
        section = self.plan_of(title)
        section.view.setFocus()
        index = section.model.index_of(self.outline.item(title).ref.id, column)
        section.view.setCurrentIndex(index)
        section.view.edit(index)
        editor = section.view.indexWidget(index)
        assert isinstance(editor, QLineEdit)
        return editor

    def plan_of(self, title: str) -> PlanSection:
        section = self.tab("plan")
        assert isinstance(section, PlanSection)
        section.view.choose(self.outline.item(title).ref.id)
        settle()
        return section

    def overview(self, name: str) -> QWidget:
        section = self.tab("overview")
        assert isinstance(section, OverviewSection)
        return self.focused(section.field(name))

    def focused(self, widget: QWidget) -> QWidget:
        widget.setFocus()
        return widget

    def kpi_cell(self) -> QLineEdit:
        section = self.tab("kpis")
        assert isinstance(section, KpiSection)
        column = section.grid._grid.periods.index(MARCH)
        return self.cell(section.grid, 0, column)

    def measure_field(self) -> QWidget:
        section = self.plan_of("G1")
        return self.focused(section.panel.measures.cards[0]._target)

    def detail(self) -> Any:
        return self.workspace.read(account_detail, self.fuji.account, today=TODAY)


def build_scene(
    page: AccountPage, workspace: Workspace, fuji: Fuji, outline: Outline, qtbot: QtBot
) -> Scene:
    """Add a KPI, a success measure and a contract, and return the page with hands on it."""

    def more(session: Any) -> tuple[str, str, str]:
        kpi = add_kpi(session, "Weekly users", unit="people")
        set_kpi_values(session, fuji.account, [(kpi, MARCH, Decimal(10))])
        goal = outline.item("G1").ref.id
        measure = add_measure(session, goal, kpi, target=Decimal(50))
        contract = add_contract(
            session, fuji.account, product="Suite", currency="JPY", mrr=1000, start_on=MARCH
        )
        return kpi, measure, contract

    kpi, measure, contract = workspace.write("More", more).result
    settle()
    return Scene(page, workspace, fuji, outline, qtbot, kpi, measure, contract)


@dataclass(frozen=True)
class Case:
    """An editor, how somebody else changes its field, and what is stored there then."""

    open: Callable[[Scene], QWidget]
    change: Callable[[Scene], tuple[Any, ...]]
    typed: str
    theirs: str
    stored: Callable[[Scene], Any]
    mine: Any
    delete: Callable[[Scene], tuple[Any, ...]]
    told: str = ""
    """How the bar writes what they wrote, where that is not just so."""


def changed(entity: str, field: str, value: Any) -> Callable[[Scene], tuple[Any, ...]]:
    ids = {
        "account": lambda scene: scene.fuji.account,
        "contact": lambda scene: scene.fuji.sato,
        "plan": lambda scene: scene.fuji.plan,
        "contract": lambda scene: scene.contract,
        "measure": lambda scene: scene.measure,
        "kpi": lambda scene: scene.kpi,
        "goal": lambda scene: scene.outline.item("G1").ref.id,
        "action": lambda scene: scene.outline.item("A1").ref.id,
    }
    return lambda scene: (change_row, entity, ids[entity](scene), {field: value})


def gone_item(title: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (delete_items, [scene.outline.item(title).ref])


def drop_kpi(session: Session, kpi: str, measure: str) -> None:
    delete_measure(session, measure)
    delete_kpi(session, kpi)


def gone_account(scene: Scene) -> tuple[Any, ...]:
    return delete_accounts, [scene.fuji.account]


CASES = {
    "a line of the profile": Case(
        lambda scene: scene.overview("industry"),
        changed("account", "industry", "Retail"),
        "Logistics",
        "Retail",
        lambda scene: scene.detail().row.industry,
        "Logistics",
        gone_account,
    ),
    "a long note": Case(
        lambda scene: scene.overview("business_summary"),
        changed("account", "business_summary", "Two shops\nin Osaka"),
        "Nine shops",
        "Two shops\nin Osaka",
        lambda scene: scene.detail().business_summary,
        "Nine shops",
        gone_account,
        told="Two shops in Osaka",
    ),
    "a whole number": Case(
        lambda scene: scene.overview("employees"),
        changed("account", "employees", 120),
        "95",
        "120",
        lambda scene: scene.detail().employees,
        95,
        gone_account,
    ),
    "a date": Case(
        lambda scene: scene.focused(scene.tab("overview")._go_live),
        changed("account", "go_live_on", dt.date(2026, 5, 1)),
        "2026-06-02",
        "May 1, 2026",
        lambda scene: scene.detail().go_live_on,
        dt.date(2026, 6, 2),
        gone_account,
    ),
    "a cell of a table": Case(
        lambda scene: scene.table_cell("stakeholders", "title"),
        changed("contact", "title", "Director"),
        "Head of sales",
        "Director",
        lambda scene: scene.workspace.read(contacts_of, scene.fuji.account)[0].title,
        "Head of sales",
        lambda scene: (delete_contacts, [scene.fuji.sato]),
    ),
    "a date in a table": Case(
        lambda scene: scene.table_cell("contracts", "start_on"),
        changed("contract", "start_on", dt.date(2026, 4, 1)),
        "2026-06-02",
        "Apr 1, 2026",
        lambda scene: scene.workspace.read(contracts_of, scene.fuji.account)[0].start_on,
        dt.date(2026, 6, 2),
        lambda scene: (delete_contracts, [scene.contract]),
    ),
    "an amount in a table": Case(
        lambda scene: scene.table_cell("contracts", "mrr"),
        changed("contract", "mrr", 2000),
        "3000",
        "2,000",
        lambda scene: scene.workspace.read(contracts_of, scene.fuji.account)[0].mrr,
        3000,
        lambda scene: (delete_contracts, [scene.contract]),
    ),
    "a title in the outline": Case(
        lambda scene: scene.item_cell("A1", TITLE),
        lambda scene: (edit_item, scene.outline.item("A1").ref),
        "Mine",
        "Theirs",
        lambda scene: scene.outline.item("Mine").title,
        "Mine",
        gone_item("A1"),
    ),
    "a due date in the outline": Case(
        lambda scene: scene.item_cell("A1", DUE),
        changed("action", "due_on", dt.date(2026, 12, 24)),
        "2026-12-31",
        "Dec 24, 2026",
        lambda scene: scene.outline.item("A1").due_on,
        dt.date(2026, 12, 31),
        gone_item("A1"),
    ),
    "a title in the panel": Case(
        lambda scene: scene.focused(scene.plan_of("G1").panel.first_field),
        changed("goal", "title", "Their goal"),
        "My goal",
        "Their goal",
        lambda scene: scene.outline.item("My goal").title,
        "My goal",
        gone_item("G1"),
    ),
    "an internal note in the panel": Case(
        lambda scene: scene.focused(scene.plan_of("G1").panel.note),
        changed("goal", "internal_note", "Theirs"),
        "Mine",
        "Theirs",
        lambda scene: scene.outline.item("G1").internal_note,
        "Mine",
        gone_item("G1"),
    ),
    "a text of the plan": Case(
        lambda scene: scene.focused(scene.plan_of("G1")._strip.to_be),
        changed("plan", "to_be", "Theirs"),
        "Mine",
        "Theirs",
        lambda scene: scene.outline.read().to_be,
        "Mine",
        lambda scene: (delete_plan, scene.fuji.plan),
    ),
    "a number of a success measure": Case(
        lambda scene: scene.measure_field(),
        lambda scene: (edit_measure, scene.measure),
        "70",
        "60",
        lambda scene: scene.outline.item("G1").measures[0].target,
        Decimal(70),
        lambda scene: (delete_measure, scene.measure),
    ),
    "a value in the month grid": Case(
        lambda scene: scene.kpi_cell(),
        lambda scene: (
            set_kpi_values,
            scene.fuji.account,
            [(scene.kpi, MARCH, Decimal(12))],
        ),
        "15",
        "12",
        lambda scene: scene.tab("kpis")._series[0].points[0].value,
        Decimal(15),
        lambda scene: (drop_kpi, scene.kpi, scene.measure),
    ),
    "the name of a KPI": Case(
        lambda scene: scene.focused(scene.tab("kpis").cards[scene.kpi].name),
        changed("kpi", "name", "Users a week"),
        "Active users",
        "Users a week",
        lambda scene: scene.workspace.read(kpi_catalogue)[0].name,
        "Active users",
        lambda scene: (drop_kpi, scene.kpi, scene.measure),
    ),
}
OPTIONS: dict[str, dict[str, Any]] = {
    "a title in the outline": {"title": "Theirs"},
    "a number of a success measure": {"target": Decimal(60)},
}


def type_over(qtbot: QtBot, editor: QWidget, text: str) -> None:
    """Type a text in place of the one in a field."""
    assert isinstance(editor, QLineEdit | QPlainTextEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def text_of(editor: QWidget) -> str:
    assert isinstance(editor, QLineEdit | QPlainTextEdit)
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def type_while_it_arrives(name: str, scene: Scene, colleague: Colleague) -> QWidget:
    """Type half a text, let the colleague's change arrive, and type on."""
    case = CASES[name]
    editor = case.open(scene)
    half = len(case.typed) // 2
    type_over(scene.qtbot, editor, case.typed[:half])
    action, *arguments = case.change(scene)
    colleague.arrives(action, *arguments, **OPTIONS.get(name, {}))
    scene.qtbot.keyClicks(editor, case.typed[half:])
    return editor
