"""CSDesk as it may be one format later: it knows the mood of an account, and robots.

`python -m tests.workspace.newer_version DOCUMENT HOME SCRIPT` runs lines such as `mood North sunny`
on the document and prints what it shows, as JSON. The model is changed before anything of the
program that reads it is imported, as it would be in a real newer version.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from csdesk.model import records as _records
from csdesk.model.accounts import Account
from csdesk.model.base import Record, text
from csdesk.store import schema

NEWER = schema.FORMAT + 1


class Robot(Record):
    """A thing that today's version has never heard of."""

    __tablename__ = "robot"

    title: Mapped[str] = text("Title")
    serves_id: Mapped[str | None] = text("Serves")


def become_newer() -> None:
    """Add the field and the format; Robot is declared already."""
    Account.mood = mapped_column(Text, nullable=True, info={"label": "Mood"})  # type: ignore[attr-defined]
    schema.FORMAT = NEWER
    from csdesk.store import migrations

    migrations.MIGRATIONS = (
        *migrations.MIGRATIONS,
        migrations.Migration(
            NEWER,
            "moods and robots",
            (
                "ALTER TABLE account ADD COLUMN mood TEXT",
                "CREATE TABLE robot ( id TEXT NOT NULL, deleted_at VARCHAR, title TEXT,"
                " serves_id TEXT, PRIMARY KEY (id) )",
            ),
        ),
    )
    migrations.FORMAT = NEWER
    migrations.migrate.__defaults__ = (migrations.MIGRATIONS, NEWER)


def account_named(session: Session, name: str) -> Account:
    return session.scalars(select(Account).where(Account.name == name)).one()


def set_mood(session: Session, name: str, mood: str) -> None:
    account_named(session, name).mood = mood  # type: ignore[attr-defined]


def add_robot(session: Session, title: str, name: str) -> None:
    session.add(Robot(title=title, serves_id=account_named(session, name).id))


def add_account(session: Session, name: str) -> None:
    session.add(Account(name=name))


def shown(session: Session) -> dict[str, Any]:
    accounts = session.scalars(select(Account).where(Account.deleted_at.is_(None)))
    robots = session.scalars(select(Robot).where(Robot.deleted_at.is_(None)))
    return {
        "moods": {str(row.name): row.mood for row in accounts},  # type: ignore[attr-defined]
        "robots": sorted(row.title for row in robots),
    }


def main(document: str, home: str, script: str) -> None:
    """Open the document, or make it where it is not there, and do what each line says."""
    become_newer()
    from csdesk.settings import Home
    from csdesk.workspace.workspace import Workspace
    from tests.store.laws import broken_laws

    assert _records is not None
    verbs = {"mood": set_mood, "robot": add_robot, "account": add_account}
    path, place = Path(document), Home.at(Path(home))
    opening = Workspace.open if path.exists() else Workspace.create
    with opening(path, home=place, author="Newer") as workspace:
        for line in filter(None, script.split("\n")):
            verb, *words = line.split()
            if verb == "share":
                workspace.team.share()
            elif verb == "sync":
                workspace.team.sync()
            elif verb == "undo":
                workspace.undo()
            else:
                workspace.write(verb, verbs[verb], *words)
        found = workspace.read(shown)
        found["broken"] = broken_laws(workspace.replica.database)
        print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
