"""The accounts that are chosen in the table: what they are like, and commands about them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from csdesk.model.vocabulary import AccountStatus
from csdesk.queries.portfolio import AccountRow
from ui.commands import Command
from ui.pages.accounts.doing import Accounts
from ui.widgets.choosing_table import ChoosingTable


class ChosenAccounts:
    """Asks the table each time, so that its answers are always those of now."""

    def __init__(self, table: ChoosingTable) -> None:
        self._table = table

    def rows(self) -> Accounts:
        """Return the accounts chosen in the table."""
        return self._table.chosen_rows()

    def alone(self) -> AccountRow | None:
        """Return the one account that is chosen; None where it is none or several."""
        rows = self.rows()
        return rows[0] if len(rows) == 1 else None

    def is_one(self) -> bool:
        """Tell whether just one is chosen."""
        return self.alone() is not None

    def is_any(self) -> bool:
        """Tell whether one or several are chosen."""
        return bool(self.rows())

    def has_tags(self) -> bool:
        """Tell whether one of them has a tag."""
        return any(row.tags for row in self.rows())

    def has_left(self) -> bool:
        """Tell whether it is one account, of a customer who left."""
        row = self.alone()
        return row is not None and row.status == AccountStatus.CHURNED

    def to_archive(self) -> bool:
        """Tell whether one of them is not in the archive yet."""
        return any(row.archived_on is None for row in self.rows())

    def archived(self) -> bool:
        """Tell whether one of them is in the archive."""
        return any(row.archived_on is not None for row in self.rows())

    def with_one(self, do: Callable[[AccountRow], object]) -> None:
        """Do something with the one that is chosen; nothing where it is none or several."""
        row = self.alone()
        if row is not None:
            do(row)

    def with_all(self, do: Callable[[Accounts], object]) -> None:
        """Do something with all of them."""
        do(self.rows())

    def command_of_one(
        self,
        name: str,
        words: Callable[[], str],
        do: Callable[[AccountRow], object],
        keys: str | None = None,
        icon: str = "",
        *,
        heard: bool = False,
    ) -> Command:
        """Make a command about the one account that is chosen."""
        run = partial(self.with_one, do)
        return Command(
            f"accounts.{name}", words, run, keys, icon, is_enabled=self.is_one, heard=heard
        )

    def command_of_any(
        self,
        name: str,
        words: Callable[[], str],
        do: Callable[[Accounts], object],
        icon: str,
        is_enabled: Callable[[], bool],
    ) -> Command:
        """Make a command about all accounts that are chosen."""
        run = partial(self.with_all, do)
        return Command(f"accounts.{name}", words, run, icon=icon, is_enabled=is_enabled)
