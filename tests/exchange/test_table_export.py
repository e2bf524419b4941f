"""Tables out: CSV for programs, a workbook for people."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import update

from csdesk.actions.rows import create_row
from csdesk.errors import CancelledError
from csdesk.exchange.table_export import disarmed, export_csv, export_xlsx
from csdesk.i18n import Translator
from csdesk.model.base import entity_table
from csdesk.workspace.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Alder", "Alder"),
        ("=1+1", "'=1+1"),
        ("@cmd", "'@cmd"),
        ("+1+cmd", "'+1+cmd"),
        ("-a", "'-a"),
        ("\t=1", "'\t=1"),
        ("-12.5", "-12.5"),
        ("+81 (3) 0000-1201", "+81 (3) 0000-1201"),
        ("", ""),
    ],
)
def test_a_text_that_would_run_is_disarmed(text: str, written: str) -> None:
    assert disarmed(text) == written


def fill(workspace: Workspace) -> None:
    account = workspace.write("Add", create_row, "account", {"name": "Alder"}).result
    # An older version may have let control characters in.
    odd = update(entity_table("account")).values(org_notes="a\x0bb")
    workspace.write("Odd", lambda session: session.execute(odd).rowcount)
    values = {"account_id": account, "mrr": 123450, "currency": "USD"}
    values |= {"start_on": dt.date(2026, 3, 31), "auto_renew": True}
    workspace.write("Add", create_row, "contract", values)


def test_money_dates_and_names_are_what_a_reader_expects(workspace: Workspace) -> None:
    fill(workspace)
    out = io.BytesIO()
    workspace.read(export_xlsx, out, Translator("ja"))
    book = openpyxl.load_workbook(out)
    assert "a�b" in [cell.value for cell in book["顧客"][2]]
    sheet = book["契約"]
    header, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    found = dict(zip(header, row, strict=True))
    assert found["MRR"] == 1234.5
    assert found["開始日"] == dt.datetime(2026, 3, 31)  # noqa: DTZ001 - Excel has no time zones
    assert found["顧客"] == "Alder"
    assert found["顧客 (ID)"]
    assert sheet.freeze_panes == "A2"


def test_csv_has_codes_ids_and_minor_units(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    assert workspace.read(export_csv, tmp_path / "out").rows == 2
    header, row = (tmp_path / "out" / "contract.csv").read_text("utf-8-sig").splitlines()
    found = dict(zip(header.split(","), row.split(","), strict=True))
    assert (found["mrr"], found["start_on"]) == ("123450", "2026-03-31")
    assert (found["auto_renew"], found["status"]) == ("true", "running")


def test_the_same_content_gives_the_same_archive(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    for name in ("a.zip", "b.zip"):
        workspace.read(export_csv, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


class Impatient:
    """Cancels after a few tables."""

    def report(self, done: int, total: int | None, note: str = "") -> None:
        if done > 3:
            raise CancelledError


@pytest.mark.parametrize("name", ["folder", "a.zip"])
def test_a_cancelled_export_leaves_nothing_behind(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(CancelledError):
        workspace.read(export_csv, folder / name, Impatient())
    assert list(folder.iterdir()) == []
