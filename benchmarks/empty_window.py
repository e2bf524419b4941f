"""The yardstick for starting: the least a PySide6 program shows. Run by bench_start."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.readiness import tell_when_painted


def main() -> int:
    """Show an empty main window, tell when it is painted, and end."""
    app = QApplication([])
    window = QMainWindow()
    window.resize(1280, 820)
    watcher = tell_when_painted(app, lambda: window)
    window.show()
    status = app.exec()
    watcher.deleteLater()
    return status


if __name__ == "__main__":
    sys.exit(main())
