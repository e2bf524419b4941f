"""export: everything, in full, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from csdesk.model.base import columns_of, entity_records
from tests.cli.conftest import Run


def test_json_has_every_field_of_every_row(run: Run, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.json"
    run("delete", sample, "contact", "Renee Whitlock")
    said = run("export", sample, "--to", "json", out).out
    entities = json.loads(out.read_text("utf-8"))["entities"]
    count = sum(map(len, entities.values()))
    assert count > 800
    assert f"{count} rows" in said
    for entity in entity_records():
        shown = run("show", sample, entity, "--deleted", "--json").json()
        exported = {row["id"]: row for row in entities[entity]}
        assert exported == {row["id"]: row for row in shown}
        names = [column.name for column in columns_of(entity)]
        assert all(list(row) == names for row in exported.values())


@pytest.mark.parametrize("target", ["folder", "all.zip"])
def test_csv_is_one_table_for_each_entity(
    run: Run, japanese: Path, tmp_path: Path, target: str
) -> None:
    out = tmp_path / target
    run("export", japanese, "--to", "csv", out)
    if target.endswith(".zip"):
        with zipfile.ZipFile(out) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    else:
        files = {path.name: path.read_bytes() for path in out.iterdir()}
    assert sorted(files) == sorted(f"{entity}.csv" for entity in entity_records())
    text = files["account.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    shown = run("show", japanese, "account", "--json").json()
    assert {row["id"]: row["name"] for row in rows} == {row["id"]: row["name"] for row in shown}
    assert list(rows[0]) == [column.name for column in columns_of("account")]


def test_what_was_exported_as_csv_finds_its_rows_again(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "tables"
    run("export", sample, "--to", "csv", out)
    run("set", sample, "account", "C-1004", "name=Alderbrook", "region=South")
    for name, kind in (("member", "members"), ("account", "accounts"), ("contact", "contacts")):
        came = run("import", sample, out / f"{name}.csv", "--kind", kind, "--json").json()
        assert came["counts"]["added"] == came["counts"]["refused"] == 0
    account = run("show", sample, "account", "C-1004", "--json").json()
    assert (account["name"], account["region"]) == ("Alderbrook Freight", "North-West")


def test_the_workbook_speaks_the_user_s_language(run: Run, japanese: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.xlsx"
    run("export", japanese, "--to", "xlsx", out, "--language", "ja")
    book = openpyxl.load_workbook(out)
    assert "顧客" in book.sheetnames
    sheet = book["契約"]
    header = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[header.index("MRR")].value)
    account = row[header.index("顧客")].value
    assert account in {found["name"] for found in run("show", japanese, "account", "--json").json()}
    assert row[header.index("開始日")].is_date
    assert isinstance(row[header.index("MRR")].value, int | float)


def test_a_text_never_becomes_a_formula(run: Run, file: Path, tmp_path: Path) -> None:
    for name in ("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "+81 3 0000 1201"):
        run("set", file, "account", "new", f"name={name}")
    run("export", file, "--to", "xlsx", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Account"]
    names = [row[2] for row in sheet.iter_rows(min_row=2)]
    assert {cell.value for cell in names} >= {"=1+1", "-2+3"}
    assert {cell.data_type for cell in names} == {"s"}
    run("export", file, "--to", "csv", tmp_path / "csv")
    table = (tmp_path / "csv" / "account.csv").read_text("utf-8-sig")
    for text in ("'=1+1", "'@SUM(A1)", "'+cmd|", ",-2+3,", ",+81 3 0000 1201,"):
        assert text in table


def test_a_text_too_long_for_a_cell_is_cut_and_said(run: Run, file: Path, tmp_path: Path) -> None:
    run("set", file, "account", "new", "name=Alder", "org_notes=" + "x" * 40_000)
    said = run("export", file, "--to", "xlsx", tmp_path / "a.xlsx").err
    assert "1 text is too long" in said


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_an_output_that_cannot_be_written_is_told(
    run: Run, sample: Path, tmp_path: Path, form: str
) -> None:
    parent = tmp_path / "file"
    parent.write_text("not a folder", "utf-8")
    said = run("export", sample, "--to", form, parent / "out", status=1).err
    assert said.count("\n") == 1


def test_an_export_never_replaces_a_workspace(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    assert "is a CSDesk file" in run("export", sample, "--to", "json", sample, status=1).err
    assert "is a CSDesk file" in run("report", sample, "--pdf", sample, status=1).err
    assert sample.read_bytes() == before


def test_an_older_export_is_replaced_whole_and_no_scraps_stay(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "all.json"
    out.write_text("old", "utf-8")
    run("export", sample, "--to", "json", out)
    assert json.loads(out.read_text("utf-8"))["format"] == "CSDesk"
    assert [path.name for path in folder.iterdir()] == ["all.json"]


def test_csv_goes_into_no_folder_with_other_things(run: Run, sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("keep", "utf-8")
    assert "not empty" in run("export", sample, "--to", "csv", folder, status=1).err
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
