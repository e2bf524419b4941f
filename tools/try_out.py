"""Shows CSDesk on a fresh sample: in its window or, where there is no display, as a PDF.

`make run` calls it. Everything it makes lies in the folder `sample`, the program's own data
included, so that trying CSDesk out leaves nothing among a person's files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

from csdesk.i18n import system_language

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "sample"
ASK_FOR_DISPLAY = "from PySide6.QtWidgets import QApplication; QApplication([])"


def main() -> int:
    """Make the sample and show it; return the exit status of the program that showed it."""
    environment = {**os.environ, "CSDESK_HOME": str(SAMPLE / "home")}
    language = system_language()
    SAMPLE.mkdir(exist_ok=True)
    workspace = SAMPLE / f"sample-{datetime.now():%Y-%m-%d-%H%M%S}.csdesk"  # noqa: DTZ005
    subprocess.run(csdesk("new", str(workspace), "--sample", language), env=environment, check=True)
    if has_display():
        return subprocess.run(csdesk(str(workspace)), env=environment, check=False).returncode
    print("There is no display here, so no window opens; writing a success plan as PDF instead.")
    plan = richest_plan(workspace, environment)
    document = workspace.with_suffix(".pdf")
    ended = subprocess.run(
        [
            *csdesk("plan", str(workspace), plan["account_id"], "--plan", plan["title"]),
            *("--pdf", str(document), "--lang", language),
        ],
        env=environment,
        check=False,
        stdout=subprocess.DEVNULL,
    )
    if ended.returncode == 0:
        print(document)
    return ended.returncode


def richest_plan(workspace: Path, environment: dict[str, str]) -> dict[str, str]:
    """Find the plan that has most to show: the one with the most goals."""
    rows = {}
    for entity in ("plan", "goal"):
        shown = subprocess.run(
            csdesk("show", str(workspace), entity, "--json"),
            env=environment,
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        rows[entity] = json.loads(shown.stdout)
    goals = Counter(goal["plan_id"] for goal in rows["goal"])
    return max(rows["plan"], key=lambda plan: goals[plan["id"]])


def csdesk(*arguments: str) -> list[str]:
    """Say how to call this installation's csdesk with `arguments`."""
    return [sys.executable, "-m", "ui.launch", *arguments]


def has_display() -> bool:
    """Tell whether Qt finds a screen; asked in a process of its own, for Qt aborts without one."""
    try:
        asked = subprocess.run(
            [sys.executable, "-c", ASK_FOR_DISPLAY], capture_output=True, timeout=60, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return asked.returncode == 0 and os.environ.get("QT_QPA_PLATFORM") != "offscreen"


if __name__ == "__main__":
    sys.exit(main())
