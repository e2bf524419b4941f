"""Lets two people work apart on a sample, so that the review page has something to show.

A colleague gets a copy of the file on another computer; both change the same things; then that
file lies beside the team file, as a sync service leaves it. What follows is real: the program
merges it when it next looks.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.editing import today
from csdesk.actions.rows import change_row, delete_row
from csdesk.model.records import Contact, Touchpoint
from csdesk.queries.outline import OutlineItem, plan_outline
from csdesk.queries.portfolio import portfolio_rows
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace


@dataclass(frozen=True)
class Words:
    """What the two write, in one language."""

    colleague: str
    mine: str
    theirs: str
    computer: str
    title: str
    copy: str
    other_copy: str


WORDS = {
    "en": Words(
        colleague="Tom Baker",
        mine=" Usage is up since the October release.",
        theirs=" Pricing is not the issue.",
        computer="Baker-PC · 5d1c0e77",
        title="Head of Operations",
        copy="{name} (Tom Baker's conflicted copy {day}).csdesk",
        other_copy="{name}-DESKTOP-8K2.csdesk",
    ),
    "ja": Words(
        colleague="田中 剛",
        mine="10月のリリース後、利用が増えている。",
        theirs="価格は問題ではないとのこと。",
        computer="Tanaka-PC · 5d1c0e77",
        title="業務推進部長",
        copy="{name} (田中 剛's conflicted copy {day}).csdesk",
        other_copy="{name}-DESKTOP-8K2.csdesk",
    ),
}


@dataclass(frozen=True)
class Disputed:
    """What both change."""

    milestone: str
    due_on: dt.date
    touchpoint: str
    summary: str
    contact: str


def part(sample: Path, home: Home, author: str, folder: Path, language: str) -> None:
    """Let a colleague and the owner of `sample` work apart; the other file comes back beside it.

    `folder` becomes the colleague's computer.
    """
    words = WORDS[language]
    with Workspace.open(sample, home=home, author=author) as mine:
        disputed = mine.read(_disputed)
        mine.team.share()
        folder.mkdir()
        theirs = folder / sample.name
        shutil.copyfile(sample, theirs)
        computer = Home.at(folder / "home")
        computer.config.mkdir(parents=True)
        computer.settings_file.write_text(f'device = "{words.computer}"\n', encoding="utf-8")
        with Workspace.open(theirs, home=computer, author=words.colleague) as other:
            _edit(other, disputed, days=10, text=words.theirs)
            other.write("Delete", delete_row, "contact", disputed.contact)
        mine.write("Edit", change_row, "contact", disputed.contact, {"title": words.title})
        _edit(mine, disputed, days=16, text=words.mine)
        mine.publish()
    day = today() - dt.timedelta(days=1)
    for name in (words.copy, words.other_copy):
        shutil.copyfile(theirs, sample.with_name(name.format(name=sample.stem, day=day)))


def _edit(workspace: Workspace, disputed: Disputed, *, days: int, text: str) -> None:
    said = {"summary": disputed.summary + text}
    workspace.write("Write", change_row, "touchpoint", disputed.touchpoint, said)
    later = disputed.due_on + dt.timedelta(days=days)
    workspace.write("Move", change_row, "milestone", disputed.milestone, {"due_on": later})


def _disputed(session: Session) -> Disputed:
    rows = portfolio_rows(session, today=today())
    account = max(rows, key=lambda row: (row.plan_status == "active", row.arr or 0))
    plan = plan_outline(session, account.plan_id or "", today=today())
    assert plan is not None
    milestone = next(
        item
        for item in _walk(plan.items)
        if item.ref.kind == "milestone" and item.due_on is not None and item.due_on >= today()
    )
    assert milestone.due_on is not None
    touchpoint = session.scalars(
        select(Touchpoint)
        .where(Touchpoint.account_id == account.id, Touchpoint.summary.is_not(None))
        .order_by(Touchpoint.held_at.desc())
    ).first()
    assert touchpoint is not None
    contact = session.scalars(
        select(Contact.id).where(Contact.account_id == account.id).order_by(Contact.name)
    ).first()
    assert contact is not None
    return Disputed(
        milestone.ref.id, milestone.due_on, touchpoint.id, touchpoint.summary or "", contact
    )


def _walk(items: tuple[OutlineItem, ...]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _walk(item.children)
