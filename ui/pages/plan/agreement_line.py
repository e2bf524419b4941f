"""The line above an outline that says how the plan stands to what the customer agreed to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from csdesk.i18n import _, current, ngettext
from csdesk.queries.agreement_state import AgreementState
from ui.theme import Look
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_label import IconLabel


class AgreementLine(QFrame):
    """Says how many items are not agreed yet; hidden where nothing was agreed to."""

    changes_asked = Signal()
    """What changed since the agreement is to be shown."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(look, "circle-check", "good", 16, self)
        self._words = ElidedLabel(self)
        self._changes = QPushButton(_("What changed"), self)
        self._changes.setProperty("kind", "link")
        self._changes.setToolTip(_("Compares the plan with the version the customer agreed to."))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 2, 4, 2)
        layout.setSpacing(7)
        self._icon.setFixedWidth(16)
        layout.addWidget(self._icon)
        layout.addWidget(self._words, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._changes)
        layout.addStretch(1)
        self._changes.clicked.connect(self.changes_asked)
        self.hide()

    @property
    def words(self) -> str:
        """What the line says; empty while it is hidden."""
        return self._words.whole if not self.isHidden() else ""

    @property
    def changes_button(self) -> QPushButton:
        """The button that shows what changed."""
        return self._changes

    def show_state(self, state: AgreementState | None, count: int) -> None:
        """Show how a plan stands; `count` is how many rows of its outline are marked."""
        if state is None:
            self.hide()
            return
        agreed = agreed_words(state)
        if count:
            words = ngettext(
                "{n} item is not agreed yet ({agreed})",
                "{n} items are not agreed yet ({agreed})",
                count,
            ).format(n=current().number(count), agreed=agreed)
        else:
            words = _("All is as the customer agreed ({agreed})").format(agreed=agreed)
        self._changes.show()
        name, role = ("circle-alert", "warning") if count else ("circle-check", "good")
        self._icon.set_icon(name, role)
        self._say(words)

    def show_trouble(self, words: str) -> None:
        """Say why nobody can tell how the plan stands."""
        self._changes.hide()
        self._icon.set_icon("circle-alert", "bad")
        self._say(words)

    def _say(self, words: str) -> None:
        self._words.show_text(words)
        self.setAccessibleName(words)
        self.show()


def agreed_words(state: AgreementState) -> str:
    """Say which version was agreed to, and on which day."""
    day = current().date(state.signed_on)
    if not day:
        return _("agreed: v{n}").format(n=state.version)
    return _("agreed: v{n}, {date}").format(n=state.version, date=day)
