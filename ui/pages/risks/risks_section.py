"""The tab of risks and opportunities: four lists of one account, each with how many are open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _, current
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.risks import open_counts
from csdesk.store.touching import Change
from ui.commands import Command, in_submenu
from ui.desk import Desk
from ui.pages.risks.enquiry_list import EnquiryList
from ui.pages.risks.feedback_list import FeedbackList
from ui.pages.risks.opportunity_list import OpportunityList
from ui.pages.risks.relation_list import RelationList
from ui.pages.risks.risk_list import RiskList
from ui.pages.section import Section

_LISTS: dict[str, Callable[[Desk, QWidget], RelationList]] = {
    "risk": RiskList,
    "opportunity": OpportunityList,
    "feedback": FeedbackList,
    "enquiry": EnquiryList,
}


class RisksSection(Section):
    """Shows one of the lists at a time; each is made when it is first looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lists: dict[str, RelationList] = {}
        self._kept: dict[str, Mapping[str, Any]] = {}
        self._tabs = QTabBar(self)
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setProperty("kind", "narrow")
        self._tabs.setAccessibleName(_("Risks, opportunities, feedback and enquiries"))
        for entity in _LISTS:
            self._tabs.addTab(_tab_words(entity).replace("&", "&&"))
        self._tabs.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._stack = QStackedWidget(self)
        self._heads = QStackedWidget(self)
        self._heads.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._tabs)
        top.addWidget(self._heads, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self._tabs.currentChanged.connect(self._on_tab)

    @property
    def tabs(self) -> QTabBar:
        """The names of the lists."""
        return self._tabs

    @property
    def entity(self) -> str:
        """What the list in front holds: risk, opportunity, feedback or enquiry."""
        return list(_LISTS)[self._tabs.currentIndex()]

    def list_of(self, entity: str) -> RelationList:
        """Return the list of an entity, making it where nobody looked at it yet.

        Raises KeyError for an entity that has no list here.
        """
        found = self._lists.get(entity)
        if found is None:
            found = self._lists[entity] = _LISTS[entity](self._desk, self._stack)
            found.edited.connect(self.edited)
            found.commands_changed.connect(self.commands_changed)
            self._stack.addWidget(found)
            self._heads.addWidget(found.head)  # beside the tabs rather than below them
            if self._detail is not None:
                found.show_account(self._detail)
            if entity in self._kept:
                found.restore(self._kept.pop(entity))
        return found

    def open_list(self, entity: str) -> None:
        """Bring the list of an entity to the front. Raises ValueError where there is none."""
        self._tabs.setCurrentIndex(list(_LISTS).index(entity))

    def show_account(self, detail: AccountDetail) -> None:
        self._detail = detail
        self.refresh()

    def refresh(self) -> None:
        if self._detail is None:
            return
        counts = self._desk.read(open_counts, self.account_id)
        for place, entity in enumerate(_LISTS):
            words = _tab_words(entity)
            count = current().number(counts[entity])
            self._tabs.setTabText(place, f"{words}  {count}".replace("&", "&&"))
        self._front().show_account(self._detail)

    def concerns(self, change: Change) -> bool:
        return change.touches("member")

    def show_item(self, entity: str, item_id: str) -> None:
        if entity in _LISTS:
            self.open_list(entity)
            self._front().show_item(entity, item_id)

    def entrance(self) -> QWidget | None:
        return self._front().entrance() or self._tabs

    def commands(self) -> tuple[Command, ...]:
        lists = tuple(
            Command(
                f"risks.show_{entity}",
                partial(_tab_words, entity),
                partial(self._go_to, entity),
                f"Alt+{place}",
            )
            for place, entity in enumerate(_LISTS, start=1)
        )
        return (*self._front().commands(), *in_submenu(lambda: _("Lists"), lists))

    def state(self) -> dict[str, Any]:
        lists = {entity: one.state() for entity, one in self._lists.items()}
        return {"list": self.entity, "lists": {**self._kept, **lists}}

    def restore(self, state: Mapping[str, Any]) -> None:
        lists = state.get("lists")
        if isinstance(lists, dict):
            for entity in _LISTS:
                if isinstance(lists.get(entity), dict):
                    if entity in self._lists:
                        self._lists[entity].restore(lists[entity])
                    else:
                        self._kept[entity] = lists[entity]
        if state.get("list") in _LISTS:
            self.open_list(str(state["list"]))

    @Slot(int)
    def _on_tab(self, _place: int) -> None:
        front = self._front()
        self._stack.setCurrentWidget(front)
        self._heads.setCurrentWidget(front.head)
        if self._detail is not None:
            front.show_account(self._detail)
        self.commands_changed.emit()

    def _go_to(self, entity: str) -> None:
        self.open_list(entity)
        (self._front().entrance() or self._tabs).setFocus()

    def _front(self) -> RelationList:
        return self.list_of(self.entity)


def _tab_words(entity: str) -> str:
    return {
        "risk": _("Risks and issues"),
        "opportunity": _("Opportunities"),
        "feedback": _("Feedback"),
        "enquiry": _("Enquiries"),
    }[entity]
