"""A returned workbook being decided on: what it changes, and what of that is to be taken over.

While somebody decides the plan may change: it is compared again then, so that nobody covers by
mistake what a colleague wrote a minute ago.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from csdesk.errors import UserError
from csdesk.exchange.customer_workbook import (
    Difference,
    ReturnedWorkbook,
    WorkbookReview,
    accept_differences,
    read_workbook,
    workbook_review,
)
from csdesk.i18n import _, current, ngettext
from csdesk.store.touching import Change
from ui.desk import Desk
from ui.looking import Looking


class ReturnedReview(QObject):
    """Reads and compares on the worker; remembers what is ticked while the list is built anew."""

    changed = Signal()
    """There is something else to show."""
    ticked = Signal()
    """Only what is ticked is another."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._plan_id = ""
        self._returned: ReturnedWorkbook | None = None
        self._review: WorkbookReview | None = None
        self._left: set[str] = set()
        self._seen: set[Difference] = set()
        self._name = ""
        self._trouble = ""
        self._reading = Looking(desk, _("Reading the workbook"), self)
        self._comparing = Looking(desk, _("Comparing the workbook"), self)
        self._reading.found.connect(self._on_read)
        self._comparing.found.connect(self._on_compared)
        for looking in (self._reading, self._comparing):
            looking.refused.connect(self._on_refused)
        desk.changed.connect(self._on_changed)

    @property
    def review(self) -> WorkbookReview | None:
        """What there is to decide; None where no workbook is being looked at."""
        return self._review

    @property
    def name(self) -> str:
        """The name of the file."""
        return self._name

    @property
    def trouble(self) -> str:
        """Why the file was refused; empty where it was not."""
        return self._trouble

    @property
    def is_looking(self) -> bool:
        """Whether a workbook is being read or compared."""
        return self._reading.is_looking or self._comparing.is_looking

    @property
    def chosen(self) -> tuple[Difference, ...]:
        """What would be taken over now, in the order of the workbook."""
        found = self._review.differences if self._review is not None else ()
        return tuple(one for one in found if one.key not in self._left)

    def is_chosen(self, key: str) -> bool:
        """Tell whether a difference is ticked."""
        return key not in self._left

    def read(self, path: Path, plan_id: str) -> None:
        """Read a workbook of a plan, and compare it; without a plan any of this workspace."""
        self._forget()
        self._name, self._plan_id = path.name, plan_id
        self._reading.ask(lambda: read_workbook(path))
        self.changed.emit()

    def choose(self, key: str, is_chosen: bool) -> None:
        """Tick a difference, or not."""
        if is_chosen:
            self._left.discard(key)
        else:
            self._left.add(key)
        self.ticked.emit()

    def choose_every(self) -> None:
        """Tick all that is no conflict; where all of it is ticked already, nothing."""
        found = self._review.differences if self._review is not None else ()
        plain = {one.key for one in found if not one.is_conflict}
        is_all = not plain & self._left
        self._left = {one.key for one in found} if is_all else self._left - plain
        self.changed.emit()

    def accept(self) -> int:
        """Take over what is ticked, as one step that Undo takes back; return how many."""
        review, wanted = self._review, self.chosen
        if review is None or not wanted:
            return 0
        label = ngettext(
            "Take over {n} answer of {name}", "Take over {n} answers of {name}", len(wanted)
        ).format(n=current().number(len(wanted)), name=review.account_name)
        step = self._desk.write(label, accept_differences, wanted)
        if step is not None:
            self._desk.offer_undo(label)
        self._compare()
        return len(wanted) if step is not None else 0

    def put_away(self) -> None:
        """Decide no more; what was not taken over stays in its file alone."""
        self._forget()
        self.changed.emit()

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        review = self._review
        if review is not None and change.touches_account(review.account_id):
            self._compare()

    @Slot(object)
    def _on_read(self, returned: ReturnedWorkbook) -> None:
        self._returned = returned
        self._compare()

    @Slot(object)
    def _on_compared(self, review: WorkbookReview) -> None:
        if review == self._review:
            return
        self._review = review
        for one in review.differences:
            # What we changed meanwhile is not covered unless somebody says so.
            if one.is_conflict and one not in self._seen:
                self._left.add(one.key)
        self._seen = {one for one in review.differences if one.is_conflict}
        self.changed.emit()

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        name = self._name
        self._forget()
        self._name, self._trouble = name, str(error)
        self.changed.emit()

    def _forget(self) -> None:
        self._reading.forget()
        self._comparing.forget()
        self._returned = self._review = None
        self._left, self._seen = set(), set()
        self._name = self._trouble = ""

    def _compare(self) -> None:
        returned, workspace = self._returned, self._desk.workspace
        plan_id = self._plan_id or None
        if returned is not None:
            self._comparing.ask(lambda: workspace.read(workbook_review, returned, plan_id=plan_id))
