"""Public texts that resemble what we wrote for ourselves: a note copied into the wrong field.

Notes are compared by their letters and digits alone. A public text resembles any note of the
account where both share a long run of letters, and its own item's note also where one of them
holds most of the other. A note that merely quotes a title is pointed out and stops nothing:
nothing of the note is in the title but the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.model.base import columns_of, entity_records
from csdesk.model.ownership import account_sql
from csdesk.queries.leak_guard_folding import fold, origin
from csdesk.queries.leak_guard_matches import FindingKind, Gravity, Match
from csdesk.queries.leak_guard_places import ShownText

_NOTES = frozenset(
    {
        *("internal_note", "private_note", "reaction", "reason", "mitigation", "note", "comment"),
        *("csm_view_reason", "org_notes", "competitors", "evidence", "sub_reason"),
    }
)
"""Internal fields that hold prose somebody may copy."""

LONG_RUN = 24
"""How much two texts have to share to be no chance: 24 letters, or 12 characters of Japanese."""

_FIRST_CJK = "\u2e80"
_SHORTEST = 8
"""A note or text below this much says too little to be compared with its own item's."""

_PIECE = 3
_MOST_OF_IT = 0.7
_BRIEF = 20
"""Below so many pieces of three letters, sharing most of them may be chance."""

_NAMED_ONLY = frozenset({"account", "workspace_setting", "contact", "member", "kpi"})
"""Entities whose texts are names, addresses and units."""

_NO_LETTER = re.compile(r"[^\w]|_")


@dataclass(frozen=True, slots=True)
class _Note:
    entity: str
    id: str
    letters: str


def note_matches(
    session: Session, places: Sequence[ShownText], *, account_id: str
) -> Iterator[Match]:
    """Yield each text that resembles a note, with the part both share or all of the text.

    Names, addresses and units are no such texts: notes name people and companies all the time. A
    text that shares just the name or title of something else in the document is no copy either.
    """
    notes = [
        note
        for entity, row_id, note_text in _internal_notes(session, account_id)
        if _weight((note := _Note(entity, row_id, letters_of(note_text))).letters[:_SHORTEST])
        >= _SHORTEST
    ]
    known = {run: (note, at) for note in notes for at, run in _runs(note.letters)}
    own: dict[tuple[str, str], list[_Note]] = {}
    for note in notes:
        own.setdefault((note.entity, note.id), []).append(note)
    names = [letters_of(place.text) if _is_name(place) else "" for place in places]
    for index, place in enumerate(places):
        if place.entity in _NAMED_ONLY:
            continue
        letters = letters_of(place.text)
        match = _long_run(index, place, letters, known, names)
        for note in own.get((place.entity, place.id), ()):
            match = match or _own_note(index, place, letters, note)
        if match is not None:
            yield match


def _is_name(place: ShownText) -> bool:
    return place.entity in _NAMED_ONLY or place.field in ("title", "goal_id")


def letters_of(said: str) -> str:
    """Return the letters and digits of a text, folded."""
    return _NO_LETTER.sub("", fold(said))


def _internal_notes(session: Session, account_id: str) -> Iterator[tuple[str, str, str]]:
    """Yield entity, id and text of every living internal note of an account."""
    for entity in entity_records():
        owners = account_sql(entity)
        fields = [
            column.name
            for column in columns_of(entity)
            if column.name in _NOTES and not column.info.get("customer")
        ]
        if owners is None or not fields:
            continue
        said = " OR ".join(f"t.\"{field}\" <> ''" for field in fields)
        columns = ", ".join(f't."{field}"' for field in fields)
        whose = f"t.id IN (SELECT id FROM ({owners}) WHERE account_id = :account)"
        if entity_records()[entity].key_fields[:1] == ("account_id",):
            # Ids that begin with the account's: without their help all values would be read.
            whose = "t.id >= :account || ':' AND t.id < :account || ';'"
        rows = session.execute(
            text(
                f'SELECT t.id, {columns} FROM main."{entity}" t'
                f" WHERE {whose} AND t.deleted_at IS NULL AND ({said})"
            ),
            {"account": account_id},
        )
        yield from ((entity, row[0], note) for row in rows for note in row[1:] if note)


def _weight(letters: str) -> int:
    """Tell how much letters say: a Japanese character says as much as two Latin letters."""
    return sum(2 if char >= _FIRST_CJK else 1 for char in letters)


def _runs(letters: str) -> Iterator[tuple[int, str]]:
    """Yield from each place the shortest run of letters that is long enough to be no chance."""
    end = weight = 0
    for start, first in enumerate(letters):
        while weight < LONG_RUN:
            if end == len(letters):
                return
            weight += 2 if letters[end] >= _FIRST_CJK else 1
            end += 1
        yield start, letters[start:end]
        weight -= 2 if first >= _FIRST_CJK else 1


def _long_run(
    index: int,
    place: ShownText,
    letters: str,
    known: Mapping[str, tuple[_Note, int]],
    names: Sequence[str],
) -> Match | None:
    """Find the first run of letters long enough that a text shares with a note."""
    passed = 0
    for at, run in _runs(letters):
        if at < passed or run not in known:
            continue
        note, there = known[run]
        end = at + len(run)
        while letters[end : end + 1] == note.letters[there + end - at : there + end - at + 1] != "":
            end += 1
        if _says_more(letters[at:end], [*names[:index], *names[index + 1 :]]):
            return _match(index, place, letters, (at, end), note)
        passed = end
    return None


def _says_more(run: str, names: Sequence[str]) -> bool:
    """Tell whether a shared run holds more than names and titles that are in the document."""
    if any(run in name for name in names):
        return False
    rest = run
    for name in names:
        if _weight(name[:_SHORTEST]) >= _SHORTEST:
            rest = rest.replace(name, "")
    return rest == run or _weight(rest) >= LONG_RUN // 2


def _own_note(index: int, place: ShownText, letters: str, note: _Note) -> Match | None:
    """Compare a text with the note of its own item, both ways."""
    if _weight(letters) < _SHORTEST:
        return None
    for short, long in ((note.letters, letters), (letters, note.letters)):
        if short in long:
            at = letters.find(note.letters) if note.letters in letters else 0
            span = (at, at + len(note.letters)) if note.letters in letters else (0, len(letters))
            return _match(index, place, letters, span, note)
    mine, theirs = _pieces(letters), _pieces(note.letters)
    fewer = min(len(mine), len(theirs))
    if fewer >= _BRIEF and len(mine & theirs) >= _MOST_OF_IT * fewer:
        return _match(index, place, letters, (0, len(letters)), note)
    return None


def _pieces(letters: str) -> set[str]:
    return {letters[at : at + _PIECE] for at in range(len(letters) - _PIECE + 1)}


def _match(index: int, place: ShownText, letters: str, span: tuple[int, int], note: _Note) -> Match:
    """Make the match; it holds words of the public text only."""
    only_quoted = place.field == "title" and letters != note.letters
    is_notice = only_quoted and letters in note.letters
    start, end = _span_in_text(place.text, *span)
    return Match(
        index,
        FindingKind.LIKE_INTERNAL_NOTE,
        Gravity.NOTICE if is_notice else Gravity.SERIOUS,
        " ".join(place.text[start:end].split()),
        start,
        end,
        source_entity=note.entity,
        source_id=note.id,
    )


def _span_in_text(said: str, start: int, end: int) -> tuple[int, int]:
    """Tell where letters of a text stand in it."""
    folded = fold(said)
    places = [at for at, char in enumerate(folded) if not _NO_LETTER.match(char)]
    return origin(said, places[start], places[end - 1] + 1)
