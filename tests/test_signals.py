"""Signals survive being used: the Qt binding and this Python belong together.

PySide6 6.12 on Python 3.11 loses a reference to `True` at each emission and aborts the process
after some 570 of them, which is why pyproject.toml asks for an earlier one. The subprocess tells
an abort apart from a failure; the emission in this process shows the tests themselves are safe.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.qtbot import QtBot

EMISSIONS = 5_000

PROGRAM = f"""
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Bell(QObject):
    rang = Signal(bool)

application = QCoreApplication([])
heard = []
bell = Bell()
bell.rang.connect(heard.append)
for _ in range({EMISSIONS}):
    bell.rang.emit(True)
print(len(heard), all(heard))
"""


class Bell(QObject):
    rang = Signal(bool)
    named = Signal(str, int)


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, int]] = []

    def on_named(self, name: str, count: int) -> None:
        self.heard.append((name, count))


def test_five_thousand_signals_do_not_end_the_program() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, f"{EMISSIONS} True"), ended.stderr


def test_five_thousand_signals_reach_a_plain_function(qtbot: QtBot) -> None:
    bell = Bell()
    heard: list[bool] = []
    bell.rang.connect(heard.append)
    for _ in range(EMISSIONS):
        bell.rang.emit(True)
    assert heard == [True] * EMISSIONS


@pytest.mark.parametrize(
    "connection", [Qt.ConnectionType.DirectConnection, Qt.ConnectionType.QueuedConnection]
)
def test_five_thousand_signals_reach_a_slot_in_order(
    qtbot: QtBot, connection: Qt.ConnectionType
) -> None:
    bell, listener = Bell(), Listener()
    bell.named.connect(listener.on_named, connection)
    for number in range(EMISSIONS):
        bell.named.emit("ring", number)
    qtbot.waitUntil(lambda: len(listener.heard) == EMISSIONS)
    assert listener.heard == [("ring", number) for number in range(EMISSIONS)]
