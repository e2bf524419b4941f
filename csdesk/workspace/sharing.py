"""How an open workspace takes part in its team: `workspace.team`.

One round at a time, on a connection of its own, beside whoever edits; other threads may ask how
things stand at any time. Nothing here knows of a window.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.base import instant_text
from csdesk.progress import SILENT, Progress
from csdesk.store import local
from csdesk.store.driver import RawConnection, told_plainly
from csdesk.store.replica import Replica
from csdesk.store.schema import workspace_id
from csdesk.store.stamps import Clock
from csdesk.store.touching import Announcements, Change
from csdesk.team.admission import Taken, taken
from csdesk.team.exchange import Exchange, author_of
from csdesk.team.files import DiskFiles, Files
from csdesk.team.folder import Desk
from csdesk.team.merge import Merged, SeenFile, SplitHistoryError, merge
from csdesk.team.outbox import Sender
from csdesk.team.preview import Incoming, preview
from csdesk.team.standing import (
    Arrival,
    FolderFile,
    Report,
    State,
    StateKind,
)
from csdesk.workspace.publication import Publication, Publisher
from csdesk.workspace.writing import Writing


@dataclass(frozen=True, slots=True)
class Means:
    """What the exchange works with, handed in so that tests can play a day through."""

    files: Files
    chance: random.Random

    @classmethod
    def of_this_computer(cls) -> Self:
        """Take the real disk, and chance that nobody set."""
        return cls(DiskFiles(), random.Random())


class Sharing:
    """The exchange of one open workspace; safe from any thread."""

    def __init__(
        self,
        replica: Replica,
        writing: Writing,
        announcements: Announcements,
        publisher: Publisher,
        sender: Sender,
        clock: Clock,
        means: Means,
        *,
        writable: bool,
        moved: Callable[[Path], None],
    ) -> None:
        self._replica = replica
        self._writing = writing
        self._announcements = announcements
        self._publisher = publisher
        self._writable = writable
        self._moved = moved
        self._clock = clock
        self._lock = threading.RLock()
        self._watching = threading.Lock()
        self._eyes: RawConnection | None = None
        self._closed = False
        workspace = workspace_id(self._watch())
        desk = Desk(replica, workspace, means.files, means.chance, sender)
        self._exchange = Exchange(desk, publisher.document, clock)

    @property
    def shared(self) -> bool:
        """Whether this workspace is shared: an exchange folder lies beside its document."""
        return self._exchange.shared

    @property
    def state(self) -> State:
        """How things stand now, as one kind of state."""
        state = self._exchange.state
        if not self.shared:
            return state
        if state.kind is StateKind.SAVED_HERE:
            state = replace(state, kind=StateKind.SHARED, shared_at=self._shared_at())
        if state.kind is StateKind.SHARED and self.is_due():
            state = replace(state, kind=StateKind.TO_SHARE)
        return state

    def files(self) -> tuple[FolderFile, ...]:
        """List the files of the folder as the last round found them, and what became of them."""
        return self._exchange.files

    def look(self) -> bool:
        """Tell cheaply whether a round has anything to do: at most 48 bytes a file are read.

        True where the folder changed since the last round, where it lacks edits, and before the
        first round.
        """
        if not self._writable:
            return False
        return self._exchange.look() or self.is_due()

    def is_due(self) -> bool:
        """Tell whether the folder, or the document of who is alone, lacks steps of this replica."""
        shared = self.shared
        with self._watching, told_plainly():
            if self._closed:
                return False
            eyes = self._watch()
            return not self._exchange.is_delivered(eyes) if shared else self._publisher.is_due(eyes)

    def share(self) -> None:
        """Make the exchange folder beside the document and put the first outbox into it.

        Does no harm where it is shared already. Raises UserError where that cannot be written to.
        """
        self._check_writable()
        with self._lock:
            with told_plainly(), self._connected() as connection:
                if not self.shared:
                    self._publisher.publish(connection, self._writing.turn)
                self._exchange.document = self._publisher.document
                self._exchange.share(connection)
            self.sync()

    def sync(self, progress: Progress = SILENT, *, publish: bool = True) -> Report:
        """Run one whole round: take in what is new, then give the folder what it lacks.

        What arrives is announced at once. Without `publish` nothing is written outside the
        program's own folder. What keeps the folder from being read or written is told by `state`
        and by the report, not raised. A workspace that is not shared takes in conflict copies
        beside its document, which is then written; UserError where that cannot be.
        """
        self._check_writable()
        with self._lock, told_plainly(), self._connected() as connection:
            self._exchange.document = self._publisher.document
            report = self._exchange.round(
                connection, self._writing.turn, self._announce, publish=publish, progress=progress
            )
            if self._exchange.document != self._publisher.document:
                self._publisher.follow(self._exchange.document)
                self._moved(self._exchange.document)
            if publish and not self.shared:
                publication = self._publisher.publish(connection, self._writing.turn)
                self._after_publication(publication)
                if publication.notice:
                    report = replace(report, notices=(*report.notices, publication.notice))
            elif publish and report.anything:
                self._publisher.back_up_if_due(connection)
            return report

    def publish(self) -> Publication:
        """Bring what others see up to date: the folder where it is shared, else the document.

        Raises UserError where the document's folder cannot be written to.
        """
        self._check_writable()
        if self.shared:
            report = self.sync()
            return Publication(None, bool(report.arrivals), " ".join(report.notices))
        with self._lock, told_plainly(), self._connected() as connection:
            publication = self._publisher.publish(connection, self._writing.turn)
            self._after_publication(publication)
            return publication

    def merge(self, path: Path) -> Arrival:
        """Take in one other copy of this workspace, wherever it lies; the file stays as it is.

        Raises Refused, a UserError, where it may not come in, and SplitHistoryError where rows of
        a split history stayed out; everything else is in then.
        """
        self._check_writable()
        path = path.expanduser().absolute()
        with self._lock, told_plainly(), self._connected() as connection, self._taken(path) as copy:
            seen = SeenFile(copy.seal.sha256.hex(), path.name, instant_text(self._clock()))
            with self._writing.turn:
                merged = merge(connection, copy.database, seen)
            author = author_of(connection, merged) or copy.content.author
            self._announce(author, merged)
            if merged.split:
                raise SplitHistoryError.of(merged.split)
            return Arrival(path.name, author, merged)

    def preview(self, path: Path) -> tuple[Incoming, ...]:
        """List the fields that another copy would change, the earliest first; changes nothing.

        Raises Refused, a UserError, where it may not come in.
        """
        with (
            self._lock,
            told_plainly(),
            self._taken(path.expanduser().absolute()) as copy,
            self._watching,
        ):
            return preview(self._watch(), copy.database)

    def accept(self, name: str) -> Report:
        """Take in a copy that asked; the answer holds for this content, under any name."""
        return self._answer(name, accepted=True)

    def dismiss(self, name: str) -> Report:
        """Leave a copy that asked alone; the answer holds for this content, under any name."""
        return self._answer(name, accepted=False)

    def close(self) -> None:
        """Let go of the connection that watches; the folder is brought up to date before."""
        with self._watching:
            self._closed = True
            if self._eyes is not None:
                self._eyes.close()
                self._eyes = None

    def _answer(self, name: str, *, accepted: bool) -> Report:
        self._check_writable()
        with self._lock:
            sha256 = self._exchange.asking(name)
            if sha256 is None:
                self.sync(publish=False)
                sha256 = self._exchange.asking(name)
            if sha256 is None:
                raise UserError(
                    _("“{name}” does not ask anything.").format(name=name),
                    _("It may have been taken in or removed meanwhile."),
                )
            self._exchange.answer(sha256, accepted=accepted)
            return self.sync(publish=False)

    def _announce(self, author: str, merged: Merged) -> None:
        """Bring the search index up to date and tell everybody what was touched."""
        if not merged.anything:
            return
        with self._writing.turn:
            self._writing.index()
        self._announcements.announce(change_by(author, merged))

    def _after_publication(self, publication: Publication) -> None:
        if publication.seal is not None:
            self._exchange.note_document_written(publication.seal)
        if publication.merged is not None:
            self._announce(publication.author, publication.merged)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[RawConnection]:
        with contextlib.closing(local.connect_with(self._replica)) as connection:
            yield connection

    def _taken(self, path: Path) -> contextlib.AbstractContextManager[Taken]:
        desk = self._exchange.desk
        return taken(desk.files, path, desk.replica, desk.workspace)

    def _shared_at(self) -> dt.datetime | None:
        """Tell when an earlier run of the program last shared everything."""
        with self._watching, told_plainly():
            return None if self._closed else self._exchange.shared_at(self._watch())

    def _watch(self) -> RawConnection:
        """Give the connection that only reads how far the replica is; for who may watch."""
        if self._eyes is None:
            self._eyes = local.connect_reader(self._replica)
        return self._eyes

    def _check_writable(self) -> None:
        if not self._writable:
            raise UserError(
                _("“{name}” is open in another CSDesk on this computer.").format(
                    name=self._publisher.document.name
                ),
                _("There it is shared as well."),
            )


def change_by(author: str, merged: Merged) -> Change:
    """Describe what a merge changed, for whoever shows it."""
    label = _("Changes from {author}").format(author=author)
    if not author:
        label = _("Changes from another copy")
    return Change(label, None, merged.rows, merged.accounts, merged.everything)
