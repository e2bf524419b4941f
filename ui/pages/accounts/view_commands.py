"""What one can do with the look of the accounts table, as commands for menus, keys and palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from csdesk.i18n import _
from csdesk.insight.account_view import FACETS
from csdesk.queries.account_filter import Counted
from ui.commands import Command, in_submenu
from ui.pages.accounts.facets import counted_labels, facet_titles
from ui.pages.accounts.groupings import grouping_titles
from ui.pages.accounts.view_control import ViewControl


def view_commands(control: ViewControl, start_table: Callable[[], object]) -> tuple[Command, ...]:
    """Return the commands; `start_table` puts the keyboard into the table."""
    return (
        Command(
            "accounts.more_filters",
            lambda: _("&Add a filter…"),
            control.bar.add_filter,
            "Ctrl+Shift+F",
        ),
        Command(
            "accounts.clear_filters",
            lambda: _("&Clear filters"),
            control.bar.clear_filter,
            is_enabled=lambda: not control.filter.is_empty,
        ),
        Command("accounts.table", lambda: _("Go to the &table"), start_table, "Ctrl+Down"),
        Command(
            "accounts.group", lambda: _("&Group by…"), control.group_button.open_menu, "Ctrl+G"
        ),
        Command("accounts.columns", lambda: _("C&olumns…"), control.open_columns, "Ctrl+Shift+C"),
        *in_submenu(lambda: _("Saved views"), _of_views(control)),
        *_of_groups(control),
        *_of_the_palette(control),
    )


def _of_views(control: ViewControl) -> tuple[Command, ...]:
    views = control.views
    return (
        Command("accounts.views", lambda: _("Saved &views…"), views.open_menu, "Ctrl+Shift+V"),
        Command(
            "accounts.save_view",
            lambda: _("&Save the changes to the view"),
            views.update,
            is_enabled=lambda: views.is_saved and views.is_modified,
        ),
        Command("accounts.save_view_as", lambda: _("Save as a &new view…"), views.save_as),
        Command(
            "accounts.reset_view",
            lambda: _("&Back to the view as saved"),
            views.reset,
            is_enabled=lambda: views.is_modified,
        ),
        Command(
            "accounts.rename_view",
            lambda: _("&Rename the view…"),
            views.rename,
            is_enabled=lambda: views.is_saved,
        ),
        Command(
            "accounts.delete_view",
            lambda: _("&Delete the view"),
            views.delete,
            is_enabled=lambda: views.is_saved,
        ),
    )


def _of_groups(control: ViewControl) -> tuple[Command, ...]:
    return (
        Command(
            "accounts.close_groups",
            lambda: _("Close all groups"),
            control.close_groups,
            is_enabled=lambda: bool(control.view().group),
            in_menu=False,
        ),
        Command(
            "accounts.open_groups",
            lambda: _("Open all groups"),
            control.open_groups,
            is_enabled=lambda: bool(control.view().group),
            in_menu=False,
        ),
    )


def _of_the_palette(control: ViewControl) -> tuple[Command, ...]:
    """Return what would only make a menu long: each facet, grouping, figure and view."""
    facets, groups, figures = facet_titles(), grouping_titles(), counted_labels()
    views = control.views
    return (
        *(
            Command(
                f"accounts.filter_{facet}",
                partial(_said, _("Filter by: {name}"), facets[facet]),
                partial(control.bar.choose_values, facet),
                in_menu=False,
            )
            for facet in FACETS
        ),
        *(
            Command(
                f"accounts.group_{name or 'none'}",
                partial(_said, _("Group by: {name}"), title),
                partial(control.group_by, name),
                in_menu=False,
            )
            for name, title in groups.items()
        ),
        *(
            Command(
                f"accounts.show_{counted.value}",
                partial(_said, _("Show what the figure counts: {name}"), figures[counted.value]),
                partial(control.show_counted, counted.value),
                in_menu=False,
            )
            for counted in Counted
        ),
        *(
            Command(
                f"accounts.view_{view_id}",
                partial(_said, _("Saved view: {name}"), name),
                partial(views.choose, view_id),
                in_menu=False,
            )
            for view_id, name in views.names().items()
        ),
    )


def _said(text: str, name: str) -> str:
    return text.format(name=name)
