"""The head of an account's page: who it is, how it stands, and what can be done with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import LANGUAGES, _, current
from csdesk.model.vocabulary import AccountStatus, CsmView, label_of
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.portfolio import AccountRow
from ui.pages.account.phase_stepper import PhaseStepper
from ui.pages.accounts.cells import account_marks
from ui.pages.accounts.table import RENEWAL_IS_NEAR, days_left, money_text, whole_money_text
from ui.theme import Look
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.pill import Pill

RING = 46
"""Pixels across the place of the health ring."""

GAP = 12
"""Pixels between the parts of the head."""

NAME_ROOM = 300
"""Pixels a long name keeps for itself before the phases go to a row of their own."""

LEAST_NAME = 160
"""Pixels a long name keeps for itself before the pills go to a row of their own."""

LEAST = 320
"""Pixels of width below which it does not shrink."""

_VIEW_TONES: dict[str, str] = {
    CsmView.GREEN: "good",
    CsmView.AMBER: "warning",
    CsmView.RED: "bad",
}
_SIGNS = {"good": "●", "warning": "▲", "bad": "▼"}


class StandingRing(QWidget):
    """Where the health score will stand: until it is known, the CSM's own view or "not rated"."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: CsmView | None = None
        self.setFixedSize(RING, RING)
        look.changed.connect(self.update)

    def show_view(self, code: str | None, reason: str) -> None:
        """Show the CSM's view with its reason as a hint."""
        self._view = next((one for one in CsmView if one == code), None)
        if self._view is None:
            words = _("Not rated yet")
        else:
            words = _("The CSM's own view: {view}").format(view=self._view.label())
            words = f"{words}\n{reason}" if reason else words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(RING, RING)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = _VIEW_TONES.get(self._view) if self._view else None
        pen = QPen(self._look.colour(f"{tone}_fill" if tone else "control"), 4)
        if tone is None:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawEllipse(QRectF(self.rect()).adjusted(3, 3, -3, -3))
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.78)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._look.colour(tone or "muted"))
        sign = _SIGNS.get(tone or "", "–")
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), sign)
        painter.end()


class AccountHeader(QWidget):
    """Name, pills, the line of facts, the phases, and the export.

    The phases stand in the same row while the name keeps its room, else in a row below.
    """

    export_asked = Signal(str)
    """The language of the document."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._language: str = current().language
        self._build()

    @property
    def stepper(self) -> PhaseStepper:
        """The phases of the account's life."""
        return self._stepper

    @property
    def facts(self) -> str:
        """The line of facts as shown."""
        return self._facts.whole

    def show_account(self, detail: AccountDetail, today: dt.date) -> None:
        """Show an account."""
        row = detail.row
        self._name.show_text(row.name)
        self._touch.show_words(label_of(row.touch_model), "accent")
        tone = "bad" if row.status == AccountStatus.CHURNED else "neutral"
        self._status.show_words(" · ".join(words for words, _role in account_marks(row)), tone)
        self._show_view(row.csm_view, detail.csm_view_reason)
        standing = _STANDING_TONES.get(str(row.standing), "neutral")
        self._standing.show_words(label_of(row.standing), standing)
        (exact, *_rest) = facts_lines(row, today, money_text)
        self._facts.show_text(*facts_lines(row, today), told=exact)
        near = row.renewal_on is not None and (row.renewal_on - today).days <= RENEWAL_IS_NEAR
        self._near.show_words(_("Renewal is near") if near else "", "bad")
        wanted = detail.document_language or current().language
        self._language = str(wanted)
        self._stepper.show_phase(row.phase)
        self._arrange()

    def _show_view(self, code: str | None, reason: str) -> None:
        """Show how the CSM sees the account, in the ring and in words."""
        self._ring.show_view(code, reason)
        tone = _VIEW_TONES.get(code) if code else None
        words = f"{_SIGNS[tone]} {label_of(code)}" if tone else _("Not rated")
        self._view.show_words(words, tone or "neutral")
        self._view.setToolTip(self._ring.toolTip())

    def show_export(self, is_shown: bool) -> None:
        """Show the button that exports, or not where there is another one."""
        self._export.setVisible(is_shown)
        self._arrange()

    def put_menu(self, menu: QWidget) -> None:
        """Give a menu of what can be done with the account its place beside the export."""
        self._first.insertWidget(self._first.indexOf(self._export), menu)
        self._buttons.append(menu)
        self._arrange()

    @Slot()
    def ask_export(self) -> None:
        """Ask for the PDF in the account's language."""
        self.export_asked.emit(self._language)

    @Slot()
    def _fill_menu(self) -> None:
        self._menu.clear()
        names = {"ja": _("In Japanese…"), "en": _("In English…")}
        ordered = sorted(LANGUAGES, key=lambda language: language != self._language)
        for language in ordered:
            action = self._menu.addAction(names[language])
            action.triggered.connect(
                lambda _on=False, language=language: self.export_asked.emit(language)
            )

    def _build(self) -> None:
        self._ring = StandingRing(self._look, self)
        self._name = ElidedLabel(self)
        self._name.setProperty("kind", "title")
        pills = [Pill(self) for _place in range(5)]
        self._touch, self._status, self._view, self._standing, self._near = pills
        self._facts = ElidedLabel(self)
        self._facts.setProperty("kind", "muted")
        self._export = QPushButton(_("Export PDF"), self)
        self._export.setProperty("kind", "primary")
        self._export.setProperty("menu", "yes")
        self._export.setToolTip(_("Write the success plan as a PDF for the customer."))
        self._menu = QMenu(self._export)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._export.setMenu(self._menu)
        self._stepper = PhaseStepper(self._look, self)
        self._pills = pills
        self._buttons: list[QWidget] = [self._export]
        self._name_row = QHBoxLayout()
        self._name_row.setSpacing(8)
        self._name_row.addWidget(self._name)
        for pill in pills:
            self._name_row.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
        self._name_row.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(self._name_row)
        words.addWidget(self._facts)
        self._first = QHBoxLayout()
        self._first.setSpacing(GAP)
        self._first.addWidget(self._ring)
        self._first.addLayout(words, 1)
        self._first.addWidget(self._stepper)
        self._first.addWidget(self._export)
        self._second, self._third = QHBoxLayout(), QHBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._first)
        for row in (self._second, self._third):
            row.setSpacing(8)
            row.addStretch(1)
            layout.addLayout(row)

    def _arrange(self) -> None:
        """Put pills and phases where they and the name have room: beside it, else below."""
        pills = sum(one.sizeHint().width() + 8 for one in self._pills if not one.isHidden())
        buttons = [RING] + [one.sizeHint().width() for one in self._buttons if not one.isHidden()]
        room = self.width() - sum(buttons) - GAP * (len(buttons) + 1)
        name = min(self._name.sizeHint().width(), NAME_ROOM)
        is_beside = self._stepper.fit_into(room - name - pills)
        if not is_beside:
            self._stepper.fit_into(self.width())
        _put(self._stepper, self._first if is_beside else self._third, 2 if is_beside else 0)
        with_name = is_beside or room >= pills + min(name, LEAST_NAME)
        for number, pill in enumerate(self._pills):
            _put(pill, self._name_row if with_name else self._second, number + with_name)

    def minimumSizeHint(self) -> QSize:
        # What stands in one row now would stand in several before it hindered the window.
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


_STANDING_TONES = {"on_track": "good", "at_risk": "warning", "off_track": "bad"}


def _put(widget: QWidget, row: QHBoxLayout, place: int) -> None:
    """Let a widget stand in a row, wherever it stood before."""
    if row.indexOf(widget) < 0:
        parent = widget.parentWidget()
        for other in parent.findChildren(QHBoxLayout) if parent is not None else ():
            other.removeWidget(widget)
        row.insertWidget(place, widget, 0, Qt.AlignmentFlag.AlignVCenter)


def facts_lines(
    row: AccountRow, today: dt.date, write: Callable[[int, str], str] = whole_money_text
) -> list[str]:
    """Write segment, industry, ARR, renewal with the days left, and owner in one line.

    Where that has no room, the next lines of the list leave out what matters less in a hurry.
    `write` writes an amount.
    """
    numbers = []
    if row.amounts:
        numbers.append("ARR " + " + ".join(write(n, unit) for unit, n in row.amounts))
    if row.renewal_on is not None:
        left = days_left(row.renewal_on, today)
        numbers.append(
            _("renews {date} (in {left})").format(date=current().date(row.renewal_on), left=left)
        )
    if row.owner:
        numbers.append(_("owner {name}").format(name=row.owner))
    lines = [(row.segment, row.industry, *numbers), (row.industry, *numbers), tuple(numbers)]
    written = [" · ".join(part for part in parts if part) for parts in lines]
    return [line for line in written if line] or [""]
