"""A plan of enormous, hostile, broken and empty things makes workbook, calendar and mail too."""

from __future__ import annotations

import email
import email.policy
import io
from dataclasses import replace
from pathlib import Path

import icalendar
import openpyxl
import pytest

from csdesk.exchange.calendar_file import calendar_bytes
from csdesk.exchange.customer_workbook import read_workbook, workbook_bytes
from csdesk.exchange.mail_draft import Attachment, mail_draft_bytes
from csdesk.model.vocabulary import DocumentKind
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import CustomerPlan
from tests.report.torture_plan import QUICK, bare_plan, torture_plan


def with_ids(view: CustomerPlan) -> CustomerPlan:
    """Give the items what every stored one has."""
    actions = tuple(replace(row, id=f"t{number}") for number, row in enumerate(view.actions))
    goals = tuple(
        replace(
            goal,
            measures=tuple(
                replace(measure, id=f"s{number}-{index}", kpi=replace(measure.kpi, id="k"))
                for index, measure in enumerate(goal.measures)
            ),
        )
        for number, goal in enumerate(view.goals)
    )
    return replace(view, plan_id="p", account_id="a", actions=actions, goals=goals)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("view", [torture_plan(QUICK), bare_plan()], ids=["torture", "bare"])
def test_the_files_come_out_and_can_be_read(
    view: CustomerPlan, language: str, tmp_path: Path
) -> None:
    document = CustomerDocument(DocumentKind.CUSTOMER, language, with_ids(view))
    data = workbook_bytes(document)
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets
    path = tmp_path / "torture.xlsx"
    path.write_bytes(data)
    returned = read_workbook(path)
    assert returned.sent is not None
    assert {action.id for action in returned.actions} <= {one.id for one in returned.sent.actions}
    calendar = calendar_bytes(document)
    assert icalendar.Calendar.from_ical(calendar).walk("VCALENDAR")
    message = email.message_from_bytes(
        mail_draft_bytes(document, b"%PDF-", "a.pdf", calendar=Attachment("c.ics", calendar)),
        policy=email.policy.default,
    )
    assert message["Subject"]
    assert len(list(message.iter_attachments())) == 2
