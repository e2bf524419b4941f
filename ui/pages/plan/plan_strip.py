"""The head of a plan: title, status, dates, where to, how far; and its texts for the PDF."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.plans import edit_plan
from csdesk.i18n import _, current
from csdesk.model.vocabulary import PlanStatus, PlanType
from csdesk.queries.outline import PlanOutline
from ui.desk import Desk
from ui.editing import Place
from ui.pages.plan.outline_words import customer_name
from ui.pages.plan.people_choice import People
from ui.pages.plan.plan_menu import PlanMenu
from ui.theme import Look
from ui.widgets.choice_box import ChoiceBox, NameBox
from ui.widgets.date_line import DateLine
from ui.widgets.inline_fields import NoteField, TextField
from ui.widgets.pill import Pill


class ProgressLine(QWidget):
    """A bar with its percentage; what is beyond either end is drawn full or empty."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._share: Decimal | None = None
        look.changed.connect(self.update)

    def show_share(self, share: Decimal | None) -> None:
        """Show a share, 1 for all of it; None for "nothing to count"."""
        self._share = share
        self.setAccessibleName(_("Progress: {n}").format(n=self.words))
        self.setToolTip(_("The mean of the goals of this plan."))
        self.update()

    @property
    def words(self) -> str:
        """The share in percent, – where there is none."""
        if self._share is None:
            return "–"
        return f"{current().number(round(self._share * 100))}%"

    def sizeHint(self) -> QSize:
        return QSize(150, self.fontMetrics().height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._look.colour("text"))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), int(side), self.words)
        room = painter.fontMetrics().horizontalAdvance("100%") + 10
        track = QRectF(0, self.height() / 2 - 3, self.width() - room, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("track"))
        painter.drawRoundedRect(track, 3, 3)
        share = min(max(float(self._share or 0), 0.0), 1.0)
        if share > 0:
            track.setWidth(max(6.0, track.width() * share))
            painter.setBrush(self._look.colour("accent_fill"))
            painter.drawRoundedRect(track, 3, 3)
        painter.end()


class PlanStrip(QFrame):
    """Shows the plan's own fields and stores each when one leaves it."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._outline: PlanOutline | None = None
        self.setProperty("kind", "card")
        self._build()
        self._connect()

    @property
    def title(self) -> TextField:
        """The field of the plan's title."""
        return self._title

    @property
    def menu(self) -> PlanMenu:
        """The button of the account's plans and of what can be done with this one."""
        return self._menu

    @Slot()
    def rename(self) -> None:
        """Put the cursor into the title, all of it chosen."""
        self._title.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._title.selectAll()

    @property
    def to_be(self) -> TextField:
        """The field of what the customer wants to be."""
        return self._to_be

    def show_plan(self, outline: PlanOutline | None, people: People) -> None:
        """Show a plan; what somebody is typing here stays."""
        other = outline is None or self._outline is None or outline.id != self._outline.id
        self._outline = outline
        if outline is None:
            return
        for name, field in self._texts.items():
            field.set_value(getattr(outline, name), force=other)
        for name, line in self._days.items():
            line.set_day(getattr(outline, name), force=other)
        self._status.show_code(outline.status)
        self._type.show_code(outline.type)
        self._progress.show_share(outline.progress)
        self._owner.offer([(one.id, one.name) for one in people.ours], outline.owner_id)
        theirs = [(one.id, customer_name(one.name)) for one in people.theirs]
        self._customer_owner.offer(theirs, outline.customer_owner_id)

    def _set(self, name: str, value: Any) -> None:
        outline = self._outline
        if outline is None:
            return
        label = _("Change plan “{title}”").format(title=outline.title)
        if self._desk.write(label, edit_plan, outline.id, **{name: value}) is None:
            # What was refused makes place for what is stored.
            for day, line in self._days.items():
                line.set_day(getattr(outline, day))
            if name == "title":
                self._title.set_value(outline.title, force=True)
        self.edited.emit()

    def _place(self, name: str) -> Place | None:
        return Place("plan", self._outline.id, name) if self._outline else None

    @Slot(bool)
    def _on_details(self, shown: bool) -> None:
        self._details.setVisible(shown)
        self._more.setText(_("Fewer details") if shown else _("Details…"))

    def _build(self) -> None:
        self._title = TextField(self)
        self._title.setProperty("kind", "inlineHeading")
        self._status = ChoiceBox(PlanStatus, self)
        self._start = DateLine(self._desk.look, self)
        self._end = DateLine(self._desk.look, self)
        self._progress = ProgressLine(self._desk.look, self)
        self._to_be = TextField(self)
        self._to_be.setProperty("kind", "inline")
        self._to_be.setPlaceholderText(_("Where the customer wants to be, in the customer's words"))
        self._more = QPushButton(_("Details…"), self)
        self._more.setProperty("kind", "link")
        self._more.setCheckable(True)
        names = {
            self._title: _("Title of the plan"),
            self._status: _("Status of the plan"),
            self._start: _("Start of the plan"),
            self._end: _("End of the plan"),
            self._to_be: _("To-be"),
        }
        for widget, name in names.items():
            widget.setAccessibleName(name)
            if widget is not self._title:
                widget.setProperty("kind", "inline")
        for line in (self._start, self._end):
            line.setFixedWidth(106)
        first = QHBoxLayout()
        first.setSpacing(8)
        self._title.setMinimumWidth(200)
        first.addWidget(self._title, 1)
        first.addWidget(self._status)
        first.addWidget(self._start)
        first.addWidget(QLabel(_("to"), self))
        first.addWidget(self._end)
        first.addSpacing(10)
        first.addWidget(self._progress)
        self._menu = PlanMenu(self._desk.look, self)
        first.addWidget(self._menu)
        label = Pill(self)
        label.show_words(_("To-be"), "accent")
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addSpacing(2)
        second.addWidget(label)
        second.addWidget(self._to_be, 1)
        second.addWidget(self._more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 14, 6)
        layout.setSpacing(2)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self._build_details())

    def _build_details(self) -> QScrollArea:
        self._details = QScrollArea(self)
        self._details.setWidgetResizable(True)
        self._details.setFrameShape(QFrame.Shape.NoFrame)
        self._details.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(self._details.viewport())
        inside.setProperty("kind", "plain")
        form = QFormLayout(inside)
        form.setContentsMargins(8, 6, 4, 6)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._background = NoteField(2, inside)
        self._success = NoteField(2, inside)
        self._note = NoteField(2, inside)
        self._note.setProperty("kind", "internalField")
        self._cadence = TextField(inside)
        self._review = DateLine(self._desk.look, inside)
        self._type = ChoiceBox(PlanType, inside, none=_("No type"))
        self._owner = NameBox(_("Nobody"), inside)
        self._customer_owner = NameBox(_("Nobody"), inside)
        for label, widget in (
            (_("Plan type"), self._type),
            (_("Background"), self._background),
            (_("Definition of success"), self._success),
            (_("Our owner"), self._owner),
            (_("Customer's owner"), self._customer_owner),
            (_("Review rhythm"), self._cadence),
            (_("Next review"), self._review),
            (_("Internal note (not in the PDF)"), self._note),
        ):
            widget.setAccessibleName(label)
            name = QLabel(label, inside)
            name.setProperty("kind", "muted")
            name.setBuddy(widget)
            form.addRow(name, widget)
        self._details.setWidget(inside)
        self._details.setMinimumHeight(250)
        self._details.hide()
        return self._details

    def _connect(self) -> None:
        self._texts: dict[str, TextField | NoteField] = {
            "title": self._title,
            "to_be": self._to_be,
            "background": self._background,
            "success_statement": self._success,
            "review_cadence": self._cadence,
            "internal_note": self._note,
        }
        self._days = {
            "start_on": self._start,
            "end_on": self._end,
            "next_review_on": self._review,
        }
        watch = self._desk.editing.watch
        for name, field in self._texts.items():
            watch(field, field, partial(self._place, name))
            field.entered.connect(partial(self._set, name))
        for name, line in self._days.items():
            line.day_entered.connect(partial(self._set, name))
            line.refused.connect(self._desk.messages.error)
            watch(line, line, partial(self._place, name), line.read)
        self._status.code_chosen.connect(partial(self._set, "status"))
        self._type.code_chosen.connect(partial(self._set, "type"))
        self._owner.id_chosen.connect(partial(self._set, "owner_id"))
        self._customer_owner.id_chosen.connect(partial(self._set, "customer_owner_id"))
        self._more.toggled.connect(self._on_details)
