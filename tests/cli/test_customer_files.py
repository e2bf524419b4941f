"""workbook, returned, calendar and mail on the command line, with real files."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

import icalendar
import openpyxl
import pytest

from tests.cli.conftest import Run
from tests.exchange.workbook.desk import Paper

ACCOUNT = "C-1001"


@pytest.fixture
def returned(run: Run, sample: Path, tmp_path: Path) -> Path:
    """Return a workbook in which the customer answered two things."""
    path = tmp_path / "plan.xlsx"
    run("workbook", sample, ACCOUNT, "--out", path, "--lang", "en")
    book = openpyxl.load_workbook(path)
    paper = Paper(book)
    sheet = paper.sheet("action")
    sheet.cell(4, paper.column("status")).value = "Done"
    sheet.cell(4, paper.column("comment")).value = "It was easy"
    book.save(path)
    return path


def test_the_workbook_is_written_in_the_accounts_language(
    run: Run, japanese: Path, tmp_path: Path
) -> None:
    out = tmp_path / "記入用.xlsx"
    said = run("workbook", japanese, "千鳥浦ストアーズ株式会社", "--out", out).out
    assert "記入用.xlsx" in said
    text = "\n".join(
        str(cell.value)
        for sheet in openpyxl.load_workbook(out).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )
    assert "千鳥浦ストアーズ株式会社 御中" in text
    assert "店舗と本部のデータ活用プラン" in text
    assert "未着手" in text
    for internal in ("値引き方針の社内確認", "佐藤部長の評価指標"):
        assert internal not in text


def test_what_came_back_is_listed_and_nothing_is_changed(
    run: Run, sample: Path, returned: Path
) -> None:
    ran = run("returned", sample, returned)
    assert "A4.status" in ran.out
    assert "It was easy" in ran.out
    assert run("returned", sample, returned).out == ran.out
    found = run("returned", sample, returned, "--json").json()
    assert [one["key"] for one in found["differences"]] == ["A4.status", "A4.comment"]
    assert found["differences"][0]["is_conflict"] is False
    assert found["notices"] == []


def test_answers_are_taken_over_one_by_one_or_all_and_undone_in_one_step(
    run: Run, sample: Path, returned: Path
) -> None:
    said = run("returned", sample, returned, "--accept", "A4.status").out
    assert "1 answer was taken over" in said
    left = run("returned", sample, returned, "--json").json()["differences"]
    assert [one["key"] for one in left] == ["A4.comment"]
    run("returned", sample, returned, "--accept", "all")
    assert "changed nothing" in run("returned", sample, returned).out
    run("undo", sample)
    left = run("returned", sample, returned, "--json").json()["differences"]
    assert [one["key"] for one in left] == ["A4.comment"]


def test_what_we_changed_too_is_left_by_all_and_taken_by_name(
    run: Run, sample: Path, returned: Path
) -> None:
    found = run("returned", sample, returned, "--json").json()["differences"]
    run("set", sample, "action", found[0]["id"], "status=deferred")
    ran = run("returned", sample, returned, "--accept", "all")
    assert "1 answer was taken over" in ran.out
    assert "A4.status" in ran.err
    assert (
        "1 answer was taken over" in run("returned", sample, returned, "--accept", "A4.status").out
    )


def test_an_unknown_key_changes_nothing(run: Run, sample: Path, returned: Path) -> None:
    said = run("returned", sample, returned, "--accept", "A4.status", "A9.title", status=1).err
    assert "A9.title" in said
    assert len(run("returned", sample, returned, "--json").json()["differences"]) == 2


def test_a_workbook_of_another_workspace_is_refused(run: Run, file: Path, returned: Path) -> None:
    assert "does not belong" in run("returned", file, returned, status=1).err


def test_the_calendar_has_the_dates_of_the_plan(run: Run, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.ics"
    run("calendar", sample, ACCOUNT, "--out", out)
    calendar = icalendar.Calendar.from_ical(out.read_bytes())
    assert len(calendar.walk("VEVENT")) > 3
    run("set", sample, "account", "new", "name=Bare")
    said = run("calendar", sample, "Bare", "--out", tmp_path / "bare.ics", status=1).err
    assert "no dates" in said
    assert not (tmp_path / "bare.ics").exists()


def test_the_mail_has_the_pdf_and_what_was_asked_for_attached(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    pdf, out = tmp_path / "計画.pdf", tmp_path / "mail.eml"
    pdf.write_bytes(b"%PDF-1.7\nnot laid out here")
    options = ("--pdf", pdf, "--out", out)
    asked = ("--workbook", "--calendar", "--to", "a@b.example")
    run("mail", sample, ACCOUNT, *options, *asked, "--yes")
    message = email.message_from_bytes(out.read_bytes(), policy=email.policy.default)
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == ["計画.pdf", "計画.xlsx", "計画.ics"]
    assert message["To"].addresses[0].addr_spec == "a@b.example"
    assert str(tmp_path) not in out.read_text("ascii")
    said = run("mail", sample, ACCOUNT, *options, "--to", "nobody", status=1).err
    assert "no mail address" in said
    pdf.write_bytes(b"something else")
    assert "is no PDF" in run("mail", sample, ACCOUNT, *options, status=1).err


def test_a_mail_takes_only_what_was_made_for_this_customer(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "mail.eml"
    for name, account, kind in (
        ("own.pdf", ACCOUNT, "executive"),
        ("other.pdf", "C-1002", "executive"),
        ("internal.pdf", ACCOUNT, "internal"),
    ):
        run("plan", sample, account, "--pdf", tmp_path / name, "--kind", kind, "--yes")
    run("mail", sample, ACCOUNT, "--pdf", tmp_path / "own.pdf", "--out", out)
    assert out.exists()
    out.unlink()
    for name, said in (("other.pdf", "another customer"), ("internal.pdf", "may be internal")):
        order = ("mail", sample, ACCOUNT, "--pdf", tmp_path / name, "--out", out)
        assert said in run(*order, status=1).err
        assert not out.exists()
    order = ("mail", sample, ACCOUNT, "--pdf", tmp_path / "other.pdf", "--out", out, "--yes")
    assert "another customer" in run(*order, status=1).err
    run("undo", sample)
    run("mail", sample, ACCOUNT, "--pdf", tmp_path / "own.pdf", "--out", out)
    assert out.exists()


def test_an_output_never_replaces_a_csdesk_file(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    for command in ("workbook", "calendar"):
        run(command, sample, ACCOUNT, "--out", sample, status=1)
    assert sample.read_bytes() == before
