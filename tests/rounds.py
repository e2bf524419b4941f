"""How much of a long list is tried where time is short; `make soak` tries all of it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest

SOAKING = bool(os.environ.get("CSDESK_SOAK"))
"""Whether this run may take hours."""


def some(cases: Iterable[Any], *, every: int, first: int = 0) -> list[Any]:
    """Return every so many-th of the cases, from the `first` on, for `pytest.mark.parametrize`.

    Under `make soak` all of them are there, marked to be run by it. Tests that share a list
    begin at different cases, so that each case is tried by one of them.
    """
    if SOAKING:
        return [pytest.param(case, marks=pytest.mark.soak) for case in cases]
    return list(cases)[first::every]
