"""The tab that shows an account at a glance: profile, open actions, contracts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.accounts import edit_account
from csdesk.actions.appointing import appoint_new_owner, put_in_segment_named
from csdesk.errors import UserError
from csdesk.exchange.numerals import read_whole
from csdesk.i18n import _, current
from csdesk.model.vocabulary import (
    AccountStatus,
    Channel,
    CsmView,
    DocumentLanguage,
    Fit,
    TouchModel,
)
from csdesk.queries.accounts import AccountDetail, member_choices, segment_choices
from csdesk.store.touching import Change
from ui.desk import Desk
from ui.editing import Place
from ui.pages.account.logo_card import LogoCard
from ui.pages.account.open_actions_card import OpenActionsCard
from ui.pages.account.renewal_card import RenewalCard
from ui.pages.account.side_by_side import SideBySide
from ui.pages.account.touch_card import TouchCard
from ui.pages.section import Section
from ui.widgets.choice_box import ChoiceBox, NameBox
from ui.widgets.date_line import DateLine
from ui.widgets.inline_fields import NoteField, TextField
from ui.widgets.new_line import NewLine
from ui.widgets.tab_order import in_order

NEW = "+"
"""The choice of somebody or something that is not known yet."""


class OverviewSection(Section):
    """Profile on the left, on the right what there is to do, how contact stands, the renewal."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._texts: dict[str, TextField | NoteField] = {}
        self._choices: dict[str, ChoiceBox] = {}
        self._build()
        self._connect()

    @property
    def open_actions(self) -> OpenActionsCard:
        """The open action items."""
        return self._actions

    @property
    def touch(self) -> TouchCard:
        """How contact with the account stands."""
        return self._touch

    @property
    def logo(self) -> LogoCard:
        """The customer's logo."""
        return self._logo

    def field(self, name: str) -> TextField | NoteField:
        """Return the field of a text of the account. Raises KeyError for no such text."""
        return self._texts[name]

    def show_account(self, detail: AccountDetail) -> None:
        other = detail.row.id != self.account_id
        if other:
            for field in self._texts.values():
                field.flush()
        super().show_account(detail)
        self._go_live.set_day(detail.go_live_on, force=other)
        for name, field in self._texts.items():
            field.set_value(_text_of(detail, name), force=other)

    def refresh(self) -> None:
        detail = self._detail
        if detail is None:
            return
        for name, field in self._texts.items():
            field.set_value(_text_of(detail, name))
        for name, box in self._choices.items():
            owner = detail if hasattr(detail, name) else detail.row
            box.show_code(getattr(owner, name))
        members = [(one.id, one.name) for one in self._desk.read(member_choices)]
        self._owner.offer([*members, (NEW, _("New team member…"))], detail.row.owner_id)
        segments = [(one.id, one.name) for one in self._desk.read(segment_choices)]
        self._segment.offer([*segments, (NEW, _("New segment…"))], detail.segment_id)
        self._go_live.set_day(detail.go_live_on)
        self._fiscal.setCurrentIndex(detail.fiscal_year_start_month or 0)
        self._actions.show_account(detail)
        self._touch.show_account(detail)
        self._renewal.show_account(detail)
        self._logo.show_account(detail)

    def concerns(self, change: Change) -> bool:
        return change.touches("member", "segment", "workspace_setting")

    def _set(self, name: str, value: Any) -> None:
        if self._detail is None:
            return
        label = _("Change {name}").format(name=self._detail.row.name)
        step = self._desk.write(label, edit_account, self.account_id, **{name: value})
        if step is None and name in self._texts:
            # What was refused makes place for what is stored.
            self._texts[name].set_value(_text_of(self._detail, name), force=True)
        self.edited.emit()

    @Slot(str)
    def _on_employees(self, text: str) -> None:
        try:
            self._set("employees", read_whole(text))
        except UserError as error:
            self._desk.messages.error(error)
            if self._detail is not None:
                self._texts["employees"].set_value(_text_of(self._detail, "employees"), force=True)

    def _employees(self) -> int | None:
        return read_whole(self._texts["employees"].typed)

    @Slot(object)
    def _on_owner(self, row_id: str | None) -> None:
        if row_id == NEW:
            self.refresh()
            self._new_owner.start()
        else:
            self._set("owner_id", row_id)

    @Slot(object)
    def _on_segment(self, row_id: str | None) -> None:
        if row_id == NEW:
            self.refresh()
            self._new_segment.start()
        else:
            self._set("segment_id", row_id)

    @Slot(str)
    def _on_owner_named(self, name: str) -> None:
        self._name_new(self._new_owner, appoint_new_owner, name)

    @Slot(str)
    def _on_segment_named(self, name: str) -> None:
        self._name_new(self._new_segment, put_in_segment_named, name)

    def _name_new(self, line: NewLine, action: Callable[..., str], name: str) -> None:
        label = _("Add {name}").format(name=name)
        if self._desk.write(label, action, self.account_id, name) is not None:
            line.close_line()
            self.edited.emit()

    @Slot(int)
    def _on_fiscal(self, month: int) -> None:
        self._set("fiscal_year_start_month", month or None)

    def _build(self) -> None:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left, right = QVBoxLayout(), QVBoxLayout()
        inside = SideBySide(left, right, scroll.viewport())
        left.setSpacing(14)
        left.addWidget(self._profile_card(inside))
        left.addWidget(self._business_card(inside))
        left.addStretch(1)
        self._actions = OpenActionsCard(self._desk, inside)
        self._touch = TouchCard(self._desk, inside)
        self._renewal = RenewalCard(self._desk.look, inside)
        self._logo = LogoCard(self._desk, inside)
        right.setSpacing(14)
        for card in (self._touch, self._actions, self._renewal, self._logo):
            right.addWidget(card)
        right.addStretch(1)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.setSpacing(10)
        self._new_owner = NewLine(_("New team member"), _("Name"), self)
        self._new_segment = NewLine(_("New segment"), _("Name of the segment"), self)
        layout.addWidget(self._new_owner)
        layout.addWidget(self._new_segment)
        layout.addWidget(scroll, 1)

    def _profile_card(self, parent: QWidget) -> QFrame:
        card, forms = _card(_("Profile"), parent, columns=(1, 1))
        self._owner = NameBox(_("Nobody"), card)
        self._segment = NameBox(_("None"), card)
        self._go_live = DateLine(self._desk.look, card)
        self._fiscal = QComboBox(card)
        self._fiscal.addItem(_("Not known"))
        for month in range(1, 13):
            self._fiscal.addItem(str(current().locale.months["format"]["wide"][month]))
        self._choices = {
            "csm_view": ChoiceBox(CsmView, card, none=_("Not rated")),
            "status": ChoiceBox(AccountStatus, card),
            "touch_model": ChoiceBox(TouchModel, card, none=_("None")),
            "fit": ChoiceBox(Fit, card, none=_("Not known")),
            "preferred_channel": ChoiceBox(Channel, card, none=_("Not known")),
            "document_language": ChoiceBox(DocumentLanguage, card, none=_("As the interface")),
        }
        who: list[tuple[str, QWidget]] = [
            (_("Account name"), self._text("name", card)),
            (_("Kana"), self._text("name_kana", card)),
            (_("English name"), self._text("name_en", card)),
            (_("CSM's view"), self._choices["csm_view"]),
            (_("Reason for the view"), self._note("csm_view_reason", card, 1)),
            (_("Industry"), self._text("industry", card)),
            (_("Region"), self._text("region", card)),
            (_("Employees"), self._text("employees", card)),
            (_("Website"), self._text("website", card)),
        ]
        how: list[tuple[str, QWidget]] = [
            (_("Our owner"), self._owner),
            (_("Status"), self._choices["status"]),
            (_("Touch model"), self._choices["touch_model"]),
            (_("Segment"), self._segment),
            (_("Fit"), self._choices["fit"]),
            (_("Go-live"), self._go_live),
            (_("Preferred channel"), self._choices["preferred_channel"]),
            (_("Document language"), self._choices["document_language"]),
        ]
        for form, rows in zip(forms, (who, how), strict=True):
            _add_rows(form, rows, card)
        in_order(field for _title, field in who + how)
        return card

    def _business_card(self, parent: QWidget) -> QFrame:
        card, (form,) = _card(_("Business"), parent, columns=(1,))
        rows: list[tuple[str, QWidget]] = [
            (_("Business"), self._note("business_summary", card, 1)),
            (_("Organisation"), self._note("org_notes", card, 1)),
            (_("Products in use"), self._note("products", card, 1)),
            (_("Competitors"), self._note("competitors", card, 1)),
            (_("Market trends"), self._note("market_trends", card, 1)),
            (_("Fiscal year begins in"), self._fiscal),
            (_("Busy periods"), self._text("busy_periods", card)),
        ]
        _add_rows(form, rows, card)
        in_order(field for _title, field in rows)
        return card

    def _text(self, name: str, parent: QWidget) -> TextField:
        field = TextField(parent)
        field.setPlaceholderText("–")
        self._texts[name] = field
        return field

    def _note(self, name: str, parent: QWidget, lines: int = 2) -> NoteField:
        field = NoteField(lines, parent)
        field.setPlaceholderText("–")
        self._texts[name] = field
        return field

    def _place(self, name: str) -> Place:
        return Place("account", self.account_id, name)

    def _connect(self) -> None:
        watch = self._desk.editing.watch
        for name, field in self._texts.items():
            if name == "employees":
                field.entered.connect(self._on_employees)
                watch(field, field, partial(self._place, name), self._employees)
            else:
                watch(field, field, partial(self._place, name))
                field.entered.connect(partial(self._set, name))
        for name, box in self._choices.items():
            box.code_chosen.connect(partial(self._set, name))
        self._owner.id_chosen.connect(self._on_owner)
        self._segment.id_chosen.connect(self._on_segment)
        self._new_owner.entered.connect(self._on_owner_named)
        self._new_segment.entered.connect(self._on_segment_named)
        self._go_live.day_entered.connect(partial(self._set, "go_live_on"))
        watch(self._go_live, self._go_live, partial(self._place, "go_live_on"), self._go_live.read)
        self._go_live.refused.connect(self._desk.messages.error)
        self._fiscal.activated.connect(self._on_fiscal)
        self._actions.edited.connect(self.edited)
        self._touch.way_asked.connect(self.way_asked)


def _text_of(detail: AccountDetail, name: str) -> str:
    value = getattr(detail, name) if hasattr(detail, name) else getattr(detail.row, name)
    return "" if value is None else str(value)


def _card(
    title: str, parent: QWidget, *, columns: tuple[int, ...]
) -> tuple[QFrame, list[QFormLayout]]:
    """Return a card and the forms in it, side by side with these shares of the room."""
    card = QFrame(parent)
    card.setProperty("kind", "card")
    heading = QLabel(title, card)
    heading.setProperty("kind", "heading")
    side_by_side = QHBoxLayout()
    side_by_side.setSpacing(16)
    forms = []
    for share in columns:
        form = QFormLayout()
        form.setVerticalSpacing(3)
        form.setHorizontalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        side_by_side.addLayout(form, share)
        forms.append(form)
    layout = QVBoxLayout(card)
    layout.setContentsMargins(16, 12, 14, 14)
    layout.setSpacing(6)
    layout.addWidget(heading)
    layout.addLayout(side_by_side)
    return card, forms


def _add_rows(form: QFormLayout, rows: list[tuple[str, QWidget]], parent: QWidget) -> None:
    for text, widget in rows:
        label = QLabel(text, parent)
        label.setProperty("kind", "muted")
        label.setBuddy(widget)
        # Stands on the line of the text in its field, also where that has several lines.
        label.setContentsMargins(0, 7, 0, 0)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        widget.setAccessibleName(text)
        widget.setProperty("kind", "inline")
        widget.setMinimumWidth(156 if isinstance(widget, QComboBox) else 80)
        form.addRow(label, widget)
