"""How long a keystroke in the palette takes until its finds are painted, over all names."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from benchmarks.bench_scroll import let_go
from benchmarks.measure import Result, Target, in_turns, percentile, seconds
from benchmarks.workspaces import Bench
from csdesk.settings import load_settings
from csdesk.store.words import fold
from csdesk.workspace.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from ui.desk import Desk
    from ui.widgets.search_box import SearchBox

TYPED = ("ashford", "新宿", "sato", "weekly stock", "研修の", "sinjuku", "anna meyer", "t")
"""Names and titles, Japanese and English, what nobody is called, and one letter."""

FRAME = 0.016


def measure(bench: Bench) -> list[Result]:
    """Type each word letter by letter; and go through all names with the words in plain Python."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with bench.open() as workspace:
        window, desk, box = palette(bench, app, workspace)
        reading = seconds(lambda: read_names(app, desk, box))
        names = [fold(name) for name in all_names(workspace)]
        slowest: list[float] = []
        texts: list[float] = []

        def ours() -> float:
            keys, within = type_all(app, box)
            slowest.append(percentile(keys, 95))
            texts.append(percentile(within, 50))
            return percentile(keys, 50)

        times, plain = in_turns(ours, lambda: percentile(look_all(names), 50), runs=bench.runs)
        desk.close()
        let_go(app, window)
    size = f"{len(names)} names"
    return [
        Result(
            "palette: a keystroke, painted", size, "s", times, plain, "plain loop over the names",
            Target(limit=FRAME),
        ),
        Result(
            "… 95 of 100 keystrokes", size, "s", tuple(slowest[1:]), (), "", Target(limit=2 * FRAME)
        ),
        Result("… what is found in texts", size, "s", tuple(texts[1:]), (), "", Target(limit=0.05)),
        Result("… names read, in the background", size, "s", (reading,), (), "", Target()),
    ]  # fmt: skip


def palette(
    bench: Bench, app: QApplication, workspace: Workspace
) -> tuple[QWidget, Desk, SearchBox]:
    """Show a window with the palette over the workspace."""
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from ui.commands import Commands
    from ui.desk import Desk
    from ui.languages import Languages
    from ui.preferences import Preferences
    from ui.prompts import Messages
    from ui.tasks import Tasks
    from ui.theme import Look
    from ui.widgets.search_box import SearchBox

    look, messages, home = Look(app), Messages(), bench.home
    preferences = Preferences(load_settings(home), home, look, Languages(app), messages)
    desk = Desk(workspace, look, Tasks(), messages, preferences)
    window = QWidget()
    window.resize(1440, 900)
    box = SearchBox(desk, Commands(window, look), lambda _entity: True, window)
    layout = QVBoxLayout(window)
    layout.addWidget(box)
    layout.addStretch(1)
    window.show()
    return window, desk, box


def read_names(app: QApplication, desk: Desk, box: SearchBox) -> None:
    """Open the palette for the first time and wait for all names."""
    from ui.palette.finder import finder_of

    box.start()
    while not finder_of(desk).is_ready:
        app.processEvents()


def all_names(workspace: Workspace) -> list[str]:
    """Return all names the palette knows."""
    from csdesk.queries.palette import KINDS, palette_names

    return [
        " ".join((name.title, *name.others))
        for kind in KINDS
        for entity in kind.entities
        for name in workspace.read(palette_names, entity, None)
    ]


def type_all(app: QApplication, box: SearchBox) -> tuple[list[float], list[float]]:
    """Type the words; return how long each keystroke took, and the search within texts after it."""
    keys, texts = [], []
    for word in TYPED:
        box.clear()
        app.processEvents()
        for letter in word:
            keys.append(seconds(lambda letter=letter: press(app, box, letter)))  # type: ignore[misc]
            texts.append(seconds(lambda: find_texts(app, box)))
    return keys, texts


def press(app: QApplication, box: SearchBox, letter: str) -> None:
    """Type one letter, and paint what it finds."""
    box.insert(letter)
    app.sendPostedEvents()


def find_texts(app: QApplication, box: SearchBox) -> None:
    """Look for the words within texts, and paint what is found."""
    box.search_now()
    app.sendPostedEvents()


def look_all(names: list[str]) -> list[float]:
    """Ask each name for the letters typed so far; return how long that took, for each letter."""
    begun = [fold(word[:length]) for word in TYPED for length in range(1, len(word) + 1)]
    return [
        seconds(lambda part=part: [name for name in names if part in name])  # type: ignore[misc]
        for part in begun
    ]
