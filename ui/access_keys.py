"""The letters underlined in menus: each entry of a menu gets one of its own."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence

_MARK = re.compile(r"&&|\(&(.)\)|&(.)", re.DOTALL)
_DOTS = "…"


def plain_text(text: str) -> str:
    """Return a menu's text as one reads it: without its marked letter and the dots at its end."""
    return _unmarked(text).replace("&&", "&").rstrip(_DOTS)


def with_access_keys(texts: Sequence[str]) -> list[str]:
    """Return the texts of one menu, each with a marked letter no other has.

    A letter that is marked already stays where it is free, the first come first. Else a letter
    of the text is taken, at best the first of a word; a text without Latin letters gets one in
    brackets behind it, as is the custom in Japan. Where no letter is left, none is marked.
    """
    taken: set[str] = set()
    given: list[str] = []
    for text in texts:
        key = _marked(text)
        given.append("" if key in taken else key)
        taken.add(key)
    result = []
    for text, key in zip(texts, given, strict=True):
        if key:
            result.append(text)
            continue
        bare = _unmarked(text)
        at = next((at for at in _places(bare) if bare[at].lower() not in taken), None)
        if at is not None:
            taken.add(bare[at].lower())
            result.append(f"{bare[:at]}&{bare[at:]}")
        else:
            result.append(_in_brackets(bare, taken))
    return result


def _in_brackets(text: str, taken: set[str]) -> str:
    """Add a letter behind a text; none where Latin letters of its own are all taken."""
    free = next((key for key in string.ascii_lowercase if key not in taken), "")
    if not free or not _is_asian(text):
        return text
    taken.add(free)
    words = text.rstrip(_DOTS)
    return f"{words}(&{free.upper()}){text[len(words) :]}"


def _is_asian(text: str) -> bool:
    return any(char >= "\u2e80" for char in text)


def _marked(text: str) -> str:
    """Return the letter marked in a text, in lower case; empty where none is."""
    for found in _MARK.finditer(text):
        if found[0] != "&&":
            return str(found[1] or found[2]).lower()
    return ""


def _unmarked(text: str) -> str:
    return _MARK.sub(lambda found: "&&" if found[0] == "&&" else found[2] or "", text)


def _places(text: str) -> Iterable[int]:
    """Return where letters stand that could be marked: first those that begin a word."""
    letters = [
        at
        for at, char in enumerate(text)
        if char.isascii() and char.isalnum() and text[at - 1 : at] + text[at + 1 : at + 2] != "()"
    ]  # a letter alone in brackets would be read as an addition
    if _is_asian(text):
        return []  # a Latin name amid Japanese is no word of the menu
    starts = [at for at in letters if at == 0 or not text[at - 1].isalnum()]
    return starts + [at for at in letters if at not in starts]
