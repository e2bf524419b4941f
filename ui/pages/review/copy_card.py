"""A copy whose name a person may have given: what it would bring, and whether it is to come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from csdesk.i18n import _, ngettext
from csdesk.team.standing import FolderFile
from ui.pages.copies.files_table import written_by
from ui.pages.review.card import Card, Choice
from ui.widgets.wrapped_label import WrappedLabel

MOST_LINES = 12
"""Of more changes than these only so many are listed."""

LOOK, ACCEPT, DISMISS = "look", "accept", "dismiss"


@dataclass(frozen=True, slots=True)
class CopyQuestion:
    """A copy that asks; `lines` is what it would bring, None before somebody asked for them."""

    id: str
    file: FolderFile
    lines: tuple[str, ...] | None = None


class CopyCard(Card):
    """Asks whether a copy belongs to the team's work; first one sees what it would bring."""

    def __init__(self, question: CopyQuestion, parent: QWidget | None = None) -> None:
        file = question.file
        by = written_by(file)
        source = _("written by {who}").format(who=by) if by else ""
        super().__init__(file.name, source, parent, can_open=False)
        self.add_note(_question_words(file))
        no = Choice(DISMISS, _("Not part of it"), "N", _("Leave this copy alone"))
        if question.lines is None:
            look = Choice(
                LOOK,
                _("Bring in…"),
                "B",
                _("Show what this copy would bring in"),
                main=True,
            )
            self.add_choices((look, no))
            return
        self._show_lines(question.lines)
        if question.lines:
            yes = Choice(ACCEPT, _("Bring in"), "B", _("Bring in what this copy has"), main=True)
            self.add_choices((yes, no))
        else:
            self.add_choices((no,))

    def _show_lines(self, lines: Sequence[str]) -> None:
        if not lines:
            self.add_note(_("It has nothing that you do not have."), "text")
            return
        head = QLabel(_("It would bring:"), self)
        head.setProperty("kind", "small")
        shown = list(lines[:MOST_LINES])
        left = len(lines) - len(shown)
        if left:
            shown.append(
                ngettext("and {n} more change", "and {n} more changes", left).format(n=left)
            )
        text = WrappedLabel("\n".join(shown), self, "text")
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.inside.addWidget(head)
        self.inside.addWidget(text)


def _question_words(file: FolderFile) -> str:
    return ngettext(
        "This file lies beside the team file and has {n} change that you do not have. Its name may "
        "be a sync service’s or a person’s: a copy kept on purpose, for trying things out.",
        "This file lies beside the team file and has {n} changes that you do not have. Its name "
        "may be a sync service’s or a person’s: a copy kept on purpose, for trying things out.",
        file.new_rows,
    ).format(n=file.new_rows)
