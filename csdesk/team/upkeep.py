"""What a round gives to the folder: the outbox, now and then the document, and some order.

The document is written anew only when the outboxes have grown or a day has passed, by one computer
after the other if the one before did not: so a team hardly ever writes it twice at once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from pathlib import Path

from csdesk.i18n import _
from csdesk.store.document import read_seal
from csdesk.store.driver import RawConnection
from csdesk.store.versions import contains, versions
from csdesk.team.admission import taken
from csdesk.team.checkpoint import write_document
from csdesk.team.contents import Content, covered_by
from csdesk.team.files import Files
from csdesk.team.folder import FolderHub, Looked
from csdesk.team.guard import Refused
from csdesk.team.standing import Fate, FileKind

LARGE = 1 << 20
"""Bytes that the outboxes may hold beyond the document."""

OLD = dt.timedelta(days=1)
"""How long the document may lack what the outboxes have; and how old what is tidied up must be."""

SLOT_WHEN_LARGE = dt.timedelta(minutes=15)
SLOT_WHEN_OLD = dt.timedelta(hours=1)
"""How much time one computer has to write the document before it is the next one's turn."""

UNHEARD = dt.timedelta(minutes=30)
"""How long nothing may have come of the others for this computer to be sure of its network."""

LOST = dt.timedelta(hours=1)
"""How long a document must lie there torn and unchanged before it is written again."""


class Upkeep:
    """Gives the folder what it lacks, in one round."""

    def __init__(self, hub: FolderHub, connection: RawConnection) -> None:
        self._hub = hub
        self._connection = connection
        self._files: Files = hub.desk.files
        self._chance: random.Random = hub.desk.chance

    def run(self) -> int:
        """Write what is due and return how many rows the folder got.

        Raises OSError where the folder does not let it, UserError where it keeps something else
        than what was written.
        """
        before = self._hub.versions()
        self._notice_older_document()
        if self._hub.document is None:
            self._bring_document_back()
        delivered = self._hub.take(self._connection)
        if self._is_checkpoint_due():
            self._write_document()
        self.tidy()
        return max(delivered, _rows_between(before, self._hub.versions()))

    def _bring_document_back(self) -> None:
        """Follow a document that was renamed, write one anew that is gone; and say so."""
        hub = self._hub
        name = hub.place.document.name
        if hub.follow_renamed_document():
            renamed = _("“{name}” is called “{new}” now. You go on working in it.")
            hub.notices.append(renamed.format(name=name, new=hub.place.document.name))
            return
        known = hub.notes.fact("document") is not None
        self._write_document()
        if known:
            gone = _("“{name}” was gone; it was written again.")
            hub.notices.append(gone.format(name=name))

    def _notice_older_document(self) -> None:
        """Say so where a service put the document back to what it was before."""
        hub, looked = self._hub, self._hub.document
        last = hub.notes.fact("document")
        if looked is None or looked.content is None or last in (None, looked.glimpse.sha256):
            return
        before = hub.notes.content(str(last))
        if before is not None and _is_older(looked.content, before):
            hub.notices.append(
                _(
                    "An older version of “{name}” was put back. The team's later changes are"
                    " kept, and are shared again."
                ).format(name=looked.glimpse.name)
            )

    def _is_checkpoint_due(self) -> bool:
        """Tell whether this computer is to write the document now."""
        hub, looked = self._hub, self._hub.document
        if looked is None or looked.content is None:
            return looked is not None and self._is_lost(looked)
        if contains(looked.content.last, versions(self._connection)):
            return False
        sha256 = looked.glimpse.sha256
        slot = self._slot(looked.content, sha256)
        if slot is None:
            return False
        plan = f"{sha256}/{slot.total_seconds():.0f}"
        planned, _blank, moment = (hub.notes.fact("checkpoint") or "").partition(" ")
        if planned != plan:
            hub.notes.keep_fact("checkpoint", f"{plan} {self._moment(sha256, slot).isoformat()}")
            return False
        return hub.now >= dt.datetime.fromisoformat(moment)

    def _slot(self, document: Content, sha256: str) -> dt.timedelta | None:
        """Tell how much time each computer has before the next one does it; None if not due."""
        hub = self._hub
        beyond = sum(
            looked.glimpse.entry.size * content.rows_beyond(document.last) // content.rows()
            for looked, content in hub.lasting()
            if content.is_outbox and content.rows()
        )
        if beyond > LARGE:
            return SLOT_WHEN_LARGE
        since = hub.notes.since(f"document {sha256}", hub.now)
        return SLOT_WHEN_OLD if hub.now - since >= OLD else None

    def _moment(self, sha256: str, slot: dt.timedelta) -> dt.datetime:
        """Tell when it is this computer's turn, should nobody have done it before.

        All computers see the same outboxes and put them into the same order, another one for each
        document. One that has heard nothing of the others waits longer: it may be without network.
        """
        hub = self._hub
        names = {one.glimpse.name for one, content in hub.lasting() if content.is_outbox}
        order = sorted(names, key=lambda name: hashlib.sha256(f"{sha256}{name}".encode()).digest())
        own = hub.told.outbox
        turn = order.index(own) if own in order else len(order)
        heard = [
            hub.notes.since(f"seen {one.glimpse.sha256}", hub.now)
            for one, content in hub.lasting()
            if content.is_outbox and one.glimpse.path != hub.own
        ]
        if heard and hub.now - max(heard) > UNHEARD:
            turn += len(order) + 1
        return hub.now + slot * turn + slot * self._chance.random() / 3

    def _is_lost(self, looked: Looked) -> bool:
        """Tell whether a torn document is given up: it is kept in the archive first."""
        notes, entry = self._hub.notes, looked.glimpse.entry
        if looked.fate is not Fate.WAITING or looked.glimpse.is_placeholder:
            return False
        sign = f"{entry.size}/{entry.modified}"
        noted, _blank, moment = (notes.fact("lost") or "").partition(" ")
        if noted != sign:
            notes.keep_fact("lost", f"{sign} {self._hub.now.isoformat()}")
            return False
        return self._hub.now - dt.datetime.fromisoformat(moment) >= LOST

    def _write_document(self) -> None:
        hub = self._hub
        looked, target = hub.document, hub.place.document
        if looked is not None and looked.content is not None:
            if not looked.content.is_within(versions(self._connection)):
                return  # it has what is not here yet: nothing is written over that
            present = read_seal(target) if self._files.exists(target) else None
            if present is None or present.sha256.hex() != looked.glimpse.sha256:
                return  # somebody else just did
        elif looked is not None:
            self._files.copy_out(target, self._archived(looked))
        written = versions(self._connection)
        seal = write_document(self._connection, hub.desk.replica, self._files, target, hub.now)
        content = Content(
            hub.desk.workspace, False, written, {}, hub.desk.sender.device, hub.desk.sender.author
        )
        hub.note_written(target, FileKind.DOCUMENT, seal, content)
        hub.notes.since(f"document {seal.sha256.hex()}", hub.now)

    def tidy(self) -> int:
        """Move copies to the archive whose content is whole elsewhere, a day after they came.

        Returns 0: the folder gets no rows by it.
        """
        hub = self._hub
        old = [looked for looked in hub.looked if self._may_go(looked)]
        if not old:
            return 0
        covered = covered_by(
            content
            for looked, content in hub.lasting()
            if looked not in old and self._is_whole(looked)
        )
        for looked in old:
            if looked.content is not None and looked.content.is_within(covered):
                self._files.archive(looked.glimpse.path, self._archived(looked))
                looked.fate = Fate.ARCHIVED
        return 0

    def _archived(self, looked: Looked) -> Path:
        """Tell where in the archive a file is to lie."""
        folder = self._hub.desk.replica.archive / "shared"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{self._hub.now:%Y-%m-%dT%H%M%S} {looked.glimpse.name}"

    def _may_go(self, looked: Looked) -> bool:
        glimpse = looked.glimpse
        if looked.content is None or not glimpse.sha256:
            return False
        since = self._hub.notes.since(f"seen {glimpse.sha256}", self._hub.now)
        if self._hub.now - since < OLD:
            return False
        if glimpse.kind is FileKind.AMBIGUOUS_COPY:
            return self._hub.told.answers.get(glimpse.sha256) is True
        former = glimpse.name in self._hub.told.former
        return glimpse.kind is FileKind.CERTAIN_COPY or former

    def _is_whole(self, looked: Looked) -> bool:
        """Read every byte of a file again."""
        desk = self._hub.desk
        try:
            with taken(desk.files, looked.glimpse.path, desk.replica, desk.workspace) as found:
                return found.seal.sha256.hex() == looked.glimpse.sha256
        except (Refused, OSError):
            return False


def _is_older(content: Content, before: Content) -> bool:
    return content.is_within(before.last) and not before.is_within(content.last)


def _rows_between(before: dict[int, int], after: dict[int, int]) -> int:
    return sum(max(0, seq - before.get(writer, 0)) for writer, seq in after.items())
