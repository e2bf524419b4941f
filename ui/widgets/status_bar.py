"""The line at the window's foot: the file, whether it is stored, and the work in progress."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from csdesk.i18n import _
from ui.tasks import Task, Tasks
from ui.theme import Look
from ui.widgets.state_dot import StateDot

SHOW_AFTER = 600
"""Milliseconds before work is worth a bar; most is done by then."""

SHOW_AT_LEAST = 500
"""Milliseconds a bar then stays, so that it never only flashes."""


class StatusBar(QFrame):
    """Shows what is stored, what runs, and lets the user cancel it."""

    def __init__(self, look: Look, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._task: Task | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._shown_for = QElapsedTimer()
        self._build()
        self._connect(tasks)

    def show_file(self, name: str, where: str) -> None:
        """Name the open file; `where` is its full path."""
        self._file.setText(name)
        self._file.setToolTip(where)

    def show_state(self, text: str, tone: str) -> None:
        """Say whether all is stored; `tone` is good, warning, bad or neutral."""
        self._state.setText(text)
        self._dot.set_tone(tone)

    def show_counts(self, text: str) -> None:
        """Say how much there is."""
        self._counts.setText(text)

    @property
    def work_is_shown(self) -> bool:
        """Tell whether a bar for running work is on the screen."""
        return not self._work.isHidden()

    @Slot(object)
    def on_began(self, task: Task) -> None:
        """Watch a task that has begun."""
        self._task = task
        self._leave.stop()
        self._title.setText(task.title)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(task.can_cancel)
        task.progressed.connect(self._on_progressed)
        if self._work.isHidden():
            self._wait.start(SHOW_AFTER)

    @Slot(object)
    def on_ended(self, task: Task) -> None:
        """Let go of a task that has ended."""
        if task is not self._task:
            return
        self._task = None
        self._wait.stop()
        if not self._work.isHidden():
            rest = SHOW_AT_LEAST - self._shown_for.elapsed()
            self._leave.start(max(0, rest))

    @Slot(object, object, str)
    def _on_progressed(self, done: int, total: int | None, note: str) -> None:
        if total:
            # Qt counts in 32 bits; a thousand steps are more than the bar has pixels.
            self._bar.setRange(0, 1000)
            self._bar.setValue(min(1000, done * 1000 // total))
        else:
            self._bar.setRange(0, 0)
        title = self._task.title if self._task is not None else ""
        self._title.setText(f"{title} · {note}" if note else title)

    @Slot()
    def _on_wait_over(self) -> None:
        if self._task is not None:
            self._shown_for.start()
            self._work.show()

    @Slot()
    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._cancel.setEnabled(False)
            self._title.setText(_("Cancelling…"))

    def _build(self) -> None:
        self.setObjectName("statusBar")
        self._dot = StateDot(self._look, self)
        self._state = QLabel(self)
        self._state.setAccessibleName(_("Saved state"))
        self._file = QLabel(self)
        self._counts = QLabel(self)
        self._work = QWidget(self)
        self._title = QLabel(self._work)
        self._bar = QProgressBar(self._work)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(_("Work in progress"))
        self._cancel = QPushButton(_("Cancel"), self._work)
        self._cancel.setProperty("kind", "link")
        work = QHBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.addWidget(self._title)
        work.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        work.addWidget(self._cancel)
        self._work.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 16, 0)
        layout.setSpacing(8)
        layout.addWidget(self._dot)
        layout.addWidget(self._state)
        layout.addSpacing(14)
        layout.addWidget(self._file)
        layout.addStretch(1)
        layout.addWidget(self._work)
        layout.addSpacing(14)
        layout.addWidget(self._counts)
        self.setMinimumHeight(self.fontMetrics().height() + 14)

    def _connect(self, tasks: Tasks) -> None:
        tasks.began.connect(self.on_began)
        tasks.ended.connect(self.on_ended)
        self._wait.timeout.connect(self._on_wait_over)
        self._leave.timeout.connect(self._work.hide)
        self._cancel.clicked.connect(self._on_cancel)
