"""One round of the exchange: look, guard, merge, give what is lacking, and tidy up.

Single-threaded and without a clock, files or chance of its own: all three are handed in, so that a
whole day of a team can be played through. Every round begins anew from what lies in the folder;
what was merged is told by the replica's journal alone.
"""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.progress import SILENT, Progress
from csdesk.store.document import Seal
from csdesk.store.driver import RawConnection
from csdesk.store.stamps import Clock
from csdesk.store.versions import contains, versions
from csdesk.team.admission import taken
from csdesk.team.contents import Notes
from csdesk.team.folder import Desk, FolderHub, Memory
from csdesk.team.glance import Glimpse, glance
from csdesk.team.guard import Refused
from csdesk.team.hub import Hub, Parcel
from csdesk.team.merge import Merged, SplitHistoryError, merge
from csdesk.team.place import (
    FOLDER_ENDING,
    Place,
    Told,
    find_place,
    is_outbox_name,
    keep_told,
    other_folders,
    outbox_name,
    place_among,
    read_told,
)
from csdesk.team.standing import Arrival, Fate, FileKind, FolderFile, Report, State, StateKind
from csdesk.team.telling import state_of, tell_files, told_plainly_of
from csdesk.team.upkeep import Upkeep

RETRY = dt.timedelta(seconds=60)
"""How long after a round files that were not completely here are tried again."""


def fetch(
    hub: Hub,
    connection: RawConnection,
    turn: AbstractContextManager[object],
    arrived: Callable[[Parcel, Merged], None],
    refused: Callable[[UserError], None],
    progress: Progress = SILENT,
) -> None:
    """Take in all that a hub has and this replica lacks, until nothing more comes.

    `turn` is held only while rows are merged. In whichever order parcels come, rows that have to
    wait for others come in once those are there.
    """
    known = versions(connection)
    while True:
        added = 0
        for parcel in hub.parcels(known):
            progress.report(0, None, parcel.name)
            with turn:
                merged = merge(connection, parcel.database, parcel.seen)
                known.clear()
                known.update(versions(connection))
            added += merged.added
            arrived(parcel, merged)
            if merged.split:
                refused(SplitHistoryError.of(merged.split))
        if not added:
            return


@dataclass(slots=True)
class _Outcome:
    """What is known at the end of a round, for everybody who asks until the next."""

    signs: frozenset[tuple[object, ...]] = frozenset()
    retry_at: dt.datetime | None = None
    state: State = field(default=State(StateKind.SAVED_HERE))
    files: tuple[FolderFile, ...] = ()
    place: Place | None = None
    asking: dict[str, str] = field(default_factory=dict)
    """Names of copies that ask or asked, to the SHA-256 of what they say."""


class Exchange:
    """The exchange of one replica with the folder beside its document."""

    def __init__(self, desk: Desk, document: Path, clock: Clock) -> None:
        self.desk = desk
        self.document = document
        self._clock = clock
        self._memory = Memory()
        self._said: set[str] = set()
        self._last: _Outcome | None = None
        self._to_say: list[str] = []
        self._told = read_told(desk.replica)

    @property
    def shared(self) -> bool:
        """Whether an exchange folder lies beside the document, or this replica was told so."""
        if self._told.folder:
            return True
        try:
            return find_place(self.desk.files, self.document, self._told).folder is not None
        except OSError:
            return False

    @property
    def state(self) -> State:
        """How things stood after the last round."""
        return State(StateKind.SAVED_HERE) if self._last is None else self._last.state

    @property
    def files(self) -> tuple[FolderFile, ...]:
        """The files as the last round found them."""
        return () if self._last is None else self._last.files

    def asking(self, name: str) -> str | None:
        """Tell the SHA-256 of a copy that asks, or was answered; None where there is none."""
        return None if self._last is None else self._last.asking.get(name)

    def shared_at(self, connection: RawConnection) -> dt.datetime | None:
        """Tell when the folder last had everything; None where that was never so."""
        kept = Notes(connection).fact("shared at")
        return None if kept is None else dt.datetime.fromisoformat(kept)

    def note_document_written(self, seal: Seal) -> None:
        """Note that the document of who is alone was written: no news at the next look."""
        if self._last is None or self._last.place is None:
            return
        written = [
            one.sign
            for one in glance(self.desk.files, self._last.place)
            if one.kind is FileKind.DOCUMENT and one.sha256 == seal.sha256.hex()
        ]
        if written:
            others = {sign for sign in self._last.signs if sign[1] is not FileKind.DOCUMENT}
            self._last.signs = frozenset({*others, *written})

    def is_delivered(self, connection: RawConnection) -> bool:
        """Tell whether the folder got everything up to the replica's newest step."""
        return Notes(connection).fact("delivered") == newest_step(connection)

    def look(self) -> bool:
        """Tell cheaply whether anything lies there that the last round did not see.

        Reads 48 bytes of each file, and no placeholder. True before the first round.
        """
        last = self._last
        if last is None:
            return True
        if last.retry_at is not None and self._clock() >= last.retry_at:
            return True
        try:
            beside = self.desk.files.entries(self.document.parent)
            place = place_among(beside, self.document, self._told)
            signs = frozenset(one.sign for one in glance(self.desk.files, place, beside))
        except OSError:
            return last.state.kind is not StateKind.OFFLINE
        return place != last.place or signs != last.signs

    def share(self, connection: RawConnection) -> None:
        """Make the exchange folder beside the document, with a first outbox in it.

        Raises OSError where the folder does not let it.
        """
        files = self.desk.files
        place = find_place(files, self.document, self._told)
        folder = place.folder
        if folder is None:
            folder = self.document.with_name(f"{self.document.stem}{FOLDER_ENDING}")
        files.make_folder(folder)
        self._tell_place(Place(self.document, folder, exists=True))
        hub = self._hub(connection, Place(self.document, folder, exists=True))
        hub.write_first_outbox(connection)

    def answer(self, sha256: str, *, accepted: bool) -> None:
        """Remember what the user said of a copy with this content."""
        answers = {**self._told.answers, sha256: accepted}
        self._tell(replace(self._told, answers=answers))

    def round(
        self,
        connection: RawConnection,
        turn: AbstractContextManager[object],
        arrived: Callable[[str, Merged], None],
        *,
        publish: bool = True,
        progress: Progress = SILENT,
    ) -> Report:
        """Run one round; `connection` is a live one with the local database attached.

        `arrived` hears of each file that brought something, once it is merged. Nothing that the
        folder or a service does raises anything: the state tells it.
        """
        now = self._clock()
        try:
            place = self._settle_place(publish)
            glimpses = glance(self.desk.files, place)
        except OSError as error:
            return self._cut_short(error, now)
        hub = self._hub(connection, place, glimpses)
        arrivals: list[Arrival] = []

        def on_arrival(parcel: Parcel, merged: Merged) -> None:
            hub.note_merged(merged.added)
            if merged.anything:
                author = author_of(connection, merged)
                arrivals.append(Arrival(parcel.name, author, merged))
                arrived(author, merged)

        fetch(hub, connection, turn, on_arrival, hub.note_refused, progress)
        self._told = hub.told
        step = newest_step(connection)
        delivered = 0
        trouble: OSError | None = None
        if publish:
            upkeep = Upkeep(hub, connection)
            try:
                delivered = upkeep.run() if place.folder is not None else upkeep.tidy()
            except OSError as error:
                trouble = error
            except UserError as error:
                hub.notices.append(str(error))
        return self._conclude(hub, connection, arrivals, delivered, trouble, step)

    def _conclude(
        self,
        hub: FolderHub,
        connection: RawConnection,
        arrivals: list[Arrival],
        delivered: int,
        trouble: OSError | None,
        step: str,
    ) -> Report:
        hub.remember()
        self.document = hub.place.document
        shared = hub.place.folder is not None
        lacking = shared and not contains(hub.promised(), versions(connection))
        before = replace(self.state, shared_at=self.state.shared_at or self.shared_at(connection))
        state = state_of(hub, trouble, lacking=lacking, before=before)
        signs = {one.glimpse.sign for one in hub.looked if one.fate is not Fate.ARCHIVED}
        retry = self._clock() + RETRY if state.waiting or trouble is not None else None
        hub.notes.forget_files(hub.worth_noting())
        self._last = _Outcome(
            frozenset(signs),
            retry,
            state,
            tell_files(hub),
            hub.place,
            {one.glimpse.name: one.glimpse.sha256 for one in hub.looked if one.asks},
        )
        hub.notes.keep_fact("delivered", step if shared and not lacking else "")
        if state.shared_at is not None:
            hub.notes.keep_fact("shared at", state.shared_at.isoformat())
        notices = (*self._to_say, *hub.notices, *state.notices)
        self._to_say.clear()
        return Report(tuple(arrivals), delivered, self._new(notices))

    def _hub(
        self, connection: RawConnection, place: Place, glimpses: tuple[Glimpse, ...] | None = None
    ) -> FolderHub:
        if glimpses is None:
            glimpses = glance(self.desk.files, place)
        return FolderHub(
            self.desk,
            place,
            glimpses,
            Notes(connection),
            self._told,
            self._memory,
            self._clock(),
        )

    def _settle_place(self, publish: bool) -> Place:
        """Find the exchange folder; make it again where it vanished from beside its document."""
        files = self.desk.files
        place = find_place(files, self.document, self._told)
        if place.folder is None:
            place = self._found_by_content(place)
        if place.folder is None:
            return place
        if not place.exists:
            if not files.exists(self.document):
                raise FileNotFoundError(errno.ENOENT, "moved", str(self.document))
            if publish:
                files.make_folder(place.folder)
                gone = _("The folder “{name}” was gone; it was made again.")
                self._to_say.append(gone.format(name=place.folder.name))
                place = replace(place, exists=True)
        self._tell_place(place)
        return place

    def _found_by_content(self, place: Place) -> Place:
        """Look for an exchange folder of this workspace under another name.

        So it is for whoever opens a document that the others had renamed.
        """
        desk = self.desk
        for folder in other_folders(desk.files, place):
            outboxes = [entry for entry in desk.files.entries(folder) if not entry.folder]
            sign = (folder, tuple(outboxes))
            if sign in self._memory.foreign:
                continue
            for entry in outboxes:
                if not is_outbox_name(entry.name) or entry.placeholder:
                    continue
                try:
                    with taken(desk.files, folder / entry.name, desk.replica, desk.workspace):
                        return replace(place, folder=folder, exists=True)
                except Refused:
                    continue
            self._memory.foreign.add(sign)
        return place

    def _tell_place(self, place: Place) -> None:
        assert place.folder is not None
        outbox = self._told.outbox or outbox_name(self.desk.sender.device)
        self._tell(replace(self._told, folder=place.folder.name, outbox=outbox))

    def _tell(self, told: Told) -> None:
        if told != self._told:
            keep_told(self.desk.replica, told)
            self._told = told

    def _cut_short(self, error: OSError, now: dt.datetime) -> Report:
        """Say that the folder cannot be listed; everything stays as it was."""
        kind, notice = told_plainly_of(error, self.document)
        state = State(kind, self.state.shared_at, notices=(notice,))
        place = None if self._last is None else self._last.place
        signs = frozenset() if self._last is None else self._last.signs
        self._last = _Outcome(signs, now + RETRY, state, self.files, place)
        return Report(notices=self._new((notice,)))

    def _new(self, notices: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out what was said already, as long as it goes on being so."""
        new = tuple(dict.fromkeys(one for one in notices if one not in self._said))
        self._said = set(notices)
        return new


def newest_step(connection: RawConnection) -> str:
    """Name the step that came into a replica last."""
    row = connection.execute("SELECT n, w, seq1 FROM main.txn ORDER BY n DESC LIMIT 1").fetchone()
    return " ".join(map(str, row or ()))


def author_of(connection: RawConnection, merged: Merged) -> str:
    """Name whoever wrote what a merge brought, the latest first."""
    names: dict[str, None] = {}
    for step in reversed(merged.steps):
        row = connection.execute("SELECT author FROM main.writer WHERE w = ?", (step.w,)).fetchone()
        if row is not None and row[0]:
            names.setdefault(row[0])
    return ", ".join(names)
