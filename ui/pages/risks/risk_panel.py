"""One risk whole, and where it stands among the others by probability and impact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csdesk.queries.risks import RiskRow
from ui.desk import Desk
from ui.pages.detail_panel import Store
from ui.pages.risks.risk_matrix import RiskMatrix
from ui.pages.risks.texts_panel import Texts, TextsPanel


class RiskPanel(TextsPanel):
    """The texts of a risk by who reads them, and the matrix of all open ones."""

    def __init__(
        self,
        desk: Desk,
        texts: Texts,
        store: Store,
        risks: Callable[[], Sequence[RiskRow]],
        parent: QWidget | None = None,
    ) -> None:
        """`risks` gives all risks of the account."""
        self._risks = risks
        super().__init__(desk, "risk", texts, store, parent)

    @property
    def matrix(self) -> RiskMatrix:
        """The picture of all open risks."""
        return self._matrix

    def build_fields(self, inside: QWidget, layout: QVBoxLayout) -> None:
        super().build_fields(inside, layout)
        self._matrix = RiskMatrix(self._desk.look, inside)
        layout.addWidget(self._matrix)

    def fill(self, row: Any, *, is_other: bool) -> None:
        super().fill(row, is_other=is_other)
        self._matrix.show_risks(self._risks(), row)
