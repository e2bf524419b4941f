"""The question in which encoding a file is written, with each possible reading shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from csdesk.exchange.encodings import LADDER, Reading
from csdesk.i18n import _
from ui.widgets.wrapped_label import WrappedLabel

NAMES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp932": "Shift_JIS (CP932)",
    "euc_jp": "EUC-JP",
    "cp1252": "Windows-1252",
}


class EncodingChoice(QFrame):
    """Shows one line of the file in each reading; the user presses the one that looks right."""

    chosen = Signal(str)
    """The encoding's name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "message")
        self.setProperty("tone", "warning")
        self._question = WrappedLabel("", self, "plain")
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(14)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.addWidget(self._question)
        layout.addLayout(self._grid)
        self.hide()

    def ask(self, name: str, readings: Sequence[Reading], line: int) -> None:
        """Ask about the file `name`: in which reading does `line` look right?"""
        self._clear()
        self._question.setText(
            _(
                "{name} can be read in more than one way. In which does line {line} look right?"
            ).format(name=name, line=line)
        )
        offered = {reading.encoding: reading.sample for reading in readings}
        if len(offered) == 1:
            # One doubtful reading: the others of the ladder are offered without a sample.
            offered.update({name: "" for name in LADDER if name not in offered})
        for row, (encoding, sample) in enumerate(offered.items()):
            button = QPushButton(NAMES.get(encoding, encoding), self)
            button.setProperty("encoding", encoding)
            button.clicked.connect(self._on_clicked)
            shown = QLabel(sample, self)
            shown.setTextFormat(shown.textFormat().PlainText)
            self._grid.addWidget(button, row, 0)
            self._grid.addWidget(shown, row, 1)
        self.show()

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.sender().property("encoding"))

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
