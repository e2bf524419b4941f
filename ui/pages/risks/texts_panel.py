"""The texts of a risk, opportunity, piece of feedback or enquiry, apart by who reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.pages.detail_panel import DetailPanel, Store
from ui.widgets.audience_frame import AudienceFrame
from ui.widgets.wrapped_label import WrappedLabel


@dataclass(frozen=True, slots=True)
class Texts:
    """Fields with their titles: the one a row goes by, what is internal, what the customer reads.

    `printed` says whether the customer's part is printed, and if not, why.
    """

    heading: tuple[str, str] | None = None
    internal: Sequence[tuple[str, str]] = ()
    customer: Sequence[tuple[str, str]] = ()
    printed: Callable[[Any], str] | None = None


class TextsPanel(DetailPanel):
    """Shows the texts of one row and stores each when one leaves it."""

    def __init__(
        self,
        desk: Desk,
        entity: str,
        texts: Texts,
        store: Store,
        parent: QWidget | None = None,
    ) -> None:
        self._texts = texts
        self._printed: WrappedLabel | None = None
        super().__init__(desk, entity, store, parent)

    @property
    def printed_words(self) -> str:
        """What is said of the customer's part; empty where there is none."""
        return self._printed.text() if self._printed is not None else ""

    def build_fields(self, inside: QWidget, layout: QVBoxLayout) -> None:
        if self._texts.heading is not None:
            self.add_heading(*self._texts.heading, inside, layout)
        if self._texts.internal:
            frame = self.add_frame(layout, inside, internal=True)
            self._add(frame, self._texts.internal)
        if self._texts.customer:
            frame = self.add_frame(layout, inside, internal=False)
            self._add(frame, self._texts.customer)
            self._printed = frame.add_words()

    def fill(self, row: Any, *, is_other: bool) -> None:
        if self._printed is not None and self._texts.printed is not None:
            self._printed.setText(self._texts.printed(row))

    def _add(self, frame: AudienceFrame, fields: Sequence[tuple[str, str]]) -> None:
        for field, title in fields:
            self.keep_note(field, frame.add_note(title))
