"""How much waits for review: counted in one place, once after a change, and in the background.

The sidebar, the chip and the page show the same number. Where the page is in view it reads the
items anyway, and what it found is the count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot

from csdesk.i18n import _
from csdesk.progress import Progress
from csdesk.queries.review import count_again, read_again
from csdesk.queries.review_items import ReviewItem
from csdesk.queries.review_tally import Tally
from csdesk.store.touching import Change
from csdesk.workspace.workspace import Workspace
from ui.counting import Counting
from ui.prompts import Messages


@dataclass(frozen=True, slots=True)
class _Counted:
    """A count, how many changes it took in, and how often the page had read before."""

    tally: Tally
    changes: int
    reads: int


class Reviews(Counting):
    """Counts what waits, or takes the count of whoever reads it."""

    def __init__(self, workspace: Workspace, messages: Messages, parent: QObject) -> None:
        super().__init__(workspace, messages, parent)
        self._tally: Tally | None = None
        self._changes: list[Change] = []
        self._reads = 0

    @property
    def number(self) -> int:
        """How much waited when it was last counted."""
        return self._tally.total if self._tally is not None else 0

    def on_change(self, change: Change) -> None:
        """Count again in a moment, looking only for what the change can have touched."""
        self._changes.append(change)
        self.count_soon()

    def read(self, limit: int) -> tuple[ReviewItem, ...]:
        """Read what waits, the latest first, at most `limit` of each kind; this counts it too."""
        items, tally = self._workspace.read(read_again, self._tally, self._changes, limit=limit)
        self._timer.stop()
        self._reads += 1
        self._changes.clear()
        self._tell(tally)
        return items

    def _work(self) -> tuple[str, Callable[[Progress], _Counted]]:
        workspace = self._workspace
        before, changes, reads = self._tally, tuple(self._changes), self._reads

        def count(progress: Progress) -> _Counted:
            tally = workspace.read(count_again, before, changes)
            return _Counted(tally, len(changes), reads)

        return _("Counting what waits for review"), count

    @Slot(object)
    def _on_counted(self, result: _Counted) -> None:
        if result.reads == self._reads:  # else the page read it meanwhile, with these changes
            del self._changes[: result.changes]
            self._tell(result.tally)

    def _tell(self, tally: Tally) -> None:
        self._tally = tally
        self.counted.emit(tally.total)
