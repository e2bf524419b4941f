"""The lines in which somebody is named who is to be in charge and is not known yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csdesk.i18n import _
from csdesk.model.vocabulary import Side
from csdesk.queries.outline import OutlineItem
from ui.widgets.new_line import NewLine


class NewcomerLines(QWidget):
    """Asks for the name of a colleague or of somebody at the customer."""

    named = Signal(object, object, str)
    """The OutlineItem to be in charge of, the Side, and the name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item: OutlineItem | None = None
        self._lines = {
            Side.US: NewLine(_("New team member"), _("Name"), self),
            Side.CUSTOMER: NewLine(_("New contact"), _("Name"), self),
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for side, line in self._lines.items():
            layout.addWidget(line)
            line.entered.connect(lambda name, side=side: self._on_entered(side, name))
            line.closed.connect(self.hide)
        self.hide()

    @Slot(object, object)
    def ask(self, item: OutlineItem, side: Side) -> None:
        """Ask for the name of somebody on a side, to be in charge of an item."""
        self._item = item
        self.show()
        for other, line in self._lines.items():
            line.setVisible(other is side)
        self._lines[side].start()

    @Slot()
    def close_lines(self) -> None:
        """Close the lines, forgetting what is typed."""
        for line in self._lines.values():
            line.close_line()

    def typed_state(self) -> dict[str, Any] | None:
        """Return whose name is asked for and what is typed; None where nobody's is."""
        for side, line in self._lines.items():
            state = line.typed_state()
            if not self.isHidden() and state is not None and self._item is not None:
                return {"item": self._item, "side": side, **state}
        return None

    def take_up_typed(self, state: Mapping[str, Any]) -> None:
        """Ask for the same name again, with what was typed of it."""
        self.ask(state["item"], state["side"])
        self._lines[state["side"]].take_up_typed(state)

    def _on_entered(self, side: Side, name: str) -> None:
        if self._item is not None:
            self.named.emit(self._item, side, name)
