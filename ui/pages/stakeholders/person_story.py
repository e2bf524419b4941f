"""What a person at the customer was part of: touchpoints attended, items in their charge."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import label_of
from csdesk.queries.stakeholders import Attended, OwnedItem, items_owned_by, touchpoints_attended
from ui.desk import Desk
from ui.widgets.elided_button import ElidedButton

MOST = 6
"""How many of each are listed; how many more there are is said below."""


class PersonStory(QWidget):
    """Lists both, each line leading to what it names."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[object, ...] = ()
        self._lines: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4, 0, 0)
        self._layout.setSpacing(2)

    @property
    def links(self) -> list[ElidedButton]:
        """The lines that lead somewhere, from the top."""
        return [line for line in self._lines if isinstance(line, ElidedButton)]

    def show_person(self, contact_id: str) -> None:
        """Show what a person was part of; what is shown already stays as it is."""
        touchpoints = self._desk.read(touchpoints_attended, contact_id)
        items = self._desk.read(items_owned_by, contact_id)
        if (touchpoints, items) == self._shown:
            return
        self._shown = (touchpoints, items)
        for line in self._lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        self._list(
            _("Touchpoints they attended"),
            [("touchpoint", one.id, _touchpoint_words(one), one.summary) for one in touchpoints],
        )
        self._list(
            _("What they are in charge of"),
            [(one.entity, one.id, _item_words(one), one.plan_title) for one in items],
        )

    def _list(self, title: str, found: Sequence[tuple[str, str, str, str]]) -> None:
        heading = self._add(QLabel(title, self))
        heading.setProperty("kind", "small")
        for entity, row_id, words, hint in found[:MOST]:
            link = ElidedButton(words, self)
            link.setProperty("kind", "line")
            link.setToolTip("\n".join(part for part in (words, hint) if part))
            link.clicked.connect(partial(self._go, entity, row_id))
            self._add(link)
        left = len(found) - MOST
        words = "" if found else _("Nothing yet")
        if left > 0:
            words = ngettext("and {n} more", "and {n} more", left).format(n=left)
        if words:
            self._add(QLabel(words, self)).setProperty("kind", "faint")

    def _go(self, entity: str, row_id: str, _checked: bool = False) -> None:
        self._desk.show(entity, row_id)

    def _add(self, line: QWidget) -> QWidget:
        self._lines.append(line)
        self._layout.addWidget(line)
        line.show()
        return line


def _touchpoint_words(one: Attended) -> str:
    day = current().date(one.held_at.astimezone().date()) if one.held_at else _("No date")
    what = label_of(one.type) or label_of(one.channel)
    return " · ".join(part for part in (day, what, " ".join(one.summary.split())) if part)


def _item_words(one: OwnedItem) -> str:
    due = _("due {date}").format(date=current().date(one.due_on)) if one.due_on else ""
    return " · ".join(part for part in (one.title, due, label_of(one.status)) if part)
