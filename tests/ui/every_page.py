"""Opens every page in one language, at one scale and in one size, and measures what is clipped.

Run as a program of its own (`python -m tests.ui.every_page LANGUAGE WIDTH HEIGHT [THEME]`), for Qt
fixes a scale when it starts. Without a theme it looks at both. The language "long" is English
drawn out to the length of German, with letters that reach higher. Prints one line for each
finding.
"""

from __future__ import annotations

import gettext
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication
from sqlalchemy.orm import Session

from csdesk import i18n
from csdesk.actions.accounts import edit_account
from csdesk.actions.editing import today
from csdesk.actions.people import edit_contact
from csdesk.actions.plan_items import edit_item
from csdesk.queries.accounts import account_detail
from csdesk.queries.outline import plan_outline
from csdesk.queries.portfolio import portfolio_rows
from csdesk.settings import Home
from tests.ui.clipping import clipped
from ui.app import Program
from ui.desk_frame import DeskFrame
from ui.pages.account.page import AccountPage
from ui.rooms import rooms

STILL = 0.25
"""Seconds without a new finding after which a page counts as laid out."""
LONGEST = 4.0
"""Seconds after which a page is measured as it is."""
LONG_NAMES = {
    "long": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesellschaft GmbH & Co. KG",
    "ja": "株式会社日本海沿岸地域総合物流情報ネットワーク推進機構ホールディングス東日本支社",
    "en": "The Honourable Company of Worshipful Instrument Makers and Allied Trades of Canada",
}


class DrawnOut(gettext.NullTranslations):
    """English with each text a third longer, as German is, and with marks above its letters."""

    def gettext(self, message: str) -> str:
        return drawn_out(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return drawn_out(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return drawn_out(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return drawn_out(msgid1 if n == 1 else msgid2)


def drawn_out(text: str) -> str:
    """Make a text longer by a third, at least by two letters, leaving its {places} alone."""
    plain = re.sub(r"\{[^}]*\}|&", "", text)
    letters = sum(char.isalpha() for char in plain)
    if letters < 2:
        return text
    extra = max(2, letters // 3)
    ending = text[len(text.rstrip(" .…:")) :]
    body = text[: len(text) - len(ending)]
    word = "Überschüßigkeit"
    drawn = (word * (extra // len(word) + 1))[:extra]
    joint = " " if extra > 6 else ""
    return f"{body}{joint}{drawn}{ending}"


def main() -> int:
    """Open everything and print what was found."""
    language, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if language == "long":
        i18n._catalogue = lambda _language: DrawnOut()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        home = Home.at(Path(folder) / "home")
        program = Program(app, home)
        program.preferences.choose_language("ja" if language == "ja" else "en")
        program.window.resize(width, height)
        program.start(None)
        report("welcome", app, program)
        program.files.create_sample(Path(folder) / "Sample")
        desk = program.files.desk
        assert desk is not None
        desk.write("Long names", lengthen, LONG_NAMES[language])
        for theme in sys.argv[4:] or ("light", "dark"):
            program.preferences.choose_theme(theme)
            for name, go in places(program):
                go()
                report(f"{name} ({theme})", app, program)
        grown = program.window.size()
        if (grown.width(), grown.height()) != (width, height):
            print(f"window: it grew to {grown.width()} x {grown.height()}")
        program.window.close()
        program.stop()
    return 0


def lengthen(session: Session, name: str) -> None:
    """Give the account that is looked at, its people and its items long names."""
    account_id = shown_account(session)
    detail = account_detail(session, account_id, today=today())
    assert detail is not None
    edit_account(session, account_id, name=name, industry=name)
    for contact in detail.contacts:
        edit_contact(session, contact.id, name=f"{contact.name} {name}"[:90], title=name)
    plan = plan_outline(session, detail.plans[0].id, today=today())
    assert plan is not None
    for item in plan.items:
        edit_item(session, item.ref, title=f"{item.title} {name}")


def shown_account(session: Session) -> str:
    """Return the account with the most to show."""
    rows = portfolio_rows(session, today=today())
    return max(rows, key=lambda row: (row.plan_status == "active", row.arr or 0)).id


def places(program: Program) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield every page of the window and every tab of an account's, with the way to go there."""
    frame, desk = program.window.frame, program.files.desk
    assert frame is not None
    assert desk is not None
    account_id = desk.read(shown_account)
    for room in rooms():
        if room.name != "account":
            yield room.name, partial(frame.show_page, room.name)
    frame.show_item("account", account_id)
    page = frame.page
    assert isinstance(page, AccountPage)
    for name in page.tab_names:
        yield f"account, {name}", partial(open_tab, frame, account_id, name)


def open_tab(frame: DeskFrame, account_id: str, name: str) -> None:
    """Bring a tab of the account's page to the front."""
    frame.show_item("account", account_id)
    page = frame.page
    assert isinstance(page, AccountPage)
    page.open_tab(name)


def report(name: str, app: QApplication, program: Program) -> None:
    """Measure until nothing changes any more, then print what is still found."""
    end, since, found = time.monotonic() + LONGEST, time.monotonic(), [""]
    while time.monotonic() < end:
        app.processEvents()
        now = clipped(program.window)
        if now != found:
            found, since = now, time.monotonic()
        elif time.monotonic() - since > (STILL if found else 0.05):
            break
        time.sleep(0.01)
    for problem in found:
        print(f"{name}: {problem}")


if __name__ == "__main__":
    sys.exit(main())
