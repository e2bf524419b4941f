"""The head of an account's page: who it is, how it stands, and what can be done with it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
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
from ui.pages.accounts.table import RENEWAL_IS_NEAR, days_left
from ui.theme import Look
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.pill import Pill

RING = 46
"""Pixels across the place of the health ring."""

_VIEW_TONES = {CsmView.GREEN: "good", CsmView.AMBER: "warning", CsmView.RED: "bad"}


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
        sign = {"good": "●", "warning": "▲", "bad": "▼"}.get(tone or "", "–")
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), sign)
        painter.end()


class AccountHeader(QWidget):
    """Name, pills, the line of facts, and the export."""

    export_asked = Signal(str)
    """The language of the document."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._language: str = current().language
        self._build()

    @property
    def facts(self) -> str:
        """The line of facts as shown."""
        return self._facts.whole

    def show_account(self, detail: AccountDetail, today: dt.date) -> None:
        """Show an account."""
        row = detail.row
        self._name.show_text(row.name)
        self._ring.show_view(row.csm_view, detail.csm_view_reason)
        self._touch.show_words(label_of(row.touch_model), "accent")
        status = row.status if row.status != AccountStatus.ACTIVE else None
        tone = "bad" if row.status == AccountStatus.CHURNED else "neutral"
        self._status.show_words(label_of(status), tone)
        standing = _STANDING_TONES.get(str(row.standing), "neutral")
        self._standing.show_words(label_of(row.standing), standing)
        self._facts.show_text(facts_line(row, today))
        near = row.renewal_on is not None and (row.renewal_on - today).days <= RENEWAL_IS_NEAR
        self._near.show_words(_("Renewal is near") if near else "", "bad")
        wanted = detail.document_language or current().language
        self._language = str(wanted)

    def show_export(self, is_shown: bool) -> None:
        """Show the button that exports, or not where there is another one."""
        self._export.setVisible(is_shown)

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
        pills = [Pill(self) for _place in range(4)]
        self._touch, self._status, self._standing, self._near = pills
        self._facts = ElidedLabel(self)
        self._facts.setProperty("kind", "muted")
        self._export = QPushButton(_("Export PDF"), self)
        self._export.setProperty("kind", "primary")
        self._export.setProperty("menu", "yes")
        self._export.setToolTip(_("Write the success plan as a PDF for the customer."))
        self._menu = QMenu(self._export)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._export.setMenu(self._menu)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._name)
        for pill in pills:
            first.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(first)
        words.addWidget(self._facts)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._ring)
        layout.addLayout(words, 1)
        layout.addWidget(self._export)


_STANDING_TONES = {"on_track": "good", "at_risk": "warning", "off_track": "bad"}


def facts_line(row: AccountRow, today: dt.date) -> str:
    """Write segment, industry, ARR, renewal with the days left, and owner in one line."""
    parts = [row.segment, row.industry]
    if row.amounts:
        parts.append("ARR " + " + ".join(current().money(n, unit) for unit, n in row.amounts))
    if row.renewal_on is not None:
        left = days_left(row.renewal_on, today)
        parts.append(
            _("renews {date} (in {left})").format(date=current().date(row.renewal_on), left=left)
        )
    if row.owner:
        parts.append(_("owner {name}").format(name=row.owner))
    return " · ".join(part for part in parts if part)
