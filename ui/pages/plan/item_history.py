"""The last changes of one item, short as in a margin; all of them when asked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from csdesk.i18n import _, current
from csdesk.queries.row_story import RowStory, row_stories
from ui.desk import Desk
from ui.pages.account.story_words import story_lines
from ui.widgets.wrapped_label import breakable

LAST = 6
"""Lines that are shown at first."""

ALL = 300
"""Steps that are read when all of them are asked for."""


class ItemHistory(QWidget):
    """Shows who changed what of an item, from what to what, newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[tuple[str, str]] = []
        self._shows_all = False
        title = QLabel(_("History"), self)
        title.setProperty("kind", "small")
        self._text = QLabel(self)
        self._text.setProperty("kind", "small")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setAccessibleName(_("History"))
        self._more = QPushButton(_("All changes"), self)
        self._more.setProperty("kind", "link")
        self._more.clicked.connect(self.show_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(title)
        layout.addWidget(self._text)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def text(self) -> str:
        """The lines shown."""
        return self._text.text()

    @property
    def more(self) -> QPushButton:
        """The button that shows all changes."""
        return self._more

    def show_rows(self, rows: list[tuple[str, str]]) -> None:
        """Show what happened to rows (entity and id), the item itself first."""
        if rows[:1] != self._rows[:1]:
            self._shows_all = False
        self._rows = rows
        self._show()

    @Slot()
    def show_all(self) -> None:
        """Show every change instead of the last ones."""
        self._shows_all = True
        self._show()

    def _show(self) -> None:
        own = self._rows[0][0] if self._rows else ""
        limit = ALL if self._shows_all else LAST + 1
        stories = self._desk.read(row_stories, self._rows, limit=limit)
        lines = [line for story in stories for line in _lines(story, own, self._shows_all)]
        shown = lines if self._shows_all else lines[:LAST]
        self._text.setText(breakable("\n".join(shown)))
        self._more.setVisible(len(shown) < len(lines))


def _lines(story: RowStory, own: str, whole: bool) -> list[str]:
    """Write one step, a line for each field: the day, who, what; `whole` with hour and computer."""
    day = current().date(story.at.astimezone().date())
    what = "" if story.entity == own else f"{story.name}: "
    who = story.author or story.computer
    if whole:
        day, who = current().moment(story.at), " · ".join(filter(None, _who(story)))
    return [
        " ".join(part for part in (day, who, f"{what}{line}") if part)
        for line in story_lines(story)
    ]


def _who(story: RowStory) -> tuple[str, str]:
    return story.author, story.computer
