"""The words that are for ourselves: documents for customers are checked for them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from csdesk.actions.leak_guard import set_internal_words
from csdesk.i18n import _, ngettext
from csdesk.queries.leak_guard_words import internal_words, shipped_words
from csdesk.store.touching import Change
from ui.desk import Desk
from ui.widgets.word_list import WordList
from ui.widgets.wrapped_label import WrappedLabel


class WordField(QLineEdit):
    """The field of a new word; Escape empties it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class InternalWords(QWidget):
    """Lists the words; adding, removing and restoring are steps that Undo takes back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build()
        self._connect()
        self.refresh()

    @property
    def list(self) -> WordList:
        """The words."""
        return self._list

    @property
    def field(self) -> QLineEdit:
        """Where a new word is typed."""
        return self._field

    @property
    def restore_button(self) -> QPushButton:
        """The button that brings back the words that CSDesk comes with."""
        return self._restore

    @property
    def remove_button(self) -> QPushButton:
        """The button that takes the chosen words out."""
        return self._remove

    @Slot()
    def refresh(self) -> None:
        """Show the words there are now."""
        words = self._desk.read(internal_words)
        shipped = shipped_words()
        # What one added oneself is what one looks for: it stands first.
        self._list.show_words(sorted(words, key=shipped.__contains__))
        self._list.setVisible(bool(words))
        self._none.setVisible(not words)
        missing = set(shipped_words()) - set(words)
        self._restore.setEnabled(bool(missing) and not self._desk.workspace.read_only)
        self._field.setEnabled(not self._desk.workspace.read_only)
        self._offer()

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Show again what somebody may have changed."""
        if change.touches("workspace_setting"):
            self.refresh()

    @Slot()
    def add(self) -> None:
        """Add what is typed; several words may be typed with commas between."""
        typed = self._field.text().replace("、", ",").split(",")
        new = [word.strip() for word in typed if word.strip()]
        if not new:
            return
        words = self._desk.read(internal_words)
        if self._store(_("Internal word “{word}”").format(word=new[0]), [*words, *new]):
            self._field.clear()

    @Slot(object)
    def remove(self, words: tuple[str, ...]) -> None:
        """Take words out of the list."""
        said = ngettext("Remove the word “{word}”", "Remove {n} internal words", len(words))
        label = said.format(word=words[0], n=len(words))
        left = [word for word in self._desk.read(internal_words) if word not in words]
        if self._store(label, left):
            self._desk.offer_undo(label)

    @Slot()
    def restore(self) -> None:
        """Bring back the words that CSDesk comes with; those of our own stay."""
        words = self._desk.read(internal_words)
        missing = [word for word in shipped_words() if word not in words]
        self._store(_("Bring back the words that CSDesk comes with"), [*words, *missing])

    @Slot()
    def _on_remove(self) -> None:
        if self._list.chosen:
            self.remove(self._list.chosen)
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _offer(self) -> None:
        writable = not self._desk.workspace.read_only
        self._add.setEnabled(writable and bool(self._field.text().strip(" 　,、")))
        self._remove.setEnabled(writable and bool(self._list.chosen))

    def _store(self, label: str, words: Iterable[str]) -> bool:
        done = self._desk.write(label, set_internal_words, list(words)) is not None
        self.refresh()
        return done

    def _build(self) -> None:
        hint = WrappedLabel(
            _(
                "Before a document goes to a customer, its texts are checked for these words. "
                "You can still send it."
            ),
            self,
            "small",
        )
        self._list = WordList(self._desk.look, self)
        self._list.setAccessibleName(_("Internal words"))
        self._none = WrappedLabel(_("No words: texts are not checked for any."), self)
        self._field = WordField(self)
        self._field.setPlaceholderText(_("Another word, or several with commas"))
        self._field.setToolTip(self._field.placeholderText())
        self._field.setAccessibleName(_("Another internal word"))
        self._add = QPushButton(_("Add"), self)
        self._remove = QPushButton(_("Remove"), self)
        self._remove.setToolTip(_("Remove the chosen words (Delete)"))
        self._restore = QPushButton(_("Bring back the usual ones"), self)
        self._restore.setToolTip(_("Adds the words that CSDesk comes with; your own stay."))
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._field, 1)
        first.addWidget(self._add)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self._remove)
        second.addWidget(self._restore)
        second.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(9)
        layout.addWidget(hint)
        layout.addWidget(self._list)
        layout.addWidget(self._none)
        layout.addLayout(first)
        layout.addLayout(second)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._offer)
        self._field.returnPressed.connect(self.add)
        self._add.clicked.connect(self.add)
        self._remove.clicked.connect(self._on_remove)
        self._restore.clicked.connect(self.restore)
        self._list.delete_asked.connect(self.remove)
        self._list.selectionModel().selectionChanged.connect(self._offer)
        self._desk.changed.connect(self.on_changed)
