"""What the cells of the accounts table say besides their texts."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from csdesk.model.vocabulary import AccountStatus, CsmView
from csdesk.queries.portfolio import AccountRow
from ui.pages.accounts.cells import account_marks, account_paints, touch_late_by, touch_lateness
from ui.pages.accounts.page import AccountsPage
from ui.theme import Look
from ui.widgets.cells import Ink

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def row(rows_page: AccountsPage) -> AccountRow:
    """Return a row of an account that is simply a customer."""
    return rows_page.model.rows()[0]._replace(cadence_days=14, last_touch=TODAY)


def test_only_who_is_no_usual_customer_is_marked(row: AccountRow) -> None:
    assert account_marks(row) == ()
    left = row._replace(status=AccountStatus.CHURNED, archived_on=TODAY)
    assert account_marks(left) == (("Churned", "bad"), ("Archived", "muted"))
    assert account_marks(row._replace(status=AccountStatus.PROSPECT)) == (("Prospect", "accent"),)


def test_a_touch_is_late_beyond_its_cadence_and_nobody_waits_for_who_left(row: AccountRow) -> None:
    for days, late in ((0, 0), (14, 0), (15, 1), (40, 26)):
        touched = row._replace(last_touch=TODAY - dt.timedelta(days=days))
        assert touch_late_by(touched, TODAY) == late
        assert touch_lateness(touched, TODAY) == (f"{late} d late" if late else "")
        assert touch_late_by(touched._replace(archived_on=TODAY), TODAY) == 0
        assert touch_late_by(touched._replace(cadence_days=None), TODAY) == 0


@pytest.mark.parametrize("width", [20, 44, 90, 300])
def test_every_cell_is_drawn_within_its_place_however_narrow(
    row: AccountRow, look: Look, qapp: QApplication, width: int
) -> None:
    ink = Ink(look, qapp.font())
    far, gone = dt.date(2031, 1, 1), TODAY - dt.timedelta(days=400)
    odd = (
        row,
        row._replace(name="株" * 200, segment="長" * 90, csm_view=None, progress=row.progress),
        row._replace(csm_view=CsmView.RED, last_touch=gone, next_action_due=gone),
        row._replace(overdue_renewal=gone, next_action="Ω" * 200, last_touch=None),
        row._replace(renewal_on=far, status=AccountStatus.CHURNED, archived_on=TODAY, owner=""),
        row._replace(renewal_on=None, plan_id=None, progress=None, next_action="", owner="𠮷田"),
    )
    for key, paint in account_paints(TODAY).items():
        for one in odd:
            image = QImage(width + 60, 56, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            paint(ink, painter, QRect(0, 0, width, 51), one)
            painter.end()
            beyond = image.copy(QRect(width + 32, 0, 28, 56))
            blank = QImage(28, 56, QImage.Format.Format_ARGB32_Premultiplied)
            blank.fill(Qt.GlobalColor.transparent)
            assert beyond == blank, key
