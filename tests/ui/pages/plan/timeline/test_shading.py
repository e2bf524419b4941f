"""Days off are shaded where days are wide enough to be seen, each kind in its colour."""

from __future__ import annotations

import datetime as dt

from PySide6.QtGui import QColor

from csdesk.insight.working_days import OwnHoliday, WorkCalendar
from tests.ui.pages.plan.timeline.conftest import Fingers
from ui.pages.plan.timeline.scale import Zoom

BREAK = OwnHoliday("Foundation day", dt.date(2031, 11, 26), dt.date(2031, 11, 26))
DAYS = {
    dt.date(2031, 11, 21): "surface",  # a Friday
    dt.date(2031, 11, 22): "background",
    dt.date(2031, 11, 23): "neutral_soft",  # a holiday on a Sunday …
    dt.date(2031, 11, 24): "neutral_soft",  # … and its substitute
    dt.date(2031, 11, 25): "surface",
    dt.date(2031, 11, 26): "warning_soft",
}


def grounds(fingers: Fingers, days: list[dt.date]) -> list[QColor]:
    """Return the colours of days below all rows."""
    view = fingers.view
    image = view.viewport().grab().toImage()
    ratio, y = image.devicePixelRatio(), image.height() - 4
    return [image.pixelColor(round(view.scale.middle(day) * ratio), y) for day in days]


def test_weekends_holidays_and_our_own_days_off_are_shaded(fingers: Fingers) -> None:
    view = fingers.view
    view.show_calendar(WorkCalendar("JP", (BREAK,)))
    view.choose("")
    seen = {}
    for zoom in (Zoom.WEEK, Zoom.MONTH):
        view.zoom_to(zoom)
        view.begin_at(float(dt.date(2031, 11, 17).toordinal()))
        seen[zoom] = dict(zip(DAYS.values(), grounds(fingers, list(DAYS)), strict=True))
    colour = view._look.colour
    assert seen[Zoom.WEEK] == {role: colour(role) for role in DAYS.values()}
    surface, paler = colour("surface"), seen[Zoom.MONTH].pop("background")
    assert seen[Zoom.MONTH] == {role: colour(role) for role in seen[Zoom.MONTH]}
    assert surface.lightness() > paler.lightness() > colour("background").lightness()


def test_from_far_away_nothing_is_shaded(fingers: Fingers) -> None:
    view = fingers.view
    view.show_calendar(WorkCalendar("JP", (BREAK,)))
    view.zoom_to(Zoom.YEAR)
    view.begin_at(float(dt.date(2031, 11, 17).toordinal()))
    assert set(map(QColor.name, grounds(fingers, list(DAYS)))) == {"#ffffff"}
