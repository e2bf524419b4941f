"""One version of a plan: what it is, the files made of it, who agreed, and what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from csdesk.i18n import _
from csdesk.queries.revisions import Receipt, SignOffRow, Version
from ui.desk import Desk
from ui.pages.document.side_panel import FOCUS
from ui.pages.document.version_words import (
    SHA_SHOWN,
    kind_words,
    made_words,
    moment_words,
    number_words,
    receipt_words,
    sign_off_words,
)
from ui.prompts import Message
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.flow import Flow
from ui.widgets.pill import Pill
from ui.widgets.wrapped_label import WrappedLabel


class VersionCard(QFrame):
    """Shows a version; what is pressed in it is told by signals."""

    again_asked = Signal(str)
    """The id of a receipt: the same file is wanted once more."""
    compare_asked = Signal(str)
    """The id of the version that is to be compared with today."""
    agreed_asked = Signal(str)
    """The id of the version the customer agreed to."""
    taken_back = Signal(str)
    """The id of a sign-off that does not hold."""

    def __init__(
        self,
        desk: Desk,
        version: Version,
        parent: QWidget | None = None,
        *,
        is_customers: bool = False,
    ) -> None:
        """`is_customers` tells that it is the version the customer has."""
        super().__init__(parent)
        self._desk = desk
        self._version = version
        self.setProperty("kind", "inset")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(11, 8, 9, 9)
        self._layout.setSpacing(6)
        self._add_head(is_customers)
        if version.note:
            self._layout.addWidget(WrappedLabel(version.note, self, "body"))
        for receipt in version.receipts:
            self._add_receipt(receipt)
        for sign_off in version.sign_offs:
            self._add_sign_off(sign_off)
        self._add_buttons()

    def _add_head(self, is_customers: bool) -> None:
        version = self._version
        number = QLabel(number_words(version), self)
        number.setProperty("kind", "heading")
        line = Flow(self)
        line.add(number)
        pills = [(kind_words(version), "neutral")]
        if version.sign_offs:
            pills = [(_("Agreed"), "good")]
        if is_customers:
            pills.append((_("The customer has it"), "accent"))
        for words, tone in pills:
            pill = Pill(self)
            pill.show_words(words, tone)
            line.add(pill)
        self._layout.addWidget(line)
        self._layout.addWidget(WrappedLabel(made_words(version), self, "small"))
        if version.is_ambiguous:
            words = _("Another version has this number: two people made one at the same time.")
            self._layout.addWidget(WrappedLabel(words, self, "small"))

    def _add_receipt(self, receipt: Receipt) -> None:
        self._add_line()
        self._layout.addWidget(WrappedLabel(receipt_words(receipt), self, "body"))
        name = ElidedLabel(self)
        name.show_text(receipt.file_name)
        name.setProperty("kind", "small")
        self._layout.addWidget(name)
        facts = QHBoxLayout()
        facts.setSpacing(4)
        when = ElidedLabel(self)
        when.setProperty("kind", "small")
        when.show_text(moment_words(receipt.exported_at))
        facts.addWidget(when, 1)
        if receipt.sha256:
            copy = self._button(_("Copy SHA-256"), f"sha:{receipt.id}", "link")
            copy.setText(receipt.sha256[:SHA_SHOWN])
            copy.setToolTip(
                _("SHA-256 of the file: {sha}\nPress to copy it.").format(sha=receipt.sha256)
            )
            copy.clicked.connect(partial(self._copy, receipt.sha256))
            facts.addWidget(copy)
        self._layout.addLayout(facts)
        again = self._button(_("Export again…"), f"again:{receipt.id}")
        again.setToolTip(_("Writes the same file again, byte for byte."))
        again.setAccessibleName(
            _("Export {name} again").format(name=receipt.file_name or number_words(self._version))
        )
        again.clicked.connect(partial(self.again_asked.emit, receipt.id))
        self._layout.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_sign_off(self, sign_off: SignOffRow) -> None:
        self._add_line()
        self._layout.addWidget(WrappedLabel(f"✓ {sign_off_words(sign_off)}", self, "body"))
        if sign_off.note:
            self._layout.addWidget(WrappedLabel(sign_off.note, self, "small"))
        back = self._button(_("Take back"), f"back:{sign_off.id}", "link")
        back.setAccessibleName(_("Take back: {words}").format(words=sign_off_words(sign_off)))
        back.clicked.connect(partial(self.taken_back.emit, sign_off.id))
        self._layout.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_buttons(self) -> None:
        self._add_line()
        version_id, name = self._version.id, number_words(self._version)
        compare = self._button(_("Compare"), f"compare:{version_id}")
        compare.setToolTip(_("Shows what changed in the plan since this version."))
        compare.setAccessibleName(_("Compare {version} with today").format(version=name))
        compare.clicked.connect(partial(self.compare_asked.emit, version_id))
        agreed = self._button(_("They agreed…"), f"agreed:{version_id}")
        agreed.setToolTip(_("Records that the customer agreed to this version."))
        agreed.setAccessibleName(_("The customer agreed to {version}…").format(version=name))
        agreed.clicked.connect(partial(self.agreed_asked.emit, version_id))
        agreed.setEnabled(not self._desk.workspace.read_only)
        line = Flow(self)
        line.add(compare)
        line.add(agreed)
        self._layout.addWidget(line)

    def _add_line(self) -> None:
        line = QFrame(self)
        line.setProperty("kind", "rule")
        line.setFixedHeight(1)
        self._layout.addWidget(line)

    def _button(self, words: str, key: str, kind: str = "small") -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("kind", kind)
        button.setProperty(FOCUS, key)
        button.setAutoDefault(False)
        button.setAccessibleName(words)
        return button

    def _copy(self, sha256: str) -> None:
        QGuiApplication.clipboard().setText(sha256)
        self._desk.messages.say(Message(_("The SHA-256 was copied."), "good"))
