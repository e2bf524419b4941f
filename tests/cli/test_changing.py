"""set and delete: one edit, one row, one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def names(run: Run, file: Path, entity: str, field: str = "name") -> list[str]:
    return [row[field] for row in run("show", file, entity, "--json").json()]


def only(run: Run, file: Path, entity: str) -> dict[str, object]:
    (row,) = run("show", file, entity, "--json").json()
    assert isinstance(row, dict)
    return row


def test_a_new_account_is_there_in_the_next_run(run: Run, file: Path) -> None:
    said = run("set", file, "account", "new", "name=新宿店", "phase=adoption").out
    assert "新宿店" in said
    row = only(run, file, "account")
    assert (row["name"], row["phase"], row["status"]) == ("新宿店", "adoption", "active")


@pytest.mark.parametrize(
    "name",
    [
        "𠮷野家ではない店",
        "髙﨑商店",
        "🏔️ Peak & Söhne",
        "שלום בע״מ",
        "a=b=c",
        "=HYPERLINK(1)",
        "O'Neil; DROP TABLE account",
        'say "hi"',
        "{0} {name} %s",
    ],
)
def test_odd_names_are_kept_as_they_are_and_found_again(run: Run, file: Path, name: str) -> None:
    run("set", file, "account", "new", f"name={name}")
    assert names(run, file, "account") == [name]
    run("set", file, "account", name, "region=Kanto")
    assert only(run, file, "account")["region"] == "Kanto"


def test_control_characters_never_reach_the_terminal(run: Run, file: Path) -> None:
    run("set", file, "account", "new", "name=a\x1b[31mred\u202eoof")
    shown = run("show", file, "account").out
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_name_of_ten_thousand_characters_is_refused_and_nothing_changes(
    run: Run, file: Path
) -> None:
    before = file.read_bytes()
    said = run("set", file, "account", "new", "name=" + "あ" * 10_000, status=1).err
    assert "too long" in said
    assert said.count("\n") == 1
    assert file.read_bytes() == before


def test_values_are_read_by_the_kind_of_their_field(run: Run, file: Path) -> None:
    run("set", file, "member", "new", "name=Maya Kim")
    run("set", file, "account", "new", "name=Alder", "owner=maya kim", "go_live_on=2026年3月31日")
    run("set", file, "contract", "new", "account=alder", "mrr=1,234.50", "currency=usd")
    run("set", file, "contract", "new", "account=Alder", "mrr=1,234円", "auto_renew=はい")
    run("set", file, "kpi", "new", "name=Usage", "kind=Percentage")
    value = "kpi_value"
    run("set", file, value, "new", "account=Alder", "kpi=Usage", "period=2026-03", "value=68.25")
    account = only(run, file, "account")
    assert account["go_live_on"] == "2026-03-31"
    assert account["owner_id"] == only(run, file, "member")["id"]
    contracts = run("show", file, "contract", "--json").json()
    assert sorted((row["mrr"], row["currency"]) for row in contracts) == [
        (1234, "JPY"),
        (123450, "USD"),
    ]
    assert {row["auto_renew"] for row in contracts} == {None, True}
    assert only(run, file, "kpi")["kind"] == "percent"
    assert (only(run, file, value)["period"], only(run, file, value)["value"]) == (
        "2026-03-01",
        "68.25",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["account", "Alder", "phase=later"], "none of the terms"),
        (["account", "Alder", "go_live_on=03/04/2026"], "can be 2026-03-04 or 2026-04-03"),
        (["account", "Alder", "go_live_on=2026-02-30"], "no day of the calendar"),
        (["account", "Alder", "employees=many"], "not a number"),
        (["account", "Alder", "employees=-3"], "out of range"),
        (["account", "Alder", "fiscal_year_start_month=13"], "out of range"),
        (["account", "Alder", "employees=99999999999999999999"], "out of range"),
        (["account", "Alder", "owner=Nobody"], "There is no “Team member” called “Nobody”"),
        (["account", "Alder", "colour=red"], "no field “colour”"),
        (["account", "Alder", "id=1"], "no field “id”"),
        (["account", "Alder", "name="], "cannot be empty"),
        (["account", "Alder", "phase"], "does not say which field"),
        (["account", "Alder", "phase=renewal", "Phase=adoption"], "is given twice"),
        (["account", "Elder", "phase=renewal"], "Is one of these meant? Alder"),
        (["accountant", "Alder", "phase=renewal"], "There is no entity “accountant”"),
        (["account", "new", "region=x"], "“name” is missing"),
        (["account", "new", "name=Alder"], "There is an account called “Alder” already"),
        (["plan", "new", "title=Plan"], "“account” is missing"),
        (["risk", "new", "account=Alder", "title=R", "impact=6"], "out of range"),
        (["contract", "new", "account=Alder", "mrr=1.5", "currency=JPY"], "more decimals"),
        (["contract", "new", "account=Alder", "currency=YEN"], "not a currency code"),
        (["touchpoint", "new", "account=Alder", "held_at=noon"], "not a date with a time"),
        (
            ["contract", "new", "account=Alder", "start_on=2026-05-01", "renewal_on=2026-01-01"],
            "before the start",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence_and_changes_nothing(
    run: Run, file: Path, arguments: list[str], said: str
) -> None:
    run("set", file, "account", "new", "name=Alder")
    before = file.read_bytes()
    complaint = run("set", file, *arguments, status=1).err
    assert said in complaint
    assert complaint.startswith("csdesk: ")
    assert complaint.count("\n") == 1
    assert file.read_bytes() == before


def test_labels_in_either_language_name_fields_and_terms(run: Run, file: Path) -> None:
    run("set", file, "顧客", "new", "顧客名=大阪店", "フェーズ=アダプション")
    run("set", file, "Account", "大阪店", "CSM's view=Amber")
    row = only(run, file, "account")
    assert (row["name"], row["phase"], row["csm_view"]) == ("大阪店", "adoption", "amber")


def test_nothing_after_the_equals_sign_clears_a_field(run: Run, file: Path) -> None:
    run("set", file, "account", "new", "name=Alder", "region=North")
    run("set", file, "account", "Alder", "region=")
    assert only(run, file, "account")["region"] is None


def test_setting_what_is_so_already_makes_no_step(run: Run, file: Path) -> None:
    run("set", file, "account", "new", "name=Alder", "region=North")
    assert run("set", file, "account", "Alder", "region=North", "--json").json()["changed"] is False
    assert len(run("history", file, "--json").json()) == 1


def test_a_title_that_two_rows_have_needs_the_account(run: Run, file: Path) -> None:
    for account in ("Alder", "Birch"):
        run("set", file, "account", "new", f"name={account}")
        run("set", file, "plan", "new", f"account={account}", "title=First 90 days")
    said = run("set", file, "plan", "First 90 days", "status=active", status=1).err
    assert "Alder" in said
    assert "Birch" in said
    run("set", file, "plan", "First 90 days", "status=active", "--account", "Birch")
    rows = run("show", file, "plan", "--account", "Birch", "--json").json()
    assert [row["status"] for row in rows] == ["active"]


def test_people_of_another_account_cannot_be_named(run: Run, file: Path) -> None:
    for account in ("Alder", "Birch"):
        run("set", file, "account", "new", f"name={account}")
    run("set", file, "contact", "new", "account=Birch", "name=Ana")
    run("set", file, "plan", "new", "account=Alder", "title=P")
    ana = only(run, file, "contact")["id"]
    said = run("set", file, "plan", "P", f"customer_owner={ana}", status=1).err
    assert "different accounts" in said


def test_a_done_action_gets_its_date_and_stands_where_it_was_put(run: Run, file: Path) -> None:
    run("set", file, "account", "new", "name=Alder")
    run("set", file, "plan", "new", "account=Alder", "title=P")
    run("set", file, "goal", "new", "plan=P", "title=G")
    run("set", file, "milestone", "new", "goal=G", "title=M")
    run("set", file, "action", "new", "milestone=M", "title=A", "status=done")
    action = only(run, file, "action")
    assert action["done_on"] is not None
    assert action["plan_id"] == only(run, file, "plan")["id"]
    assert action["goal_id"] == only(run, file, "goal")["id"]
    run("set", file, "action", "A", "status=open")
    assert only(run, file, "action")["done_on"] is None


def test_a_deletion_takes_along_what_belongs_to_it_and_undo_brings_all_back(
    run: Run, sample: Path
) -> None:
    before = run("show", sample, "--json").json()["rows"]
    said = run("delete", sample, "account", "Harrowgate & Finch Stores").out
    assert "was deleted" in said
    after = run("show", sample, "--json").json()["rows"]
    assert after["account"] == before["account"] - 1
    for entity in ("plan", "goal", "milestone", "action", "contact", "kpi_value", "touchpoint"):
        assert after[entity] < before[entity], entity
    assert after["member"] == before["member"]
    run("undo", sample)
    assert run("show", sample, "--json").json()["rows"] == before


def test_a_kpi_that_measures_a_goal_is_not_deleted(run: Run, sample: Path) -> None:
    said = run("delete", sample, "kpi", "Monthly active users", status=1).err
    assert "measured by this KPI" in said


def test_what_was_deleted_cannot_be_set(run: Run, file: Path) -> None:
    row_id = run("set", file, "account", "new", "name=Alder", "--json").json()["id"]
    run("delete", file, "account", "Alder")
    assert "was deleted" in run("set", file, "account", row_id, "region=x", status=1).err


def test_a_kpi_value_is_named_by_account_kpi_and_month(run: Run, sample: Path) -> None:
    month = run("show", sample, "account", "Ironvale Precision Works", "--json").json()
    active = next(kpi for kpi in month["kpis"] if kpi["name"] == "Monthly active users")
    period = max(active["values"])
    which = f"Ironvale Precision Works:Monthly active users:{period[:7]}"
    run("set", sample, "kpi_value", which, "value=91.5", "note=Counted again")
    row = run("show", sample, "kpi_value", which, "--json").json()
    assert (row["value"], row["note"], row["period"]) == ("91.5", "Counted again", period)
    run("delete", sample, "kpi-value", which)
    shown = run("show", sample, "account", "Ironvale Precision Works", "--json").json()
    left = next(kpi for kpi in shown["kpis"] if kpi["name"] == "Monthly active users")
    assert period not in left["values"]


def test_a_workspace_setting_is_made_by_naming_it(run: Run, file: Path) -> None:
    run("set", file, "workspace_setting", "company_name", "value=Lantern")
    run("set", file, "workspace_setting", "company_name", "value=Lantern, Inc.")
    assert run("show", file, "--json").json()["settings"] == {"company_name": "Lantern, Inc."}


def test_tags_dependencies_and_attendees_have_ids_of_what_they_join(run: Run, file: Path) -> None:
    run("set", file, "account", "new", "name=Alder")
    for _again in range(2):
        run("set", file, "account_tag", "new", "account=Alder", "tag=VIP")
    assert names(run, file, "account_tag", "tag") == ["VIP"]
    run("set", file, "plan", "new", "account=Alder", "title=P")
    run("set", file, "goal", "new", "plan=P", "title=G")
    for title in ("M1", "M2"):
        run("set", file, "milestone", "new", "goal=G", f"title={title}")
    run("set", file, "milestone_dependency", "new", "milestone=M2", "after=M1")
    circle = ["set", file, "milestone_dependency", "new", "milestone=M1", "after=M2"]
    assert "in a circle" in run(*circle, status=1).err


def test_the_author_is_kept_with_the_edit(run: Run, file: Path) -> None:
    run("set", file, "account", "new", "name=Alder", "--author", "山田")
    run("--author", "Kim", "set", file, "account", "Alder", "region=x")
    assert [entry["author"] for entry in run("history", file, "--json").json()] == ["Kim", "山田"]
