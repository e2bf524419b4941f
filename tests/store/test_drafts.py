"""What is typed and not stored yet is kept beside the replica, each draft by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.store.drafts import keep_drafts, kept_drafts
from csdesk.store.replica import Replica


@pytest.fixture
def replica(tmp_path: Path) -> Replica:
    return Replica(tmp_path)


def test_drafts_are_kept_one_by_one_and_forgotten_one_by_one(replica: Replica) -> None:
    keep_drafts(replica, {"a": {"summary": "要約"}, "b": {"summary": "2"}})
    keep_drafts(replica, {"b": None, "c": {"people": [["us", None, "Maya", ""]]}})
    assert kept_drafts(replica) == {
        "a": {"summary": "要約"},
        "c": {"people": [["us", None, "Maya", ""]]},
    }


def test_half_an_emoji_is_kept_as_it_was_typed(replica: Replica) -> None:
    keep_drafts(replica, {"a": {"summary": "\ud83d"}})
    assert kept_drafts(replica) == {"a": {"summary": "\ud83d"}}


def test_nothing_is_left_on_the_disk_when_the_last_is_forgotten(replica: Replica) -> None:
    keep_drafts(replica, {"a": {"summary": "1"}})
    keep_drafts(replica, {"a": None})
    assert list(replica.folder.iterdir()) == []
    assert kept_drafts(replica) == {}


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"a": "text"}', "\udcff", "[" * 9_999])
def test_what_cannot_be_read_is_no_draft_and_is_written_over(replica: Replica, text: str) -> None:
    file = replica.folder / "drafts.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert kept_drafts(replica) == {}
    keep_drafts(replica, {"b": {"summary": "1"}})
    assert kept_drafts(replica) == {"b": {"summary": "1"}}


def test_a_disk_that_does_not_let_it_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    replica = Replica(tmp_path / "file")
    with pytest.raises(UserError):
        keep_drafts(replica, {"a": {"summary": "1"}})
    with pytest.raises(UserError):
        kept_drafts(replica)
