"""The button of a plan: which plan of the account, and what can be done with a whole plan."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import label_of
from csdesk.queries.accounts import PlanRow
from ui.icons import icon
from ui.theme import Look


class PlanMenu(QPushButton):
    """Opens a menu with the plans of the account and the verbs for a whole plan."""

    plan_chosen = Signal(str)
    new_asked = Signal()
    copy_asked = Signal()
    template_asked = Signal()
    rename_asked = Signal()
    delete_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._plans: tuple[PlanRow, ...] = ()
        self._chosen = ""
        self.setFlat(True)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)
        self.offer_plans((), "")

    @property
    def choices(self) -> list[str]:
        """The plans as the menu names them."""
        return [plan_words(plan) for plan in self._plans]

    def offer_plans(self, plans: Collection[PlanRow], chosen: str) -> None:
        """Offer the plans of an account, one of them as the plan shown."""
        self._plans, self._chosen = tuple(plans), chosen
        count = len(self._plans)
        text = _("Plan")
        if count > 1:
            text = ngettext("{n} plan", "{n} plans", count).format(n=current().number(count))
        self.setText(text)
        self.setAccessibleName(_("Plans of the account: {n}").format(n=count))
        self.setToolTip(_("Switch between plans, begin a new one, save it as a template"))

    @Slot()
    def fill(self) -> None:
        """Fill the menu with what there is now."""
        self._menu.clear()
        for plan in self._plans if len(self._plans) > 1 else ():
            action = self._menu.addAction(plan_words(plan).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(plan.id == self._chosen)
            action.triggered.connect(partial(self.plan_chosen.emit, plan.id))
        self._menu.addSeparator()
        entries = (
            (_("&New plan…"), "plus", self.new_asked),
            (_("&Copy this plan…"), "copy", self.copy_asked),
            (_("Save as &template…"), "list-checks", self.template_asked),
            (_("&Rename the plan"), "", self.rename_asked),
            (_("&Delete the plan"), "trash-2", self.delete_asked),
        )
        for text, picture, asked in entries:
            action = self._menu.addAction(text)
            if picture:
                action.setIcon(icon(self._look, picture))
            action.triggered.connect(asked)


def plan_words(plan: PlanRow) -> str:
    """Name a plan with its status and dates."""
    days = " – ".join(current().date(day) for day in (plan.start_on, plan.end_on) if day)
    return " · ".join(part for part in (plan.title, label_of(plan.status), days) if part)
