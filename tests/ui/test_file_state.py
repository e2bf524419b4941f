"""One clear state at any time, in few words."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from csdesk.team.standing import State, StateKind
from ui.file_state import state_words

NOW = dt.datetime.now().astimezone().replace(hour=12, minute=4)
Kind = StateKind


def noon() -> dt.datetime:
    """Return shortly after noon of the day it is."""
    return dt.datetime.now().astimezone().replace(hour=12, minute=4)


@pytest.mark.parametrize(
    ("team", "edits", "words", "tone"),
    [
        (State(Kind.SHARED, NOW), False, "Shared 12:04", "good"),
        (State(Kind.SHARED, NOW), True, "Saved here; shared shortly", "good"),
        (State(Kind.TO_SHARE, NOW), False, "Saved here; shared shortly", "good"),
        (State(Kind.SHARED, NOW, waiting=3), False, "Shared 12:04 · 3 waiting", "good"),
        (State(Kind.SHARED, NOW, asking=1), False, "Shared 12:04 · 1 copy asks", "good"),
        (
            State(Kind.WAITING_FOR_SERVICE, NOW, waiting=2, service="OneDrive"),
            True,
            "Waiting for OneDrive",
            "warning",
        ),
        (State(Kind.WAITING_FOR_SERVICE, NOW), False, "Waiting for the sync service", "warning"),
        (
            State(Kind.OFFLINE, NOW),
            True,
            "Saved here; the shared folder is out of reach",
            "warning",
        ),
        (
            State(Kind.READ_ONLY),
            False,
            "Saved here; the shared folder cannot be written to",
            "bad",
        ),
        (State(Kind.TROUBLE), False, "Saved here; sharing needs a look", "bad"),
        (None, False, "All changes saved", "good"),
        (None, True, "Saved; the file follows shortly", "good"),
    ],
)
def test_a_state_is_said_in_one_way(team: State | None, edits: bool, words: str, tone: str) -> None:
    if team is not None and team.shared_at is not None:
        team = dataclasses.replace(team, shared_at=noon())  # midnight may have passed since then
    assert state_words(team, edits=edits, failed=False, read_only=False) == (words, tone)


def test_a_folder_that_had_everything_on_another_day_says_which() -> None:
    state = State(Kind.SHARED, NOW - dt.timedelta(days=3))
    words, _tone = state_words(state, edits=False, failed=False, read_only=False)
    assert words != "Shared 12:04"
    assert words.startswith("Shared ")


def test_every_kind_of_state_has_words_of_its_own() -> None:
    kinds = [kind for kind in Kind if kind is not Kind.SAVED_HERE]
    said = {
        state_words(State(kind, NOW), edits=False, failed=False, read_only=False)[0]
        for kind in kinds
    }
    assert len(said) == len(kinds)
