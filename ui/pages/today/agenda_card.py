"""A card of the Today page: heading, how many, the lines, and words where there are none."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csdesk.i18n import current
from ui.pages.today.agenda import AgendaModel, Lines
from ui.pages.today.agenda_view import AgendaView
from ui.theme import Look
from ui.widgets.pill import Pill
from ui.widgets.wrapped_label import WrappedLabel


class AgendaCard(QFrame):
    """Shows the lines of one kind."""

    def __init__(
        self, look: Look, heading: str, hint: str, nothing: str, parent: QWidget | None = None
    ) -> None:
        """`hint` says what stands here, `nothing` what it means where nothing does."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        title = QLabel(heading, self)
        title.setProperty("kind", "heading")
        title.setToolTip(hint)
        self._count = Pill(self)
        self._model = AgendaModel(self)
        self._view = AgendaView(look, self._model, self)
        self._view.setAccessibleName(heading)
        self._view.setAccessibleDescription(hint)
        self._nothing = WrappedLabel(nothing, self, "muted")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._count)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 10, 10)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._view)
        layout.addWidget(self._nothing)
        self.setFocusProxy(self._view)

    @property
    def view(self) -> AgendaView:
        """The list."""
        return self._view

    @property
    def model(self) -> AgendaModel:
        """The lines."""
        return self._model

    def show_lines(self, lines: Lines) -> None:
        """Show lines; the cursor goes on to the next one where its own went away."""
        at, before = self._view.currentIndex().row(), self._view.line
        self._model.show_lines(lines)
        # Qt would lead the cursor up: who ticks one thing off after the other goes down.
        if before is not None and len(lines) and self._model.place_of(before.id) < 0:
            self._view.setCurrentIndex(self._model.index(min(at, len(lines) - 1)))
        self._count.show_words(current().number(len(lines)) if len(lines) else "")
        self._view.setVisible(len(lines) > 0)
        self._nothing.setVisible(len(lines) == 0)
        self._view.updateGeometry()
