"""Tests of the tests: every planted bug breaks a law within a few random lives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.store.driver import DatabaseError
from tests.rounds import some
from tests.team.lives import live
from tests.team.planted import BUGS

FIRST = (2, 1, 0, 5)
"""Seeds of lives that catch most bugs; test_merge_laws.py shows that without bugs they go well."""


def seeds(soaking: bool) -> Iterator[int]:
    """Where there is time, the laws must do without seeds that are known to catch something."""
    yield from range(10_000, 10_100) if soaking else (*FIRST, *range(6, 30))


@pytest.mark.soak
@pytest.mark.parametrize("bug", some(BUGS, every=5))
def test_the_laws_catch_a_planted_bug(bug: str, soaking: bool) -> None:
    for seed in seeds(soaking):
        with pytest.MonkeyPatch.context() as patch:
            BUGS[bug](patch)
            try:
                live(seed, patch)
            except (AssertionError, UserError, DatabaseError):
                return
    pytest.fail("no law was broken")


def test_every_planted_bug_stands_in_the_documentation() -> None:
    told = (Path(__file__).parents[2] / "docs" / "team-file-proofs.md").read_text(encoding="utf-8")
    assert [bug for bug in BUGS if bug not in told] == []
