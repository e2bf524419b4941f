"""Tables that CSDesk exported come back: unchanged, or with what was edited in between."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from csdesk.errors import UserError
from csdesk.exchange.fields import Kind
from csdesk.exchange.importer import Source, open_each, open_source
from csdesk.exchange.table_export import export_csv, export_xlsx
from csdesk.i18n import LANGUAGES, Translator
from csdesk.queries.entity_words import entity_label

from .conftest import Desk, counts

KINDS = {
    "account": Kind.ACCOUNTS,
    "contact": Kind.CONTACTS,
    "contract": Kind.CONTRACTS,
    "member": Kind.MEMBERS,
    "kpi_value": Kind.KPI_VALUES,
    "survey_response": Kind.SURVEYS,
}


@pytest.fixture
def exported(desk: Desk, tmp_path: Path) -> Path:
    desk.take("name,owner,external id\n=1+1,Yui,X1\nBeta,Ken,\nGone,,\n")
    desk.take("account,name,email,manager\nBeta,Mia,m@b.test,\nBeta,Sue,s@b.test,Mia\n")
    desk.take("account,product,start,mrr,currency\nBeta,Suite,2026-04-01,1234.56,USD\n")
    desk.take("account,kpi,period,value\nBeta,Users,2026-01,5\nBeta,Users,2026-02,0.5\n")
    desk.take("account,survey,score,comment\nBeta,nps,9,good\nBeta,nps,9,good\n")
    folder = tmp_path / "export"
    desk.workspace.read(export_csv, folder)
    return folder


@pytest.mark.parametrize("entity", KINDS)
def test_an_exported_table_changes_nothing(desk: Desk, exported: Path, entity: str) -> None:
    source = open_source(exported / f"{entity}.csv", kind=KINDS[entity])

    report = desk.apply(source)

    assert counts(report) == {"unchanged": len(desk.rows(entity))}


def test_what_was_edited_in_between_is_updated_also_under_a_new_name(
    desk: Desk, exported: Path
) -> None:
    table = exported / "account.csv"
    table.write_text(table.read_text("utf-8-sig").replace("Beta", "Beta Ltd"), "utf-8")
    contracts = exported / "contract.csv"
    contracts.write_text(contracts.read_text("utf-8-sig").replace("123456", "200000"), "utf-8")

    report = desk.apply(open_source(table), open_source(contracts))

    assert counts(report) == {"updated": 2, "unchanged": 2}
    assert desk.names("account") == ["=1+1", "Beta Ltd", "Gone"]
    assert desk.rows("contract")[0]["mrr"] == 200_000


def test_rows_that_were_deleted_stay_deleted(desk: Desk, exported: Path) -> None:
    table = exported / "account.csv"
    text = table.read_text("utf-8-sig").splitlines()
    header = text[0].split(",")
    cells = next(line for line in text if "Gone" in line).split(",")
    cells[header.index("deleted_at")] = "2026-01-01T00:00:00.000Z"
    cells[header.index("name")] = "Gone for good"
    table.write_text("\n".join([text[0], ",".join(cells)]), "utf-8")

    report = desk.apply(open_source(table))

    assert counts(report) == {"skipped": 1}
    assert "Gone" in desk.names("account")


def test_a_column_called_external_id_goes_before_one_called_id(desk: Desk) -> None:
    desk.take("id,external_id,name\nZ9,X1,Acme\n")
    desk.take("ID,外部ID,顧客名\nZ8,X2,Beta\n", "accounts")

    assert desk.names("account", "external_id") == ["X1", "X2"]


def sheets(desk: Desk, folder: Path, language: str) -> dict[Kind, Source]:
    """Export everything as a workbook and open what of it can be imported."""
    path = folder / f"{language}.xlsx"
    with path.open("wb") as out:
        desk.workspace.read(export_xlsx, out, Translator(language))
    return {source.kind: source for source in open_each(path)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_of_our_workbook_comes_back_without_a_question(
    desk: Desk, exported: Path, tmp_path: Path, language: str
) -> None:
    found = sheets(desk, tmp_path, language)

    assert set(found) == set(KINDS.values())
    for kind, source in found.items():
        assert source.binding.unknown == (), kind
    report = desk.apply(*found.values())
    assert counts(report) == {"unchanged": sum(len(desk.rows(entity)) for entity in KINDS)}


def test_what_was_edited_in_the_workbook_is_updated_and_the_deleted_stays_deleted(
    desk: Desk, exported: Path, tmp_path: Path
) -> None:
    desk.take("account,name,email\nGone,Mia,m@gone.test\n")
    path = sheets(desk, tmp_path, "ja")[Kind.ACCOUNTS].table.name
    book = openpyxl.load_workbook(tmp_path / path)
    sheet = book[entity_label("account", Translator("ja"))]
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = {sheet.cell(row, heads["顧客名"]).value: row for row in range(2, sheet.max_row + 1)}
    sheet.cell(rows["Beta"], heads["顧客名"]).value = "Beta Ltd"
    sheet.cell(rows["Beta"], heads["当社担当者"]).value = "Yui"
    sheet.cell(rows["Gone"], heads["削除日時"]).value = "2026-01-01T00:00:00.000Z"
    sheet.cell(rows["Gone"], heads["業界"]).value = "Ghosts"
    book.save(tmp_path / path)

    report = desk.apply(open_source(tmp_path / path, kind=Kind.ACCOUNTS))

    assert counts(report) == {"updated": 1, "unchanged": 1, "skipped": 1}
    yui = next(row["id"] for row in desk.rows("member") if row["name"] == "Yui")
    beta = next(row for row in desk.rows("account") if row["name"] == "Beta Ltd")
    assert beta["owner_id"] == yui
    assert "Ghosts" not in {row["industry"] for row in desk.rows("account")}


def test_among_accounts_of_one_name_the_id_beside_it_tells(desk: Desk, tmp_path: Path) -> None:
    desk.take("name,external id\nTwin,T1\nTwin,T2\n")
    desk.take("account external id,name\nT1,Mia\nT2,Mia\n", "contacts")
    desk.take("account external id,kpi,period,value\nT1,U,2026-01,5\nT2,U,2026-01,6\n")

    report = desk.apply(*sheets(desk, tmp_path, "en").values())

    assert counts(report) == {"unchanged": 6}


def test_rows_that_no_table_brings_back_are_refused_and_not_taken_for_others(
    desk: Desk, exported: Path, tmp_path: Path
) -> None:
    for entity in ("account_tag", "kpi", "milestone", "plan", "holiday"):
        with pytest.raises(UserError, match="no table brings back"):
            open_source(exported / f"{entity}.csv")
    workbook = sheets(desk, tmp_path, "ja")[Kind.ACCOUNTS].table.name
    with pytest.raises(UserError, match="no table brings back"):
        open_source(tmp_path / workbook, sheet=entity_label("goal", Translator("ja")))


def test_a_foreign_id_beside_a_day_of_deletion_is_still_an_external_id(desk: Desk) -> None:
    desk.take("ID,Account name,Created at,Deleted at\nX1,Acme,2026-01-01,\n", "accounts")

    assert desk.rows("account")[0]["external_id"] == "X1"
