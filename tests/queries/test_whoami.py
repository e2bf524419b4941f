"""Which team member sits at this computer."""

from __future__ import annotations

from csdesk.actions.editing import delete
from csdesk.actions.people import add_member
from csdesk.queries.whoami import own_member
from csdesk.workspace.workspace import Workspace


def test_the_one_chosen_sits_here_whatever_the_author_is_called(workspace: Workspace) -> None:
    sato = workspace.write("Sato", add_member, "Sato").result
    workspace.write("Suzuki", add_member, "Suzuki")
    assert workspace.read(own_member, sato, "Suzuki") == sato


def test_without_a_choice_it_is_the_one_called_like_the_author(workspace: Workspace) -> None:
    sato = workspace.write("Sato", add_member, "Sato").result
    assert workspace.read(own_member, "", "Sato") == sato
    assert workspace.read(own_member, "", "Tanaka") is None


def test_two_of_one_name_are_not_guessed_between(workspace: Workspace) -> None:
    for _round in range(2):
        workspace.write("Sato", add_member, "Sato")
    assert workspace.read(own_member, "", "Sato") is None


def test_who_was_deleted_sits_here_no_more(workspace: Workspace) -> None:
    sato = workspace.write("Sato", add_member, "Sato").result
    suzuki = workspace.write("Suzuki", add_member, "Suzuki").result
    workspace.write("Delete", delete, "member", [sato])
    assert workspace.read(own_member, sato, "Suzuki") == suzuki
