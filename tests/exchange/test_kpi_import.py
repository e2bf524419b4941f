"""KPI values in long and wide form, several rows a period, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.exchange.fields import Kind
from csdesk.exchange.import_report import Outcome

from .conftest import Desk, counts, reasons


@pytest.fixture
def acme(desk: Desk) -> Desk:
    desk.take("name,external id\nAcme,A1\nBeta,B1\n")
    return desk


def test_one_row_a_value_in_any_way_of_writing_it(acme: Desk) -> None:
    acme.take(
        "顧客,指標,年月,実績\n"
        "Acme,利用者数,2026年1月,１２３\n"
        'Acme,利用者数,2026/02,"1,234"\n'
        "Acme,利用者数,202603,△5\n"
        "Acme,利用者数,2026-04-30,0.125\n"
    )

    assert acme.values() == {
        ("Acme", "利用者数", "2026-01-01"): Decimal(123),
        ("Acme", "利用者数", "2026-02-01"): Decimal(1234),
        ("Acme", "利用者数", "2026-03-01"): Decimal(-5),
        ("Acme", "利用者数", "2026-04-01"): Decimal("0.125"),
    }


def test_months_as_columns(acme: Desk) -> None:
    report = acme.take(
        "Account,KPI,Jan 2026,2026-02,2026年3月,Note\nAcme,Users,1,,3,x\nBeta,Users,4,5,6,\n"
    )

    assert counts(report) == {"added": 2}
    assert len(acme.values()) == 5
    assert acme.values()["Acme", "Users", "2026-03-01"] == 3
    assert {row["note"] for row in acme.rows("kpi_value")} == {"x", None}


def test_a_column_headed_by_a_five_digit_code_is_no_month(acme: Desk) -> None:
    report = acme.take("account,kpi,2026-01,46023\nAcme,Users,1,2\n", "kpi-values")

    assert report.tables[0].unknown_columns == ("46023",)
    assert len(acme.values()) == 1


def test_months_whose_headers_say_more_are_found_by_a_pattern(acme: Desk) -> None:
    mapping = 'month_columns = "{kpi}({period})"\n'

    report = acme.take(
        "account,売上(2026-01),売上(2026-02),利用者(2026-01),備考欄\nAcme,1,2,3,\n",
        "kpi-values",
        mapping,
    )

    assert report.tables[0].unknown_columns == ("備考欄",)
    assert acme.values() == {
        ("Acme", "売上", "2026-01-01"): 1,
        ("Acme", "売上", "2026-02-01"): 2,
        ("Acme", "利用者", "2026-01-01"): 3,
    }


def test_each_kpi_in_a_column_of_its_own(acme: Desk) -> None:
    mapping = '[kpi_columns]\n"users" = "利用者数"\n"rate" = "定着率"\n'

    acme.take("account,month,users,rate\nAcme,2026-01,5,80%\n", "kpi-values", mapping)

    assert acme.values() == {
        ("Acme", "利用者数", "2026-01-01"): 5,
        ("Acme", "定着率", "2026-01-01"): 80,
    }
    kinds = {row["name"]: (row["kind"], row["unit"]) for row in acme.rows("kpi")}
    assert kinds == {"利用者数": ("count", None), "定着率": ("percent", "%")}


def test_accounts_are_found_by_external_id_too(acme: Desk) -> None:
    acme.take("customer id,kpi,period,value\nA1,Users,2026-01,5\n")
    acme.take("account,kpi,period,value\nB1,Users,2026-01,6\n")

    assert set(acme.values()) == {("Acme", "Users", "2026-01-01"), ("Beta", "Users", "2026-01-01")}


def test_several_rows_for_one_period_are_refused_naming_the_lines(acme: Desk) -> None:
    source = acme.source(
        "account,kpi,period,value\nAcme,U,2026-01,5\nAcme,U,2026-01-31,5\nBeta,U,2026-01,6\n"
    )

    report = acme.apply(source)

    assert counts(report) == {"refused": 2, "added": 1}
    assert all("2, 3" in reason and "combine" in reason for _l, _c, reason in reasons(report))
    assert list(acme.values()) == [("Beta", "U", "2026-01-01")]


def test_a_kpi_made_for_refused_values_only_is_not_made(desk: Desk) -> None:
    report = desk.take(
        "account,kpi,period,value\nAcme,U,2026-01,5\nAcme,U,2026-01,6\n",
        "",
        'create = ["accounts", "kpis"]\n',
    )

    assert counts(report) == {"refused": 2}
    assert desk.rows("kpi") == []
    assert desk.rows("account") == []
    assert report.tables[0].created == {}


@pytest.mark.parametrize(
    ("combine", "value"),
    [("sum", "16.3"), ("average", "5.4333333333"), ("latest", "4.1")],
)
def test_the_mapping_says_what_becomes_of_several_rows(
    acme: Desk, combine: str, value: str
) -> None:
    table = (
        "account,kpi,period,value\n"
        "Acme,U,2026-01-05,2.1\nAcme,U,2026-01-31,4.1\nAcme,U,2026-01-20,10.1\n"
    )
    source = acme.source(table, "", f'combine = "{combine}"\n')

    report = acme.apply(source)

    assert counts(report) == {"added": 3}
    assert acme.values() == {("Acme", "U", "2026-01-01"): Decimal(value)}
    assert counts(acme.apply(source)) == {"unchanged": 3}


def test_quarters_and_weeks_make_kpis_of_their_kind(acme: Desk) -> None:
    acme.take("account,kpi,period,value\nAcme,Q,2026Q2,5\nAcme,W,2026-W02,6\n")

    assert set(acme.values()) == {("Acme", "Q", "2026-04-01"), ("Acme", "W", "2026-01-05")}
    assert {row["name"]: row["frequency"] for row in acme.rows("kpi")} == {
        "Q": "quarterly",
        "W": "weekly",
    }


def test_a_quarter_is_no_month_and_a_month_no_week(acme: Desk) -> None:
    acme.take("account,kpi,period,value\nAcme,M,2026-01,5\nAcme,W,2026-W02,6\n")

    report = acme.take("account,kpi,period,value\nAcme,M,2026Q1,5\nAcme,W,2026-01,6\n")

    assert counts(report) == {"refused": 2}


def test_a_percentage_is_not_taken_for_a_count(acme: Desk) -> None:
    acme.take("account,kpi,period,value\nAcme,Users,2026-01,5\n")

    report = acme.take("account,kpi,period,value\nAcme,Users,2026-02,5%\n")

    assert counts(report) == {"refused": 1}
    assert "percentage" in reasons(report)[0][2]


def test_a_bad_cell_refuses_its_value_and_not_the_other_months(acme: Desk) -> None:
    report = acme.take("account,kpi,2026-01,2026-02\nAcme,Users,five,6\n")

    assert counts(report) == {"added": 1, "refused": 1}
    assert reasons(report)[0][:2] == (2, "C (2026-01)")
    assert acme.values() == {("Acme", "Users", "2026-02-01"): 6}


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Nobody,U,2026-01,5", "A (account)", "no account"),
        (",U,2026-01,5", "A (account)", "missing"),
        ("Acme,,2026-01,5", "B (kpi)", "missing"),
        ("Acme,U,,5", "C (period)", "missing"),
        ("Acme,U,someday,5", "C (period)", "not a date"),
        ("Acme,U,03/04/2026,5", "C (period)", "date_order"),
        ("Acme,U,2026年度,5", "C (period)", "business years"),
        ("Acme,U,2026-01,five", "D (value)", "not a number"),
        ("Acme,U,2026-01,NaN", "D (value)", "not a number"),
        ("Acme,U,2026-01," + "9" * 40, "D (value)", "too long"),
        ("Acme,U,2026-01,5,6", "E", "more cells"),
    ],
)
def test_a_bad_row_is_refused_with_its_column(
    acme: Desk, row: str, column: str, reason: str
) -> None:
    report = acme.take(f"account,kpi,period,value\nAcme,V,2026-01,1\n{row}\nAcme,V,2026-02,2\n")

    assert counts(report) == {"added": 2, "refused": 1}
    line, named, why = reasons(report)[0]
    assert (line, named) == (3, column)
    assert reason in why
    assert [kpi["name"] for kpi in acme.rows("kpi")] == ["V"]


def test_a_row_without_a_value_is_a_gap_and_not_a_zero(acme: Desk) -> None:
    report = acme.take("account,kpi,period,value\nAcme,U,2026-01,\nAcme,U,2026-02,0\n")

    assert counts(report) == {"skipped": 1, "added": 1}
    assert acme.values() == {("Acme", "U", "2026-02-01"): 0}


def test_another_number_updates_and_equal_numbers_written_otherwise_do_not(acme: Desk) -> None:
    acme.take("account,kpi,period,value\nAcme,U,2026-01,5\nAcme,U,2026-02,1.50\n")

    report = acme.take("account,kpi,period,value\nAcme,U,2026-01,5.00\nAcme,U,2026-02,1.5000\n")
    change = acme.take("account,kpi,period,value\nAcme,U,2026-01,6\n")

    assert counts(report) == {"unchanged": 2}
    assert counts(change) == {"updated": 1}
    assert acme.values()["Acme", "U", "2026-01-01"] == 6


def test_estimates_notes_and_sources_are_kept_and_not_erased(acme: Desk) -> None:
    acme.take("account,kpi,period,value,estimate,note,source\nAcme,U,2026-01,5,yes,why,CRM\n")

    report = acme.take("account,kpi,period,value,note\nAcme,U,2026-01,6,\n")

    row = acme.rows("kpi_value")[0]
    assert counts(report) == {"updated": 1}
    assert (row["value"], row["is_estimate"], row["note"], row["source"]) == (6, True, "why", "CRM")


def test_kpis_are_made_as_the_mapping_describes_them_or_refused(acme: Desk) -> None:
    table = "account,kpi,period,value\nAcme,売上,2026-01,¥5\n"

    refused = acme.take(table, "", "create = []\n")
    acme.take(table, "", '[kpis."売上"]\nunit = "円"\nkind = "money"\ncategory = "revenue"\n')

    kpi = acme.rows("kpi")[0]
    assert counts(refused) == {"refused": 1}
    assert (kpi["unit"], kpi["kind"], kpi["category"]) == ("円", "money", "revenue")
    assert kpi["position"]


def test_two_tables_of_one_import_meet_in_the_same_values(acme: Desk) -> None:
    first = acme.source("account,kpi,period,value\nAcme,U,2026-01,5\nAcme,U,2026-02,6\n")
    second = acme.source("account,kpi,period,value\nAcme,U,2026-01,5\nAcme,U,2026-02,7\n")

    report = acme.apply(first, second)

    assert [result.outcome for result in report.tables[1].results()] == [
        Outcome.UNCHANGED,
        Outcome.UPDATED,
    ]
    assert acme.values()["Acme", "U", "2026-02-01"] == 7


def test_deleted_values_come_back(acme: Desk) -> None:
    acme.take("account,kpi,period,value\nAcme,U,2026-01,5\n")
    values = acme.source("account,kpi,period,value\nAcme,U,2026-02,6\n")
    acme.apply(values)
    acme.workspace.undo()

    report = acme.apply(values)

    assert counts(report) == {"added": 1}
    assert len(acme.values()) == 2


@settings(max_examples=25)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["Acme", "Beta"]), st.sampled_from(["U", "V"]),
                  st.integers(1, 12)),
        st.decimals(-(10**9), 10**9, places=3),
        min_size=1,
    ),
)  # fmt: skip
def test_what_goes_in_comes_out_exactly_and_only_once(
    acme: Desk, table: dict[tuple[str, str, int], Decimal]
) -> None:
    text = "account,kpi,period,value\n" + "".join(
        f'{account},{kpi},2026-{month:02},"{value:,}"\n'
        for (account, kpi, month), value in table.items()
    )
    source = acme.source(text, Kind.KPI_VALUES)

    acme.apply(source)

    values = acme.values()
    for (account, kpi, month), value in table.items():
        assert values[account, kpi, f"2026-{month:02}-01"] == value
    assert counts(acme.apply(source)) == {"unchanged": len(table)}
