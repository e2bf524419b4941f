"""Choosing who is in charge by typing a few letters: ours and the customer's, each apart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from csdesk.i18n import _
from csdesk.insight.fuzzy import match
from csdesk.model.vocabulary import Side
from csdesk.queries.known_people import Person
from csdesk.store.words import fold
from ui.pages.plan.outline_words import customer_name
from ui.pages.plan.people_choice import Owner

OWNER_ROLE = Qt.ItemDataRole.UserRole + 1
"""The Owner that a line of the list stands for; None for a heading."""

WIDTH, MOST_LINES = 260, 13


class PersonPicker(QLineEdit):
    """A field whose list narrows as one types: a name, a reading in kana, an e-mail address.

    Somebody who is not known yet can be added by the name that is typed.
    """

    picked = Signal(object)
    """An Owner: somebody, or nobody."""
    newcomer = Signal(object, str)
    """The Side and the name of somebody to be added."""
    given_up = Signal()

    def __init__(self, people: Sequence[Person], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = list(people)
        self._shown_owner = Owner(None)
        # A frame in the window, not a popup: the field keeps the keyboard.
        self._frame = QFrame(parent.window() if parent is not None else None)
        self._frame.setProperty("kind", "popup")
        self._list = QListView(self._frame)
        # Goes after the list, or the list would be left without lines for a moment.
        self._lines = QStandardItemModel(self._frame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setModel(self._lines)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(_("People"))
        self._list.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self._frame)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self._list)
        self.setPlaceholderText(_("Type a name…"))
        self.setAccessibleName(_("In charge"))
        self.textEdited.connect(self._fill)
        self.destroyed.connect(self._frame.deleteLater)
        # Only once the field has its place can its list open below it.
        QTimer.singleShot(0, self, self.open_list)

    @property
    def texts(self) -> list[str]:
        """The lines of the list as they stand now."""
        return [self._lines.item(row).text() for row in range(self._lines.rowCount())]

    @property
    def marked(self) -> Owner | None:
        """Whom Enter would choose."""
        owner: Owner | None = self._list.currentIndex().data(OWNER_ROLE)
        return owner

    def show_owners(self, owner_id: str | None, customer_owner_id: str | None) -> None:
        """Mark who is in charge now."""
        if owner_id:
            self._shown_owner = Owner(Side.US, owner_id)
        elif customer_owner_id:
            self._shown_owner = Owner(Side.CUSTOMER, customer_owner_id)
        self._fill(self.text())

    @Slot()
    def open_list(self) -> None:
        """Show the list below the field, or above it where there is no room."""
        if not self._lines.rowCount():
            self._fill(self.text())
        self._place()
        self._frame.show()
        self._frame.raise_()

    def pick_marked(self) -> None:
        """Choose who is marked."""
        self._pick(self.marked)

    @Slot(str)
    def _fill(self, typed: str) -> None:
        words = fold(typed).split()
        best: list[tuple[int, str]] = []
        self._lines.clear()
        if not words:
            self._line(_("Nobody"), Owner(None))
        for side, heading in ((Side.US, _("Our side")), (Side.CUSTOMER, _("Customer's side"))):
            fits = [(_fit(one, words), one) for one in self._people if one.side is side]
            known = [(fit, at, one) for at, (fit, one) in enumerate(fits) if fit is not None]
            found = [one for _fit_of, _at, one in sorted(known, key=lambda each: each[:2])]
            best += [(fit, one.id) for fit, _at, one in known]
            name = typed.strip()
            if not found and name and self._is_known(name, side):
                continue
            self._heading(heading)
            for one in found:
                shown = one.name if side is Side.US else customer_name(one.name)
                self._line(shown, Owner(side, one.id))
            if not self._is_known(name, side):
                new = _("New team member…") if side is Side.US else _("New contact…")
                if name:
                    new = _("Add “{name}”").format(name=name)
                self._line(new, Owner(side, is_new=True))
        fitting = min(best, key=lambda each: each[0], default=(0, ""))[1]
        self._mark(fitting if words else "")
        if self._frame.isVisible():
            self._place()

    def _is_known(self, name: str, side: Side) -> bool:
        said = fold(name).split()
        return bool(said) and any(
            fold(one.name).split() == said for one in self._people if one.side is side
        )

    def _mark(self, person_id: str) -> None:
        """Mark who fits best what is typed, or who is in charge now."""
        rows = [row for row in range(self._lines.rowCount()) if self._owner(row) is not None]
        owners = {row: self._owner(row) or Owner(None) for row in rows}
        meant = (
            row
            for row, one in owners.items()
            if (one.id == person_id if person_id else one == self._shown_owner and not self.text())
        )
        first = next(iter(rows), None)
        wanted = next(meant, first)
        self._list.setCurrentIndex(
            QModelIndex() if wanted is None else self._lines.index(wanted, 0)
        )

    def _owner(self, row: int) -> Owner | None:
        owner: Owner | None = self._lines.item(row).data(OWNER_ROLE)
        return owner

    def _step(self, by: int) -> None:
        rows = [row for row in range(self._lines.rowCount()) if self._owner(row) is not None]
        if not rows:
            return
        now = self._list.currentIndex().row()
        place = rows.index(now) + by if now in rows else 0
        index = self._lines.index(rows[max(0, min(place, len(rows) - 1))], 0)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._pick(index.data(OWNER_ROLE))

    def _pick(self, owner: Owner | None) -> None:
        if owner is None:
            return
        if owner.is_new and owner.side is not None:
            self.newcomer.emit(owner.side, self.text().strip())
        else:
            self.picked.emit(owner)

    def _line(self, text: str, owner: Owner) -> None:
        item = QStandardItem(text)
        item.setData(owner, OWNER_ROLE)
        item.setSizeHint(QSize(0, self._line_height()))
        self._lines.appendRow(item)

    def _heading(self, text: str) -> None:
        item = QStandardItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, self._line_height()))
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(font)
        self._lines.appendRow(item)

    def _place(self) -> None:
        window = self._frame.parentWidget()
        if window is None:
            return
        wanted = self._line_height() * min(self._lines.rowCount(), MOST_LINES) + 12
        field = QRect(self.mapTo(window, self.rect().topLeft()), self.size())
        below, above = window.height() - field.bottom() - 8, field.top() - 8
        height = min(wanted, max(below, above))
        top = field.bottom() + 4 if height <= below else field.top() - height - 4
        left = max(4, min(field.left(), window.width() - WIDTH - 4))
        self._frame.setGeometry(left, top, WIDTH, height)

    def _line_height(self) -> int:
        return self.fontMetrics().height() + 10

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8,
                 Qt.Key.Key_PageDown: 8}  # fmt: skip
        if key in steps:
            self._step(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pick_marked()
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self._frame.hide()
        return super().event(event)


def _fit(person: Person, words: list[str]) -> int | None:
    """Tell how well a person fits all that is typed, the better the smaller; None: not at all."""
    texts = (person.name, person.kana, person.email.partition("@")[0])
    worst = 0
    for word in words:
        fits = [found.fit for text in texts if text and (found := match(word, text, fold))]
        if not fits:
            return None
        worst = max(worst, min(fits))
    return worst
