"""import: real tables in, each row accounted for, and what is wrong said plainly."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run

FILES = Path(__file__).resolve().parents[1] / "files" / "import"


def accounts(run: Run, file: Path) -> list[str]:
    return sorted(row["name"] for row in run("show", file, "account", "--json").json())


def test_stores_and_sales_give_the_sum_of_the_month(run: Run, file: Path) -> None:
    run(
        *("import", file, FILES / "jp_stores.csv", FILES / "jp_sales.csv"),
        *("--map", FILES / "jp_stores.toml", "--map", FILES / "jp_sales_three_categories.toml"),
    )
    shown = run("show", file, "account", "新宿店", "--language", "ja").out
    january = next(line for line in shown.splitlines() if line.startswith("2025年1月"))
    assert january.endswith(f"{1_727_000 + 916_000 + 594_000:,}")
    (kpi,) = run("show", file, "account", "新宿店", "--json").json()["kpis"]
    assert kpi["values"]["2025-01-01"] == "3237000"
    assert len(kpi["values"]) == 12
    assert len(run("history", file, "--json").json()) == 1


@pytest.mark.parametrize(
    ("table", "mapping"),
    [
        ("hubspot_company_data.csv", "hubspot"),
        ("salesforce_fivetran_account_data.csv", "salesforce"),
    ],
)
def test_tables_of_other_programs_come_in_once(
    run: Run, file: Path, table: str, mapping: str
) -> None:
    run("import", file, FILES / table, "--map", mapping)
    before = file.read_bytes()
    assert accounts(run, file)
    again = run("import", file, FILES / table, "--map", mapping, "--json").json()["counts"]
    assert (again["added"], again["updated"]) == (0, 0)
    assert file.read_bytes() == before
    assert len(run("history", file, "--json").json()) == 1


def test_a_dry_run_has_a_result_for_each_row_and_changes_nothing(
    run: Run, file: Path, tmp_path: Path
) -> None:
    table = tmp_path / "a.csv"
    table.write_text("name,phase,colour\nAlder,adoption,red\nBirch,later,blue\n", "utf-8")
    before = file.read_bytes()
    ran = run("import", file, table, "--dry-run")
    assert "Nothing was changed" in ran.err
    assert "Columns not used: colour" in ran.out
    rows = [line.split()[:3] for line in ran.out.splitlines() if line.startswith("a.csv  ")]
    assert rows == [["a.csv", "2", "Added"], ["a.csv", "3", "Refused"]]
    assert file.read_bytes() == before


def test_a_bad_row_stops_nothing_and_is_reported(run: Run, file: Path, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("name,phase\nAlder,adoption\nBirch,later\nCedar,renewal\n", "utf-8")
    ran = run("import", file, table)
    assert accounts(run, file) == ["Alder", "Cedar"]
    line = next(line for line in ran.out.splitlines() if "Birch" in line)
    assert line.split()[:2] == ["a.csv", "3"]
    assert "later" in line
    assert "1 row was refused" in ran.err


def test_where_no_row_can_be_taken_in_the_status_says_so(
    run: Run, file: Path, tmp_path: Path
) -> None:
    table = tmp_path / "a.csv"
    table.write_text("name,phase\nBirch,later\n", "utf-8")
    run("import", file, table, status=1)
    assert accounts(run, file) == []


def test_two_readings_are_both_shown_and_nothing_is_guessed(
    run: Run, file: Path, tmp_path: Path
) -> None:
    table = tmp_path / "a.csv"
    table.write_bytes("name\nｶﾌｪ\n".encode("cp932"))
    ran = run("import", file, table, status=1)
    assert "--encoding" in ran.err
    readings = ran.err.splitlines()[1:]
    assert len(readings) >= 2
    assert any("cp932" in line and "ｶﾌｪ" in line for line in readings)
    assert accounts(run, file) == []
    run("import", file, table, "--encoding", "cp932")
    assert accounts(run, file) == ["ｶﾌｪ"]


def test_the_encoding_is_found_where_only_one_reads(run: Run, file: Path, tmp_path: Path) -> None:
    for name, encoding in (("a", "utf-8-sig"), ("b", "utf-16"), ("c", "cp932")):
        table = tmp_path / f"{name}.csv"
        table.write_bytes(f"顧客名,地域\n{name}株式会社新宿,東京都千代田区\n".encode(encoding))
        run("import", file, table)
    assert accounts(run, file) == ["a株式会社新宿", "b株式会社新宿", "c株式会社新宿"]


def foreign_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t(a)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.csv", None),
        ("empty.csv", b""),
        ("blank.csv", b"\n \n"),
        ("no_header.csv", b"Alder,1\nBirch,2\n"),
        ("wide.csv", b"name" + b",x" * 100_000 + b"\nAlder" + b"," * 100_000 + b"\n"),
        ("nul.csv", b"name\nAl\x00der\n"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
        ("document.pdf", b"%PDF-1.7\n%%EOF\n"),
        ("torn.xlsx", b"PK\x03\x04" + b"\0" * 200),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("foreign.json", b'{"customers": []}'),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_in_a_sentence(
    run: Run, file: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    table = tmp_path / name
    if content is not None:
        table.write_bytes(content)
    before = file.read_bytes()
    said = run("import", file, table, status=1).err
    assert said.startswith("csdesk: ")
    assert said.count("\n") == 1
    assert len(said) < 600
    assert "Traceback" not in said
    assert file.read_bytes() == before


def test_a_database_or_another_workspace_is_no_table(
    run: Run, file: Path, sample: Path, tmp_path: Path
) -> None:
    foreign_database(tmp_path / "foreign.db")
    for table in (tmp_path / "foreign.db", sample):
        assert "is a database" in run("import", file, table, status=1).err


@pytest.mark.parametrize(
    "content",
    [b"not [ toml", b'kind = "spaceships"\n', b'[columns]\n"x" = "no_such_field"\n', b"\xff\xfe"],
)
def test_a_wrong_mapping_is_refused_before_anything_is_read(
    run: Run, file: Path, tmp_path: Path, content: bytes
) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_bytes(content)
    said = run("import", file, FILES / "jp_stores.csv", "--map", mapping, status=1).err
    assert "map.toml" in said
    assert accounts(run, file) == []


def test_mappings_must_be_one_or_as_many_as_tables(run: Run, file: Path) -> None:
    tables = [FILES / "jp_stores.csv", FILES / "jp_sales.csv", FILES / "jp_targets.csv"]
    maps = ["--map", "hubspot", "--map", "salesforce"]
    assert "2 mappings" in run("import", file, *tables, *maps, status=1).err


def test_an_export_comes_back_the_same_and_a_second_time_changes_nothing(
    run: Run, japanese: Path, file: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    run("export", japanese, "--to", "json", first)
    said = run("import", file, first).out
    count = sum(map(len, json.loads(first.read_text("utf-8"))["entities"].values()))
    assert count > 800
    assert f"{count} added, 0 updated, 0 unchanged" in said
    run("export", file, "--to", "json", second)
    assert second.read_bytes() == first.read_bytes()
    assert f"0 added, 0 updated, {count} unchanged" in run("import", file, first).out
    assert len(run("history", file, "--json").json()) == 1


def test_json_is_imported_by_itself_and_not_dry(
    run: Run, sample: Path, file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "all.json"
    run("export", sample, "--to", "json", out)
    assert "by itself" in run("import", file, out, FILES / "jp_stores.csv", status=1).err
    assert "--dry-run" in run("import", file, out, "--dry-run", status=1).err


def test_machines_get_a_report_of_every_row(run: Run, file: Path) -> None:
    report = run(
        *("import", file, FILES / "jp_stores.csv", "--map", FILES / "jp_stores.toml", "--json")
    ).json()
    assert report["counts"]["added"] == 3
    (table,) = report["tables"]
    assert table["unknown_columns"] == ["開店年", "区分"]
    assert [row["line"] for row in table["rows"]] == [2, 3, 4]
