"""What can be done in an outline, as commands: for its menu, the window's, and the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from csdesk.actions.plan_items import ItemKind
from csdesk.i18n import _
from csdesk.queries.outline_filter import Want
from ui.commands import Command, in_submenu
from ui.pages.plan.find_bar import FindBar
from ui.pages.plan.outline_can import OutlineCan
from ui.pages.plan.outline_tree import DUE, OWNER, PRIORITY, STATUS, TITLE
from ui.pages.plan.outline_view import OutlineView

Words = Callable[[], str]


def outline_commands(view: OutlineView, find: FindBar) -> tuple[Command, ...]:
    """Return all that can be done in an outline."""
    can = OutlineCan(view)
    return (
        *_adding(view, can),
        *in_submenu(_item_words, (*_rows(view, can), *_cells(view, can))),
        *in_submenu(_move_words, _moves(view, can)),
        *_looks(view, find, can),
    )


def menu_commands(view: OutlineView, find: FindBar) -> tuple[Command | None, ...]:
    """Return what the menu of a row offers; None is a line between groups."""
    known = {command.id: command for command in outline_commands(view, find)}
    return tuple(None if name is None else known[f"outline.{name}"] for name in _MENU)


def fill_menu(menu: QMenu, commands: Iterable[Command | None]) -> None:
    """Fill a menu with commands, each with its keys."""
    for command in commands:
        if command is None:
            menu.addSeparator()
            continue
        keys = command.keys_text
        action: QAction = menu.addAction(f"{command.text()}\t{keys}" if keys else command.text())
        action.setEnabled(command.can_run)
        action.triggered.connect(command.run)


_MENU = (
    "next", "rename", "tick", None, "cut", "copy", "paste", "duplicate", "delete", None,
    "indent", "outdent", "up", "down", None, "owner", "due", "status", "priority", "visibility",
)  # fmt: skip


def _item_words() -> str:
    return _("Chosen items")


def _move_words() -> str:
    return _("Move items")


def _adding(view: OutlineView, can: OutlineCan) -> tuple[Command, ...]:
    kinds = (
        (ItemKind.GOAL, "plan.add_goal", lambda: _("Add a goal"), "target"),
        (ItemKind.MILESTONE, "plan.add_milestone", lambda: _("Add a milestone"), "flag"),
        (ItemKind.ACTION, "plan.add_action", lambda: _("Add an action item"), "list-checks"),
    )
    adding = tuple(
        Command(
            name,
            text,
            partial(view.add, kind),
            icon=icon,
            is_enabled=partial(can.add, kind),
            in_menu=False,
        )
        for kind, name, text, icon in kinds
    )
    next_row = _one(
        "next", lambda: _("New row below"), view.add_next, can.see_plan, "Return", "plus"
    )
    return (*adding, next_row)


def _rows(view: OutlineView, can: OutlineCan) -> tuple[Command, ...]:
    doings, pasting = view.doings, view.pasting
    edit = partial(_edit, view, TITLE)
    return (
        _one("rename", lambda: _("Edit the title"), edit, can.act, "F2"),
        _one("tick", lambda: _("Tick off or reopen"), doings.tick, can.act, "Space"),
        _one("cut", lambda: _("Cut items"), pasting.cut_out, can.act, "Ctrl+X"),
        _one("copy", lambda: _("Copy items"), pasting.copy, can.act, "Ctrl+C", "copy"),
        _one("paste", lambda: _("Paste items or rows"), pasting.paste, can.paste, "Ctrl+V"),
        _one("duplicate", lambda: _("Duplicate"), doings.duplicate, can.act, "Ctrl+D"),
        _one("delete", lambda: _("Delete"), doings.delete, can.act, "Del", "trash-2"),
    )


def _cells(view: OutlineView, can: OutlineCan) -> tuple[Command, ...]:
    doings = view.doings
    cells: tuple[tuple[str, Words, int], ...] = (
        ("owner", lambda: _("Who is in charge…"), OWNER),
        ("due", lambda: _("Due date…"), DUE),
        ("status", lambda: _("Status…"), STATUS),
        ("priority", lambda: _("Priority…"), PRIORITY),
    )
    editing = tuple(
        _one(name, text, partial(_edit, view, column), partial(can.edit, column))
        for name, text, column in cells
    )
    words: Words = lambda: _("Show to the customer or keep inside")  # noqa: E731
    return (*editing, _one("visibility", words, doings.turn_visibility, can.act))


def _moves(view: OutlineView, can: OutlineCan) -> tuple[Command, ...]:
    level, shift = view.doings.level, view.doings.shift
    return (
        _one("indent", lambda: _("Indent"), partial(level, 1), partial(can.level, 1), "Tab"),
        _one(
            "outdent", lambda: _("Outdent"), partial(level, -1), partial(can.level, -1), "Shift+Tab"
        ),
        _one("up", lambda: _("Move up"), partial(shift, -1), partial(can.shift, -1), "Ctrl+Up"),
        _one("down", lambda: _("Move down"), partial(shift, 1), partial(can.shift, 1), "Ctrl+Down"),
    )


def _looks(view: OutlineView, find: FindBar, can: OutlineCan) -> tuple[Command, ...]:
    wants: tuple[tuple[Want, Words], ...] = (
        (Want.MINE, lambda: _("Show only mine")),
        (Want.LATE, lambda: _("Show only what is late")),
        (Want.CUSTOMERS, lambda: _("Show only the customer's")),
        (Want.WAITING, lambda: _("Show only what waits")),
        (Want.OPEN, lambda: _("Show only what is open")),
        (Want.DONE, lambda: _("Show only what is closed")),
    )
    finding = tuple(
        Command(
            f"outline.only_{want}",
            text,
            partial(find.turn, want),
            checkable=True,
            is_enabled=can.see_items,
            is_checked=find.chip(want).isChecked,
            in_menu=False,
        )
        for want, text in wants
    )
    return (
        Command("outline.find", lambda: _("Find in this plan"), find.start, "Ctrl+F", "search",
                is_enabled=can.see_plan),
        Command("outline.find_end", lambda: _("Show everything again"), find.close_bar,
                is_enabled=lambda: not find.isHidden(), in_menu=False),
        *finding,
        Command(
            "outline.priorities",
            lambda: _("Column of priorities"),
            partial(view.columns.toggle, PRIORITY),
            checkable=True,
            is_enabled=can.see_plan,
            is_checked=partial(view.columns.is_shown, PRIORITY),
        ),
        Command("outline.fold", lambda: _("Fold everything"), view.collapseAll,
                is_enabled=can.fold, in_menu=False),
        Command("outline.unfold", lambda: _("Unfold everything"), view.expandAll,
                is_enabled=can.fold, in_menu=False),
    )  # fmt: skip


def _edit(view: OutlineView, column: int) -> None:
    """Open the editor of a cell in the cursor's row; a column that is hidden is shown first."""
    if not view.columns.is_shown(column) and column != TITLE:
        view.columns.show_column(column, True)
    index = view.currentIndex().siblingAtColumn(column)
    if index.isValid():
        view.setFocus()
        flags = view.selectionModel().SelectionFlag.NoUpdate
        view.selectionModel().setCurrentIndex(index, flags)
        view.open_editor(index)


def _one(
    name: str,
    text: Words,
    run: Callable[[], object],
    is_enabled: Callable[[], bool],
    keys: str = "",
    icon: str = "",
) -> Command:
    """Describe a command whose keys, where it has some, the outline hears by itself."""
    return Command(
        f"outline.{name}",
        text,
        run,
        keys or None,
        icon,
        is_enabled=is_enabled,
        heard=bool(keys),
    )
