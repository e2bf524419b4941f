"""A bug of ours is shown once, kept, and tells no customer's data."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from ui.crash import KEPT, CrashReporter, keep_report, report_text
from ui.theme import Look


def an_error() -> BaseException:
    """Return an error with a traceback and a cause, whose words go on with a customer's data."""
    try:
        try:
            raise KeyError("kpi")
        except KeyError as cause:
            raise ValueError("no such row\n[parameters: ('Fuji Retail', 18900000)]") from cause
    except ValueError as error:
        return error


def test_a_report_holds_versions_and_the_way_to_the_fault() -> None:
    text = report_text(an_error())
    assert "Python 3." in text
    assert "PySide6-Essentials 6." in text
    assert 'raise KeyError("kpi")' in text
    assert text.index("KeyError: 'kpi'") < text.index("ValueError: no such row")


def test_a_report_holds_no_values_a_database_error_lists() -> None:
    text = report_text(an_error())
    assert "18900000)]" not in text.split("ValueError: no such row")[1]


def test_reports_are_kept_and_the_oldest_go(tmp_path: Path) -> None:
    kept = [keep_report(tmp_path, f"report {number}") for number in range(KEPT + 3)]
    there = sorted(path.name for path in tmp_path.iterdir())
    assert len(there) == KEPT
    assert kept[-1] is not None
    assert kept[-1].read_text(encoding="utf-8") == f"report {KEPT + 2}"


def test_a_folder_that_cannot_be_written_to_does_no_harm(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert keep_report(blocked, "report") is None


def test_a_fault_is_shown_once_and_can_be_copied(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    reporter = CrashReporter(tmp_path, lambda: None)
    reporter.report(an_error())
    first = reporter.shown
    assert first is not None
    reporter.report(an_error())
    assert len(list(tmp_path.glob("crash-*.txt"))) == 1, "the same fault is told once"
    reporter.report(ZeroDivisionError())
    assert reporter.shown is first
    assert len(list(tmp_path.glob("crash-*.txt"))) == 2
    first.copy_text()
    shown = first.findChild(QPlainTextEdit).toPlainText()
    assert QGuiApplication.clipboard().text() == shown
    with qtbot.waitSignal(first.destroyed):
        first.close()
    assert reporter.shown is None
