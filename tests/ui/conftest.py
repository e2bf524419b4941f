"""What every test of the window needs: the look, and a watch for leftovers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from csdesk.i18n import use_language
from csdesk.settings import Home
from ui.theme import Look


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    """Return the program's look, worn by the one application of the test run."""
    return Look(qapp)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return folders that belong to this test alone."""
    monkeypatch.setenv("CSDESK_HOME", str(tmp_path / "home"))
    return Home.of_this_computer()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English unless the test says otherwise, and again after it."""
    use_language("en")
    yield
    use_language("en")


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """Fail the test that leaves a window behind."""
    yield
    for _turn in range(3):
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qapp.processEvents()
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    assert not left, f"windows left open: {left}"
