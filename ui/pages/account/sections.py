"""The tabs of an account's page: made when first looked at, shown with what is known now.

One that makes a mistake is replaced by words about it. The others do not notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from csdesk.queries.accounts import AccountDetail
from csdesk.store.touching import Change
from ui.desk import Desk
from ui.pages.section import Section
from ui.typed_forms import TYPED, take_up_within, typed_within
from ui.widgets.fault_notice import FaultNotice
from ui.widgets.front_stack import FrontStack


class Sections(FrontStack):
    """Holds the section of each tab, by name."""

    edited = Signal()
    """Something was written in one of them."""
    commands_changed = Signal()
    """The one in front can do something else now."""
    way_asked = Signal(str, str)
    """One of them leads to another: its name, and what to begin there."""
    retried = Signal()
    """The one that failed is to be tried again."""

    def __init__(
        self, desk: Desk, kinds: Mapping[str, type[Section]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kinds = kinds
        self._sections: dict[str, Section] = {}
        self._kept: dict[str, Mapping[str, Any]] = {}
        self._stale: set[str] = set()
        self._failed = ""
        self._detail: AccountDetail | None = None
        self._fault = FaultNotice(desk.look, self)
        self._fault.retried.connect(self.try_again)
        self.addWidget(self._fault)

    @property
    def front(self) -> Section | None:
        """The section in front; None before the first, and where it failed."""
        widget = self.currentWidget()
        return widget if isinstance(widget, Section) else None

    def section(self, name: str) -> Section:
        """Return a section by its name, making it where nobody looked at it yet.

        Raises KeyError where there is no such section.
        """
        section = self._sections.get(name)
        return self._make(name) if section is None else section

    def show_account(self, detail: AccountDetail) -> None:
        """Let all sections show an account, each when it comes to the front."""
        self._detail = detail
        self._stale = set(self._kinds)

    def note(self, change: Change) -> None:
        """Let those read again that a change concerns, when they come to the front."""
        self._stale |= {name for name, one in self._sections.items() if one.concerns(change)}

    def bring(self, name: str) -> Section:
        """Bring a section to the front, showing what is known now."""
        shown: QWidget = self._fault
        try:
            section = self.section(name)
            if name in self._stale and self._detail is not None:
                section.show_account(self._detail)
                self._stale.discard(name)
            shown = section
        finally:
            # Nothing is caught: what went wrong goes on to the crash report.
            self._failed = name if shown is self._fault else ""
            self._clear_away()
            self.setCurrentWidget(shown)
        return section

    @Slot()
    def try_again(self) -> None:
        """Forget the section that failed, so that it is made anew."""
        self._sections.pop(self._failed, None)
        self._clear_away()
        self.retried.emit()

    def state(self) -> dict[str, Any]:
        """Return what the sections keep of themselves."""
        sections = {
            name: {**one.state(), TYPED: typed_within(one)} for name, one in self._sections.items()
        }
        return {**self._kept, **sections}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Keep ready what the sections take up when they are made."""
        self._kept = {
            name: state[name] for name in self._kinds if isinstance(state.get(name), dict)
        }

    def _make(self, name: str) -> Section:
        section = self._kinds[name](self._desk, self)
        section.edited.connect(self.edited)
        section.commands_changed.connect(self.commands_changed)
        section.way_asked.connect(self.way_asked)
        self._sections[name] = section
        self.addWidget(section)
        if self._detail is not None:
            section.show_account(self._detail)
            self._stale.discard(name)
        if name in self._kept:
            kept = self._kept.pop(name)
            section.restore(kept)
            take_up_within(section, kept.get(TYPED))
        return section

    def _clear_away(self) -> None:
        """Let go of what was only half made."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for section in self.findChildren(Section, options=direct):
            if section not in self._sections.values():
                section.hide()
                section.deleteLater()
