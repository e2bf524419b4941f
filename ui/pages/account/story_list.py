"""What happened to something, newest first: when, who, from what to what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from csdesk.i18n import _, current
from csdesk.queries.row_story import Happening, RowStory


def story_lines(story: RowStory) -> list[str]:
    """Say what one step did, one line for each field."""
    said = {
        Happening.ADDED: _("added"),
        Happening.MOVED: _("moved"),
        Happening.DELETED: _("deleted"),
        Happening.RESTORED: _("restored"),
    }.get(story.happening)
    if said is not None:
        return [said]
    lines = []
    for field in story.fields:
        before, after = field.before or "–", field.after or "–"
        line = f"{field.label}: {before} → {after}"
        if field.is_lost:
            line = _("{change} (kept aside: another edit of the same time shows)").format(
                change=line
            )
        lines.append(line)
    return lines


def _head(story: RowStory) -> tuple[str, str, str]:
    return current().moment(story.at), story.author, story.computer


class StoryList(QWidget):
    """The stories of one row as lines of text that can be selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel(self)
        self._text.setProperty("kind", "small")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setAccessibleName(_("History"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text)

    @property
    def text(self) -> str:
        """The lines shown."""
        return self._text.text()

    def show_stories(self, stories: Sequence[RowStory], own: str) -> None:
        """Show stories, one block each; rows of other entities than `own` are named."""
        blocks = []
        for story in stories:
            head = " · ".join(part for part in _head(story) if part)
            what = "" if story.entity == own else f"{story.kind} {story.name}: "
            lines = (f"  {what}{line}" for line in story_lines(story))
            blocks.append("\n".join((head, *lines)))
        self._text.setText("\n".join(blocks))
