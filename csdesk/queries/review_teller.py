"""What all items of the review page need to be told: who wrote a journal row, what was decided."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from csdesk.i18n import Translator
from csdesk.queries.review_items import Decided, JournalKey, ReviewKind, Who
from csdesk.queries.settlements import UNSETTLED, Matters, Ruling
from csdesk.queries.value_words import ValueWords
from csdesk.settings import computer_name
from csdesk.store.driver import RawConnection
from csdesk.store.journal import birth_field
from csdesk.store.stamps import instant_of


class Teller:
    """One reading of the review page: its connection, its words, and what was decided."""

    def __init__(
        self,
        session: Session,
        connection: RawConnection,
        matters: Matters,
        translator: Translator | None = None,
    ) -> None:
        self.session = session
        self.connection = connection
        self.matters = matters
        self.words = ValueWords(session, translator)

    def who(self, key: JournalKey) -> Who:
        """Tell who wrote a journal row, when and where."""
        author, device, hlc = self.connection.execute(
            "SELECT w.author, w.device, j.hlc FROM journal j JOIN writer w ON w.w = j.w"
            " WHERE j.w = ? AND j.seq = ?",
            key,
        ).fetchone()
        return Who(author, computer_name(device), instant_of(hlc))

    def stored(self, key: JournalKey) -> Any:
        """Read the value of a journal row."""
        found = self.connection.execute(
            "SELECT val FROM journal WHERE w = ? AND seq = ?", key
        ).fetchone()
        return None if found is None else found[0]

    def rulings(self, kind: ReviewKind, matter: str) -> list[tuple[Ruling, Who]]:
        """Return the decisions of the latest round about a matter and who took them."""
        settled = self.matters.get((kind, matter), UNSETTLED)
        found = []
        for choice in sorted(settled.choices):
            ruling = Ruling(kind, matter, settled.round, choice)
            row = self.connection.execute(
                "SELECT w, seq FROM cell WHERE ent = 'settlement' AND row = ? AND fld = ?",
                (ruling.id, birth_field("settlement")),
            ).fetchone()
            if row is not None:
                found.append((ruling, self.who((row[0], row[1]))))
        return found

    def decided(self, kind: ReviewKind, matter: str, said: dict[str, str]) -> tuple[Decided, ...]:
        """Tell who decided what, where that differs; `said` has the words for each choice."""
        rulings = self.rulings(kind, matter)
        if len(rulings) < 2:
            return ()
        return tuple(
            Decided(said.get(ruling.choice, ruling.choice), who) for ruling, who in rulings
        )
