"""Two edits of one long text joined from the text that both began with, for a person to take.

Words and, where a language has no spaces, characters are compared. Parts that one side alone
changed are taken from it. Where both changed the same place, or places so near that the sense of
one hangs on the other, nothing is joined and it is said where: a date half from here and half
from there would be worse than a choice.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Where a part of a joined text comes from."""

    BEFORE = "before"
    NOW = "now"
    OTHER = "other"
    BOTH = "both"
    """Both wrote the same."""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a joined text; one that `is_removed` stood there before and is no more in it."""

    text: str
    origin: Origin
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that both changed: what stood there, what stands there now, and what else could."""

    before: str
    now: str
    other: str


@dataclass(frozen=True, slots=True)
class Join:
    """A joined text in parts; where there are clashes, nothing was joined and there are none."""

    spans: tuple[Span, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether the two edits could be joined."""
        return not self.clashes

    @property
    def text(self) -> str:
        """The joined text; empty where there are clashes."""
        return "".join(span.text for span in self.spans if not span.is_removed)


def join_texts(before: str, now: str, other: str) -> Join:
    """Join two edits of a text; where both add something at one place, `now` comes first."""
    if now == other:
        return Join(tuple(_spans_of_one(before, now, Origin.BOTH)))
    if other == before:
        return Join(tuple(_spans_of_one(before, now, Origin.NOW)))
    if now == before:
        return Join(tuple(_spans_of_one(before, other, Origin.OTHER)))
    tokens, ours, theirs = _tokens_of_all(before, now, other)
    return _joined(
        tokens, _changes(tokens, ours, Origin.NOW), _changes(tokens, theirs, Origin.OTHER)
    )


_CJK = "\u3005-\u3007\u3041-\u309f\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\uff9f"
_FINE = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+|\n|[^\S\n]+|.", re.DOTALL)
_COARSE = re.compile(r".*?(?:[.!?](?=\s)[^\S\n]*|[。！？]|\n|\Z)", re.DOTALL)
_MOST_PAIRS = 1_500_000
_MOST_WORDS = 10_000
"""How many words two texts may have together, and how many pairs of equal ones: more than that
would take seconds to compare."""


def _tokens_of_all(before: str, *edited: str) -> list[list[str]]:
    """Split texts alike: into words and characters, or sentences where those are too many."""
    for pattern in (_FINE, _COARSE):
        tokens = [[part for part in pattern.findall(text) if part] for text in (before, *edited)]
        if all(_is_comparable(tokens[0], other) for other in tokens[1:]):
            return tokens
    return [[text] if text else [] for text in (before, *edited)]


def _is_comparable(tokens: Sequence[str], edited: Sequence[str]) -> bool:
    """Tell whether what two texts do not have in common at their ends is little enough."""
    start, end = _alike(tokens, edited)
    middle, other = tokens[start : len(tokens) - end], edited[start : len(edited) - end]
    if len(middle) + len(other) > _MOST_WORDS:
        return False
    counts = Counter(middle)
    return sum(counts[token] for token in other) <= _MOST_PAIRS


def _alike(tokens: Sequence[str], edited: Sequence[str]) -> tuple[int, int]:
    """Count the tokens that two texts have in common at their beginning and at their end."""
    shorter = min(len(tokens), len(edited))
    start = next((at for at in range(shorter) if tokens[at] != edited[at]), shorter)
    most = shorter - start
    end = next((at for at in range(most) if tokens[-1 - at] != edited[-1 - at]), most)
    return start, end


@dataclass(frozen=True, slots=True)
class _Change:
    """The tokens from `start` to `end` of the text before became `text`."""

    start: int
    end: int
    text: str
    origin: Origin


def _changes(tokens: Sequence[str], edited: Sequence[str], origin: Origin) -> list[_Change]:
    ahead, behind = _alike(tokens, edited)
    middle, new_middle = tokens[ahead : len(tokens) - behind], edited[ahead : len(edited) - behind]
    matcher = difflib.SequenceMatcher(None, middle, new_middle, autojunk=False)
    found: list[_Change] = []
    for tag, left, right, new_left, new_right in matcher.get_opcodes():
        if tag == "equal":
            continue
        start, end = ahead + left, ahead + right
        text = "".join(new_middle[new_left:new_right])
        if found and not _keeps_apart(tokens[found[-1].end : start]):
            # Words that happen to be in both texts between two changes belong to the change.
            between = "".join(tokens[found[-1].end : start])
            last = found.pop()
            found.append(_Change(last.start, end, last.text + between + text, origin))
        else:
            found.append(_Change(start, end, text, origin))
    return found


_APART = 4


def _keeps_apart(tokens: Sequence[str]) -> bool:
    """Tell whether what stands between two changes is enough for each to make sense alone."""
    weight = 0
    for token in tokens:
        if token == "\n" or token.endswith(("\n", "。", "！", "？")):
            return True
        letters = sum(char.isalpha() for char in token)
        weight += _APART if letters >= 2 else letters
    return weight >= _APART


def _joined(tokens: Sequence[str], ours: list[_Change], theirs: list[_Change]) -> Join:
    spans: list[Span] = []
    clashes: list[Clash] = []
    done = 0
    for group in _groups(tokens, ours, theirs):
        start, end = min(c.start for c in group), max(c.end for c in group)
        spans += _span("".join(tokens[done:start]), Origin.BEFORE)
        made = _spans_of_group(tokens, group)
        if made is None:
            clashes.append(_clash(tokens, group, start, end))
        else:
            spans += made
        done = end
    spans += _span("".join(tokens[done:]), Origin.BEFORE)
    return Join(clashes=tuple(clashes)) if clashes else Join(tuple(spans))


def _groups(
    tokens: Sequence[str], ours: list[_Change], theirs: list[_Change]
) -> Iterator[list[_Change]]:
    """Put changes together that touch each other or stand too near."""
    group: list[_Change] = []
    for change in sorted([*ours, *theirs], key=lambda c: (c.start, c.end)):
        reached = max((c.end for c in group), default=0)
        if group and (change.start < reached or not _keeps_apart(tokens[reached : change.start])):
            group.append(change)
            continue
        if group:
            yield group
        group = [change]
    if group:
        yield group


def _spans_of_group(tokens: Sequence[str], group: list[_Change]) -> list[Span] | None:
    """Write the spans of changes that stand together; None where they clash."""
    first = group[0]
    if len(group) == 1:
        return _spans_of_change(tokens, first)
    if len(group) == 2:
        second = group[1]
        if (first.start, first.end, first.text) == (second.start, second.end, second.text):
            same = _Change(first.start, first.end, first.text, Origin.BOTH)
            return _spans_of_change(tokens, same)
        if first.start == first.end == second.start == second.end:
            now, other = sorted(group, key=lambda change: change.origin is Origin.OTHER)
            return _both_added(tokens, now, other)
    return None


def _spans_of_change(tokens: Sequence[str], change: _Change) -> list[Span]:
    removed = "".join(tokens[change.start : change.end])
    return [
        *([Span(removed, change.origin, is_removed=True)] if removed else []),
        *_span(change.text, change.origin),
    ]


_SENTENCE_END = re.compile(r"[.!?。！？…:：][\"'”’」』)）\]]*\s*\Z|\n\s*\Z")


def _both_added(tokens: Sequence[str], now: _Change, other: _Change) -> list[Span] | None:
    """Put two additions at one place one after the other where both are whole sentences."""
    ahead, behind = "".join(tokens[: now.start]), "".join(tokens[now.start :])
    begins = not ahead.strip() or _SENTENCE_END.search(ahead) is not None
    for change in (now, other):
        if not (begins or change.text.startswith("\n")):
            return None
    if not _ends(now.text, other.text) or not (not behind.strip() or _ends(other.text, behind)):
        return None
    glue = ""
    if not now.text[-1].isspace() and not other.text[0].isspace() and now.text[-1].isascii():
        glue = " "
    return [*_span(now.text, Origin.NOW), *_span(glue + other.text, Origin.OTHER)]


def _ends(text: str, following: str) -> bool:
    return _SENTENCE_END.search(text) is not None or following.startswith("\n")


def _clash(tokens: Sequence[str], group: list[_Change], start: int, end: int) -> Clash:
    """Say what each side made of a stretch of the text before."""

    def side(origin: Origin) -> str:
        text, at = "", start
        for change in group:
            if change.origin is origin:
                text += "".join(tokens[at : change.start]) + change.text
                at = change.end
        return text + "".join(tokens[at:end])

    return Clash("".join(tokens[start:end]), side(Origin.NOW), side(Origin.OTHER))


def _spans_of_one(before: str, after: str, origin: Origin) -> Iterator[Span]:
    """Write one side's text alone, with what it changed."""
    tokens, edited = _tokens_of_all(before, after)
    done = 0
    for change in _changes(tokens, edited, origin):
        yield from _span("".join(tokens[done : change.start]), Origin.BEFORE)
        yield from _spans_of_change(tokens, change)
        done = change.end
    yield from _span("".join(tokens[done:]), Origin.BEFORE)


def _span(text: str, origin: Origin) -> list[Span]:
    return [Span(text, origin)] if text else []
