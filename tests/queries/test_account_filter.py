"""A filter lets through what has one of its values in each facet; counts say what each would."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.insight.account_view import FACETS, ME, NOTHING, AccountFilter
from csdesk.model.vocabulary import AccountStatus, CsmView, Phase, PlanStatus, ProgressRag
from csdesk.queries.account_filter import ARCHIVED, OVERDUE, Counted, Facets
from csdesk.queries.portfolio import AccountRow
from tests.queries.account_rows import TODAY, account_row, days

MINE = Facets(TODAY, "yui")


def passes(row: AccountRow, *chosen: tuple[str, tuple[str, ...]]) -> bool:
    """Tell whether a filter lets a row through."""
    return MINE.test(AccountFilter(chosen))(row)


@pytest.mark.parametrize(
    ("facet", "value", "values", "expected"),
    [
        ("owner", ME, {"owner_id": "yui"}, True),
        ("owner", ME, {"owner_id": "ken"}, False),
        ("owner", "yui", {"owner_id": "yui"}, True),
        ("owner", NOTHING, {"owner_id": None}, True),
        ("owner", NOTHING, {"owner_id": "yui"}, False),
        ("phase", "adoption", {"phase": Phase.ADOPTION}, True),
        ("phase", NOTHING, {"phase": None}, True),
        ("segment", "s1", {"segment_id": "s1"}, True),
        ("industry", "Retail", {"industry": "Retail"}, True),
        ("status", "active", {}, True),
        ("status", "churned", {"status": AccountStatus.CHURNED}, True),
        ("status", "active", {"archived_on": TODAY}, False),
        ("status", ARCHIVED, {"archived_on": TODAY}, True),
        ("renewal", "30", {"renewal_on": days(30)}, True),
        ("renewal", "30", {"renewal_on": days(31)}, False),
        ("renewal", "60", {"renewal_on": days(31)}, True),
        ("renewal", OVERDUE, {"overdue_renewal": days(-3)}, True),
        ("renewal", "30", {"overdue_renewal": days(-3)}, False),
        ("renewal", "30", {"overdue_renewal": days(-3), "renewal_on": days(5)}, True),
        ("renewal", NOTHING, {}, True),
        ("health", "amber", {"csm_view": CsmView.AMBER}, True),
        ("health", NOTHING, {}, True),
        ("plan_status", NOTHING, {}, True),
        ("plan_status", NOTHING, {"plan_id": "p", "plan_status": PlanStatus.DRAFT}, False),
        ("plan_status", "draft", {"plan_id": "p", "plan_status": PlanStatus.DRAFT}, True),
        (
            "plan_status",
            "active",
            {"plan_id": "p", "plan_status": PlanStatus.ACTIVE, "standing": ProgressRag.OFF_TRACK},
            True,
        ),
        (
            "plan_status",
            "off_track",
            {"plan_id": "p", "plan_status": PlanStatus.ACTIVE, "standing": ProgressRag.OFF_TRACK},
            True,
        ),
        ("tags", "vip", {"tags": ("beta", "vip")}, True),
        ("tags", NOTHING, {}, True),
        ("tags", "vip", {"tags": ("VIP",)}, False),
        ("counted", Counted.LATE.value, {"late_actions": 1}, True),
        ("counted", Counted.LATE.value, {"late_actions": 1, "archived_on": TODAY}, False),
        ("counted", Counted.NO_PLAN.value, {}, True),
        ("counted", Counted.ARR.value, {"arr": 0}, True),
        ("counted", Counted.ARR.value, {}, False),
        ("counted", Counted.RENEWALS.value, {"renewal_on": days(90)}, True),
        ("counted", Counted.AT_RISK.value, {"csm_view": CsmView.RED}, True),
    ],
)
def test_an_account_has_its_values_in_each_facet(
    facet: str, value: str, values: dict[str, Any], expected: bool
) -> None:
    assert passes(account_row(**values), (facet, (value,))) == expected


def test_values_of_a_facet_are_alternatives_and_facets_add_up() -> None:
    row = account_row(phase=Phase.RENEWAL, owner_id="ken")
    phases = ("phase", ("adoption", "renewal"))
    assert passes(row, phases)
    assert passes(row, phases, ("owner", ("ken", ME)))
    assert not passes(row, phases, ("owner", (ME,)))


def test_archived_accounts_are_left_out_unless_asked_for() -> None:
    put_away = account_row(archived_on=TODAY, phase=Phase.RENEWAL)
    assert not passes(put_away)
    assert not passes(put_away, ("phase", ("renewal",)))
    assert passes(put_away, ("phase", ("renewal",)), ("status", (ARCHIVED,)))


def test_me_is_nobody_where_it_is_not_known_who_sits_here() -> None:
    test = Facets(TODAY, None).test(AccountFilter((("owner", (ME,)),)))
    assert not test(account_row(owner_id=None))
    assert not test(account_row(owner_id="yui"))


rows = st.builds(
    account_row,
    owner_id=st.sampled_from((None, "yui", "ken")),
    phase=st.sampled_from((None, *Phase)),
    status=st.sampled_from(tuple(AccountStatus)),
    archived_on=st.sampled_from((None, TODAY)),
    renewal_on=st.sampled_from((None, *(days(count) for count in (0, 30, 90, 400)))),
    overdue_renewal=st.sampled_from((None, days(-1))),
    csm_view=st.sampled_from((None, *CsmView)),
    tags=st.sampled_from(((), ("a",), ("a", "b"))),
    late_actions=st.sampled_from((0, 2)),
)
filters = st.builds(
    AccountFilter,
    st.lists(
        st.sampled_from(
            (
                ("owner", (ME,)),
                ("phase", ("adoption", NOTHING)),
                ("status", ("active", ARCHIVED)),
                ("renewal", ("90", OVERDUE)),
                ("tags", ("a", NOTHING)),
            )
        ),
        unique=True,
        max_size=3,
    ).map(tuple),
)


@given(st.lists(rows, max_size=6), filters, st.sampled_from(FACETS))
def test_a_count_is_what_choosing_just_that_value_would_show(
    lines: list[AccountRow], wanted: AccountFilter, facet: str
) -> None:
    for value, count in MINE.counts(facet, wanted, lines).items():
        test = MINE.test(wanted.choosing(facet, (value,)))
        assert count == sum(map(test, lines)) > 0
