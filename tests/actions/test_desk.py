"""Settings that all users of a file share."""

from __future__ import annotations

from sqlalchemy.orm import Session

from csdesk.actions.desk import COMPANY_NAME, set_setting
from csdesk.model.records import WorkspaceSetting
from csdesk.workspace.workspace import Workspace


def setting(workspace: Workspace, key: str) -> str | None:
    """Return a setting's value; None where it was never set or is cleared."""

    def found(session: Session) -> str | None:
        row = session.get(WorkspaceSetting, key)
        return None if row is None or row.deleted_at is not None else row.value

    return workspace.read(found)


def test_the_name_of_our_company_is_set_changed_and_cleared(workspace: Workspace) -> None:
    assert setting(workspace, COMPANY_NAME) is None
    for value in ("株式会社アクメ", "Acme, Inc.", None, "株式会社アクメ", ""):
        workspace.write("Company", set_setting, COMPANY_NAME, value)
        assert setting(workspace, COMPANY_NAME) == (value or None)


def test_clearing_what_was_never_set_writes_nothing(workspace: Workspace) -> None:
    assert workspace.write("Company", set_setting, COMPANY_NAME, None).change is None


def test_settings_are_undone_one_by_one(workspace: Workspace) -> None:
    workspace.write("Company", set_setting, COMPANY_NAME, "One")
    workspace.write("Company", set_setting, COMPANY_NAME, "Two")
    workspace.undo()
    assert setting(workspace, COMPANY_NAME) == "One"
    workspace.undo()
    assert setting(workspace, COMPANY_NAME) is None
    workspace.redo()
    assert setting(workspace, COMPANY_NAME) == "One"


def test_a_setting_that_was_undone_can_be_set_again(workspace: Workspace) -> None:
    workspace.write("Company", set_setting, COMPANY_NAME, "One")
    workspace.undo()
    workspace.write("Company", set_setting, COMPANY_NAME, "One")
    assert setting(workspace, COMPANY_NAME) == "One"
