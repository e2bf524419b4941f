"""Draws the pictures of the window in docs/screens: `make screenshots`.

The window is opened on the sample in Japanese and in English, offscreen, so that the pictures are
the same on every computer. The usual set shows every page in both languages, and the three most
used ones in the dark theme and at 150 % too; `--all` draws every page in every way, to look at.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pypdfium2
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from csdesk.actions.editing import today
from csdesk.queries.outline import plan_outline
from csdesk.queries.portfolio import portfolio_rows
from csdesk.queries.revisions import plan_versions
from csdesk.settings import Home
from tools.handed_over import hand_over
from tools.parted import part
from ui.app import Program
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.document.document_side import TABS, DocumentSide
from ui.pages.document.document_tab import DocumentTab
from ui.pages.stakeholders.stakeholders_section import StakeholdersSection

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screens"
AUTHORS = {"ja": "山田 彩香", "en": "Aisha Young"}
"""Who works on the sample, by language."""
SCALES = (100, 150)
SIZE = (1440, 900)
"""Width and height of the window, in pixels at 100 %."""
SHOWN_EVERY_WAY = ("accounts", "account-plan", "account-document", "review")
SHOWN_TABS = (
    *("overview", "plan", "kpis", "touchpoints", "stakeholders", "risks"),
    *("contracts", "document", "history"),
)
SETTLING_SECONDS = 0.6
"""How long the window gets for what it loads, lays out and fades in after each move."""

LONGEST_LAYOUT = 20.0
"""Seconds after which a document is drawn as far as it is."""


def main() -> int:
    """Draw the pictures, one process for each language and scale: Qt fixes a scale at its start."""
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every page in every way")
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument(
        "--size", nargs=2, type=int, default=SIZE, metavar=("WIDTH", "HEIGHT"), help="%(default)s"
    )
    parser.add_argument("--take", nargs=2, metavar=("LANGUAGE", "SCALE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.take:
        language, scale = options.take
        take(language, int(scale), options.out, size=tuple(options.size), every=options.all)
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for language, author in AUTHORS.items():
            for scale in SCALES:
                home = Path(folder) / f"{language}-{scale}"
                home.mkdir()
                environment = {
                    **os.environ,
                    "CSDESK_HOME": str(home),
                    "QT_QPA_PLATFORM": "offscreen",
                    "QT_SCALE_FACTOR": str(scale / 100),
                    # The offscreen platform complains of each window that it cannot be sized.
                    "QT_LOGGING_RULES": "default.warning=false",
                }
                name = "North" if language == "en" else "サンプル"
                sample = str(home / f"{name}.csdesk")
                csdesk = [sys.executable, "-m", "ui.launch", "--author", author]
                subprocess.run(
                    [*csdesk, "new", sample, "--sample", language], env=environment, check=True
                )
                part(Path(sample), Home.at(home), author, home / "colleague", language)
                command = [sys.executable, "-m", "tools.screenshots", "--out", str(options.out)]
                command += ["--take", language, str(scale), *(["--all"] if options.all else [])]
                command += ["--size", *map(str, options.size)]
                environment["CSDESK_SAMPLE"] = sample
                subprocess.run(command, env=environment, cwd=ROOT, check=True)
            draw_document(csdesk, sample, language, environment, options.out)
    return 0


def draw_document(
    csdesk: list[str], sample: str, language: str, environment: dict[str, str], out: Path
) -> None:
    """Write the success plan of the sample as PDF and draw its first pages side by side."""
    shown = subprocess.run(
        [*csdesk, "show", sample, "plan", "--json"],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    plans = json.loads(shown.stdout)
    plan = max(plans, key=lambda plan: len(plan["success_statement"] or ""))
    document = Path(sample).with_suffix(".pdf")
    command = [*csdesk, "plan", sample, plan["account_id"], "--plan", plan["id"]]
    command += ["--pdf", str(document), "--lang", language, "--yes"]
    subprocess.run(command, env=environment, check=True)
    pdf = pypdfium2.PdfDocument(document)
    pages = [pdf[number].render(scale=0.9).to_pil() for number in range(min(3, len(pdf)))]
    pdf.close()
    gap = 12
    width, height = sum(page.width + gap for page in pages) - gap, pages[0].height
    sheet = Image.new("RGB", (width, height), "#d0d5dd")
    for number, page in enumerate(pages):
        sheet.paste(page, (number * (page.width + gap), 0))
    write(sheet, out / f"pdf-{language}.png")


def take(language: str, scale: int, out: Path, *, size: tuple[int, int], every: bool) -> None:
    """Open the sample in one language at one scale and draw its pages in both themes."""
    app = QApplication([])
    program = Program(app, Home.of_this_computer())
    program.preferences.choose_language(language)
    program.preferences.name_author(AUTHORS[language])
    program.window.resize(*size)
    program.start(Path(os.environ["CSDESK_SAMPLE"]))
    settle(app)
    desk = program.files.desk
    assert desk is not None
    account_id, plan_id = shown_plan(desk)
    hand_over(desk.workspace, account_id, plan_id, language)
    for theme in ("light", "dark"):
        program.preferences.choose_theme(theme)
        for name, go in places(program):
            usual = (theme == "light" and scale == 100) or (
                name in SHOWN_EVERY_WAY and (theme == "light" or scale == 100)
            )
            if every or usual:
                go()
                settle(app)
                draw(app, program)
                suffix = "" if scale == 100 else f"-{scale}"
                save(program.window.grab(), out / f"{name}-{language}-{theme}{suffix}.png")
    program.stop()


def places(program: Program) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each page to show: its name in the picture's file name, and how to go there."""
    frame, desk = program.window.frame, program.files.desk
    assert frame is not None
    assert desk is not None
    for name in ("today", "accounts", "templates"):
        yield name, partial(frame.show_page, name)
    account_id, plan_id = shown_plan(desk)
    plan = desk.read(plan_outline, plan_id, today=today())
    assert plan is not None
    for name in (*SHOWN_TABS, "chart"):

        def go(name: str = name) -> None:
            frame.show_item("account", account_id)
            if name == "plan":
                frame.show_item("goal", plan.items[0].ref.id)
            page = frame.page
            assert isinstance(page, AccountPage)
            page.open_tab("stakeholders" if name == "chart" else name)
            people = page.section("stakeholders")
            assert isinstance(people, StakeholdersSection)
            people.show_chart(on=name == "chart")
            for side in page.findChildren(DocumentSide):
                side.open_tab(TABS[0])

        yield f"account-{name}", go
    for name in TABS[1:3]:

        def show(name: str = name) -> None:
            frame.show_item("plan_revision", desk.read(plan_versions, plan_id)[0].id)
            for side in program.window.findChildren(DocumentSide):
                side.open_tab(name)

        yield f"account-document-{name}", show
    desk.workspace.team.sync()  # the copies beside the file come in
    yield "review", lambda: frame.show_page("review")
    yield "copies", lambda: frame.show_page("copies")
    yield "settings", lambda: frame.show_page("settings")


def shown_plan(desk: Desk) -> tuple[str, str]:
    """Choose the account whose page is shown; return its id and that of its plan."""
    rows = desk.read(portfolio_rows, today=today())
    account = max(rows, key=lambda row: (row.plan_status == "active", row.arr or 0))
    return account.id, account.plan_id or ""


def draw(app: QApplication, program: Program) -> None:
    """Wait until a document is laid out and drawn, where one is in view, and open its summary."""
    tabs = [tab for tab in program.window.findChildren(DocumentTab) if tab.isVisible()]
    for tab in tabs:
        wait_for_pages(app, program, tab)
        tab.frame.preview.view.go_to_page(1)
        wait_for_pages(app, program, tab)
        settle(app)


def wait_for_pages(app: QApplication, program: Program, tab: DocumentTab) -> None:
    """Wait until all that is in view of a document is drawn."""
    desk = program.files.desk
    end = time.monotonic() + LONGEST_LAYOUT
    while time.monotonic() < end and desk is not None:
        if tab.is_settled and not desk.layouts.busy and not desk.drawing.busy:
            return
        app.processEvents()
        time.sleep(0.01)


def settle(app: QApplication) -> None:
    """Let the window finish what it is doing."""
    end = time.monotonic() + SETTLING_SECONDS
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.01)


def save(picture: QPixmap, path: Path) -> None:
    """Write what the window looks like."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    with Image.open(io.BytesIO(bytes(buffer.data().data()))) as image:
        write(image.convert("RGB"), path)


def write(image: Image.Image, path: Path) -> None:
    """Write a picture in its true colours: the grounds of the themes differ by very little."""
    image.save(path, optimize=True)
    print(path)


if __name__ == "__main__":
    sys.exit(main())
