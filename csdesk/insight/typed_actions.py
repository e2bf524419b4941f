"""Reads next actions as one notes them down in a meeting: one a line, @owner and a date at its end.

A line is prose, so that a date is only taken where nobody could mean anything else: “Run 2
demos” and “Ask about satisfaction” have none, though a field for dates would find one in them.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from csdesk.errors import UserError
from csdesk.insight.typed_dates import typed_date
from csdesk.model.vocabulary import Side

MOST_WORDS = 5
"""The words of the longest date: end of next month."""

_BULLET = re.compile(r"^(?:\s*(?:[-*•・●○‣–—□■☐☑✓→➤]+|\[[ xX]?\]|\d{1,3}[.)．）](?!\d)))+\s*")
_AT = re.compile(r"[@＠]")
_HONORIFIC = re.compile(r"(?:さん|様|さま|氏)")
_BY = frozenset({"by", "until", "due", "on"})
_UNTIL = re.compile(r"(?:までに|まで|迄に|迄|〆切|〆)$")
_DAY_WORDS = (
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday"
    " sun sunday"
)
_MONTH_WORDS = (
    "jan january feb february mar march apr april may jun june jul july aug august sep sept"
    " september oct october nov november dec december"
)
_DATE_WORDS = frozenset(
    (
        f"{_DAY_WORDS} {_MONTH_WORDS} today tomorrow the after next this week month end of eom in"
        " d day days w wk wks week weeks m month months y year years st nd rd th"
    ).split()
)
_COUNTED = frozenset(
    ("a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
)
"""Words that are part of a date behind "in" alone: a test of two weeks is none."""

_ASIDE = re.compile(r"\s*[(（](?P<said>[^()（）]{1,60})[)）]$")
_ASIDE_BREAKS = re.compile(r"[\s、,，;；]+")
_LETTERS = re.compile(r"[a-z]+")
_UNCLEAR = re.compile(r"\d{1,2}[.-]\d{1,2}|\d+|\d+\s*[a-z]+|[日月火水木金土]")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of either side; `id` is None for one who is not known yet."""

    side: Side
    id: str | None
    name: str
    kana: str = ""


@dataclass(frozen=True, slots=True)
class TypedAction:
    """One next action: what to do, who does it and by when."""

    title: str
    owner: Person | None = None
    due_on: dt.date | None = None


def typed_actions(
    text: str, today: dt.date, people: Sequence[Person], fold: Callable[[str], str] = str.casefold
) -> list[TypedAction]:
    """Read the actions of a text, one from each line that says anything.

    `people` are those an @ may mean, by the whole name or by the beginning of any of its words;
    where several are meant, or nobody, the words stay in the title. `fold` makes names alike
    that a reader takes for the same.
    """
    return [
        action
        for line in text.splitlines()
        if (action := _typed_action(line, today, people, fold)) is not None
    ]


def _typed_action(
    line: str, today: dt.date, people: Sequence[Person], fold: Callable[[str], str]
) -> TypedAction | None:
    said = unicodedata.normalize("NFC", _BULLET.sub("", line)).replace("\u3000", " ").strip()
    if not said:
        return None
    aside = _read_aside(said, today, people, fold)
    if aside is not None:
        return aside
    rest, owner = _without_owner(said, people, fold)
    title, due_on = _without_date(rest, today)
    # A line of nothing but a name or a date is still something to do.
    if not title:
        title, due_on = rest, None
    return TypedAction(title or said, owner, due_on)


def _read_aside(
    line: str, today: dt.date, people: Sequence[Person], fold: Callable[[str], str]
) -> TypedAction | None:
    """Read a line that ends in (山田、12/10まで) or (Tom); None for any other."""
    found = _ASIDE.search(line)
    if found is None or not found.start():
        return None
    words = [word for word in _ASIDE_BREAKS.split(found["said"]) if word]
    for cut in range(len(words)):
        for name, day in ((words[cut:], words[:cut]), (words[: cut + 1], words[cut + 1 :])):
            person = _person_named(" ".join(name), people, fold)
            due_on = _date(" ".join(day[day[0].casefold() in _BY :]), today) if day else None
            if person is not None and (due_on is not None) is bool(day):
                return TypedAction(line[: found.start()], person, due_on)
    return None


def _person_named(text: str, people: Sequence[Person], fold: Callable[[str], str]) -> Person | None:
    """Return the one person of whose name a text is the whole, or one of its words."""
    typed = fold(_HONORIFIC.sub("", text).lstrip("@＠"))
    named = {
        person
        for person in people
        for part in (person.name, person.name.replace(" ", ""), *_words_of(person))
        if typed and fold(part) == typed
    }
    return named.pop() if len(named) == 1 else None


def _words_of(person: Person) -> list[str]:
    return [*person.name.split(), *person.kana.split()]


def _without_owner(
    line: str, people: Sequence[Person], fold: Callable[[str], str]
) -> tuple[str, Person | None]:
    """Take the last @ that means somebody out of a line."""
    for mark in reversed(list(_AT.finditer(line))):
        before, after = line[: mark.start()], line[mark.end() :]
        if before and before[-1].isascii() and before[-1].isalnum():
            continue  # an address for mail
        found = _meant(after, people, fold)
        if found is not None:
            person, length = found
            left = after[length:]
            if honorific := _HONORIFIC.match(left):
                left = left[honorific.end() :]
            return " ".join(f"{before} {left}".split()), person
    return line, None


def _meant(
    text: str, people: Sequence[Person], fold: Callable[[str], str]
) -> tuple[Person, int] | None:
    """Tell who is meant by the words at the start of a text, and how many letters name them."""
    whole = [
        (person, len(name))
        for person in people
        for name in {person.name, person.name.replace(" ", "")} - {""}
        if fold(text[: len(name)]) == fold(name)
    ]
    if whole:
        longest = max(length for _person, length in whole)
        named = {person for person, length in whole if length == longest}
        return (named.pop(), longest) if len(named) == 1 else None
    word = re.match(r"[^\s、，,]+", text)
    if word is None:
        return None
    typed = _HONORIFIC.sub("", word[0])
    begun = {
        person
        for person in people
        for part in (*person.name.split(), *person.kana.split(), person.name)
        if typed and fold(part).startswith(fold(typed))
    }
    return (begun.pop(), len(typed)) if len(begun) == 1 else None


def _without_date(line: str, today: dt.date) -> tuple[str, dt.date | None]:
    """Take a date off the end of a line."""
    words = line.split()
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        at = len(words) - count
        day = _date(" ".join(words[at:]), today)
        if day is not None:
            before = words[:at]
            if before and before[-1].casefold() in _BY:
                before = before[:-1]
            title = " ".join(before).rstrip(" 、,，:：(（")
            if any(title.count(one) > title.count(other) for one, other in ("()", "（）")):
                break  # of what stands in brackets this is but a part
            return title, day
    return line, None


def _date(text: str, today: dt.date) -> dt.date | None:
    """Read words that can be nothing but a date."""
    said = unicodedata.normalize("NFKC", text).casefold().strip("() .,、。")
    said = _UNTIL.sub("", said).strip()
    known = _DATE_WORDS | _COUNTED if said.startswith("in ") else _DATE_WORDS
    if not said or _UNCLEAR.fullmatch(said) or not known.issuperset(_LETTERS.findall(said)):
        return None
    try:
        return typed_date(said, today)
    except UserError:
        return None
