"""What the user says about the files to import: what they hold, and how columns are told."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QWidget

from csdesk.exchange.dates import DateOrder
from csdesk.exchange.encodings import LADDER
from csdesk.exchange.fields import Kind
from csdesk.exchange.mapping import shipped_mappings
from csdesk.i18n import _
from ui.dialogs.encoding_choice import NAMES as ENCODINGS
from ui.dialogs.import_work import Choices

PROGRAMS = {"hubspot": "HubSpot", "salesforce": "Salesforce"}
"""The proper names of the programs whose mappings come with ours."""


def mapping_label(name: str) -> str:
    """Name a mapping that comes with the program."""
    return PROGRAMS.get(name, name)


def kind_label(kind: Kind) -> str:
    """Name what a table holds, in the user's words."""
    return {
        Kind.ACCOUNTS: _("Accounts"),
        Kind.CONTACTS: _("Contacts"),
        Kind.MEMBERS: _("Team members"),
        Kind.CONTRACTS: _("Contracts"),
        Kind.KPI_VALUES: _("KPI values"),
        Kind.SURVEYS: _("Survey answers"),
        Kind.PLANS: _("Success plans"),
    }[kind]


class ImportChoices(QWidget):
    """A line of choices; each is told at once."""

    changed = Signal()
    """The user said something else."""
    encoding_chosen = Signal(str)
    """In which encoding the file in view is to be read; empty for the one that is found."""
    file_chosen = Signal(int)
    """Which file is to be shown, counted from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()
        self._build()
        self._connect()

    @property
    def choices(self) -> Choices:
        """What the user has said by now."""
        return self._choices

    @property
    def file(self) -> int:
        """Which file is shown, counted from 0; -1 for none."""
        return self._file.currentIndex()

    def reset(self) -> None:
        """Forget what was said, for other files."""
        self._choices = Choices()
        for box in (self._kind, self._mapping):
            box.setCurrentIndex(0)
        self.show_recognised(None)

    def show_files(self, names: Sequence[str], shown: int) -> None:
        """Offer these files to be shown; nothing is offered where there is but one."""
        self._file.clear()
        self._file.addItems(list(names))
        self._file.setCurrentIndex(shown)
        self._file.setVisible(len(names) > 1)

    def show_recognised(self, kind: Kind | None) -> None:
        """Say what the file was taken for where the user has not said it."""
        found = _("Find out")
        if kind is not None:
            found = _("Recognised: {kind}").format(kind=kind_label(kind))
        self._kind.setItemText(0, found)

    def show_encoding(self, encoding: str, said: str) -> None:
        """Say in which encoding the file in view was read, empty for one that has none.

        `said` is what the user chose for it, empty where it was found out.
        """
        self._encoding_title.setVisible(bool(encoding or said))
        self._encoding.setVisible(bool(encoding or said))
        name = ENCODINGS.get(encoding, encoding)
        self._encoding.setItemText(0, _("Found: {name}").format(name=name) if name else "")
        self._encoding.setCurrentIndex(max(0, self._encoding.findData(said)))

    def say_encoding(self, path: Path, encoding: str) -> None:
        """Note in which encoding a file is written."""
        encodings = {**self._choices.encodings, path: encoding}
        if not encoding:
            del encodings[path]
        self._change(dataclasses.replace(self._choices, encodings=encodings))

    @Slot(object, object)
    def say_date_order(self, path: Path, order: DateOrder) -> None:
        """Note what comes first in the dates of a file."""
        orders = {**self._choices.date_orders, path: order}
        self._change(dataclasses.replace(self._choices, date_orders=orders))

    @Slot(str, str)
    def say_column(self, header: str, field: str) -> None:
        """Note what the column under a header holds; an empty field leaves it out."""
        columns = {**self._choices.columns, header: field}
        self._change(dataclasses.replace(self._choices, columns=columns))

    @Slot(int)
    def _on_kind(self, place: int) -> None:
        code = self._kind.itemData(place)
        self._change(dataclasses.replace(self._choices, kind=Kind(code) if code else None))

    @Slot(int)
    def _on_encoding(self, place: int) -> None:
        self.encoding_chosen.emit(self._encoding.itemData(place))

    @Slot(int)
    def _on_mapping(self, place: int) -> None:
        name = self._mapping.itemData(place)
        if name is not None:
            self._change(dataclasses.replace(self._choices, mapping=name))
            return
        self._mapping.setCurrentIndex(max(0, self._mapping.findData(self._choices.mapping)))
        dialog = QFileDialog(self, _("Choose a mapping file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Mapping files") + " (*.toml)")
        dialog.fileSelected.connect(self.use_mapping)
        dialog.open()

    def choose_mapping(self, name: str) -> None:
        """Tell the columns by a mapping that comes with the program."""
        self._mapping.setCurrentIndex(self._mapping.findData(name))
        self._change(dataclasses.replace(self._choices, mapping=name))

    @Slot(str)
    def use_mapping(self, name: str) -> None:
        """Tell the columns by a mapping file."""
        self._mapping.insertItem(1, Path(name).name, name)
        self._mapping.setCurrentIndex(1)
        self._change(dataclasses.replace(self._choices, mapping=name))

    def _change(self, choices: Choices) -> None:
        self._choices = choices
        self.changed.emit()

    def _build(self) -> None:
        self._file = QComboBox(self)
        self._file.setAccessibleName(_("File shown below"))
        self._kind = QComboBox(self)
        self._kind.addItem(_("Find out"), "")
        for kind in Kind:
            self._kind.addItem(kind_label(kind), kind.value)
        self._kind.setMinimumWidth(200)
        for box in (self._kind, self._file):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._file.setMaximumWidth(260)
        self._mapping = QComboBox(self)
        self._mapping.addItem(_("By their headers"), "")
        for name in shipped_mappings():
            self._mapping.addItem(mapping_label(name), name)
        self._mapping.addItem(_("By a mapping file…"), None)
        self._encoding = QComboBox(self)
        self._encoding.addItem("", "")
        for encoding in LADDER:
            self._encoding.addItem(ENCODINGS[encoding], encoding)
        self._encoding.setAccessibleName(_("Encoding"))
        self._encoding_title = QLabel(_("Encoding"), self)
        self._encoding_title.setBuddy(self._encoding)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for title, box in ((_("Holds"), self._kind), (_("Columns"), self._mapping)):
            label = QLabel(title, self)
            label.setBuddy(box)
            box.setAccessibleName(title)
            layout.addWidget(label)
            layout.addWidget(box)
            layout.addSpacing(12)
        layout.addWidget(self._encoding_title)
        layout.addWidget(self._encoding)
        layout.addStretch(1)
        layout.addWidget(self._file)
        self.show_encoding("", "")

    def _connect(self) -> None:
        self._kind.activated.connect(self._on_kind)
        self._mapping.activated.connect(self._on_mapping)
        self._encoding.activated.connect(self._on_encoding)
        self._file.activated.connect(self.file_chosen)
