"""How the parts of the plan's tab share its room, and how F6 leads from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QSplitter, QVBoxLayout, QWidget

from csdesk.i18n import _
from ui.commands import Command, in_submenu

Entrance = Callable[[], QWidget]
"""Tells where the keyboard begins in a pane."""

SHARED = [430, 160]
"""Pixels of outline and timeline at first; the outline gets what there is more: the timeline is
looked at, the outline is worked in."""

ROOM = 400
"""Pixels of height below which the timeline stays folded away until somebody wants it: with it,
the outline would have two rows."""

LENT = 60
"""Pixels the timeline gets, beside those of what asks there, to show what would become of it."""

LEAST_OUTLINE = 0.4
"""The share of the height the outline keeps then."""


class PlanPanes(QSplitter):
    """The outline with the place of the timeline below it, and the panel of the chosen item."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = QSplitter(Qt.Orientation.Vertical, self)
        self.timeline_place = QFrame(self._rows)
        """The card below the outline; hidden while nothing stands in it."""
        self.timeline_place.setProperty("kind", "card")
        self.timeline_place.hide()
        self._entrances: list[tuple[QWidget, Entrance]] = []
        self._asking: QWidget | None = None
        self._is_folded = False
        self._wanted: bool | None = None  # whether the timeline shall be seen, where somebody said
        self._before_folding = list(SHARED)
        self._lent: tuple[list[int], list[int]] | None = None
        # Until what was hidden is laid out no more, the timeline cannot give its room back.
        self._giving_back = QTimer(self, singleShot=True, interval=0)
        self._giving_back.timeout.connect(self._take_back)

    @property
    def outline_place(self) -> QWidget:
        """The parent of what `hold` gets as the outline; this widget is that of the panel."""
        return self._rows

    def hold(self, outline: QWidget, panel: QWidget, tab: QWidget) -> None:
        """Show outline and panel, and let F6 go round wherever the keyboard is in `tab`."""
        _share(self._rows, outline, self.timeline_place, SHARED)
        _share(self, self._rows, panel, [868, 292])
        for keys, lead in (("F6", self.go_on), ("Shift+F6", self.go_back)):
            shortcut = QShortcut(QKeySequence(keys), tab)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lead)

    def lead_to(self, pane: QWidget, entrance: Entrance) -> None:
        """Let F6 come by a pane too, after those before it; one that is hidden is passed over."""
        self._entrances.append((pane, entrance))

    def add_timeline(self, timeline: QWidget, entrance: Entrance) -> None:
        """Fill the place of the timeline, and let F6 come by there."""
        layout = QVBoxLayout(self.timeline_place)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(timeline)
        self.timeline_place.setVisible(not self._is_folded)
        self.lead_to(self.timeline_place, entrance)

    def lend_room(self, asking: QWidget) -> None:
        """Let the timeline have more room while `asking` stands in it: one looks there then."""
        self._asking = asking
        asking.installEventFilter(self)

    def commands(self, has_plan: Callable[[], bool]) -> tuple[Command, ...]:
        """Return what can be done with the parts; `has_plan` tells whether they show one."""
        fold = Command(
            "plan.timeline_fold",
            lambda: _("Show the timeline"),
            self.turn_timeline,
            "Ctrl+T",
            checkable=True,
            is_checked=lambda: not self._is_folded,
            is_enabled=has_plan,
        )
        return in_submenu(lambda: _("Timeline"), (fold,))

    @Slot()
    def turn_timeline(self) -> None:
        """Fold the timeline away, or bring it back as it was."""
        self._wanted = self._is_folded
        self._fold(not self._wanted)

    @Slot()
    def go_on(self) -> None:
        """Put the keyboard into the pane after the one it is in."""
        self._go(1)

    @Slot()
    def go_back(self) -> None:
        """Put the keyboard into the pane before the one it is in."""
        self._go(-1)

    def state(self) -> dict[str, Any]:
        """Return how the room is shared; plain values only."""
        rows = self._lent[0] if self._lent is not None else self._rows.sizes()
        rows = self._before_folding if self._is_folded else rows
        wanted = {} if self._wanted is None else {"timeline": self._wanted}
        return {"split": self.sizes(), "rows": rows, "seen": wanted}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Share the room as `state` returned; what cannot be read changes nothing."""
        for splitter, name in ((self, "split"), (self._rows, "rows")):
            sizes = state.get(name)
            if not isinstance(sizes, list) or not all(isinstance(n, int) for n in sizes):
                continue
            if len(sizes) == 2 and all(sizes):
                splitter.setSizes(sizes)
        rows = self._rows.sizes()
        self._before_folding = rows if all(rows) else self._before_folding
        seen = state.get("seen")
        wanted = seen.get("timeline") if isinstance(seen, Mapping) else None
        if isinstance(wanted, bool):
            self._wanted = wanted
            self._fold(not wanted)

    def _fit(self) -> None:
        """Leave the room of a low window to the outline, unless somebody said otherwise."""
        if self._wanted is None and self.isVisible():
            self._fold(is_folded=self.height() < ROOM)

    def _fold(self, is_folded: bool) -> None:
        if is_folded == self._is_folded:
            return
        had_keyboard = self.timeline_place.isAncestorOf(QApplication.focusWidget() or self)
        if is_folded:
            self._take_back()
            self._before_folding = self._rows.sizes()
        self._is_folded = is_folded
        self.timeline_place.setVisible(not is_folded)
        if not is_folded:
            self._rows.setSizes(self._before_folding)
        elif had_keyboard:
            self._entrances[0][1]().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lend(self, asking: QWidget) -> None:
        if self._lent is not None:
            return
        before = self._rows.sizes()
        more = asking.sizeHint().height() + LENT
        more = min(more, max(0, before[0] - round(sum(before) * LEAST_OUTLINE)))
        self._rows.setSizes([before[0] - more, before[1] + more])
        self._lent = before, self._rows.sizes()

    @Slot()
    def _take_back(self) -> None:
        """Share the room as before, unless somebody has moved the handle meanwhile."""
        if self._asking is not None and not self._asking.isHidden():
            return
        if self._lent is not None and self._rows.sizes() == self._lent[1]:
            self._rows.setSizes(self._lent[0])
        self._lent = None

    def _go(self, by: int) -> None:
        shown = [(pane, entrance) for pane, entrance in self._entrances if pane.isVisible()]
        focus = QApplication.focusWidget()
        places = [
            place
            for place, (pane, _entrance) in enumerate(shown)
            if focus is not None and (pane is focus or pane.isAncestorOf(focus))
        ]
        if shown:
            _pane, entrance = shown[(places[0] + by) % len(shown) if places else 0]
            entrance().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._asking and event.type() == QEvent.Type.ShowToParent:
            self._wanted = True
            self._fold(is_folded=False)  # what asks wants to be seen
            self._lend(self._asking)
        elif watched is self._asking and event.type() == QEvent.Type.HideToParent:
            self._giving_back.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()


def _share(splitter: QSplitter, first: QWidget, second: QWidget, sizes: list[int]) -> None:
    """Put two parts into a splitter; the first takes the room that is given."""
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(12)
    for place, (part, stretch) in enumerate(((first, 1), (second, 0))):
        splitter.insertWidget(place, part)
        splitter.setStretchFactor(splitter.indexOf(part), stretch)
    splitter.setSizes(sizes)
