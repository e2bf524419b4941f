"""The pages of a window: made when first gone to, kept from then on.

A page that makes a mistake while it is made or brought into view is replaced by words about it.
The others do not notice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.section import Section
from ui.typed_forms import TYPED, take_up_within, typed_within
from ui.widgets.fault_notice import FaultNotice
from ui.widgets.front_stack import FrontStack

MakePage = Callable[[Desk, QWidget | None], Page]


class PageStack(FrontStack):
    """Holds the pages by name."""

    commands_changed = Signal()
    """A page can do something else now."""
    title_changed = Signal()
    """A page has something else in view."""
    retried = Signal()
    """The page that failed is to be tried again."""

    def __init__(
        self, desk: Desk, makers: Mapping[str, MakePage], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._makers = makers
        self._pages: dict[str, Page] = {}
        self._kept: dict[str, dict[str, Any]] = {}
        self._failed = ""
        self._fault = FaultNotice(desk.look, self)
        self._fault.retried.connect(self.try_again)
        self.addWidget(self._fault)

    @property
    def front(self) -> Page | None:
        """The page in front; None before the first, and where it failed."""
        widget = self.currentWidget()
        return widget if isinstance(widget, Page) else None

    def page(self, name: str) -> Page:
        """Return a page by its name, making it where nobody went to it yet."""
        page = self._pages.get(name)
        return self._make(name) if page is None else page

    def bring(self, name: str, entity: str, item_id: str) -> None:
        """Bring a page to the front, with an item in view where one is named."""
        shown: QWidget = self._fault
        try:
            page = self.page(name)
            self.setCurrentWidget(page)
            if entity:
                page.show_item(entity, item_id)
            shown = page
        finally:
            # Nothing is caught: what went wrong goes on to the crash report.
            self._failed = name if shown is self._fault else ""
            self._clear_away()
            self.setCurrentWidget(shown)

    @Slot()
    def try_again(self) -> None:
        """Forget the page that failed, so that it is made anew."""
        self._pages.pop(self._failed, None)
        self._clear_away()
        self.retried.emit()

    def state(self) -> dict[str, Any]:
        """Return what the pages keep of themselves."""
        pages = {
            name: {**page.state(), TYPED: typed_within(page, Section)}
            for name, page in self._pages.items()
        }
        return {**self._kept, **pages}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Keep ready what the pages take up when they are made."""
        self._kept = dict(state)

    def _make(self, name: str) -> Page:
        page = self._makers[name](self._desk, self)
        self._pages[name] = page
        self.addWidget(page)
        kept = self._kept.get(name, {})
        page.restore(kept)
        take_up_within(page, kept.pop(TYPED, None), Section)
        page.commands_changed.connect(self.commands_changed)
        page.title_changed.connect(self.title_changed)
        return page

    def _clear_away(self) -> None:
        """Let go of what was only half made."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for page in self.findChildren(Page, options=direct):
            if page not in self._pages.values():
                page.hide()
                page.deleteLater()
