"""The phases of an account's life as a row of steps; choosing one moves the account."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from csdesk.i18n import _
from csdesk.model.vocabulary import Phase
from ui.theme import Look
from ui.widgets.cells import Ink

GAP = 10
"""Pixels of the line between two steps."""

ENDS = 16
"""Pixels of a step beside its name."""

DOT = 22
"""Pixels of a step that has no room for its name."""

WHOLE, AHEAD, ONE = range(3)
"""Forms of the row: every phase named, those ahead named, one of them named."""


class PhaseStepper(QWidget):
    """Shows the phase an account is in; a click, or arrows and Enter, moves it to another."""

    phase_chosen = Signal(object)
    """The Phase to move to."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._phase: Phase | None = None
        self._cursor = 0
        self._form = WHOLE
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    @property
    def phase(self) -> Phase | None:
        """The phase shown."""
        return self._phase

    def show_phase(self, code: str | None) -> None:
        """Show the phase an account is in; None for no phase yet."""
        self._phase = next((one for one in Phase if one == code), None)
        self._cursor = list(Phase).index(self._phase) if self._phase else 0
        words = self._phase.label() if self._phase else _("none")
        self.setAccessibleName(_("Lifecycle phase: {phase}").format(phase=words))
        self._tell_step()
        self.update()

    def fit_into(self, room: int) -> bool:
        """Take the longest form that fits into so many pixels; False where not even one does.

        The first names every phase, the next those that are not past, the last only one: the
        account's own, or that of the keyboard.
        """
        fitting = [form for form in (WHOLE, AHEAD, ONE) if self._width(form) <= room]
        self._form = fitting[0] if fitting else ONE
        self.updateGeometry()
        self.update()
        return bool(fitting)

    def _tell_step(self) -> None:
        """Say to a screen reader where Enter would move the account."""
        phase = list(Phase)[self._cursor]
        words = _("Move the account to {phase}").format(phase=phase.label())
        self.setAccessibleDescription("" if phase is self._phase else words)

    def _ink(self) -> Ink:
        return Ink(self._look, self.font())

    def _widths(self, ink: Ink, form: int | None = None) -> list[int]:
        """Return how wide each step is; those that are not named are dots."""
        at = list(Phase).index(self._phase) if self._phase else -1
        # Without a phase, the first one says what these steps are.
        named = self._cursor if self.hasFocus() or at < 0 else at
        metrics = ink.metrics(ink.small)
        form = self._form if form is None else form
        if form == AHEAD and named < at:
            form = ONE  # the one name that is behind takes the room of those ahead
        widths = []
        for number, phase in enumerate(Phase):
            words = f"{phase.label()} ✓" if number < at else phase.label()
            is_named = number == named or form == WHOLE or (form == AHEAD and number >= at)
            widths.append(metrics.horizontalAdvance(words) + ENDS if is_named else DOT)
        return widths

    def _width(self, form: int) -> int:
        """Return the pixels a form takes, wherever the keyboard is."""
        ink = self._ink()
        widths = self._widths(ink, form)
        if form == ONE:  # the keyboard may come to the longest name
            widths = [max(self._widths(ink, WHOLE)), *[DOT] * (len(Phase) - 1)]
        return sum(widths) + GAP * (len(Phase) - 1) + 1

    def _step_at(self, x: int) -> int:
        left = 0
        for number, width in enumerate(self._widths(self._ink())):
            if left <= x < left + width:
                return number
            left += width + GAP
        return -1

    def _choose(self, number: int) -> None:
        phase = list(Phase)[number]
        if phase is not self._phase:
            self.phase_chosen.emit(phase)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._step_at(event.pos().x())
            if number >= 0:
                phase = list(Phase)[number].label()
                said = _("Move the account to {phase}").format(phase=phase)
                QToolTip.showText(event.globalPos(), said, self)
                return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        ink = self._ink()
        return QSize(self._width(self._form), ink.metrics(ink.small).height() + 12)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._step_at(event.position().toPoint().x())
        if number >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._choose(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._cursor = min(max(self._cursor + step, 0), len(Phase) - 1)
            QToolTip.hideText()
            self._tell_step()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._cursor)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._ink()
        phases = list(Phase)
        at = phases.index(self._phase) if self._phase else -1
        rect = self.rect()
        for number, (phase, width) in enumerate(zip(phases, self._widths(ink), strict=True)):
            tone = "accent" if number == at else "good" if number < at else "neutral"
            step = rect.adjusted(0, 0, 0, 0)
            step.setWidth(width)
            painter.setPen(Qt.PenStyle.NoPen)
            if width == DOT and tone == "neutral":  # without a name only its outline is seen
                painter.setPen(QPen(self._look.colour("control"), 1))
            painter.setBrush(self._look.colour(f"{tone}_soft"))
            inside = step.adjusted(1, 2, -1, -2)
            if width == DOT:
                side = min(inside.width(), inside.height())
                inside = QRect(inside.x(), inside.center().y() - side // 2, side, side)
            painter.drawRoundedRect(inside, inside.height() / 2, inside.height() / 2)
            if self.hasFocus() and number == self._cursor:
                painter.setPen(QPen(self._look.colour("accent_fill"), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(inside, inside.height() / 2, inside.height() / 2)
            words = f"{phase.label()} ✓" if number < at else phase.label()
            if width == DOT:
                words = "✓" if number < at else ""
            ink.text(painter, step, words, tone, ink.small, Qt.AlignmentFlag.AlignHCenter)
            rect.setLeft(rect.left() + width)
            if number < len(phases) - 1:
                painter.setPen(QPen(self._look.colour("control"), 1))
                y = rect.center().y()
                painter.drawLine(rect.left() + 2, y, rect.left() + GAP - 2, y)
            rect.setLeft(rect.left() + GAP)
        painter.end()
