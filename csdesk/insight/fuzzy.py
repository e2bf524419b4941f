"""How well a name fits what somebody typed, and which of its letters to mark.

Better fits come first: the beginning of a name, then of a word in it, initials, anywhere in it,
and last its letters in order with others between them. Japanese fits by its sound too, typed in
kana or in Latin letters (`kana_sounds`).
"""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from csdesk.insight.kana_sounds import asked_sounds, has_kana, sounds

Fold = Callable[[str], str]
"""Makes alike what a reader takes for the same; may change lengths, never across characters."""

FEWEST_LETTERS = 3
"""Scattered letters say nothing where fewer are typed."""


class Fit(enum.IntEnum):
    """How a name fits, the better the smaller; the steps between leave room for other reasons."""

    EXACT = 0
    BEGINNING = 10
    SOUND_BEGINNING = 14
    WORD = 20
    INITIALS = 30
    INSIDE = 40
    SOUND_INSIDE = 50
    LETTERS = 60


@dataclass(frozen=True, slots=True)
class Match:
    """How a text fits, and the places in it (counted from 0) of the letters to mark."""

    fit: Fit
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text made ready for comparing: folded, with where each folded character comes from."""

    text: str
    folded: str
    origins: tuple[int, ...]
    starts: tuple[int, ...]
    """Where words begin in `folded`."""
    spoken: str
    """How it sounds; empty where it has no kana."""

    @classmethod
    def of(cls, text: str, fold: Fold) -> Spelled:
        """Fold a text character by character."""
        folded = fold(text)
        if len(folded) == len(text):
            origins = tuple(range(len(text)))
        else:
            folded, origins = _by_character(text, fold)
        spoken = sounds(folded) if has_kana(folded) else ""
        return cls(text, folded, origins, _word_starts(text, origins), spoken)

    def marked(self, first: int, length: int) -> tuple[int, ...]:
        """Return the places in the text of a run of folded characters."""
        places: list[int] = []
        for origin in dict.fromkeys(self.origins[first : first + length]):
            places.append(origin)
            while origin + 1 < len(self.text) and _is_mark(self.text[origin + 1]):
                origin += 1
                places.append(origin)
        return tuple(dict.fromkeys(places))


def match(asked: str, text: str, fold: Fold = str.casefold) -> Match | None:
    """Fit a text to one word, or a phrase, that was typed; None where it does not fit."""
    wanted = fold(asked)
    return fitted(wanted, Spelled.of(text, fold)) if wanted else None


def fitted(wanted: str, name: Spelled) -> Match | None:
    """Fit a text that was made ready to what was typed, folded and not empty."""
    fit = fit_of(wanted, name)
    return Match(fit, _places(fit, wanted, name)) if fit is not None else None


def fit_of(wanted: str, name: Spelled) -> Fit | None:
    """Tell how a text fits, without the letters to mark, which take longer to find."""
    at = name.folded.find(wanted)
    if at == 0:
        return Fit.EXACT if len(name.folded) == len(wanted) else Fit.BEGINNING
    if at > 0 and any(name.folded.startswith(wanted, start) for start in name.starts):
        return Fit.WORD
    if len(wanted) > 1 and _initials(name).startswith(wanted):
        return Fit.INITIALS
    if at > 0:
        return Fit.INSIDE
    if name.spoken and (asked := _heard(wanted, name)):
        return Fit.SOUND_BEGINNING if name.spoken.startswith(asked) else Fit.SOUND_INSIDE
    return Fit.LETTERS if _scattered(wanted, name) else None


def _places(fit: Fit, wanted: str, name: Spelled) -> tuple[int, ...]:
    """Find the letters to mark in a text that fits."""
    if fit is Fit.WORD:
        start = next(at for at in name.starts if name.folded.startswith(wanted, at))
        return name.marked(start, len(wanted))
    if fit is Fit.INITIALS:
        return tuple(name.origins[at] for at in name.starts[: len(wanted)])
    if fit in (Fit.SOUND_BEGINNING, Fit.SOUND_INSIDE):
        return _spoken_places(_heard(wanted, name), name)
    if fit is Fit.LETTERS:
        return tuple(dict.fromkeys(name.origins[at] for at in _scattered(wanted, name)))
    return name.marked(name.folded.find(wanted), len(wanted))


def _initials(name: Spelled) -> str:
    return "".join(name.folded[at] for at in name.starts)


def _heard(wanted: str, name: Spelled) -> str:
    """Return the spelling of what was typed that occurs in the sound; empty where none does."""
    return next((asked for asked in asked_sounds(wanted) if asked in name.spoken), "")


def _spoken_places(asked: str, name: Spelled) -> tuple[int, ...]:
    """Find the shortest run of characters whose sound begins with what was asked."""
    folded = name.folded
    for first in range(len(folded)):
        if sounds(folded[first:]).startswith(asked):
            for last in range(first + 1, len(folded) + 1):
                if sounds(folded[first:last]).startswith(asked):
                    return name.marked(first, last - first)
    return ()  # it begins within a character, as in the y of しゃ


def _scattered(wanted: str, name: Spelled) -> list[int]:
    """Find letters that come in order, however far apart; the first must begin a word."""
    if len(wanted) < FEWEST_LETTERS:
        return []
    for start in name.starts:
        places: list[int] = []
        at = start
        for letter in wanted:
            at = name.folded.find(letter, at if not places else at + 1)
            if at < 0 or (not places and at != start):
                break
            places.append(at)
        if len(places) == len(wanted):
            return places
    return []


def _by_character(text: str, fold: Fold) -> tuple[str, tuple[int, ...]]:
    """Fold each character with the marks that belong to it, and note where each comes from."""
    parts: list[str] = []
    origins: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _is_mark(text[end]):
            end += 1
        part = fold(text[at:end])
        parts.append(part)
        origins += [at] * len(part)
        at = end
    return "".join(parts), tuple(origins)


def _is_mark(char: str) -> bool:
    return char in "\u3099\u309a\uff9e\uff9f" or bool(unicodedata.combining(char))


def _word_starts(text: str, origins: tuple[int, ...]) -> tuple[int, ...]:
    """Find where words begin: after what is no letter, and where the script changes."""
    starts, before, last = [], "", -1
    for place, origin in enumerate(origins):
        if origin == last:
            continue
        kind = _script(text[origin])
        if kind not in ("", before):
            starts.append(place)
        before, last = kind, origin
    return tuple(starts)


def _script(char: str) -> str:
    """Tell letters of one kind from those of another; empty for what is no letter."""
    if char.isascii():
        return "latin" if char.isalpha() else "digit" if char.isdigit() else ""
    if "\u3041" <= char <= "\u309f":
        return "hiragana"
    if "\u30a1" <= char <= "\u30ff" or "\uff66" <= char <= "\uff9f":
        return "katakana"
    if "\u3400" <= char <= "\u9fff" or char == "々" or char >= "\U00020000":
        return "kanji"
    return "latin" if char.isalnum() or _is_mark(char) else ""
