"""Real tables go in, twice without harm, as one step that one undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from csdesk.errors import CancelledError, UserError
from csdesk.exchange.import_report import Outcome
from csdesk.exchange.importer import apply_import, open_source
from csdesk.exchange.mapping import load_mapping
from csdesk.workspace.workspace import Workspace

from .conftest import FILES, Desk, counts, reasons

SameAgain = Callable[..., None]


def test_stores_become_accounts_and_their_sales_a_kpi_added_up_over_categories(
    desk: Desk, same_again: SameAgain
) -> None:
    stores = open_source(
        FILES / "jp_stores.csv", mapping=load_mapping(str(FILES / "jp_stores.toml"))
    )
    sales = open_source(FILES / "jp_sales.csv", mapping=load_mapping(str(FILES / "jp_sales.toml")))

    report = desk.apply(stores, sales)

    assert counts(report) == {"added": 3 + 144}
    assert stores.binding.unknown == ("開店年", "区分")
    assert desk.names("account") == sorted(["新宿店", "大阪店", "福岡店", "オンライン"])
    values = desk.values()
    assert len(values) == 36
    assert values["新宿店", "売上", "2025-01-01"] == 1_727_000 + 916_000 + 594_000 + 1_058_000
    assert sum(values["新宿店", "売上", f"2025-0{m}-01"] for m in (1, 2, 3)) == 13_245_000
    assert report.tables[1].created == {"kpi": ("売上",), "account": ("オンライン",)}
    assert desk.rows("kpi")[0]["unit"] == "円"
    same_again(stores, sales)


def test_categories_can_be_chosen_by_the_mapping(desk: Desk) -> None:
    mapping = load_mapping(str(FILES / "jp_sales_three_categories.toml"))

    report = desk.apply(open_source(FILES / "jp_sales.csv", mapping=mapping))

    assert desk.values()["新宿店", "売上", "2025-01-01"] == 1_727_000 + 916_000 + 594_000
    assert counts(report) == {"added": 108, "skipped": 36}


def test_the_workbook_gives_what_the_csv_file_gives(desk: Desk) -> None:
    mapping = load_mapping(str(FILES / "jp_sales.toml"))
    sales = open_source(FILES / "jp_sales.csv", mapping=mapping)
    book = open_source(FILES / "jp_sales.xlsx", mapping=mapping)

    desk.apply(sales)
    report = desk.apply(book)

    assert counts(report) == {"unchanged": 144}
    assert report.tables[0].sheet == "売上データ"


def test_a_sheet_with_a_title_above_its_header_and_months_without_a_year_is_read(
    desk: Desk,
) -> None:
    mapping = load_mapping(str(FILES / "jp_monthly_report.toml"))

    report = desk.apply(open_source(FILES / "jp_sales.xlsx", mapping=mapping))

    assert report.tables[0].header_line == 4
    assert counts(report) == {"added": 12}
    assert desk.values()["全店", "売上合計", "2025-01-01"] == 13_318_000


def test_quarters_of_a_named_year_are_read_from_bare_numbers(desk: Desk) -> None:
    mapping = load_mapping(str(FILES / "jp_targets.toml"))

    desk.apply(open_source(FILES / "jp_targets.csv", mapping=mapping))

    values = desk.values()
    assert len(values) == 12
    assert values["新宿店", "売上目標", "2025-10-01"] == 16_000_000
    assert desk.rows("kpi")[0]["frequency"] == "quarterly"


@pytest.mark.parametrize(
    ("name", "file", "rows"),
    [
        ("hubspot", "hubspot_company_data.csv", 24),
        ("salesforce", "salesforce_fivetran_account_data.csv", 10),
    ],
)
def test_a_crm_export_goes_in_with_the_mapping_that_comes_with_the_program(
    desk: Desk, same_again: SameAgain, name: str, file: str, rows: int
) -> None:
    source = open_source(FILES / file, mapping=load_mapping(name))

    report = desk.apply(source)

    assert counts(report) == {"added": rows}
    assert len(desk.rows("account")) == rows
    assert all(row["external_id"] for row in desk.rows("account"))
    same_again(source)


def test_accounts_of_two_systems_lie_side_by_side(desk: Desk) -> None:
    desk.apply(
        open_source(FILES / "hubspot_company_data.csv", mapping=load_mapping("hubspot")),
        open_source(
            FILES / "salesforce_fivetran_account_data.csv", mapping=load_mapping("salesforce")
        ),
    )

    assert len(desk.rows("account")) == 34
    assert desk.names("account").count("Blue Test") == 2


def test_a_survey_goes_in_once_even_where_answers_are_alike(
    desk: Desk, same_again: SameAgain
) -> None:
    source = open_source(
        FILES / "nps_survey_sudzilla_iso_dates.csv",
        mapping=load_mapping(str(FILES / "nps_survey.toml")),
    )

    desk.apply(source)

    scores = [row["score"] for row in desk.rows("survey_response")]
    assert len(scores) == 39
    assert sum(score >= 9 for score in scores) == 8
    assert sum(score <= 6 for score in scores) == 22
    same_again(source)


def test_a_dry_run_tells_the_same_and_changes_nothing(desk: Desk) -> None:
    source = desk.source("name,industry\nAcme,Retail\n,Food\n")

    report = desk.look(source)

    assert [result.outcome for table in report.tables for result in table.results()] == [
        Outcome.ADDED,
        Outcome.REFUSED,
    ]
    assert desk.rows("account") == []


def test_one_undo_takes_a_whole_import_back_and_redo_brings_it_again(desk: Desk) -> None:
    accounts = desk.source("name,owner,tags\nAcme,Yui,vip;west\nBeta,Yui,\n")
    values = desk.source("account,kpi,2026-01,2026-02\nAcme,Users,5,6\n")
    desk.apply(accounts, values)

    desk.workspace.undo()
    empty = [
        desk.rows(entity) for entity in ("account", "member", "account_tag", "kpi", "kpi_value")
    ]
    desk.workspace.redo()

    assert empty == [[], [], [], [], []]
    assert desk.names("account") == ["Acme", "Beta"]
    assert len(desk.values()) == 2


def test_an_import_after_its_undo_brings_the_rows_back(desk: Desk) -> None:
    desk.take("name\nAcme\n")
    values = desk.source("account,kpi,2026-01,2026-02\nAcme,Users,5,6\n")
    desk.apply(desk.source("account,kpi,2026-03\nAcme,Users,7\n", "kpi-values"))
    desk.apply(values)
    desk.workspace.undo()

    report = desk.apply(values)

    assert counts(report) == {"added": 1}
    assert len(desk.values()) == 3
    assert len(desk.rows("kpi")) == 1


class _CancelAfter:
    def __init__(self, reports: int) -> None:
        self.left = reports

    def report(self, done: int, total: int | None, note: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise CancelledError


@pytest.mark.parametrize("reports", [0, 1, 2, 3, 4])
def test_a_cancelled_import_changes_nothing_however_far_it_was(desk: Desk, reports: int) -> None:
    accounts = desk.source("name\n" + "".join(f"Account {n}\n" for n in range(20)))
    values = desk.source(
        "account,kpi,period,value\n" + "".join(f"Account {n},Users,2026-01,5\n" for n in range(20))
    )
    writing = desk.workspace.write
    progress = _CancelAfter(reports)

    with pytest.raises(CancelledError):
        writing("Import", apply_import, [accounts, values], progress)

    assert desk.rows("account") == []
    assert desk.rows("kpi_value") == []
    assert desk.workspace.undo_label is None
    assert progress.left == -1


def test_an_import_that_changes_nothing_is_no_step(desk: Desk, workspace: Workspace) -> None:
    source = desk.source("name\nAcme\n")
    desk.apply(source)
    label = workspace.undo_label

    step = workspace.write("Second import", apply_import, [source])

    assert step.change is None
    assert workspace.undo_label == label


def test_what_a_table_holds_is_told_from_its_headers(desk: Desk) -> None:
    tables = {
        "accounts": "顧客名,業界\n",
        "contacts": "顧客名,氏名,メール\n",
        "kpi-values": "顧客,指標,年月,実績\n",
        "contracts": "Account,Product,Start date,MRR\n",
        "plans": "顧客名,目標,マイルストーン,アクション,期限\n",
        "surveys": "Account,Survey,Score,Comment\n",
    }
    found = {kind: desk.source(text + "a,b,2026-01,5,6\n").kind for kind, text in tables.items()}
    assert found == {kind: kind for kind in tables}


def test_a_table_whose_kind_is_not_clear_is_asked_about(desk: Desk) -> None:
    with pytest.raises(UserError, match="--kind"):
        desk.source("name\nAcme\n", "accounts") and desk.source("email,phone\na@b.c,1\n")


def test_rows_that_could_not_be_cut_are_reported_in_their_place(desk: Desk) -> None:
    report = desk.take('name,industry\nAcme,Retail\n"Be"ta,Food\nGamma,Steel\n')

    assert [result.outcome for result in report.tables[0].results()] == [
        Outcome.ADDED,
        Outcome.REFUSED,
        Outcome.ADDED,
    ]
    assert reasons(report)[0][0] == 3


def test_later_tables_see_what_earlier_ones_add(desk: Desk) -> None:
    report = desk.apply(
        desk.source("name,external_id\nAcme,A1\n"),
        desk.source("account,name,email\nAcme,Ken,ken@acme.test\n"),
        desk.source("account,product,start,mrr\nAcme,Suite,2026-04-01,¥50000\n"),
        desk.source("account,kpi,period,value\nA1,Users,2026-01,5\n"),
        desk.source("account,kpi,period,value\nAcme,Users,2026-02,6\n"),
    )

    assert counts(report) == {"added": 5}
    assert desk.rows("contract")[0]["mrr"] == 50_000
    assert desk.values()["Acme", "Users", "2026-02-01"] == Decimal(6)
    assert len(desk.rows("kpi")) == 1
