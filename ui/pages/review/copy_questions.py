"""Copies whose names a person may have given: what each would bring, and the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from csdesk.i18n import _
from csdesk.progress import Progress
from csdesk.queries.arrivals import incoming_lines
from csdesk.team.standing import FolderFile, Report
from csdesk.workspace.workspace import Workspace
from ui.desk import Desk
from ui.pages.copies.sharing import report_words
from ui.pages.review.copy_card import ACCEPT, DISMISS, LOOK, CopyQuestion
from ui.prompts import Message

FOLDER_ENDING = ".csdesk-sync"

Work = Callable[[Workspace, str, Progress], Any]
Told = Callable[[CopyQuestion, Any], None]


class CopyQuestions(QObject):
    """Keeps what is asked; the worker reads and merges."""

    changed = Signal()
    """Other questions are open, or more is known of one."""
    answered = Signal()
    """Something became of a copy."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._questions: tuple[CopyQuestion, ...] = ()

    def rows(self) -> tuple[CopyQuestion, ...]:
        """Return the open questions."""
        return self._questions

    def ask(self, files: Sequence[FolderFile]) -> None:
        """Ask about these files; what was read of one stays while it is as it was."""
        known = {question.file: question for question in self._questions}
        asked = tuple(known.get(file) or CopyQuestion(f"copy:{file.name}", file) for file in files)
        if asked != self._questions:
            self._questions = asked
            self.changed.emit()

    def answer(self, question: CopyQuestion, choice: str) -> None:
        """Do what was chosen: show what it would bring, bring it in, or leave it alone.

        Raises KeyError for a choice that a question has not.
        """
        name, workspace = question.file.name, self._desk.workspace
        title, work, told = self._answers()[choice]
        task = self._desk.work(title.format(name=name), partial(work, workspace, name))
        task.succeeded.connect(partial(told, question))
        task.finished.connect(self.answered)
        self._desk.tasks.start(task)

    def _answers(self) -> dict[str, tuple[str, Work, Told]]:
        """Return of each choice what the task is called, what it does and who hears of it."""
        return {
            LOOK: (_("Reading {name}"), _read, self._on_read),
            ACCEPT: (_("Bringing in {name}"), _accept, self._on_accepted),
            DISMISS: (_("Leaving {name} alone"), _dismiss, self._on_dismissed),
        }

    def _on_read(self, question: CopyQuestion, lines: tuple[str, ...]) -> None:
        read = replace(question, lines=lines)
        self._questions = tuple(read if one == question else one for one in self._questions)
        self.changed.emit()

    def _on_accepted(self, question: CopyQuestion, report: Report) -> None:
        self._desk.messages.say(Message(report_words(report), "good"))

    def _on_dismissed(self, question: CopyQuestion, report: Report) -> None:
        words = _("“{name}” is left alone from now on.").format(name=question.file.name)
        self._desk.messages.say(Message(words, "good"))


def _read(workspace: Workspace, name: str, progress: Progress) -> tuple[str, ...]:
    incoming = workspace.team.preview(_path(workspace, name))
    return tuple(line.words for line in workspace.read(incoming_lines, incoming))


def _accept(workspace: Workspace, name: str, progress: Progress) -> Report:
    return workspace.team.accept(name)


def _dismiss(workspace: Workspace, name: str, progress: Progress) -> Report:
    return workspace.team.dismiss(name)


def _path(workspace: Workspace, name: str) -> Path:
    """Find a copy: beside the document, or in the exchange folder there."""
    beside = workspace.path.parent
    folders = [one for one in beside.iterdir() if one.name.endswith(FOLDER_ENDING) and one.is_dir()]
    places = [folder / name for folder in (beside, *folders)]
    return next((place for place in places if place.exists()), places[0])
