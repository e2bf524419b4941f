"""history, undo, redo."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def make_alder(run: Run, file: Path) -> None:
    run("set", file, "account", "new", "name=Alder", "--author", "Kim")
    run("set", file, "account", "Alder", "phase=adoption", "--author", "Mori")
    run("set", file, "account", "Alder", "phase=renewal", "--author", "Kim")


def test_history_lists_the_steps_newest_first(run: Run, file: Path) -> None:
    make_alder(run, file)
    steps = run("history", file, "--json").json()
    assert [step["author"] for step in steps] == ["Kim", "Mori", "Kim"]
    assert steps[0]["changes"][0] == {
        "entity": "account",
        "id": steps[0]["changes"][0]["id"],
        "field": "phase",
        "before": "adoption",
        "after": "renewal",
        "lost": False,
    }
    lines = run("history", file).out.splitlines()[2:]
    told = ["Edit: Account", "Edit: Account", "Add: Account"]
    assert [label in line for label, line in zip(told, lines, strict=True)] == [True] * 3


def test_the_history_of_one_row_tells_before_and_after(run: Run, file: Path) -> None:
    make_alder(run, file)
    run("set", file, "account", "new", "name=Birch")
    shown = run("history", file, "account", "Alder").out
    assert "Birch" not in shown
    newest = shown.splitlines()[2]
    assert newest.index("Phase") < newest.index("Adoption") < newest.index("Renewal")
    japanese = run("history", file, "account", "Alder", "--language", "ja").out
    assert "アダプション" in japanese


def test_references_are_told_by_name(run: Run, file: Path) -> None:
    make_alder(run, file)
    run("set", file, "member", "new", "name=Maya Kim")
    run("set", file, "account", "Alder", "owner=Maya Kim")
    assert "Maya Kim" in run("history", file, "account", "Alder").out.splitlines()[2]


def test_history_of_a_kind_and_of_a_number_of_steps(run: Run, file: Path) -> None:
    make_alder(run, file)
    run("set", file, "member", "new", "name=Maya Kim")
    assert len(run("history", file, "account", "--json").json()) == 3
    assert len(run("history", file, "--limit", "2", "--json").json()) == 2
    assert "at least 1" in run("history", file, "--limit", "0", status=1).err


def test_undo_and_redo_go_step_by_step_across_runs(run: Run, file: Path) -> None:
    make_alder(run, file)

    def phase() -> str:
        (row,) = run("show", file, "account", "--json").json()
        return str(row["phase"])

    assert "Undone: Edit: Account" in run("undo", file).out
    assert phase() == "adoption"
    run("undo", file)
    assert phase() == "None"
    run("undo", file)
    assert run("show", file, "account", "--json").json() == []
    assert "nothing to undo" in run("undo", file, status=1).err
    for _step in range(3):
        run("redo", file)
    assert phase() == "renewal"
    assert "nothing to redo" in run("redo", file, status=1).err


def test_undo_takes_back_a_whole_sample_or_import(run: Run, file: Path, tmp_path: Path) -> None:
    table = tmp_path / "accounts.csv"
    table.write_text("name,phase\n" + "".join(f"A{n},adoption\n" for n in range(50)), "utf-8")
    run("import", file, table)
    assert len(run("show", file, "account", "--json").json()) == 50
    run("undo", file)
    assert run("show", file, "account", "--json").json() == []


def test_history_tells_on_which_computer_a_change_was_made(run: Run, file: Path) -> None:
    make_alder(run, file)
    (step, *_older) = run("history", file, "--json").json()
    assert step["computer"]
    assert step["device"].startswith(step["computer"])
    assert step["app"].startswith("CSDesk ")
    titles, _rule, newest, *_rest = run("history", file).out.splitlines()
    assert titles.split() == ["When", "Who", "Computer", "What", "Changed"]
    assert step["computer"] in newest
    of_row = run("history", file, "account", "Alder").out.splitlines()
    assert step["computer"] in of_row[2]
