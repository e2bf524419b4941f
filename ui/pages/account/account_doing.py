"""What is done with the account whose page it is: a menu in its head, and the forms it opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from csdesk.actions.accounts import move_account
from csdesk.i18n import _
from csdesk.model.vocabulary import AccountStatus, Phase
from csdesk.queries.portfolio import AccountRow
from ui.commands import Command
from ui.desk import Desk
from ui.icons import icon
from ui.pages.accounts.account_menu import AccountMenu
from ui.pages.accounts.churn_form import ChurnForm
from ui.pages.accounts.doing import AccountsDoing
from ui.pages.accounts.tag_line import TagLine


class AccountDoing(QObject):
    """Serves one account: duplicate, tags, churn, archive, delete."""

    left = Signal()
    """A form was closed; the keyboard goes back to the page."""
    moved = Signal()
    """Another phase was chosen."""

    def __init__(self, desk: Desk, account: Callable[[], AccountRow | None], page: QWidget) -> None:
        """`account` gives the account shown, None where there is none."""
        super().__init__(page)
        self._desk = desk
        self._account = account
        self._accounts = AccountsDoing(desk, self)
        self.churn_form = ChurnForm(desk, page)
        self.tag_line = TagLine(self._accounts, page)
        self.button = QToolButton(page)
        self.menu = AccountMenu(self._accounts, self._rows, self.button)
        self._build()
        self._connect()

    @property
    def above(self) -> tuple[QWidget, ...]:
        """What opens below the head when it is asked for."""
        return self.churn_form, self.tag_line

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done with the account."""
        do = self._accounts
        return (
            Command("account.menu", lambda: _("What to do with the account…"), self._open, "Alt+."),
            self._one("duplicate", lambda: _("Duplicate the account"), do.duplicate, "copy"),
            self._one(
                "churn", _churn_words, do.ask_churn, "unplug", lambda row: not _has_left(row)
            ),
            self._one(
                "churn_details",
                lambda: _("Details of the churn…"),
                do.ask_churn,
                "unplug",
                _has_left,
            ),
            self._one("win_back", lambda: _("Win back"), do.win_back, "handshake", _has_left),
            self._one(
                "archive",
                lambda: _("Archive the account"),
                lambda row: do.archive((row,)),
                "archive",
                lambda row: row.archived_on is None,
            ),
            self._one(
                "bring_back",
                lambda: _("Bring back from the archive"),
                lambda row: do.bring_back((row,)),
                "archive-restore",
                lambda row: row.archived_on is not None,
            ),
            self._one(
                "delete", lambda: _("Delete the account"), lambda row: do.delete((row,)), "trash-2"
            ),
        )

    @Slot(object)
    def move_to(self, phase: Phase) -> None:
        """Move the account to a phase; where that is refused, the head shows the one it is in."""
        for row in self._rows():
            label = _("Move {name} to {phase}").format(name=row.name, phase=phase.label())
            self._desk.write(label, move_account, row.id, phase)
            self.moved.emit()

    def close_forms(self) -> None:
        """Close what is open: another account is shown."""
        for form, close in (
            (self.churn_form, self.churn_form.close_form),
            (self.tag_line, self.tag_line.close_line),
        ):
            if not form.isHidden():
                close()

    @Slot(str)
    def _on_added(self, account_id: str) -> None:
        self._desk.show("account", account_id)

    def _open(self) -> None:
        self.button.showMenu()

    def _rows(self) -> tuple[AccountRow, ...]:
        row = self._account()
        return () if row is None else (row,)

    def _one(
        self,
        name: str,
        words: Callable[[], str],
        do: Callable[[AccountRow], object],
        picture: str,
        fits: Callable[[AccountRow], bool] = lambda row: True,
    ) -> Command:
        def can() -> bool:
            return any(fits(row) for row in self._rows())

        run = partial(self._do, do)
        return Command(
            f"account.{name}", words, run, icon=picture, is_enabled=can, in_menu=name == "churn"
        )

    def _do(self, do: Callable[[AccountRow], object]) -> None:
        for row in self._rows():
            do(row)

    def _build(self) -> None:
        self.button.setIcon(icon(self._desk.look, "ellipsis"))
        self.button.setIconSize(QSize(18, 18))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setMenu(self.menu)
        self.button.setProperty("kind", "ellipsis")
        self.button.setToolTip(_("Duplicate, tags, churn, archive, delete (Alt+.)"))
        self.button.setAccessibleName(_("What to do with the account"))
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        self._accounts.churn_asked.connect(self.churn_form.start)
        self._accounts.tag_asked.connect(self.tag_line.start_for)
        self._accounts.added.connect(self._on_added)
        for closed in (self.churn_form.closed, self.tag_line.closed):
            closed.connect(self.left)


def _churn_words() -> str:
    return _("Note churn…")


def _has_left(row: AccountRow) -> bool:
    return row.status == AccountStatus.CHURNED
