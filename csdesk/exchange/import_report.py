"""What an import did, or would do: a result for each row, and the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from csdesk.exchange.fields import Kind
from csdesk.i18n import P_, Translator, current


class Outcome(StrEnum):
    """What became of a row. Skipped rows were left out by the mapping, or hold no value."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    SKIPPED = "skipped"

    def label(self, translator: Translator | None = None) -> str:
        """Name the outcome in the interface's language, or in `translator`'s."""
        return (translator or current()).context("outcome", _LABELS[self])


_LABELS = {
    Outcome.ADDED: P_("outcome", "Added"),
    Outcome.UPDATED: P_("outcome", "Updated"),
    Outcome.UNCHANGED: P_("outcome", "Unchanged"),
    Outcome.REFUSED: P_("outcome", "Refused"),
    Outcome.SKIPPED: P_("outcome", "Skipped"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row: the column, where one is to blame, and the reason.

    A row that was taken in all the same lacks only what the reason names.
    """

    reason: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row of one file, with line and column as a spreadsheet counts them."""

    file: str
    sheet: str
    line: int
    outcome: Outcome
    subject: str = ""
    column: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TableReport:
    """What became of one table. `created` names what its rows made on the way, by entity."""

    file: str
    sheet: str
    kind: Kind
    encoding: str
    delimiter: str
    header_line: int
    unknown_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]
    lines: tuple[int, ...]
    outcomes: tuple[Outcome, ...]
    subjects: Mapping[int, str]
    problems: Mapping[int, Problem]
    created: Mapping[str, tuple[str, ...]]

    def results(self) -> Iterator[RowResult]:
        """Give the result of each row, in the order of the file."""
        for index, (line, outcome) in enumerate(zip(self.lines, self.outcomes, strict=True)):
            yield self._result(index, line, outcome)

    def refused(self) -> Iterator[RowResult]:
        """Give the results of the refused rows only."""
        for index in sorted(self.problems):
            if self.outcomes[index] is Outcome.REFUSED:
                yield self._result(index, self.lines[index], Outcome.REFUSED)

    def count(self, outcome: Outcome) -> int:
        """Count the rows that came to this."""
        return self.outcomes.count(outcome)

    def _result(self, index: int, line: int, outcome: Outcome) -> RowResult:
        problem = self.problems.get(index)
        return RowResult(
            file=self.file,
            sheet=self.sheet,
            line=line,
            outcome=outcome,
            subject=self.subjects.get(index, ""),
            column=problem.column if problem else "",
            reason=problem.reason if problem else "",
        )


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of all tables of one import."""

    tables: tuple[TableReport, ...]

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many rows came to what, over all tables; every outcome has an entry."""
        counted = Counter(dict.fromkeys(Outcome, 0))
        for table in self.tables:
            counted.update(table.outcomes)
        return counted

    @property
    def changed(self) -> int:
        """How many rows were, or would be, added or updated."""
        return self.counts[Outcome.ADDED] + self.counts[Outcome.UPDATED]

    def refused(self) -> list[RowResult]:
        """List all refused rows."""
        return [result for table in self.tables for result in table.refused()]


class Results:
    """Collects the results of one table's rows while they are worked through."""

    def __init__(self) -> None:
        self.lines: list[int] = []
        self.outcomes: list[Outcome] = []
        self.subjects: dict[int, str] = {}
        self.problems: dict[int, Problem] = {}
        self.created: dict[str, list[str]] = {}

    def add(
        self, line: int, outcome: Outcome, subject: str = "", problem: Problem | None = None
    ) -> int:
        """Note what became of the row in `line`; return the result's index."""
        index = len(self.lines)
        self.lines.append(line)
        self.outcomes.append(outcome)
        if subject:
            self.subjects[index] = subject
        if problem is not None:
            self.problems[index] = problem
        return index

    def ends_with(self, line: int) -> bool:
        """Tell whether the newest result is about the row in `line`."""
        return bool(self.lines) and self.lines[-1] == line

    def refuse(self, index: int, problem: Problem) -> None:
        """Change a result that was noted before: a later row showed it cannot stand."""
        self.outcomes[index] = Outcome.REFUSED
        self.problems[index] = problem

    def warn(self, index: int, problem: Problem) -> None:
        """Add to a row that was taken in what could not be taken from it."""
        self.problems[index] = problem

    def note_created(self, entity: str, name: str) -> None:
        """Note that a row made something it names."""
        self.created.setdefault(entity, []).append(name)

    def forget_created(self, entity: str, name: str) -> None:
        """Take the note back: the row that named it was refused."""
        self.created[entity].remove(name)
        if not self.created[entity]:
            del self.created[entity]
