"""What stands in open forms while a window is made anew, as it is in another language.

Fields of a row store what is typed by themselves. A form stores nothing before it is sent, so
that what stands in it is carried over to the form that takes its place. It is never written down:
what a window remembers until its next start is no place for what somebody has not sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from csdesk.errors import UserError
from ui.widgets.date_line import DateLine

TYPED = "typed"
"""Under this key a state has what stands in open forms."""


@runtime_checkable
class KeepsTyped(Protocol):
    """A form that can be taken up where another one of its kind was left."""

    def typed_state(self) -> dict[str, Any] | None:
        """Return what stands in it; None where it is closed."""
        ...

    def take_up_typed(self, state: Mapping[str, Any]) -> None:
        """Open with what `typed_state` returned; nothing where that has no place any more."""
        ...


def typed_within(holder: QWidget, apart: type[QWidget] | tuple[()] = ()) -> dict[str, Any]:
    """Return what stands in the open forms within a widget, but not in those `apart` within it."""
    states = ((name, form.typed_state()) for name, form in _forms(holder, apart))
    return {name: state for name, state in states if state is not None}


def take_up_within(holder: QWidget, states: object, apart: type[QWidget] | tuple[()] = ()) -> None:
    """Open the forms again that were open, with what stood in them."""
    if isinstance(states, dict) and states:
        for name, form in list(_forms(holder, apart)):
            if name in states:
                form.take_up_typed(states[name])


def without_typed(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a state that may be written down: without what nobody has sent yet."""
    return {
        key: without_typed(value) if isinstance(value, dict) else value
        for key, value in state.items()
        if key != TYPED
    }


def field_values(form: QWidget) -> list[tuple[str, Any]]:
    """Return what stands in the fields of a form, in their order."""
    return [(kind, read(field)) for kind, field, read, _write in _fields(form)]


def set_field_values(form: QWidget, values: object) -> None:
    """Put into the fields what stood in those of a form of the same kind."""
    fields = list(_fields(form))
    if not isinstance(values, list) or [one[0] for one in values] != [one[0] for one in fields]:
        return
    for (_kind, field, read, write), (_same, value) in zip(fields, values, strict=True):
        if read(field) != value:
            write(field, value)


def _forms(holder: QWidget, apart: type[QWidget] | tuple[()]) -> Iterator[tuple[str, KeepsTyped]]:
    """Yield the forms within a widget, each by the name of its kind and its number."""
    counts: dict[str, int] = {}
    queue: list[QObject] = [holder]
    while queue:
        widget = queue.pop(0)
        if isinstance(widget, KeepsTyped):
            kind = type(widget).__name__
            counts[kind] = counts.get(kind, 0) + 1
            yield f"{kind} {counts[kind]}", widget
            continue
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        children = widget.findChildren(QObject, options=direct)
        mine = (one for one in children if not (apart and isinstance(one, apart)))
        queue += [one for one in mine if isinstance(one, QWidget | KeepsTyped)]


Field = tuple[str, Any, Callable[[Any], Any], Callable[[Any, Any], object]]


def _fields(form: QWidget) -> Iterator[Field]:
    for field in form.findChildren(QWidget):
        if isinstance(field, DateLine):
            yield "day", field, _read_day, _write_day
        elif isinstance(field, QLineEdit) and not isinstance(field.parent(), QComboBox):
            yield "line", field, QLineEdit.text, _write_line
        elif isinstance(field, QPlainTextEdit):
            yield "text", field, QPlainTextEdit.toPlainText, QPlainTextEdit.setPlainText
        elif isinstance(field, QComboBox):
            yield "choice", field, QComboBox.currentIndex, QComboBox.setCurrentIndex
        elif isinstance(field, QCheckBox):
            yield "tick", field, QCheckBox.isChecked, QCheckBox.setChecked


def _read_day(field: DateLine) -> dt.date | str | None:
    """Return a day as such, for it is written otherwise in another language; else what is typed."""
    try:
        return field.read()
    except UserError:
        return field.text()


def _write_day(field: DateLine, day: dt.date | str | None) -> None:
    if isinstance(day, str):
        _write_line(field, day)
    else:
        field.set_day(day, force=True)


def _write_line(field: QLineEdit, text: str) -> None:
    field.setText(text)
    field.setModified(True)  # as if it had been typed here
