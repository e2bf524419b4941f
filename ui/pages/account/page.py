"""The page of one account: its header, and a tab for each side of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.editing import today
from csdesk.i18n import _
from csdesk.queries.accounts import AccountDetail, account_detail
from csdesk.queries.portfolio import AccountRow
from csdesk.queries.rows import account_of
from csdesk.store.touching import Change
from ui.commands import Command
from ui.desk import Desk
from ui.pages.account.account_doing import AccountDoing
from ui.pages.account.account_tabs import AccountTabs
from ui.pages.account.contracts_section import ContractsSection
from ui.pages.account.from_afar import far_commands
from ui.pages.account.header import AccountHeader
from ui.pages.account.history_section import HistorySection
from ui.pages.account.overview_section import OverviewSection
from ui.pages.account.page_commands import tab_commands, tab_words, touchpoint_commands
from ui.pages.account.sections import Sections
from ui.pages.document.document_tab import DocumentTab
from ui.pages.kpis.kpi_section import KpiSection
from ui.pages.page import Page
from ui.pages.plan.plan_section import PlanSection
from ui.pages.risks.risks_section import RisksSection
from ui.pages.section import Section
from ui.pages.stakeholders.stakeholders_section import StakeholdersSection
from ui.pages.touchpoints.touchpoints_section import TouchpointsSection
from ui.widgets.empty_state import EmptyState

SHOWN_IN = {
    "account": "overview",
    "plan": "plan",
    "new_plan": "plan",
    "goal": "plan",
    "milestone": "plan",
    "action": "plan",
    "kpi_value": "kpis",
    "touchpoint": "touchpoints",
    "contact": "stakeholders",
    "risk": "risks",
    "opportunity": "risks",
    "feedback": "risks",
    "enquiry": "risks",
    "contract": "contracts",
    "plan_revision": "document",
}
"""Which tab shows the items of an entity."""


class AccountPage(Page):
    """Shows one account at a time."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._account_id = ""
        self._detail: AccountDetail | None = None
        self._shown_at: tuple[object, ...] = ()
        self._build()
        self._connect()

    @property
    def account_id(self) -> str:
        """The account shown; empty before the first."""
        return self._account_id

    def section(self, name: str) -> Section:
        """Return a tab's section by its name, making it where nobody looked at it yet.

        Raises KeyError where there is no such tab.
        """
        return self._sections.section(name)

    @property
    def tab_names(self) -> tuple[str, ...]:
        """The names of the tabs, from the left."""
        return tuple(_SECTIONS)

    def open_tab(self, name: str) -> None:
        """Bring a tab to the front. Raises ValueError where there is no such tab."""
        self._tabs.open(name)

    def document_tab(self) -> DocumentTab:
        """Return the tab of the documents."""
        tab = self.section("document")
        assert isinstance(tab, DocumentTab)
        return tab

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Read again what was touched, where it is in view; the rest when it comes into view."""
        if not self._account_id:
            return
        if change.touches_account(self._account_id) or change.touches("segment", "member"):
            # What was written here was read at once; the word of it brings nothing new then.
            if self._shown_at != (self._desk.moment, today(), self._account_id):
                self.refresh()
            return
        self._sections.note(change)
        self._freshen()

    @Slot()
    def export_pdf(self) -> None:
        """Bring out the document in view, else the success plan for the customer."""
        if self._tabs.name == "document":
            self.document_tab().save()
        else:
            self.header.ask_export()

    @Slot(str)
    def _on_export(self, language: str) -> None:
        if self._detail is not None:
            self.open_tab("document")
            self.document_tab().save_in(language)

    @Slot(int)
    def _on_tab(self, place: int) -> None:
        if self._detail is None:
            return
        before = self._sections.front
        if self._tabs.name == "document" and isinstance(before, PlanSection):
            # The document is about the plan one comes from, where the account has several.
            self.document_tab().show_plan(before.plan_id or None)
        self._freshen()
        self.commands_changed.emit()

    def entrance(self) -> QWidget | None:
        section = self._sections.front
        return (section.entrance() if section is not None else None) or self._tabs

    def _freshen(self) -> None:
        """Bring the section of the chosen tab to the front, showing what is known now."""
        name = self._tabs.name
        self._sections.bring(name)
        self.header.show_export(name != "document")  # it has a button of its own

    @Slot(str, str)
    def _on_way(self, tab: str, step: str) -> None:
        """Go where a tab leads: to another one, perhaps to begin something there."""
        self.open_tab(tab)
        section = self.section(tab)
        if isinstance(section, TouchpointsSection) and step == "log":
            section.drawer.start_log()
        elif isinstance(section, TouchpointsSection) and step == "plan":
            section.drawer.start_plan()
        else:
            self.enter()

    def _row(self) -> AccountRow | None:
        return self._detail.row if self._detail else None

    def _build(self) -> None:
        # Each part is made where it stays: to move it later, Qt styles all that is in it again.
        self._parts = QStackedWidget(self)
        inside = QWidget(self._parts)
        self.header = AccountHeader(self._desk.look, inside)
        """The head of the page."""
        self._tabs = AccountTabs({name: tab_words(name) for name in _SECTIONS}, inside)
        self._sections = Sections(self._desk, _SECTIONS, inside)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(22, 14, 22, 14)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addSpacing(6)
        self.doing = AccountDoing(self._desk, self._row, inside)
        """What is done with the account as a whole."""
        self.header.put_menu(self.doing.button)
        for form in self.doing.above:
            layout.addWidget(form)
        layout.addWidget(self._tabs)
        layout.addWidget(self._sections, 1)
        others = QAction(self)
        others.triggered.connect(partial(self._desk.command_asked.emit, "page.accounts"))
        gone = EmptyState(
            self._desk.look,
            "building-2",
            _("This account is no longer there"),
            _("It was deleted. Undo brings it back with all that belonged to it."),
            ((_("All accounts"), others),),
        )
        self._parts.addWidget(inside)
        self._parts.addWidget(gone)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._parts)

    def _connect(self) -> None:
        self._desk.changed.connect(self.on_changed)
        self._tabs.currentChanged.connect(self._on_tab)
        self._sections.edited.connect(self.refresh)
        self._sections.retried.connect(self.refresh)
        self._sections.commands_changed.connect(self.commands_changed)
        self._sections.way_asked.connect(self._on_way)
        self._tabs.stepped.connect(self.enter)
        self.header.stepper.phase_chosen.connect(self.doing.move_to)
        self.header.export_asked.connect(self._on_export)
        self.doing.left.connect(self.enter)
        self.doing.moved.connect(self.refresh)

    def title(self) -> str:
        return self._detail.row.name if self._detail else ""

    def show_item(self, entity: str, item_id: str) -> None:
        account_id = item_id
        if entity == "new_plan":  # an account, and what its new plan starts from
            account_id = item_id.partition(" ")[0]
        elif entity != "account":
            account_id = self._desk.read(account_of, entity, item_id) or ""
        name = SHOWN_IN.get(entity, "overview")
        is_other = account_id != self._account_id
        if is_other:
            self.doing.close_forms()
            self._detail = None
        if is_other and entity != "account":
            self.open_tab(name)  # else the one in front were filled first, for nobody to see
        self._account_id = account_id
        self.refresh()
        if entity != "account":
            self.open_tab(name)
            self.commands_changed.emit()
            self.section(name).show_item(entity, item_id)

    @Slot()
    def refresh(self) -> None:
        detail, moment = None, (self._desk.moment, today(), self._account_id)
        if self._account_id:
            detail = self._desk.read(account_detail, self._account_id, today=today())
        self._detail = detail
        self.title_changed.emit()
        self._parts.setCurrentIndex(0 if detail is not None else 1)
        if detail is not None:
            self.header.show_account(detail, today())
            self._sections.show_account(detail)
            self._freshen()
        self._shown_at = moment

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"file.export_pdf": self.export_pdf}

    def commands(self) -> tuple[Command, ...]:
        section = self._sections.front
        if self._detail is None or section is None:
            return ()
        return *section.commands(), *next(self.offers())[1]

    def further(self) -> tuple[Command, ...]:
        return far_commands(self._desk, self._row(), _SECTIONS)

    def offers(self) -> Iterator[tuple[str, Sequence[Command]]]:
        tabs = tab_commands(_SECTIONS, self.open_tab, self._tabs.step)
        yield "", (*touchpoint_commands(self._on_way), *self.doing.commands(), *tabs)
        for name in _SECTIONS:
            yield tab_words(name), self.section(name).commands()

    def state(self) -> dict[str, Any]:
        return {
            "account": self._account_id,
            "tab": self._tabs.name,
            "sections": self._sections.state(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        names, kept = list(_SECTIONS), state.get("sections")
        if isinstance(kept, dict):
            self._sections.restore(kept)
        if state.get("tab") in names:
            self._tabs.open(str(state["tab"]))
        account_id = state.get("account")
        if isinstance(account_id, str) and account_id:
            self._account_id = account_id
            self.refresh()


_SECTIONS: dict[str, type[Section]] = {
    "overview": OverviewSection,
    "plan": PlanSection,
    "kpis": KpiSection,
    "touchpoints": TouchpointsSection,
    "stakeholders": StakeholdersSection,
    "risks": RisksSection,
    "contracts": ContractsSection,
    "document": DocumentTab,
    "history": HistorySection,
}
