"""How long the frames of a plan's timeline take: scrolled over, and while a bar is dragged."""

from __future__ import annotations

import datetime as dt
import os
import random
from typing import TYPE_CHECKING

from benchmarks.bench_scroll import let_go
from benchmarks.measure import Result, Target, in_turns, percentile, seconds
from benchmarks.workspaces import Bench
from csdesk.actions.accounts import add_account
from csdesk.actions.plan_items import add_item, set_dependencies
from csdesk.actions.plans import add_plan
from csdesk.model.items import ItemKind, ItemRef
from csdesk.queries.outline import PlanOutline, plan_outline
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from sqlalchemy.orm import Session

    from ui.pages.plan.timeline.view import TimelineView

TODAY = dt.date(2026, 11, 22)
GOALS, MILESTONES, ACTIONS = 10, 6, 4
"""Goals, milestones of each, actions of each milestone: 310 items."""
SIZE = (900, 420)
FRAMES = 40
FRAME = 0.008
"""Seconds a frame may take: half of what a screen gives, so that the rest of the window has as
much."""


def measure(bench: Bench) -> list[Result]:
    """Paint a plan of some 300 items at year and month zoom, and while its first bar is dragged."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from csdesk.insight.working_days import WorkCalendar
    from ui.pages.plan.timeline.painting import Mark
    from ui.pages.plan.timeline.rows import rows_of
    from ui.pages.plan.timeline.scale import Zoom
    from ui.pages.plan.timeline.view import TimelineView
    from ui.theme import Look

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    outline = large_plan(bench)
    view = TimelineView(Look(app))
    view.resize(*SIZE)
    view.show()
    view.show_calendar(WorkCalendar("JP", (), "ja"))
    rows = rows_of(outline, (), TODAY)
    view.show_rows(rows, [Mark(TODAY, "Today", "bad_fill", is_dashed=True)], TODAY)
    app.processEvents()
    image = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    size = f"{len(rows.rows)} items"
    results = []
    for zoom in (Zoom.YEAR, Zoom.MONTH):
        view.zoom_to(zoom)
        times, empty = in_turns(
            lambda: percentile(scrolled(view, image), 50),
            lambda: seconds(lambda: image.fill(0)),
            runs=bench.runs,
        )
        results.append(
            Result(
                f"timeline, {zoom}: a frame", size, "s", times, empty, "an empty picture",
                Target(limit=FRAME),
            )
        )  # fmt: skip
    times, empty = in_turns(
        lambda: percentile(dragged(view, image), 50),
        lambda: seconds(lambda: image.fill(0)),
        runs=bench.runs,
    )
    let_go(app, view)
    what = "… while a bar is dragged"
    return [
        *results,
        Result(what, size, "s", times, empty, "an empty picture", Target(limit=FRAME)),
    ]


def scrolled(view: TimelineView, image: QImage) -> list[float]:
    """Jump through the rows and paint each time; return the seconds of the frames."""
    bar, taken = view.verticalScrollBar(), []
    for number in range(FRAMES):
        bar.setValue(number * 197 % max(bar.maximum(), 1))
        taken.append(seconds(lambda: view.viewport().render(image)))
    return taken


def dragged(view: TimelineView, image: QImage) -> list[float]:
    """Drag the first milestone by hand and paint at each place; return the seconds of each."""
    from PySide6.QtCore import QPointF

    view.verticalScrollBar().setValue(0)
    view.go_to(view.rows.rows[1].item.start_on or TODAY)
    drawn = view.drawn(1)
    assert drawn.shape is not None
    start = QPointF((drawn.shape.left + drawn.shape.right) / 2, drawn.top + drawn.height / 2)
    view.hand.press(drawn, start)
    taken = []
    for number in range(FRAMES):
        place = start + QPointF(5 + number, 0)

        def frame(place: QPointF = place) -> None:
            view.hand.drag(place)
            view.viewport().render(image)

        taken.append(seconds(frame))
    view.hand.let_go()
    return taken


def large_plan(bench: Bench) -> PlanOutline:
    """Write a plan of this size into a workspace of its own and read it."""
    folder = bench.folder / "timeline"
    folder.mkdir()
    path, home = folder / "Plan.csdesk", Home.at(folder / "home")
    with Workspace.create(path, home=home, author="Bench") as workspace:
        plan_id = workspace.write("Plan", fill).result
        outline = workspace.read(plan_outline, plan_id, today=TODAY)
    if outline is None:
        raise RuntimeError("the plan is not there")
    return outline


def fill(session: Session) -> str:
    """Add an account with the plan; the same one each time."""
    chance = random.Random(7)
    plan = add_plan(session, add_account(session, "Fuji"), "Two years", start_on=TODAY)
    milestones: list[str] = []
    for goal_number in range(GOALS):
        due = TODAY + dt.timedelta(days=700)
        title = f"Goal {goal_number} with a title as people write it"
        goal = add_item(
            session, ItemKind.GOAL, ItemRef(None, plan), title, start_on=TODAY, due_on=due
        )
        for number in range(MILESTONES):
            start = TODAY + dt.timedelta(days=chance.randint(-200, 600))
            title = f"Milestone {goal_number}.{number}, reached step by step"
            due = start + dt.timedelta(days=40)
            milestone = add_item(
                session, ItemKind.MILESTONE, goal, title, start_on=start, due_on=due
            )
            for action in range(ACTIONS):
                due = start + dt.timedelta(days=chance.randint(0, 40))
                add_item(session, ItemKind.ACTION, milestone, f"Do {action} of it", due_on=due)
            awaited = chance.sample(milestones, min(len(milestones), chance.randint(0, 2)))
            set_dependencies(session, milestone.id, set(awaited))
            milestones.append(milestone.id)
    return plan
