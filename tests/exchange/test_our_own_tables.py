"""Tables that CSDesk exported come back: unchanged, or with what was edited in between."""

from __future__ import annotations

from pathlib import Path

import pytest

from csdesk.exchange.fields import Kind
from csdesk.exchange.importer import open_source
from csdesk.exchange.table_export import export_csv

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

    assert desk.rows("account")[0]["external_id"] == "X1"
