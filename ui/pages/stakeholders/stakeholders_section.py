"""The tab of the people at the customer: a list, an organisation chart, and one person whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QWidget

from csdesk.actions.people import add_contact, delete_contacts, edit_contact
from csdesk.i18n import _, ngettext
from csdesk.queries.stakeholders import Stakeholder, stakeholders_of
from ui.commands import Command
from ui.desk import Desk
from ui.icons import icon
from ui.pages.detail_panel import DetailPanel
from ui.pages.rows_head import RowsWords
from ui.pages.rows_section import RowsSection
from ui.pages.rows_view import RowsLooks
from ui.pages.stakeholders.org_chart_part import OrgChartPart
from ui.pages.stakeholders.org_chart_view import OrgChartView
from ui.pages.stakeholders.person_panel import PersonPanel
from ui.pages.stakeholders.stakeholder_table import stakeholder_looks, stakeholder_model
from ui.prompts import Message
from ui.widgets.edit_table import EditRowsModel


class StakeholdersSection(RowsSection):
    """The people at the customer, with what we think of their part kept inside."""

    name = "stakeholders"
    has_panel = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _words(), parent)
        self._chart: OrgChartPart | None = None
        self._ways = QButtonGroup(self)
        for number, (words, picture) in enumerate(
            ((_("List"), "list"), (_("Organisation chart"), "network"))
        ):
            button = QPushButton(f" {words}", self)
            button.setAccessibleName(words)
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setProperty("kind", "segment")
            button.setIcon(icon(desk.look, picture, "muted", "accent"))
            button.setIconSize(QSize(14, 14))
            self._ways.addButton(button, number)
            self.head.add(button)
        self._ways.idToggled.connect(self._on_way)
        self.view.front.shown.connect(self._show_chart)

    @property
    def chart(self) -> OrgChartPart:
        """The organisation chart, made when it is first looked at."""
        if self._chart is None:
            self._chart = OrgChartPart(self._desk.look, self)
            self._chart.hide()
            self._connect(self._chart.view)
        return self._chart

    @property
    def is_chart(self) -> bool:
        """Whether the chart is shown rather than the list."""
        return self._ways.checkedId() == 1

    def show_chart(self, on: bool) -> None:
        """Show the organisation chart, or the list."""
        self._ways.button(int(on)).setChecked(True)

    @Slot(str)
    def add(self, name: str) -> None:
        """Add a person."""
        label = _("Add {name}").format(name=name)
        step = self._desk.write(label, add_contact, self.account_id, name)
        if step is not None:
            self._added(step.result)

    @Slot(list)
    def delete(self, row_ids: list[str]) -> None:
        """Delete people and offer to undo it."""
        names = [row.name for row in self._model.all_rows() if row.id in set(row_ids)]
        count = len(row_ids)
        if count == 1:
            label = _("Delete {name}").format(name=names[0])
            said = _("{name} was deleted.").format(name=names[0])
        else:
            label = ngettext("Delete {n} person", "Delete {n} people", count).format(n=count)
            said = ngettext("{n} person was deleted.", "{n} people were deleted.", count)
            said = said.format(n=count)
        if self._desk.write(label, delete_contacts, row_ids) is not None:
            self._desk.offer_undo(said)
            self.edited.emit()

    @Slot()
    def copy_email(self) -> None:
        """Put the e-mail addresses of the chosen people on the clipboard."""
        ids = set() if self.is_chart else set(self.table.chosen_ids())
        ids = ids or {self.view.chosen}
        found = [row.email for row in self._model.all_rows() if row.id in ids and row.email]
        if not found:
            said = Message(_("There is no e-mail address to copy."), "accent")
        else:
            QGuiApplication.clipboard().setText("; ".join(found))
            said = Message(_("Copied: {text}").format(text="; ".join(found)), "good")
        self._desk.messages.say(said)

    @Slot()
    def release(self) -> None:
        """Let the chosen person report to nobody."""
        row = self._person(self.view.chosen)
        if row is not None and row.reports_to_id is not None:
            self._store(row, "reports_to_id", None)

    def commands(self) -> tuple[Command, ...]:
        return (
            *super().commands(),
            Command(
                "stakeholders.chart",
                lambda: _("Organisation chart"),
                lambda: self.show_chart(not self.is_chart),
                "Ctrl+Shift+G",
                "network",
                checkable=True,
                is_checked=lambda: self.is_chart,
            ),
            Command(
                "stakeholders.copy_email",
                lambda: _("Copy the e-mail address"),
                self.copy_email,
                "Ctrl+Shift+C",
                "copy",
                is_enabled=lambda: bool(self.view.chosen),
            ),
            Command(
                "stakeholders.release",
                lambda: _("Reports to nobody"),
                self.release,
                is_enabled=self._has_boss,
            ),
            Command(
                "stakeholders.delete",
                lambda: _("Delete person"),
                lambda: self.delete([self.view.chosen]),
                "Del",
                "trash-2",
                is_enabled=lambda: bool(self.view.chosen),
                heard=True,
            ),
        )

    def state(self) -> dict[str, Any]:
        return {**super().state(), "chart": self.is_chart}

    def restore(self, state: Mapping[str, Any]) -> None:
        super().restore(state)
        self.show_chart(state.get("chart") is True)

    @Slot(int, bool)
    def _on_way(self, number: int, on: bool) -> None:
        if on:
            self.view.front.show_instead(self.chart if number == 1 else None)
            self.head.columns_button.setVisible(number == 0)
            self.view.take_keyboard()
            self.commands_changed.emit()

    @Slot()
    def _show_chart(self) -> None:
        """Show in the chart who is shown in the list, and who is chosen there."""
        if self.is_chart:
            shown = {row.id for row in self._model.rows()}
            self.chart.show_people(with_bosses(self._model.all_rows(), shown))
            if self.view.chosen in self.chart.view.chart.cards:
                self.chart.view.choose(self.view.chosen)

    @Slot(str, str)
    def _on_boss(self, person_id: str, boss_id: str) -> None:
        row = self._person(person_id)
        boss = self._person(boss_id)
        if row is not None and boss is not None and self._store(row, "reports_to_id", boss_id):
            said = _("{name} reports to {boss} now.").format(name=row.name, boss=boss.name)
            self._desk.offer_undo(said)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        view = self.view
        menu = QMenu(self.chart)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, run, is_enabled in (
            (_("Details"), lambda: view.write_in_panel(view.chosen, "name"), True),
            (_("Copy the e-mail address"), self.copy_email, True),
            (_("Reports to nobody"), self.release, self._has_boss()),
            (_("Delete person"), lambda: self.delete([self.view.chosen]), True),
        ):
            action = menu.addAction(text)
            action.setEnabled(is_enabled)
            action.triggered.connect(run)
        menu.popup(place)

    def _has_boss(self) -> bool:
        row = self._person(self.view.chosen)
        return row is not None and row.reports_to_id is not None

    def _person(self, person_id: str) -> Stakeholder | None:
        return next((row for row in self._model.all_rows() if row.id == person_id), None)

    def _bosses(self, row: Stakeholder) -> Sequence[tuple[str, str]]:
        """Return whom somebody may report to: all but those who report to them."""
        people = self._model.all_rows()
        below = below_them(people, row.id)
        return [
            (one.id, one.name)
            for one in people
            if one.id not in below and (one.left_on is None or one.id == row.reports_to_id)
        ]

    def _store(self, row: Stakeholder, field: str, value: Any) -> bool:
        label = _("Change {name}").format(name=row.name)
        done = self._desk.write(label, edit_contact, row.id, **{field: value}) is not None
        self.edited.emit()
        return done

    def _make_model(self) -> EditRowsModel[Stakeholder]:
        return stakeholder_model(self._store, self._bosses, self)

    def _make_panel(self) -> DetailPanel:
        return PersonPanel(self._desk, self._store, self._bosses, self.copy_email, self)

    def _looks(self) -> RowsLooks:
        return stakeholder_looks()

    def _is_closed(self, row: Stakeholder) -> bool:
        return row.left_on is not None

    def _rows(self) -> Sequence[Stakeholder]:
        now = dt.datetime.now(dt.UTC)
        return self._desk.read(stakeholders_of, self.account_id, now=now)

    def _connect(self, view: OrgChartView) -> None:
        view.chosen.connect(self.view.choose)
        view.opened.connect(lambda person_id: self.view.write_in_panel(person_id, "name"))
        view.boss_asked.connect(self._on_boss)
        view.delete_asked.connect(self.delete)
        view.menu_asked.connect(self._on_menu)


def with_bosses(people: Sequence[Stakeholder], shown: set[str]) -> list[Stakeholder]:
    """Return those of `people` who are shown, and all above them, so that no tree is torn."""
    known = {person.id: person for person in people}
    wanted: set[str] = set()
    for person_id in shown:
        above: str | None = person_id
        while above in known and above not in wanted:
            wanted.add(above)
            above = known[above].reports_to_id
    return [person for person in people if person.id in wanted]


def below_them(people: Sequence[Stakeholder], person_id: str) -> set[str]:
    """Return the ids of a person and of all who report to them, directly or through others."""
    below, more = {person_id}, True
    while more:
        found = {one.id for one in people if one.reports_to_id in below} - below
        below |= found
        more = bool(found)
    return below


def _words() -> RowsWords:
    return RowsWords(
        title=_("Stakeholders"),
        new=_("Add person"),
        new_hint=_("Name, without a title"),
        icon="contact",
        nothing=_("Nobody here yet"),
        purpose=_(
            "The people you work with at the customer. Action items and milestones can be "
            "theirs, and the success plan names them."
        ),
        closed=_closed_words,
        only_closed=_("Everybody here has left"),
    )


def _closed_words(count: int) -> str:
    return ngettext("{n} who left", "{n} who left", count).format(n=count)
