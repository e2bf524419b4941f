"""The table of accounts as it goes out comes back by itself, in either language."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from csdesk.actions.accounts import edit_account, tag_account
from csdesk.actions.churn import churn_account
from csdesk.exchange.import_report import Outcome
from csdesk.exchange.importer import open_source, plan_import
from csdesk.exchange.shown_table import export_shown
from csdesk.i18n import use_language
from csdesk.model.vocabulary import ChurnReason
from csdesk.queries.portfolio import portfolio_rows
from ui.desk import Desk
from ui.pages.accounts.shown import shown_accounts
from ui.pages.accounts.table import account_columns

FIELDS = {
    *("name", "name_en", "external_id", "status", "touch_model", "phase", "segment", "industry"),
    *("region", "employees", "tags", "owner"),
}


def test_every_column_of_a_field_maps_itself_and_changes_nothing(
    desk: Desk, filled: list[str], today: dt.date, tmp_path: Path
) -> None:
    desk.write("Name", edit_account, filled[0], name="=1+1", name_en="@home", external_id="X1")
    desk.write("Tag", tag_account, filled[1], "key")
    desk.write("Churn", churn_account, filled[2], today, ChurnReason.ADOPTION)
    rows = desk.read(portfolio_rows, today=today)
    for language in ("ja", "en"):
        use_language(language)
        for suffix in ("xlsx", "csv"):
            path = tmp_path / f"{language}.{suffix}"
            export_shown(shown_accounts(account_columns(today), rows, today), path)
            source = open_source(path)
            report = desk.read(plan_import, [source])

            assert set(source.binding.columns) == FIELDS
            assert report.counts[Outcome.UNCHANGED] == len(filled), report.refused()
