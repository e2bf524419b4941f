"""A document goes out: checked first, whole, with version and receipt, as file, mail or paper."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from csdesk.actions.editing import today
from csdesk.actions.people import edit_contact
from csdesk.actions.plan_items import edit_item
from csdesk.actions.plans import edit_plan
from csdesk.errors import CancelledError
from csdesk.model.vocabulary import DocumentKind
from csdesk.progress import SILENT
from csdesk.queries.document_request import DocumentRequest, customer_document
from csdesk.queries.revisions import Version, plan_versions
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.report.reading import page_texts, whole_text
from tests.ui.colleague import settle
from tests.ui.pages.document.conftest import Opened, press
from tests.ui.pages.fuji import Fuji
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.document.document_export import Goal, as_shown, open_findings
from ui.pages.document.document_tab import DocumentTab
from ui.pages.document.pdf_pages import PdfPages
from ui.pages.document.printing import chosen_pages, print_document, printer_for

Settle = Callable[[DocumentTab], None]


@pytest.fixture
def choose(tab: DocumentTab, qtbot: QtBot, settled_tab: Settle) -> Callable[[Path], None]:
    """Return what gives the dialog that is open a place and waits for what comes of it."""

    def choose_place(path: Path) -> None:
        qtbot.waitUntil(lambda: bool(tab.findChildren(QFileDialog)))
        dialog = tab.findChildren(QFileDialog)[-1]
        dialog.fileSelected.emit(str(path))
        dialog.close()
        dialog.setParent(None)
        settled_tab(tab)

    return choose_place


def versions(workspace: Workspace, fuji: Fuji) -> tuple[Version, ...]:
    """Return the versions of the plan, the newest first."""
    return workspace.read(plan_versions, fuji.plan)


def plant(workspace: Workspace, fuji: Fuji, **fields: str) -> None:
    """Write something serious where the customer would read it."""
    goal = Outline(workspace, fuji.plan).ref("G1")
    workspace.write("Plant", edit_item, goal, **(fields or {"why": "Lower the churn risk"}))
    settle()


def test_what_is_saved_is_what_was_in_view_and_makes_a_version(
    tab: DocumentTab,
    choose: Callable[[Path], None],
    workspace: Workspace,
    fuji: Fuji,
    tmp_path: Path,
    opened_paths: Opened,
) -> None:
    tab.frame.options._recipient.setEditText("Sato")
    laid = tab.frame.laid
    assert laid is not None
    tab.frame.head.save_button.click()
    path = tmp_path / "plan.pdf"
    choose(path)
    assert path.read_bytes() == laid.data
    (version,) = versions(workspace, fuji)
    assert (version.number, version.receipts[0].file_name) == (1, "plan.pdf")
    assert version.receipts[0].recipient == "Sato"
    assert tab.frame.bar.text.startswith("Saved as “plan.pdf”: version 1, ")
    press(tab, "Open")
    press(tab, "Show in folder")
    assert opened_paths.paths == [path, tmp_path]
    assert tab.handing_over.export.folder == str(tmp_path)
    assert tab.state()["folder"] == str(tmp_path)


def test_something_serious_holds_the_document_back_until_one_says_to_go_on(
    tab: DocumentTab,
    choose: Callable[[Path], None],
    workspace: Workspace,
    fuji: Fuji,
    tmp_path: Path,
    settled_tab: Settle,
) -> None:
    tab.frame.side.open_tab("versions")
    tab.frame.head.show_side(False)
    plant(workspace, fuji)
    settled_tab(tab)
    tab.save()
    settled_tab(tab)
    assert tab.frame.bar.text.startswith("Nothing has gone out yet")
    assert tab.frame.side.isVisible()
    assert tab.frame.side.tab == "check"
    assert not tab.findChildren(QFileDialog)
    assert versions(workspace, fuji) == ()
    press(tab, "Export anyway")
    choose(tmp_path / "plan.pdf")
    assert "churn risk" in whole_text((tmp_path / "plan.pdf").read_bytes())
    assert len(versions(workspace, fuji)) == 1


def test_what_becomes_serious_while_the_dialog_is_open_is_held_back_too(
    tab: DocumentTab,
    choose: Callable[[Path], None],
    workspace: Workspace,
    fuji: Fuji,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    tab.save()
    qtbot.waitUntil(lambda: bool(tab.findChildren(QFileDialog)))
    plant(workspace, fuji)
    choose(tmp_path / "plan.pdf")
    assert not (tmp_path / "plan.pdf").exists()
    assert tab.frame.bar.text.startswith("Nothing has gone out yet")
    assert versions(workspace, fuji) == ()


def test_one_thing_accepted_accepts_no_other(
    tab: DocumentTab, workspace: Workspace, fuji: Fuji, settled_tab: Settle, qtbot: QtBot
) -> None:
    plant(workspace, fuji)
    tab.save()
    settled_tab(tab)
    plant(workspace, fuji, why="Lower the churn risk before the up-sell")
    press(tab, "Export anyway")
    settled_tab(tab)
    assert tab.frame.bar.text.startswith("Nothing has gone out yet")
    assert not tab.findChildren(QFileDialog)


def test_a_place_that_is_taken_is_told_and_a_second_name_is_offered(
    tab: DocumentTab,
    choose: Callable[[Path], None],
    workspace: Workspace,
    fuji: Fuji,
    tmp_path: Path,
    settled_tab: Settle,
) -> None:
    (tmp_path / "plan.pdf").mkdir()
    tab.save()
    choose(tmp_path / "plan.pdf")
    assert "plan.pdf" in tab.frame.bar.text
    assert versions(workspace, fuji) == ()
    press(tab, "Save as “plan (2).pdf”")
    settled_tab(tab)
    assert (tmp_path / "plan (2).pdf").is_file()
    assert len(versions(workspace, fuji)) == 1


def test_a_folder_that_is_gone_leads_to_another_place(
    tab: DocumentTab, choose: Callable[[Path], None], tmp_path: Path
) -> None:
    tab.save()
    choose(tmp_path / "gone" / "plan.pdf")
    assert [button.text() for button in tab.frame.bar.buttons] == ["Choose another place…"]
    press(tab, "Choose another place…")
    choose(tmp_path / "plan.pdf")
    assert (tmp_path / "plan.pdf").is_file()


def test_a_password_locks_the_file_and_is_stored_nowhere(
    tab: DocumentTab,
    choose: Callable[[Path], None],
    workspace: Workspace,
    fuji: Fuji,
    tmp_path: Path,
) -> None:
    tab.frame.options._password.setText("correct horse")
    tab.save()
    path = tmp_path / "plan.pdf"
    choose(path)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pikepdf.open(path, password="correct horse") as pdf:
        assert len(pdf.pages) > 1
    assert versions(workspace, fuji)[0].receipts[0].is_protected
    workspace.publish()
    assert b"correct horse" not in workspace.path.read_bytes()
    assert "correct horse" not in repr(tab.state())


def test_characters_that_cannot_be_shown_are_counted(
    tab: DocumentTab,
    choose: Callable[[Path], None],
    workspace: Workspace,
    fuji: Fuji,
    tmp_path: Path,
    settled_tab: Settle,
) -> None:
    workspace.write("Edit", edit_plan, fuji.plan, to_be="A sign \U0001f9ff\U00012000 of old")
    settle()
    settled_tab(tab)
    assert "〓" in tab.frame.head.words
    tab.save()
    choose(tmp_path / "plan.pdf")
    assert "〓" in tab.frame.bar.text


def test_a_mail_draft_lies_beside_the_file_with_it_attached(
    tab: DocumentTab,
    choose: Callable[[Path], None],
    workspace: Workspace,
    fuji: Fuji,
    tmp_path: Path,
    opened_paths: Opened,
    qtbot: QtBot,
    settled_tab: Settle,
    desk: Desk,
) -> None:
    workspace.write("Mail", edit_contact, fuji.sato, email="sato@fuji.example")
    settle()
    settled_tab(tab)
    tab.frame.options._recipient.setEditText("Sato")
    tab.frame.head._draft.trigger()
    choose(tmp_path / "plan.pdf")
    draft = tmp_path / "plan.eml"
    qtbot.waitUntil(lambda: draft in opened_paths.paths)
    mail = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    assert "sato@fuji.example" in str(mail["To"])
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "plan.pdf"
    assert attached.get_content() == (tmp_path / "plan.pdf").read_bytes()
    assert len(versions(workspace, fuji)[0].receipts) == 1
    press(tab, "Mail draft")
    qtbot.waitUntil(lambda: (tmp_path / "plan (2).eml").is_file())
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.7 of somebody else")
    with qtbot.waitSignal(desk.messages.said) as said:
        press(tab, "Mail draft")
    assert "another file by now" in said.args[0].text
    assert not (tmp_path / "plan (3).eml").exists()


def test_calendar_and_workbook_are_written_without_a_version(
    tab: DocumentTab,
    choose: Callable[[Path], None],
    workspace: Workspace,
    fuji: Fuji,
    tmp_path: Path,
) -> None:
    tab.frame.head._calendar.trigger()
    choose(tmp_path / "plan.ics")
    assert (tmp_path / "plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    tab.frame.head._workbook.trigger()
    choose(tmp_path / "plan.xlsx")
    assert tab.frame.bar.text == "Saved as “plan.xlsx”."
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames
    book.close()
    assert versions(workspace, fuji) == ()


def test_the_names_that_are_offered_say_what_the_file_is(
    tab: DocumentTab, qtbot: QtBot, settled_tab: Settle
) -> None:
    names = []
    head = tab.frame.head
    for action in (head._draft, head._calendar, head._workbook):
        action.trigger()
        settled_tab(tab)
        dialog = tab.findChildren(QFileDialog)[-1]
        names.append(Path(dialog.selectedFiles()[0]).name)
        dialog.close()
        dialog.setParent(None)
    assert names == [f"Fuji Retail - Success plan v1{end}" for end in (".pdf", ".ics", ".xlsx")]


def test_the_internal_brief_is_written_without_check_and_version(
    tab: DocumentTab,
    choose: Callable[[Path], None],
    workspace: Workspace,
    fuji: Fuji,
    tmp_path: Path,
    settled_tab: Settle,
) -> None:
    plant(workspace, fuji, internal_note="They may churn")
    tab.frame.options.kind_chosen.emit(DocumentKind.INTERNAL)
    settled_tab(tab)
    tab.save()
    choose(tmp_path / "brief.pdf")
    assert "They may churn" in whole_text((tmp_path / "brief.pdf").read_bytes())
    assert versions(workspace, fuji) == ()
    assert "Mail draft" not in [button.text() for button in tab.frame.bar.buttons]


def test_an_earlier_version_is_written_again_byte_for_byte(
    tab: DocumentTab,
    choose: Callable[[Path], None],
    workspace: Workspace,
    fuji: Fuji,
    tmp_path: Path,
    settled_tab: Settle,
) -> None:
    tab.save()
    choose(tmp_path / "plan.pdf")
    workspace.write("Edit", edit_plan, fuji.plan, title="Quite another title")
    settle()
    settled_tab(tab)
    receipt = versions(workspace, fuji)[0].receipts[0]
    tab.frame.side.versions.again_asked.emit(receipt.id)
    choose(tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "plan.pdf").read_bytes()
    assert tab.frame.bar.text.startswith("Version 1 was saved again as “again.pdf”")
    assert len(versions(workspace, fuji)[0].receipts) == 1


def test_pages_are_printed_as_large_as_the_sheet(rich_pdf: bytes, tmp_path: Path) -> None:
    pages = PdfPages(rich_pdf)
    printer = printer_for(pages.sizes, "Plan")
    pages.close()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(72)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(1, 3)
    assert print_document(rich_pdf, printer, SILENT) == 3
    printed = PdfPages((tmp_path / "out.pdf").read_bytes())
    assert printed.count == 3
    assert printed.sizes[0] == pytest.approx((595, 842), abs=2)
    image = printed.picture(0, QSize(200, 283), QRect(0, 0, 200, 283))
    printed.close()
    assert image.pixelColor(10, 10).blue() > image.pixelColor(10, 10).red() + 40, "the cover"


class CancelledAfterOnePage:
    """Progress of somebody who wants no more after the first page."""

    def report(self, done: int, total: int | None, note: str = "") -> None:
        if done:
            raise CancelledError


def test_a_print_that_is_cancelled_prints_no_more_pages(rich_pdf: bytes, tmp_path: Path) -> None:
    printer = printer_for(((595, 842),), "Plan")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(40)
    with pytest.raises(CancelledError):
        print_document(rich_pdf, printer, CancelledAfterOnePage())
    assert len(page_texts((tmp_path / "out.pdf").read_bytes())) == 1


@pytest.mark.parametrize(
    ("first", "last", "order", "wanted"),
    [(0, 0, "First", [0, 1, 2, 3]), (2, 3, "First", [1, 2]), (3, 9, "Last", [3, 2])],
)
def test_the_pages_asked_for_are_printed_in_their_order(
    qapp: object, first: int, last: int, order: str, wanted: list[int]
) -> None:
    printer = QPrinter()
    if first:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(first, last)
    printer.setPageOrder(getattr(QPrinter.PageOrder, f"{order}PageFirst"))
    assert chosen_pages(printer, 4) == wanted


def test_printing_asks_the_system_and_what_the_customer_gets_on_paper_is_noted(
    tab: DocumentTab,
    workspace: Workspace,
    fuji: Fuji,
    tmp_path: Path,
    qtbot: QtBot,
    settled_tab: Settle,
) -> None:
    tab.frame.head.print_asked.emit()
    settled_tab(tab)
    (dialog,) = tab.findChildren(QPrintDialog)
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(60)
    with qtbot.waitSignal(tab.handing_over.printed, timeout=20_000):
        dialog.accepted.emit(printer)
    dialog.reject()
    assert len(page_texts((tmp_path / "out.pdf").read_bytes())) > 1
    assert versions(workspace, fuji) == ()
    settled_tab(tab)
    press(tab, "The customer gets it")
    settled_tab(tab)
    (version,) = versions(workspace, fuji)
    assert version.receipts[0].file_name == "(printed)"
    assert "version 1" in tab.frame.bar.text


def test_paper_is_checked_too(
    tab: DocumentTab, workspace: Workspace, fuji: Fuji, settled_tab: Settle
) -> None:
    plant(workspace, fuji)
    settled_tab(tab)
    tab.frame.head.print_asked.emit()
    settled_tab(tab)
    assert not tab.findChildren(QPrintDialog)
    assert [button.text() for button in tab.frame.bar.buttons] == ["Print anyway"]


def test_the_buttons_wait_while_a_document_goes_out(
    tab: DocumentTab, page: AccountPage, desk: Desk, choose: Callable[[Path], None], tmp_path: Path
) -> None:
    tab.save()
    assert not tab.frame.head.save_button.isEnabled()
    choose(tmp_path / "plan.pdf")
    assert tab.frame.head.save_button.isEnabled()


def test_files_beside_the_pdf_are_checked_with_all_sections(
    workspace: Workspace, fuji: Fuji
) -> None:
    plant(workspace, fuji)
    request = DocumentRequest(fuji.account, fuji.plan, DocumentKind.EXECUTIVE, "en")
    document = workspace.read(customer_document, request, today=today())
    assert open_findings(workspace, as_shown(document, Goal.FILE), frozenset()) == ()
    for goal in (Goal.CALENDAR, Goal.WORKBOOK):
        (found,) = open_findings(workspace, as_shown(document, goal), frozenset())
        assert found.word == "churn risk"
