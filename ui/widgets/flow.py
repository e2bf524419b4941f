"""Small widgets in a row that wraps where it is too narrow for all of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtWidgets import QWidget

from ui.widgets.own_height import OwnHeight


class Flow(OwnHeight):
    """Puts its widgets side by side, in as many rows as they need; hidden ones take no room."""

    reshaping = OwnHeight.reshaping | {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        """`gap` is the pixels between two widgets and between two rows."""
        super().__init__(parent)
        self._gap = gap

    def insert(self, place: int, widget: QWidget) -> None:
        """Add a widget before the one at `place`, counted from 0."""
        self.add(widget)
        self._members.insert(place, self._members.pop())
        self._place_anew()

    def remove(self, widget: QWidget) -> None:
        """Let a widget go; it stays a child until its owner deletes it."""
        widget.removeEventFilter(self)
        self._members.remove(widget)
        self._place_anew()

    def sizeHint(self) -> QSize:
        self._place_first()
        sizes = [self._size(one) for one in self._shown()]
        width = sum(size.width() + self._gap for size in sizes) - self._gap if sizes else 0
        return QSize(width, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        self._place_first()
        widest = max((one.minimumSizeHint().width() for one in self._shown()), default=0)
        return QSize(widest, self.minimumHeight())

    def _shown(self) -> list[QWidget]:
        return [one for one in self._members if not one.isHidden()]

    def _size(self, widget: QWidget) -> QSize:
        hint = widget.sizeHint().expandedTo(widget.minimumSizeHint())
        return hint.expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())

    def _place(self) -> None:
        x = y = 0
        rows: list[list[tuple[QWidget, int, QSize]]] = [[]]
        for widget in self._shown():
            size = self._size(widget)
            if x and x + size.width() > self.width() and self.isVisible():
                rows.append([])
                x = 0
            rows[-1].append((widget, x, size))
            x += size.width() + self._gap
        for row in rows:
            height = max((size.height() for _widget, _x, size in row), default=0)
            for widget, left, size in row:
                top = y + (height - size.height()) // 2
                width = min(size.width(), max(self.width(), 1))
                widget.setGeometry(QRect(left, top, width, size.height()))
            y += height + self._gap if row else 0
        self._keep_height(max(y - self._gap, 0))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            # A member says so where its text is another one; before it is shown nobody hears it.
            self._place_anew()
            self.updateGeometry()
        return super().event(event)
