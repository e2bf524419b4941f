"""Garbage is collected on the interface thread, whoever left it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.collecting import Collecting


class Leaf:
    """Something that only the collector can let go of; it notes the thread that did."""

    def __init__(self, gone_on: list[threading.Thread]) -> None:
        self.itself = self
        self.gone_on = gone_on

    def __del__(self) -> None:
        self.gone_on.append(threading.current_thread())


@pytest.fixture
def collecting(qtbot: QtBot) -> Iterator[Collecting]:
    parent = QObject()
    collecting = Collecting(parent)
    yield collecting
    collecting.end()
    parent.deleteLater()


def fill(gone_on: list[threading.Thread]) -> list[list[int]]:
    """Leave garbage, then make as many objects as wake Python's own collector many times."""
    Leaf(gone_on)
    return [[number] for number in range(50 * gc.get_threshold()[0])]


def test_garbage_of_a_worker_goes_on_the_interface_thread(
    qtbot: QtBot, collecting: Collecting
) -> None:
    gone_on: list[threading.Thread] = []
    worker = threading.Thread(target=fill, args=(gone_on,))
    worker.start()
    worker.join()
    assert gone_on == []
    kept = fill(gone_on)
    qtbot.waitUntil(lambda: len(gone_on) == 2)
    assert set(gone_on) == {threading.main_thread()}
    assert kept


def test_python_collects_by_itself_again_afterwards(collecting: Collecting) -> None:
    assert not gc.isenabled()
    collecting.end()
    assert gc.isenabled()
