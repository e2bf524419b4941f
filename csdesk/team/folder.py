"""The folder as a hub: what its files have together, their rows, and this computer's outbox.

What a sync service does to files stays in here: half of one, an old one, one under another name.
Whoever exchanges sees rows only.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from csdesk.errors import UserError
from csdesk.model.base import instant_text
from csdesk.store.document import SEAL_BYTES, Seal, remove_database
from csdesk.store.driver import RawConnection
from csdesk.store.replica import Replica
from csdesk.store.versions import Versions, versions
from csdesk.team.admission import Taken, taken
from csdesk.team.contents import Content, Notes, covered_by
from csdesk.team.files import Entry, Files
from csdesk.team.glance import Glimpse
from csdesk.team.guard import Refusal, Refused
from csdesk.team.hub import Parcel
from csdesk.team.merge import SeenFile
from csdesk.team.outbox import Sender, count, write_outbox
from csdesk.team.place import Place, Told, another_name, keep_told
from csdesk.team.standing import Fate, FileKind

PATIENCE = dt.timedelta(minutes=10)
"""How long a file may be torn before that is worth a word."""

SETTLED = dt.timedelta(hours=1)
"""How long a document must have lain there before an outbox leaves out what it has."""

_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Desk:
    """The computer that exchanges: its replica, its means, and who sits at it."""

    replica: Replica
    workspace: str
    files: Files
    chance: random.Random
    sender: Sender


@dataclass(slots=True)
class Looked:
    """What is known of one file of the folder in this round."""

    glimpse: Glimpse
    content: Content | None = None
    refused: UserError | None = None
    fate: Fate = Fate.NOTHING_NEW
    brought: int = 0
    offered: int = 0
    since: dt.datetime | None = None
    """Since when it is not completely here."""

    @property
    def is_readable(self) -> bool:
        """Whether there may be anything to read."""
        return self.refused is None and self.fate not in (Fate.IGNORED, Fate.WAITING)

    @property
    def asks(self) -> bool:
        """Whether the user is to decide, or did."""
        return self.glimpse.kind is FileKind.AMBIGUOUS_COPY and self.content is not None


@dataclass(slots=True)
class Memory:
    """What one run of the program remembers of files that it could not take in."""

    refused: dict[tuple[object, ...], UserError] = field(default_factory=dict)
    brought: dict[str, int] = field(default_factory=dict)
    """SHA-256 to the number of rows that a file brought when it was taken in."""
    foreign: set[tuple[object, ...]] = field(default_factory=set)
    """Exchange folders beside the document that are of other workspaces, as they were then."""


class FolderHub:
    """An exchange folder and the document beside it, for one round."""

    def __init__(
        self,
        desk: Desk,
        place: Place,
        glimpses: Iterable[Glimpse],
        notes: Notes,
        told: Told,
        memory: Memory,
        now: dt.datetime,
    ) -> None:
        self.desk = desk
        self.place = place
        self.notes = notes
        self.told = told
        self.now = now
        self.looked = [Looked(glimpse) for glimpse in glimpses]
        self.notices: list[str] = []
        self._memory = memory
        self._given: Looked | None = None
        document = self.document
        if document is not None and document.glimpse.path != place.document:
            # The same name in another case or form is what lies there: that one is written.
            self.place = replace(place, document=document.glimpse.path)
        for looked in self.looked:
            self._recall(looked)

    @property
    def own(self) -> Path | None:
        """Where this computer's outbox lies; None where nothing is shared."""
        folder = self.place.folder
        return None if folder is None else folder / self.told.outbox

    @property
    def document(self) -> Looked | None:
        """The document, if anything lies in its place."""
        return next((one for one in self.looked if one.glimpse.kind is FileKind.DOCUMENT), None)

    def follow_renamed_document(self) -> bool:
        """Where the document is gone, and lies beside under another name, go on with that one."""
        last = self.notes.fact("document")
        before = self.notes.content(last) if last else None
        if before is None or self.document is not None:
            return False
        for looked in self.looked:
            content, glimpse = looked.content, looked.glimpse
            beside = glimpse.path.parent == self.place.document.parent
            if beside and content is not None and not content.is_outbox:
                if glimpse.sha256 != last and not before.is_within(content.last):
                    continue
                looked.glimpse = replace(glimpse, kind=FileKind.DOCUMENT)
                self.place = replace(self.place, document=glimpse.path)
                return True
        return False

    def versions(self) -> Versions:
        """Tell what the document and the outboxes have together.

        Conflict copies do not count: they are cleared away sooner or later.
        """
        return covered_by(content for _looked, content in self.lasting())

    def parcels(self, known: Versions) -> Iterator[Parcel]:
        """Give each file whose rows follow what is known, while it is so.

        `known` is looked at again for each file: the caller may bring it up to date on the way.
        """
        for looked in self.looked:
            if not looked.is_readable or not self._may_add(looked, known):
                continue
            with self._opened(looked) as found:
                if found is not None and self._may_add(looked, known):
                    self._given = looked
                    seen = SeenFile(
                        found.seal.sha256.hex(), looked.glimpse.name, instant_text(self.now)
                    )
                    yield Parcel(looked.glimpse.name, found.database, found.content.last, seen)

    def note_merged(self, added: int) -> None:
        """Note what the parcel given last brought; of a twin's outbox, choose another name."""
        looked = self._given
        if looked is None:
            return
        looked.fate = Fate.MERGED
        looked.brought += added
        if looked.glimpse.sha256:
            self._memory.brought[looked.glimpse.sha256] = looked.brought
        if added and looked.glimpse.path == self.own:
            # Somebody else writes under our name, or we did before this computer was set back.
            token = f"{self.desk.chance.getrandbits(24):06x}"
            self.told = another_name(self.told, token)
            keep_told(self.desk.replica, self.told)

    def note_refused(self, error: UserError) -> None:
        """Note that the parcel given last could not be merged."""
        if self._given is not None:
            self._refuse(self._given, error)

    def take(self, replica: RawConnection) -> int:
        """Write this computer's outbox unless it says already what it has to; count the news."""
        own = self.own
        if own is None:
            return 0
        before = self.versions()
        ranges = self.ranges(replica)
        present = self._content_at(own)
        if present is None:
            # One that is damaged is written again, even with nothing in it.
            if not ranges and not self.desk.files.exists(own):
                return 0
        elif _says(present, ranges):
            return 0
        self._write_outbox(replica, ranges)
        return count(ranges, before)

    def write_first_outbox(self, replica: RawConnection) -> None:
        """Write the outbox even with nothing in it yet: some services skip empty folders."""
        own = self.own
        if own is not None and not self.desk.files.exists(own):
            self._write_outbox(replica, self.ranges(replica))

    def ranges(self, replica: RawConnection) -> dict[int, tuple[int, int]]:
        """Tell which rows belong into this computer's outbox.

        Those of its own writers, and of others where the folder lacks them, beyond what the
        document has. What was once in it stays until the document has it for some time: so two
        who both fill a gap never wait for each other.
        """
        document, settled = self.foundation()
        base = {} if document is None else document.last
        own = self.own
        present = self._content_at(own) if own is not None else None
        others = covered_by(
            content for looked, content in self.lasting() if looked.glimpse.path != own
        )
        mine = {
            row[0]
            for row in replica.execute(
                "SELECT w FROM main.writer WHERE device = ?", (self.desk.sender.device,)
            )
        }
        ranges: dict[int, tuple[int, int]] = {}
        for writer, last in versions(replica).items():
            covered = base.get(writer, 0)
            if present is not None and writer in present.last:
                if not settled:
                    covered = min(covered, present.begins(writer) - 1)
            elif writer not in mine and others.get(writer, 0) >= last:
                continue
            if last > covered:
                ranges[writer] = (covered + 1, last)
        return ranges

    def foundation(self) -> tuple[Content | None, bool]:
        """Tell what the document has, and whether it has had it for long enough to build on.

        One that is torn just now still counts for ten minutes as what it was.
        """
        looked = self.document
        if looked is None:
            return None, True
        if looked.content is None:
            last = self.notes.fact("document")
            torn = looked.since is not None and self.now - looked.since < PATIENCE
            return (self.notes.content(last), False) if torn and last else (None, True)
        sha256 = looked.glimpse.sha256
        settled = self.now - self.notes.since(f"document {sha256}", self.now) >= SETTLED
        return looked.content, settled and self._is_whole(looked)

    def promised(self) -> Versions:
        """Tell what the folder has, a document that is torn just now taken for what it was."""
        document, _settled = self.foundation()
        held = [content for _looked, content in self.lasting()]
        return covered_by(held if document is None else [document, *held])

    def lasting(self) -> Iterator[tuple[Looked, Content]]:
        """Give the document and the outboxes that are whole, with what they say."""
        for looked in list(self.looked):
            if looked.glimpse.kind not in _LASTING:
                continue
            if looked.content is None and looked.is_readable:
                with self._opened(looked):
                    pass  # only to learn what it says
            if looked.content is not None:
                yield looked, looked.content

    def remember(self) -> None:
        """Keep which document lay there, for when it is torn or older next time, and since when."""
        for one in self.looked:
            if one.content is not None and one.glimpse.sha256:
                self.notes.since(f"seen {one.glimpse.sha256}", self.now)
            if one.fate is not Fate.WAITING:
                self.notes.no_longer(f"torn {one.glimpse.name}")
        looked = self.document
        if looked is not None and looked.content is not None:
            self.notes.since(f"document {looked.glimpse.sha256}", self.now)
            self.notes.keep_fact("document", looked.glimpse.sha256)

    def _write_outbox(self, replica: RawConnection, ranges: dict[int, tuple[int, int]]) -> None:
        own = self.own
        assert own is not None
        staged = self.desk.replica.staged("outbox")
        try:
            seal = write_outbox(replica, staged, ranges, self.desk.sender)
            self.desk.files.write(staged, own)
        finally:
            remove_database(staged)
        content = Content(
            self.desk.workspace,
            True,
            {writer: last for writer, (_first, last) in ranges.items()},
            {writer: first for writer, (first, _last) in ranges.items() if first != 1},
            self.desk.sender.device,
            self.desk.sender.author,
        )
        self.note_written(own, FileKind.OUTBOX, seal, content)

    def note_written(self, path: Path, kind: FileKind, seal: Seal, content: Content) -> None:
        """Note what was put into the folder, as if it had been read there."""
        self.notes.keep_content(seal.sha256.hex(), content)
        listed = [one for one in self.desk.files.entries(path.parent) if one.name == path.name]
        size = seal.length + SEAL_BYTES
        entry = listed[0] if listed else Entry(path.name, size, int(self.now.timestamp() * 1e9))
        glimpse = Glimpse(path, entry, kind, "", seal.to_bytes())
        if glimpse.sha256:
            self.notes.keep_proven(glimpse.name, glimpse.proof)
        fate = Fate.MINE if path == self.own else Fate.NOTHING_NEW
        written = Looked(glimpse, content, fate=fate)
        self.looked = [one for one in self.looked if one.glimpse.path != path]
        place = 0 if kind is FileKind.DOCUMENT else len(self.looked)
        self.looked.insert(place, written)

    def worth_noting(self) -> set[str]:
        """Name what notes are still about: files that lie there, and the document before."""
        kept = {self.notes.fact("document") or ""}
        for looked in self.looked:
            kept |= {looked.glimpse.sha256, looked.glimpse.name}
        return kept

    def _recall(self, looked: Looked) -> None:
        """Say of a file what is known from before."""
        glimpse = looked.glimpse
        if glimpse.path == self.own:
            looked.fate = Fate.MINE
        if glimpse.kind is FileKind.IGNORED:
            looked.fate = Fate.IGNORED
        elif glimpse.is_stub:
            self._wait(looked)
        elif glimpse.seal is not None and self.notes.is_proven(glimpse.name, glimpse.proof):
            content = self.notes.content(glimpse.sha256)
            if content is not None and content.workspace == self.desk.workspace:
                looked.content = content
                looked.brought = self._memory.brought.get(glimpse.sha256, 0)
                if looked.brought:
                    looked.fate = Fate.MERGED
        refused = self._memory.refused.get(glimpse.sign)
        if refused is not None:
            looked.refused, looked.fate, looked.content = refused, Fate.REFUSED, None

    def _may_add(self, looked: Looked, known: Versions) -> bool:
        """Tell whether a file may have something that follows what is known, and may be merged."""
        content = looked.content
        if content is None:
            return True
        looked.offered = content.rows_beyond(known)
        if not content.adds_to(known):
            if looked.fate is Fate.NOTHING_NEW and looked.offered:
                looked.fate = Fate.GAPS
            elif looked.fate in (Fate.GAPS, Fate.ASKS) and not looked.offered:
                looked.fate = Fate.NOTHING_NEW
            return False
        if looked.glimpse.kind is not FileKind.AMBIGUOUS_COPY:
            return True
        answer = self.told.answers.get(looked.glimpse.sha256)
        if answer is None:
            looked.fate = Fate.ASKS
        elif not answer:
            looked.fate = Fate.DISMISSED
        return answer is True

    @contextlib.contextmanager
    def _opened(self, looked: Looked) -> Iterator[Taken | None]:
        """Lend a private copy of a file and keep what it says; None where it may not come in."""
        with contextlib.ExitStack() as stack:
            found = None
            try:
                found = stack.enter_context(
                    taken(
                        self.desk.files,
                        looked.glimpse.path,
                        self.desk.replica,
                        self.desk.workspace,
                        looked.glimpse.entry.size,
                    )
                )
                looked.content = found.content
                sha256 = found.seal.sha256.hex()
                self.notes.keep_content(sha256, found.content)
                if sha256 == looked.glimpse.sha256:
                    self.notes.keep_proven(looked.glimpse.name, looked.glimpse.proof)
            except Refused as refusal:
                self._refuse(looked, refusal)
            except OSError as error:
                if error.errno in _FULL:
                    raise
                self._wait(looked)
            yield found

    def _refuse(self, looked: Looked, error: UserError) -> None:
        if isinstance(error, Refused) and error.reason is Refusal.TORN:
            self._wait(looked)
            return
        # What it says it has does not count: it may say something else under the same numbers.
        looked.refused, looked.fate, looked.content = error, Fate.REFUSED, None
        self._memory.refused[looked.glimpse.sign] = error

    def _wait(self, looked: Looked) -> None:
        looked.fate = Fate.WAITING
        looked.content = None
        looked.since = self.notes.since(f"torn {looked.glimpse.name}", self.now)

    def _content_at(self, path: Path) -> Content | None:
        return next((one.content for one in self.looked if one.glimpse.path == path), None)

    def _is_whole(self, looked: Looked) -> bool:
        """Read every byte of a file again, once: an outbox must not build on a spoiled one."""
        sha256 = looked.glimpse.sha256
        if self.notes.fact("whole") == sha256:
            return True
        try:
            with taken(
                self.desk.files, looked.glimpse.path, self.desk.replica, self.desk.workspace
            ) as found:
                whole = found.seal.sha256.hex() == sha256
        except (Refused, OSError):
            return False
        if whole:
            self.notes.keep_fact("whole", sha256)
        return whole


_LASTING = (FileKind.DOCUMENT, FileKind.OUTBOX)


def _says(content: Content, ranges: dict[int, tuple[int, int]]) -> bool:
    wanted = {writer: last for writer, (_first, last) in ranges.items()}
    first = {writer: first for writer, (first, _last) in ranges.items() if first != 1}
    return (content.last, content.first) == (wanted, first)
