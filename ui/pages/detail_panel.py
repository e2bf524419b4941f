"""The chosen row of a list whole: the texts that a cell is too small for, by who reads them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from csdesk.i18n import _
from ui.desk import Desk
from ui.editing import Place
from ui.widgets.audience_frame import AudienceFrame
from ui.widgets.inline_fields import NoteField

Store = Callable[[Any, str, Any], bool]
"""Stores a row's field; tells whether it was stored."""


class DetailPanel(QFrame):
    """Shows one row and stores each text when one leaves it."""

    def __init__(
        self, desk: Desk, entity: str, store: Store, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._entity = entity
        self._store = store
        self._row: Any = None
        self._notes: dict[str, NoteField] = {}
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Details"))
        self.setMinimumWidth(270)
        self._build()

    @property
    def row(self) -> Any:
        """The row shown; None where there is none."""
        return self._row

    @property
    def first_field(self) -> QWidget:
        """Where the keyboard begins here."""
        return next(iter(self._notes.values()), self)

    def note(self, field: str) -> NoteField:
        """Return the editor of a text. Raises KeyError for a field that has none."""
        return self._notes[field]

    def go_to(self, field: str) -> None:
        """Put the cursor into a field, or the first one where this has none."""
        target = self._notes.get(field, self.first_field)
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(target, NoteField):
            target.selectAll()

    def show_row(self, row: Any) -> None:
        """Show a row, or nothing; what somebody is typing here stays with its row."""
        other = row is None or self._row is None or row.id != self._row.id
        if other:
            for note in self._notes.values():
                note.flush()
        self._row = row
        self._parts.setCurrentIndex(0 if row is not None else 1)
        if row is None:
            return
        for field, note in self._notes.items():
            note.set_value(getattr(row, field), force=other)
        self.fill(row, is_other=other)

    def build_fields(self, inside: QWidget, layout: QVBoxLayout) -> None:
        """Add the fields of this panel to its layout."""
        raise NotImplementedError

    def fill(self, row: Any, *, is_other: bool) -> None:
        """Show what is not a text of several lines."""

    def add_heading(self, field: str, title: str, inside: QWidget, layout: QVBoxLayout) -> None:
        """Add the text the row goes by, large and above the rest."""
        note = NoteField(1, inside, enter_stores=True)
        note.setProperty("kind", "inlineHeading")
        note.document().setDocumentMargin(0)  # its text stands above the labels
        note.setAccessibleName(title)
        layout.addWidget(note)
        self.keep_note(field, note)

    def add_frame(self, layout: QVBoxLayout, parent: QWidget, *, internal: bool) -> AudienceFrame:
        """Add a part for what only we read, or for what the customer may read too."""
        frame = AudienceFrame(self._desk.look, parent, internal=internal)
        layout.addWidget(frame)
        return frame

    def keep_note(self, field: str, note: NoteField) -> None:
        """Store a text in a field of the row when one leaves its editor."""
        self._notes[field] = note
        note.entered.connect(partial(self.store, field))
        self._desk.editing.watch(note, note, partial(self.place, field))

    def place(self, field: str) -> Place | None:
        """Tell which field of which row an editor here stands for."""
        return None if self._row is None else Place(self._entity, self._row.id, field)

    def store(self, field: str, value: Any) -> None:
        """Store a field; what was refused makes place for what is stored."""
        if self._row is None:
            return
        row = self._row
        if not self._store(row, field, value) and self._row is not None:
            if field in self._notes:
                self._notes[field].set_value(getattr(row, field), force=True)
            self.fill(self._row, is_other=False)

    def _build(self) -> None:
        inside = QWidget(self)
        inside.setProperty("kind", "plain")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(14, 10, 14, 14)
        layout.setSpacing(8)
        self.build_fields(inside, layout)
        layout.addStretch(1)
        nothing = QLabel(_("Choose a row to see it whole."), self)
        nothing.setProperty("kind", "muted")
        nothing.setWordWrap(True)
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._parts = QStackedWidget(self)
        self._parts.addWidget(scroll)
        self._parts.addWidget(nothing)
        self._parts.setCurrentIndex(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 4, 1, 4)
        outer.addWidget(self._parts)
