"""What stands in open forms is still there when the window speaks another language."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.editing import today
from csdesk.actions.plan_items import edit_item
from csdesk.model.items import ItemRef
from csdesk.settings import Home
from tests.actions.outlines import Outline
from tests.ui.pages.fuji import Fuji, build_fuji, settle
from ui.app import Program
from ui.desk_frame import DeskFrame
from ui.pages.account.history_section import HistorySection
from ui.pages.account.page import AccountPage
from ui.pages.accounts.churn_form import ChurnForm
from ui.pages.accounts.page import AccountsPage
from ui.pages.kpis.kpi_form import KpiForm
from ui.pages.plan.new_plan_panel import NewPlanPanel
from ui.pages.plan.plan_section import PlanSection
from ui.widgets.date_line import DateLine
from ui.widgets.new_line import NewLine
from ui.widgets.number_line import NumberLine

AGREED = dt.date(2026, 10, 1)


def ref_of(frame: DeskFrame, fuji: Fuji, title: str) -> ItemRef:
    """Return an item of the plan by its title."""
    return Outline(frame.desk.workspace, fuji.plan).ref(title)


def frame_of(program: Program) -> DeskFrame:
    """Return the frame of the first window."""
    assert program.window.frame is not None
    return program.window.frame


def account_page(program: Program) -> AccountPage:
    """Return the page of the account, in front."""
    page = frame_of(program).page
    assert isinstance(page, AccountPage)
    return page


def one(page: AccountPage | AccountsPage, kind: type) -> object:
    """Return the one form of a kind that is open in a page."""
    (found,) = (form for form in page.findChildren(kind) if not form.isHidden())
    return found


def fill_forms(opened: Program, qtbot: QtBot) -> tuple[str, str]:
    """Type in a form of every kind; return the account and what the new plan starts from."""
    frame = frame_of(opened)
    accounts = frame.page
    assert isinstance(accounts, AccountsPage)
    step = frame.desk.write("Add", add_account, "Fuji Retail")
    assert step is not None
    frame.desk.write("Speaks", edit_account, step.result, document_language="en")
    qtbot.waitUntil(lambda: accounts.model.total == 1)
    accounts.new_account()
    line = one(accounts, NewLine)
    assert isinstance(line, NewLine)
    qtbot.keyClicks(line.findChild(QLineEdit), "Half a name")
    frame.show_item("account", step.result)
    page = account_page(opened)
    page.open_tab("kpis")
    kpi = page.section("kpis").findChildren(KpiForm)[0]
    kpi.start()
    qtbot.keyClicks(kpi.name, "Weekly use")
    page.document_tab().frame.options._password.setText("Own words")
    page.open_tab("plan")
    opened.window.commands.run("plan.new")
    panel = page.section("plan").findChildren(NewPlanPanel)[0]
    qtbot.keyClicks(panel.filter, "on")
    chosen = panel.chosen.id
    panel.title.setFocus()
    panel.title.selectAll()
    qtbot.keyClicks(panel.title, "Own words")
    opened.window.commands.run("account.churn")
    churn = page.findChildren(ChurnForm)[0]
    qtbot.keyClicks(churn.findChildren(QPlainTextEdit)[0], "A call; secret")
    churn.findChildren(DateLine)[0].selectAll()
    qtbot.keyClicks(churn.findChildren(DateLine)[0], "2026-10-01")
    return step.result, chosen


def test_what_is_typed_in_forms_survives_another_language_and_is_not_written_down(
    opened: Program, qtbot: QtBot, home: Home
) -> None:
    account_id, chosen = fill_forms(opened, qtbot)
    opened.preferences.choose_language("ja")
    page = account_page(opened)
    churn = page.findChildren(ChurnForm)[0]
    assert churn.account_id == account_id
    assert churn.findChildren(QPlainTextEdit)[0].toPlainText() == "A call; secret"
    assert str(churn.findChildren(DateLine)[0].read()) == "2026-10-01"
    panel = page.section("plan").findChildren(NewPlanPanel)[0]
    assert not panel.isHidden()
    assert (panel.title.text(), panel.filter.text(), panel.chosen.id) == ("Own words", "on", chosen)
    assert page.document_tab().frame.options.password == "Own words"
    page.open_tab("kpis")
    kpi = page.section("kpis").findChildren(KpiForm)[0]
    assert (kpi.isHidden(), kpi.name.text()) == (False, "Weekly use")
    frame_of(opened).show_page("accounts")
    accounts = frame_of(opened).page
    assert isinstance(accounts, AccountsPage)
    line = one(accounts, NewLine)
    assert isinstance(line, NewLine)
    assert line.text == "Half a name"

    opened.window.remember()
    written = home.settings_file.read_text(encoding="utf-8")
    written += "".join(
        path.read_text(encoding="utf-8", errors="replace") for path in home.config.rglob("*.json")
    )
    assert "secret" not in written
    assert "Own words" not in written
    opened.window.commands.run("window.new")
    beside = opened.windows.open[-1]
    assert beside.frame is not None
    assert "Half a name" not in [one.text for one in beside.frame.findChildren(NewLine)]
    beside.close()


def ask_and_offer(opened: Program, qtbot: QtBot) -> tuple[Fuji, str]:
    """Begin what asks something; return the account, and the goal to be shifted."""
    frame = frame_of(opened)
    fuji = frame.desk.workspace.write("Fuji", build_fuji).result
    frame.desk.workspace.write("Due", edit_item, ref_of(frame, fuji, "A1"), due_on=today())
    settle()
    accounts = frame.page
    assert isinstance(accounts, AccountsPage)
    accounts.control.views.save_as()
    qtbot.keyClicks(accounts.control.views.line.field, "Half a view")
    frame.show_item("account", fuji.account)
    page = account_page(opened)
    page.open_tab("plan")
    plan = page.section("plan")
    assert isinstance(plan, PlanSection)
    goal = plan.model.outline.items[0].ref.id if plan.model.outline else ""
    opened.window.commands.run("plan.shift_schedule")
    bar = plan.timeline.bar
    bar.take_up({**bar.typed(), "scope": goal})
    qtbot.keyClicks(bar.findChildren(NumberLine)[0], "3")
    page.open_tab("document")
    panel = page.document_tab().frame.side.versions
    page.document_tab().frame.side.open_tab("versions")
    qtbot.waitUntil(lambda: panel.plan_id == fuji.plan)
    panel.note_line.start()
    qtbot.keyClicks(panel.note_line.field, "Half a note")
    panel.ask_agreement_today()
    panel.form.day.set_day(AGREED, force=True)
    panel.form.contact.setCurrentIndex(1)
    panel.form.contact.activated.emit(1)
    qtbot.keyClicks(panel.form.note, "By phone")
    page.open_tab("history")
    history = page.section("history")
    assert isinstance(history, HistorySection)
    history.table.choose(history.model.rows()[0].id)
    history.offer_restore()
    offered = history.panel
    assert offered.isVisible()
    offered.scope.setCurrentIndex(offered.scope.count() - 1)
    return fuji, goal


def test_what_is_asked_and_offered_survives_another_language_too(
    opened: Program, qtbot: QtBot
) -> None:
    fuji, goal = ask_and_offer(opened, qtbot)
    offered = account_page(opened).section("history")
    opened.preferences.choose_language("ja")
    settle()
    page = account_page(opened)
    history = page.section("history")
    assert isinstance(history, HistorySection)
    assert history is not offered
    assert history.panel.isVisible()
    assert history.panel.scope.currentData() == "everything"
    qtbot.waitUntil(lambda: not opened.files.desk.tasks.busy)
    page.open_tab("plan")
    plan = page.section("plan")
    assert isinstance(plan, PlanSection)
    assert plan.timeline.bar.isVisible()
    assert (plan.timeline.bar.scope, plan.timeline.bar.days) == (goal, 21)
    page.open_tab("document")
    panel = page.document_tab().frame.side.versions
    qtbot.waitUntil(lambda: panel.form.is_open)
    assert (panel.note_line.typed, panel.form.note.text()) == ("Half a note", "By phone")
    assert (panel.form.day.read(), panel.form.day.text()) == (AGREED, "2026/10/01")
    assert panel.form.contact.currentData() == fuji.sato
    panel.form.record()
    settle()
    (version,) = panel.versions
    assert version.sign_offs[0].contact == "Sato"
    frame_of(opened).show_page("accounts")
    accounts = frame_of(opened).page
    assert isinstance(accounts, AccountsPage)
    line = accounts.control.views.line
    assert (line.isVisible(), line.field.text()) == (True, "Half a view")
    line.enter()
    assert "Half a view" in accounts.control.views.names().values()
