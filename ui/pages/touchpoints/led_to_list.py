"""The action items a touchpoint led to: ticked off in place, each leading to its plan."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from csdesk.actions.editing import today
from csdesk.actions.plan_items import ItemKind, ItemRef, tick_item
from csdesk.i18n import _, current
from csdesk.queries.touchpoints import SourcedAction
from ui.desk import Desk
from ui.pages.plan.outline_words import customer_name, late_words
from ui.widgets.elided_button import ElidedButton
from ui.widgets.pill import Pill


class LedToList(QWidget):
    """A line for each action item: tick, title, owner, due."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[SourcedAction, ...] | None = None
        self._lines: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)

    @property
    def ticks(self) -> list[QCheckBox]:
        """The tick boxes from the top."""
        return [line for line in self._lines if isinstance(line, QCheckBox)]

    @property
    def titles(self) -> list[ElidedButton]:
        """The titles, which lead to the items."""
        return [line for line in self._lines if isinstance(line, ElidedButton)]

    def show_actions(self, actions: Sequence[SourcedAction]) -> None:
        """Show these action items."""
        if tuple(actions) == self._shown:
            return
        at = next((n for n, tick in enumerate(self.ticks) if tick.hasFocus()), -1)
        self._shown = tuple(actions)
        for line in self._lines:
            self._grid.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for place, action in enumerate(actions):
            self._add(place, action)
        self.setVisible(bool(actions))
        if 0 <= at < len(self.ticks):
            self.ticks[at].setFocus()

    def _add(self, place: int, action: SourcedAction) -> None:
        tick = QCheckBox(self)
        tick.setAccessibleName(_("Done: {title}").format(title=action.title))
        tick.setProperty("kind", "bare")
        tick.setChecked(action.is_done)
        tick.clicked.connect(partial(self._on_tick, action, tick))
        title = ElidedButton(action.title, self)
        title.setProperty("kind", "line")
        title.setToolTip(_("{title}: show it in its plan").format(title=action.title))
        title.clicked.connect(partial(self._desk.show, "action", action.id))
        owner = QLabel(action.owner or customer_name(action.customer_owner), self)
        owner.setProperty("kind", "small")
        owner.setTextFormat(Qt.TextFormat.PlainText)
        late = 0
        if action.due_on is not None and not action.is_closed:
            late = (today() - action.due_on).days
        due: QLabel = Pill(self) if late > 0 else QLabel(self)
        if isinstance(due, Pill):
            due.show_words(late_words(late), "bad")
        else:
            due.setText(current().short_date(action.due_on, today()))
            due.setProperty("kind", "small")
        for column, widget in enumerate((tick, title, owner, due)):
            self._grid.addWidget(widget, place, column)
            widget.show()
            self._lines.append(widget)

    def _on_tick(self, action: SourcedAction, tick: QCheckBox) -> None:
        is_done = tick.isChecked()
        label = _("Tick off “{title}”") if is_done else _("Reopen “{title}”")
        ref = ItemRef(ItemKind.ACTION, action.id)
        step = self._desk.write(label.format(title=action.title[:40]), tick_item, ref, is_done)
        if step is None:
            tick.setChecked(not is_done)
        elif is_done:
            self._desk.offer_undo(_("“{title}” is done.").format(title=action.title))
