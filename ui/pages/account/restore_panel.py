"""Going back to a moment of the history: what it would change, and the button that does it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.progress import Progress
from csdesk.queries.arrivals import ArrivalLine
from csdesk.queries.restore_preview import restore_preview
from csdesk.queries.row_story import RowStory
from csdesk.workspace.moments import RestorePoint
from csdesk.workspace.workspace import Outcome
from ui.desk import Desk
from ui.widgets.choice_box import NameBox
from ui.widgets.wrapped_label import WrappedLabel

HIGHEST = 220
"""Pixels of the list of what would change, beyond which it scrolls."""


class RestorePanel(QFrame):
    """Offers a moment for the item, the account or everything, with what would become of them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._moment: dt.datetime | None = None
        self._offer: tuple[RowStory, str, str] | None = None
        self._scopes: dict[str, tuple[str | None, str | None, str]] = {}
        self._asked = 0
        self.setProperty("kind", "card")
        self._build()
        self._connect()
        self.hide()

    @property
    def scope(self) -> NameBox:
        """The box that says how much goes back."""
        return self._scope

    @property
    def text(self) -> str:
        """What would change, as shown."""
        return self._changes.text()

    @property
    def restore_button(self) -> QPushButton:
        """The button that does it."""
        return self._restore

    def offer(self, story: RowStory, account_id: str, account: str) -> None:
        """Offer the moment right after a step of the history."""
        self._show_offer(story, account_id, account)
        self._scope.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed_state(self) -> dict[str, Any] | None:
        """Return what is offered and how much is to go back; None where it is closed."""
        if self._offer is None:
            return None
        return {"offer": self._offer, "scope": self._scope.currentData()}

    def take_up_typed(self, state: Mapping[str, Any]) -> None:
        """Offer the same again."""
        self._show_offer(*state["offer"], scope=state["scope"])

    def _show_offer(
        self, story: RowStory, account_id: str, account: str, *, scope: str = "account"
    ) -> None:
        self._offer = (story, account_id, account)
        self._moment = story.at
        self._scopes = {"account": ("account", account_id, account)}
        choices = [("account", _("This account with all that belongs to it"))]
        if story.entity != "account":
            self._scopes["item"] = (story.entity, story.row_id, story.name)
            words = _("Only “{name}” with what belongs to it").format(name=story.name)
            choices.append(("item", words))
        self._scopes["everything"] = (None, None, "")
        choices.append(("everything", _("Everything in this file")))
        self._title.setText(_("As it was on {moment}").format(moment=current().moment(story.at)))
        self._scope.clear()
        for name, words in choices:
            self._scope.addItem(words, name)
        self._scope.setCurrentIndex(max(0, self._scope.findData(scope)))
        self.show()
        self.look()

    @Slot()
    def look(self) -> None:
        """Find out, on the worker, what going back would change."""
        point, workspace = self._point(), self._desk.workspace
        if point is None:
            return
        self._asked += 1
        self._restore.setEnabled(False)
        self._changes.setText(_("Looking what would change…"))

        def preview(progress: Progress) -> tuple[ArrivalLine, ...]:
            return restore_preview(workspace, point)

        task = self._desk.tasks.prepare(_("Looking what would change"), preview)
        task.succeeded.connect(partial(self._on_looked, self._asked))
        task.failed.connect(partial(self._on_refused, self._asked))
        self._desk.tasks.start(task)

    @Slot()
    def restore(self) -> None:
        """Go back, as one step that can be undone."""
        point, workspace = self._point(), self._desk.workspace
        if point is None:
            return

        def go_back(progress: Progress) -> Outcome:
            return workspace.restore(point)

        task = self._desk.work(_("Going back"), go_back)
        task.can_cancel = False
        task.succeeded.connect(self._on_restored)
        self.close_panel()
        self._desk.tasks.start(task)

    @Slot()
    def close_panel(self) -> None:
        """Close the panel; nothing was changed."""
        self._asked += 1
        self._moment = self._offer = None
        self.hide()

    def _point(self) -> RestorePoint | None:
        if self._moment is None:
            return None
        entity, row_id, name = self._scopes[self._scope.currentData()]
        return RestorePoint(self._moment, entity, row_id, name)

    def _on_looked(self, asked: int, lines: tuple[ArrivalLine, ...]) -> None:
        if asked != self._asked or not shiboken6.isValid(self):
            return  # another moment or extent was chosen meanwhile, or another language
        if not lines:
            self._changes.setText(_("Nothing would change: all is as it was then."))
            return
        self._changes.setText("\n".join(map(_words, lines)))
        self._restore.setEnabled(not self._desk.workspace.read_only)

    def _on_refused(self, asked: int, error: UserError) -> None:
        if asked == self._asked and shiboken6.isValid(self):
            self._changes.setText(str(error))

    @Slot(object)
    def _on_restored(self, outcome: Outcome) -> None:
        if outcome.change is not None:
            self._desk.offer_undo(_("Done: {step}").format(step=outcome.label))

    def _build(self) -> None:
        self._title = QLabel(self)
        self._title.setProperty("kind", "heading")
        self._scope = NameBox("", self)
        self._scope.setAccessibleName(_("What goes back"))
        self._restore = QPushButton(_("Restore"), self)
        self._restore.setProperty("kind", "primary")
        self._cancel = QPushButton(_("Cancel"), self)
        self._changes = WrappedLabel("", self, "plain")
        self._changes.setTextFormat(Qt.TextFormat.PlainText)
        self._changes.setAccessibleName(_("What would change"))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._scope)
        head.addStretch(1)
        head.addWidget(self._restore)
        head.addWidget(self._cancel)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setMaximumHeight(HIGHEST)
        inside = QWidget(scroll)
        inside.setProperty("kind", "plain")
        held = QVBoxLayout(inside)
        held.setContentsMargins(0, 0, 0, 0)
        held.addWidget(self._changes)
        held.addStretch(1)
        scroll.setWidget(inside)
        note = QLabel(
            _("It is one step: Undo takes it back, and others get it like any edit."), self
        )
        note.setProperty("kind", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(scroll)
        layout.addWidget(note)

    def _connect(self) -> None:
        self._scope.activated.connect(self.look)
        self._restore.clicked.connect(self.restore)
        self._cancel.clicked.connect(self.close_panel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)


def _words(line: ArrivalLine) -> str:
    parts = (line.account, "" if line.names_item else line.item)
    place = " · ".join(part for part in parts if part)
    return _("{label}: {text}").format(label=place, text=line.text) if place else line.text
