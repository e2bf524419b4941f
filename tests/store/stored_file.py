"""Writes the stored file of the present format: `python -m tests.store.stored_file`.

Run it once, when a format is released; the file then stays as it is for good, and
test_migrations.py opens it with every later version.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from csdesk.model.identity import kpi_value_id
from csdesk.model.records import Account, Goal, Kpi, KpiValue, Member, Milestone, Plan
from csdesk.settings import Home
from csdesk.store.schema import FORMAT
from csdesk.workspace.workspace import Workspace
from tests.store.desk import SetClock, add, mark_deleted, set_fields

FORMATS = Path(__file__).parents[1] / "files" / "formats"


def fill(session: Session) -> tuple[str, str]:
    """Add two accounts, one with a plan and a year of values; return their ids."""
    member = add(session, Member(name="佐藤 愛子"))
    first = add(session, Account(name="東京精密株式会社", owner_id=member))
    second = add(session, Account(name="髙島屋", name_kana="タカシマヤ"))
    kpi = add(session, Kpi(name="売上", unit="円"))
    plan = add(session, Plan(account_id=first, title="導入計画"))
    goal = add(session, Goal(plan_id=plan, title="検査時間の短縮", position="a0"))
    add(session, Milestone(goal_id=goal, title="稟議完了", due_on=dt.date(2027, 3, 31)))
    for month in range(1, 13):
        period = dt.date(2025, month, 1)
        row_id = kpi_value_id(first, kpi, period)
        value = Decimal("1234.5") * month
        session.add(KpiValue(id=row_id, account_id=first, kpi_id=kpi, period=period, value=value))
    return first, second


def main() -> None:
    """Write the file; refuse to write over one that is there."""
    path = FORMATS / f"format-{FORMAT // 1000}.{FORMAT % 1000}.csdesk"
    with (
        tempfile.TemporaryDirectory() as home,
        Workspace.create(path, home=Home.at(Path(home)), author="佐藤", clock=SetClock()) as desk,
    ):
        first, second = desk.write("顧客を追加", fill).result
        desk.write("地域を編集", set_fields, Account, first, region="東京")
        desk.undo()
        desk.redo()
        desk.write("顧客を削除", mark_deleted, Account, second)


if __name__ == "__main__":
    main()
