"""When an account is at risk, and what the figures make of it."""

from __future__ import annotations

from typing import Any

import pytest

from csdesk.model.vocabulary import AccountStatus, CsmView, ProgressRag
from csdesk.queries.at_risk import RiskReason, risk_reasons
from csdesk.queries.portfolio_figures import portfolio_figures
from tests.queries.account_rows import TODAY, account_row, days


@pytest.mark.parametrize(
    ("values", "reasons"),
    [
        ({}, ()),
        ({"csm_view": CsmView.RED}, (RiskReason.RED,)),
        ({"csm_view": CsmView.AMBER}, ()),
        ({"csm_view": CsmView.GREEN, "renewal_on": days(10)}, ()),
        ({"csm_view": CsmView.AMBER, "renewal_on": days(90)}, (RiskReason.RENEWAL,)),
        ({"csm_view": CsmView.AMBER, "renewal_on": days(91)}, ()),
        ({"csm_view": CsmView.AMBER, "overdue_renewal": days(-1)}, (RiskReason.RENEWAL,)),
        ({"standing": ProgressRag.OFF_TRACK}, (RiskReason.OFF_TRACK,)),
        ({"standing": ProgressRag.AT_RISK}, ()),
        ({"standing": ProgressRag.AT_RISK, "renewal_on": TODAY}, (RiskReason.RENEWAL,)),
        ({"risk_score": 12, "renewal_on": days(60)}, (RiskReason.RENEWAL,)),
        ({"risk_score": 11, "renewal_on": days(60)}, ()),
        ({"risk_score": 25}, ()),
        ({"csm_view": CsmView.RED, "status": AccountStatus.CHURNED}, ()),
        ({"csm_view": CsmView.RED, "archived_on": TODAY}, ()),
        (
            {"csm_view": CsmView.RED, "standing": ProgressRag.OFF_TRACK},
            (RiskReason.RED, RiskReason.OFF_TRACK),
        ),
    ],
)
def test_an_account_is_at_risk_for_reasons(
    values: dict[str, Any], reasons: tuple[RiskReason, ...]
) -> None:
    assert risk_reasons(account_row(**values), TODAY) == reasons


def test_the_figures_add_each_currency_by_itself_and_leave_out_who_left_or_was_put_away() -> None:
    figures = portfolio_figures(
        [
            account_row(id="1", arr=100, currency="JPY", csm_view=CsmView.RED, late_actions=2),
            account_row(id="2", arr=7, currency="USD", other_arr=(("JPY", 5),), plan_id="p"),
            account_row(id="3", arr=900, status=AccountStatus.CHURNED, csm_view=CsmView.RED),
            account_row(id="4", arr=900, archived_on=TODAY, csm_view=CsmView.RED, late_actions=9),
            account_row(id="5", renewal_on=days(90), late_actions=1),
        ],
        today=TODAY,
    )
    assert figures.accounts == 3
    assert figures.arr == {"JPY": 105, "USD": 7}
    assert (figures.at_risk, figures.arr_at_risk) == (1, {"JPY": 100})
    assert (figures.renewals_soon, figures.without_plan) == (1, 2)
    assert (figures.late_actions, figures.late_accounts) == (3, 2)
