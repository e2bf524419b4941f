"""A few seeds of the script for three homes; `make soak` runs as many as one likes.

CSDESK_SEEDS=500 make soak ARGS="tests/team/test_three_homes.py"
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.team.three_homes import run_seed
from tests.team.typed_homes import typed_seed

SEEDS = int(os.environ.get("CSDESK_SEEDS", "0"))


@pytest.mark.soak
def test_three_homes_meet_whatever_happens_to_the_folder(tmp_path: Path, soaking: bool) -> None:
    seeds = SEEDS or (200 if soaking else 1)
    ended = [run_seed(seed, 40 if soaking else 16, tmp_path) for seed in range(1, seeds + 1)]
    assert [str(one) for one in ended if one.wrong] == []
    assert sum(one.edits for one in ended) > 20 * seeds
    assert any(one.troubles.get("torn") for one in ended)


@pytest.mark.long
def test_three_homes_meet_by_what_is_typed(tmp_path: Path) -> None:
    for seed in range(1, max(1, SEEDS // 10) + 1):
        ended = typed_seed(seed, 25, tmp_path)
        assert ended.wrong == ()
        assert ended.edits > 0
