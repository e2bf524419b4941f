"""Everything out as JSON, and in again: the law of the round trip, and what is refused."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from csdesk.actions.rows import delete_row
from csdesk.actions.sample import add_sample
from csdesk.errors import CancelledError, UserError
from csdesk.exchange.json_export import export_json
from csdesk.exchange.json_import import JsonResult, import_json, looks_like_json, read_json
from csdesk.model.base import columns_of, entity_records, entity_table
from csdesk.model.identity import kpi_value_id
from csdesk.queries.fields import FieldKind, fields_of
from csdesk.settings import Home
from csdesk.store.driver import connect
from csdesk.workspace.workspace import Workspace
from tests.rounds import SOAKING

TODAY = dt.date(2026, 11, 22)
DELETED = dt.datetime(2026, 5, 1, 9, 30, tzinfo=dt.UTC)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
instants = st.integers(0, 4_000_000_000_000).map(
    lambda ms: dt.datetime.fromtimestamp(ms // 1000, dt.UTC) + dt.timedelta(milliseconds=ms % 1000)
)
decimals = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=6)
ids = st.uuids().map(str)
KINDS: dict[FieldKind, st.SearchStrategy[Any]] = {
    FieldKind.TEXT: texts,
    FieldKind.DATE: st.dates(),
    FieldKind.INSTANT: instants,
    FieldKind.FLAG: st.booleans(),
    FieldKind.WHOLE: st.integers(-(2**63), 2**63 - 1),
    FieldKind.MONEY: st.integers(-(2**63), 2**63 - 1),
    FieldKind.EXACT: decimals,
    FieldKind.CHOICE: st.sampled_from(["active", "a_newer_code"]),
    FieldKind.REFERENCE: ids,
}


@st.composite
def rows(draw: st.DrawFn, entity: str) -> dict[str, Any]:
    """Draw a row of an entity as it may stand in a workspace: with any fields, perhaps deleted."""
    row: dict[str, Any] = {
        field.name: draw(st.none() | KINDS[field.kind])
        for field in fields_of(entity)
        if field.is_editable
    }
    row["deleted_at"] = draw(st.none() | instants)
    row["id"] = draw(ids)
    if entity == "kpi_value":
        row |= {"account_id": draw(ids), "kpi_id": draw(ids), "period": draw(st.dates())}
        row["id"] = kpi_value_id(row["account_id"], row["kpi_id"], row["period"])
    return row


@st.composite
def workspaces(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Draw rows of a few entities."""
    names = st.sampled_from(sorted(entity_records()))
    chosen = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    by_id = {"unique_by": lambda row: row["id"]}
    return {name: draw(st.lists(rows(name), max_size=4, **by_id)) for name in chosen}  # type: ignore[call-overload]


def fill(session: Session, content: dict[str, list[dict[str, Any]]]) -> None:
    for entity, some in content.items():
        for row in some:
            session.execute(insert(entity_table(entity)), [row])


def exported(workspace: Workspace) -> bytes:
    out = io.BytesIO()
    workspace.read(export_json, out)
    return out.getvalue()


def parsed(workspace: Workspace) -> dict[str, list[dict[str, Any]]]:
    entities: dict[str, list[dict[str, Any]]] = json.loads(exported(workspace))["entities"]
    return entities


Make = Callable[[], Workspace]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return what makes one workspace after the other, each on a computer of its own."""
    made: list[Workspace] = []

    def make() -> Workspace:
        while made:
            made.pop().close()
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        return Workspace.create(folder / "w.csdesk", home=Home.at(folder / "home"), author="Kim")

    return make


def taken_in(workspace: Workspace, data: bytes, folder: Path) -> JsonResult:
    path = folder / "in.json"
    path.write_bytes(data)
    return workspace.write("Import", import_json, read_json(path)).result


@settings(max_examples=500 if SOAKING else 7)
@given(content=workspaces())
def test_export_then_import_into_a_new_workspace_gives_the_same_bytes(
    make: Make, tmp_path: Path, content: dict[str, list[dict[str, Any]]]
) -> None:
    with make() as first:
        first.write("Fill", fill, content)
        data = exported(first)
    with make() as second:
        taken_in(second, data, tmp_path)
        assert exported(second) == data
        assert taken_in(second, data, tmp_path).unchanged == sum(map(len, parsed(second).values()))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_sample_comes_back_byte_for_byte(make: Make, tmp_path: Path, language: str) -> None:
    with make() as first:
        first.write("Sample", add_sample, language, TODAY)
        goal = parsed(first)["goal"][0]["id"]
        first.write("Delete", delete_row, "goal", goal)
        data = exported(first)
    with make() as second:
        taken_in(second, data, tmp_path)
        assert exported(second) == data
        assert goal in [row["id"] for row in parsed(second)["goal"] if row["deleted_at"]]


def test_every_field_of_every_entity_is_there_deleted_rows_too(make: Make) -> None:
    def one_of_each(session: Session) -> None:
        for entity in entity_records():
            row = {"id": f"id-{entity}", "deleted_at": DELETED}
            if entity == "kpi_value":
                row |= {"account_id": "a", "kpi_id": "k", "period": TODAY}
                row["id"] = kpi_value_id("a", "k", TODAY)
            session.execute(insert(entity_table(entity)), [row])

    with make() as workspace:
        workspace.write("Fill", one_of_each)
        entities = parsed(workspace)
    assert sorted(entities) == sorted(entity_records())
    for entity, (row,) in entities.items():
        assert list(row) == [column.name for column in columns_of(entity)]
        assert row["deleted_at"] == "2026-05-01T09:30:00.000Z"


def test_numbers_are_exact_and_values_have_the_types_of_json(make: Make) -> None:
    def some(session: Session) -> None:
        session.execute(
            insert(entity_table("contract")),
            [{"id": "c", "mrr": 2**60 + 1, "auto_renew": False, "start_on": TODAY}],
        )
        value = {"id": "m", "baseline": Decimal("0.1"), "target": Decimal("1E+3")}
        session.execute(insert(entity_table("measure")), [value])

    with make() as workspace:
        workspace.write("Fill", some)
        entities = parsed(workspace)
    (contract,), (measure,) = entities["contract"], entities["measure"]
    assert (contract["mrr"], contract["auto_renew"]) == (2**60 + 1, False)
    assert contract["start_on"] == "2026-11-22"
    assert (measure["baseline"], measure["target"]) == ("0.1", "1000")


def test_tables_and_columns_of_a_newer_version_are_exported_too(make: Make) -> None:
    with make() as workspace:
        workspace.write("Fill", fill, {"member": [{"id": "m", "name": "Kim"}]})
        connection = connect(workspace.replica.database)
        connection.execute("PRAGMA user_version = 1001")
        connection.execute("ALTER TABLE member ADD COLUMN pronouns TEXT")
        connection.execute("UPDATE member SET pronouns = 'she'")
        connection.execute("CREATE TABLE mood(id TEXT PRIMARY KEY, colour, raw)")
        connection.execute("INSERT INTO mood VALUES ('1', 'blue', x'00ff')")
        connection.close()
        content = json.loads(exported(workspace))
    assert content["version"] == "1.1"
    assert content["entities"]["member"][0]["pronouns"] == "she"
    assert content["entities"]["mood"] == [{"id": "1", "colour": "blue", "raw": {"base64": "AP8="}}]


def test_what_a_newer_version_wrote_is_named_and_left_out(make: Make, tmp_path: Path) -> None:
    data = {
        "format": "CSDesk",
        "version": "1.7",
        "entities": {"member": [{"id": "m", "name": "Kim", "mood": 1}], "aura": [{"id": "x"}]},
    }
    with make() as workspace:
        result = taken_in(workspace, json.dumps(data).encode(), tmp_path)
        assert result.left_out == ("aura", "member.mood")
        assert [row["name"] for row in parsed(workspace)["member"]] == ["Kim"]


def test_import_changes_what_differs_and_keeps_what_the_file_does_not_mention(
    make: Make, tmp_path: Path
) -> None:
    data = {"format": "CSDesk", "version": "1.0"}
    with make() as workspace:
        some = [{"id": "a", "name": "Old", "region": "North"}, {"id": "b", "name": "Gone"}]
        workspace.write("Fill", fill, {"account": some})
        workspace.write("Delete", delete_row, "account", "b")
        wanted = [
            {"id": "a", "name": "New", "deleted_at": None},
            {"id": "b", "name": "Back", "deleted_at": None},
            {"id": "c", "name": "Third", "deleted_at": "2026-05-01T09:30:00.000Z"},
        ]
        content = json.dumps(data | {"entities": {"account": wanted}}).encode()
        result = taken_in(workspace, content, tmp_path)
        assert (result.added, result.changed, result.unchanged) == (1, 2, 0)
        rows = {row["id"]: row for row in parsed(workspace)["account"]}
        assert (rows["a"]["name"], rows["a"]["region"]) == ("New", "North")
        assert (rows["b"]["name"], rows["b"]["deleted_at"]) == ("Back", None)
        assert rows["c"]["deleted_at"] is not None
        workspace.undo()
        rows = {row["id"]: row for row in parsed(workspace)["account"]}
        assert rows["a"]["name"] == "Old"
        assert rows["b"]["deleted_at"] is not None


def test_a_row_deleted_on_both_sides_is_left_alone(make: Make, tmp_path: Path) -> None:
    with make() as workspace:
        workspace.write("Fill", fill, {"account": [{"id": "a", "name": "Old"}]})
        workspace.write("Delete", delete_row, "account", "a")
        before = exported(workspace)
        later = before.replace(b'"Old"', b'"Older"')
        assert taken_in(workspace, later, tmp_path).changed == 0
        assert exported(workspace) == before


ACCOUNT = {"id": "a", "name": "Alder"}


@pytest.mark.parametrize(
    ("entities", "said"),
    [
        ([], "an object of entities"),
        ({"account": {}}, "a list of rows"),
        ({"account": [1]}, "an object is needed"),
        ({"account": [{"name": "x"}]}, "an id is needed"),
        ({"account": [{"id": "x" * 500}]}, "an id is needed"),
        ({"account": [ACCOUNT, ACCOUNT]}, "a second time"),
        ({"account": [ACCOUNT | {"name": 3}]}, "a text is needed"),
        ({"account": [ACCOUNT | {"name": "\ud800"}]}, "characters that do not exist"),
        ({"account": [ACCOUNT | {"employees": "3"}]}, "a whole number"),
        ({"account": [ACCOUNT | {"employees": True}]}, "a whole number"),
        ({"account": [ACCOUNT | {"employees": 2**63}]}, "a whole number"),
        ({"account": [ACCOUNT | {"employees": 1.5}]}, "a whole number"),
        ({"account": [ACCOUNT | {"go_live_on": "31.3.2026"}]}, "a date such as"),
        ({"account": [ACCOUNT | {"go_live_on": "2026-02-30"}]}, "a date such as"),
        ({"account": [ACCOUNT | {"deleted_at": "2026-02-03T10:00"}]}, "an instant such as"),
        ({"contract": [{"id": "c", "auto_renew": 1}]}, "true or false"),
        ({"measure": [{"id": "m", "target": "NaN"}]}, "a number in quotation marks"),
        ({"measure": [{"id": "m", "target": "many"}]}, "a number in quotation marks"),
        ({"kpi_value": [{"id": "a:k"}]}, "an id of account:KPI:period"),
        ({"kpi_value": [{"id": "a:k:2026-01-01", "kpi_id": "x"}]}, "differs from the id"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_its_place(
    tmp_path: Path, entities: Any, said: str
) -> None:
    path = tmp_path / "in.json"
    content = {"format": "CSDesk", "version": "1.0", "entities": entities}
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(UserError) as caught:
        read_json(path)
    assert said in caught.value.message
    assert caught.value.message.startswith("in.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"format": "CSDesk", "version": "2.0", "entities": {}}', "newer version"),
        ('{"format": "CSDesk", "entities": {}}', "newer version"),
        ('{"customers": []}', "not an export of CSDesk"),
        ("[]", "not an export of CSDesk"),
        ('{"format": "CSDesk", ', "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        (" \n", "empty"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "in.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError) as caught:
        read_json(path)
    assert said in str(caught.value)


def test_json_is_told_by_its_first_character(tmp_path: Path) -> None:
    for text, is_json in (('\ufeff \n{"a": 1}', True), ("name,phase\n", False), ("", False)):
        path = tmp_path / "table"
        path.write_text(text, "utf-8")
        assert looks_like_json(path) is is_json
    assert not looks_like_json(tmp_path / "missing")


class Impatient:
    """Cancels at the first report."""

    def report(self, done: int, total: int | None, note: str = "") -> None:
        raise CancelledError


def test_a_cancelled_import_leaves_nothing(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text(
        json.dumps({"format": "CSDesk", "version": "1.0", "entities": {"account": [ACCOUNT]}})
    )
    with make() as workspace:
        with pytest.raises(CancelledError):
            workspace.write("Import", import_json, read_json(path), Impatient())
        assert parsed(workspace)["account"] == []


def test_a_row_that_says_nothing_is_left_out(make: Make) -> None:
    def emptied(session: Session) -> None:
        table = entity_table("workspace_setting")
        session.execute(insert(table), [{"id": "company_name", "value": "Lantern"}])
        session.execute(update(table).values(value=None))

    with make() as workspace:
        workspace.write("Fill", fill, {"member": [{"id": "m", "name": "Kim"}]})
        workspace.write("Empty", emptied)
        assert parsed(workspace)["workspace_setting"] == []
