"""The line at the window's foot: how the file stands, what arrived, and the work in progress."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from csdesk.i18n import _, current, ngettext
from ui.tasks import Task, Tasks
from ui.theme import Look
from ui.widgets.elided_button import ElidedButton
from ui.widgets.state_dot import StateDot

SHOW_AFTER = 600
"""Milliseconds before work is worth a bar; most is done by then."""

SHOW_AT_LEAST = 500
"""Milliseconds a bar then stays, so that it never only flashes."""


NEWS_FOR = 20_000
"""Milliseconds that news of what arrived stays."""


class StatusBar(QFrame):
    """Shows what is stored, what arrived, what runs, and lets the user cancel it."""

    chip_pressed = Signal()
    """The user wants to know more of how the file stands."""
    news_pressed = Signal(str)
    """The user wants to see what arrived: the id of the account it is about, empty for several."""

    def __init__(self, look: Look, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._task: Task | None = None
        self._words = ""
        self._reviews = 0
        self._about = ""
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
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
        self._words = text
        self._dot.set_tone(tone)
        self._show_chip()

    def show_reviews(self, count: int) -> None:
        """Say how much waits for review."""
        self._reviews = count
        self._show_chip()

    def explain(self, text: str) -> None:
        """Say more of the state in the chip's tooltip."""
        self._state.setToolTip(text or _("Who works on this file, and which copies there are"))

    @property
    def state_text(self) -> str:
        """The words of the chip."""
        return self._state.text()

    @Slot(str, str, str)
    def show_news(self, text: str, whole: str, account_id: str) -> None:
        """Say in passing what arrived; `whole` is all of it, `account_id` the one it is about."""
        self._news.show_whole(text)
        self._news.setToolTip(whole)
        self._about = account_id
        self._news.setAccessibleName(_("Arrived: {news}").format(news=text))
        self._news.show()
        self._fading.start(NEWS_FOR)

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

    def _show_chip(self) -> None:
        parts = [self._words]
        if self._reviews:
            words = ngettext("{n} to review", "{n} to review", self._reviews)
            parts.append(words.format(n=current().number(self._reviews)))
        self._state.setText(" · ".join(parts).replace("&", "&&"))
        self._state.setAccessibleName(_("State of the file: {state}").format(state=parts[0]))

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
        self._state = QPushButton(self)
        self._state.setProperty("kind", "chip")
        self._state.setCursor(Qt.CursorShape.PointingHandCursor)
        self.explain("")
        self._news = ElidedButton("", self)
        self._news.setProperty("kind", "chip")
        self._news.hide()
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
        layout.addSpacing(14)
        layout.addWidget(self._news, 8)
        layout.addStretch(1)
        layout.addWidget(self._work)
        layout.addSpacing(14)
        layout.addWidget(self._counts)
        self.setMinimumHeight(self.fontMetrics().height() + 14)

    def _connect(self, tasks: Tasks) -> None:
        tasks.began.connect(self.on_began)
        tasks.ended.connect(self.on_ended)
        self._state.clicked.connect(self.chip_pressed)
        self._news.clicked.connect(lambda: self.news_pressed.emit(self._about))
        self._fading.timeout.connect(self._news.hide)
        self._wait.timeout.connect(self._on_wait_over)
        self._leave.timeout.connect(self._work.hide)
        self._cancel.clicked.connect(self._on_cancel)
