"""Finds names among tens of thousands between two keystrokes.

All names stand in one long text, the most likely first, which Python searches a thousand times
faster than name by name; what it turns up is then looked at closely (`fuzzy`). Names that changed
since are kept beside it until there are enough of them to write it anew.
"""

from __future__ import annotations

import itertools
import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from csdesk.insight.fuzzy import FEWEST_LETTERS, Fit, Fold, Spelled, fit_of, fitted
from csdesk.insight.kana_sounds import asked_sounds, has_kana, sounds

LOOKED_AT = 60
"""How many names are looked at closely: more than anybody reads, fewer than anybody waits for."""

LOOKED_THROUGH = 1_000
"""How many names with a common word are sorted by where it stands, or asked for other words."""

MOST_BESIDE = 300
"""How many changed names are kept beside the text before it is written anew."""

_OTHER_NAME = 2
"""How much worse it is to fit another name than the title."""

_LEAST_INITIALS = 2
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """Something that can be found: what it is, and what it is called.

    `others` are further names, such as its reading in kana; `rank` tells what is likelier to be
    meant, 0 first. `about` is the id of what it belongs to, whose names count as its own where
    several words are typed.
    """

    entity: str
    id: str
    title: str
    others: tuple[str, ...] = ()
    rank: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A name that fits: how well (the smaller the better), and the places of letters to mark.

    `beside` is the other name that fits where the title does not.
    """

    name: Name
    badness: int
    places: tuple[int, ...]
    beside: str = ""
    beside_places: tuple[int, ...] = ()


class NameIndex:
    """The names of one kind."""

    def __init__(self, fold: Fold, *, of_names: bool = True) -> None:
        """Without `of_names` the texts are sentences: sound and scattered letters say nothing."""
        self._fold = fold
        self._of_names = of_names
        self._names: dict[str, Name] = {}
        self._lines: dict[str, tuple[str, str]] = {}
        self._beside: set[str] = set()
        self._spelled: dict[str, Spelled] = {}
        self._texts: tuple[_Text, _Text, _Text] | None = None

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name_id: str) -> bool:
        return name_id in self._names

    def name(self, name_id: str) -> Name | None:
        """Return a name by its id."""
        return self._names.get(name_id)

    def ids_about(self, about: Collection[str]) -> set[str]:
        """Return the ids of names that belong to any of these."""
        return {name.id for name in self._names.values() if name.about in about}

    def fill(self, names: Iterable[Name]) -> None:
        """Know these names and no others; made to be called on any thread before the first use."""
        self._names = {name.id: name for name in names}
        self._lines.clear()
        self._write()

    def change(self, ids: Collection[str], names: Iterable[Name]) -> None:
        """Take the names that `ids` have now; one that is not among `names` is gone."""
        for name_id in ids:
            self._names.pop(name_id, None)
            self._lines.pop(name_id, None)
        for name in names:
            self._names[name.id] = name
            self._lines[name.id] = self._written(name)
        self._beside.update(ids)
        if len(self._beside) > MOST_BESIDE:
            self._write()

    def words(self, name_id: str) -> str:
        """Return the folded names of one, and how they sound; empty where it is not there."""
        return "\t".join(self._lines.get(name_id, ()))

    def find(
        self, asked: str, limit: int, recent: Collection[str] = (), around: NameIndex | None = None
    ) -> list[Found]:
        """Return the names that fit what was typed, the best first.

        Every word must fit the name or what it belongs to (in `around`), one at least the name
        itself. Those in `recent`, the newest first, count as a little better.
        """
        words = self._fold(asked).split()
        if not words:
            return []
        phrase = " ".join(words)
        order = {name_id: max(2, 9 - place) for place, name_id in enumerate(recent)}
        late = [name_id for name_id in self._beside if name_id in self._names]
        known = [name_id for name_id in recent if name_id in self._names]
        if len(words) == 1:
            candidates = list(itertools.islice(self._with(phrase), LOOKED_AT))
        else:
            candidates = self._with_all(words, phrase, around)
        chosen = dict.fromkeys([*late, *known, *candidates])
        fits = self._fits(chosen, words, phrase, order)
        if len(fits) < limit and self._of_names and len(phrase) >= FEWEST_LETTERS:
            scattered = (one for one in self._scattered(phrase) if one not in chosen)
            more = itertools.islice(scattered, LOOKED_AT)
            fits += self._fits(more, words, phrase, order)
        best = sorted(fits)[:limit]
        return [self._marked(self._names[one[-1]], one[0], words, phrase) for one in best]

    def _fits(
        self, ids: Iterable[str], words: list[str], phrase: str, order: Mapping[str, int]
    ) -> list[tuple[int, int, int, str, str]]:
        """Look at names closely; return how badly those that fit do, to be sorted, and their id."""
        fits = []
        for name_id in ids:
            name = self._names[name_id]
            fit = self._fit(name, words, phrase)
            if fit is not None:
                badness = fit + 4 * name.rank - order.get(name_id, 0)
                fits.append((badness, name.rank, len(name.title), name.title, name_id))
        return fits

    def _with(self, word: str) -> Iterator[str]:
        """Name those with a word, from the better places to the worse."""
        plain, spoken, initials = self._written_texts()
        searches = [plain.find(word), *(spoken.find(sound) for sound in self._heard(word))]
        if len(word) >= _LEAST_INITIALS:
            searches.append(initials.find(f"\n{word}"))
        every = itertools.chain(*searches)
        return (one for one in every if one in self._names and one not in self._beside)

    def _with_all(self, words: list[str], phrase: str, around: NameIndex | None) -> list[str]:
        """Name those with every word, at most LOOKED_AT: for each word, those that have it."""
        spellings = [(word, *self._heard(word)) for word in words]
        chosen: dict[str, None] = {}
        anchors = ["", *sorted(words, key=len, reverse=True)]  # long words are rare ones
        for anchor in anchors:
            search = self._with(anchor) if anchor else self._written_texts()[0].find(phrase)
            passed = list(itertools.islice(search, LOOKED_THROUGH))
            for name_id in passed:
                if name_id not in chosen and self._has_all(name_id, spellings, around):
                    chosen[name_id] = None
                    if len(chosen) >= LOOKED_AT:
                        return list(chosen)
            # All with this word were seen: more there can only be where it stands around a name.
            seen = anchor and len(passed) < LOOKED_THROUGH
            if seen and (around is None or next(around._with(anchor), None) is None):
                break
        return list(chosen)

    def _scattered(self, phrase: str) -> Iterator[str]:
        """Name those with the letters in order, far apart."""
        every = self._written_texts()[0].find_scattered(phrase)
        return (one for one in every if one in self._names and one not in self._beside)

    def _heard(self, word: str) -> tuple[str, ...]:
        return tuple(one for one in asked_sounds(word) if one) if self._of_names else ()

    def _has_all(
        self, name_id: str, spellings: Sequence[Sequence[str]], around: NameIndex | None
    ) -> bool:
        line, sound = self._lines.get(name_id, ("", ""))
        lacking = [
            spelling
            for spelling in spellings
            if spelling[0] not in line and not any(part in sound for part in spelling)
        ]
        if not lacking:
            return True
        about = self._names[name_id].about
        if len(lacking) == len(spellings) or around is None or not about:
            return False
        outer = around.words(about)
        return all(any(part in outer for part in spelling) for spelling in lacking)

    def _fit(self, name: Name, words: list[str], phrase: str) -> int | None:
        """Tell how badly a name fits; None where it does not."""
        whole = self._best(name, phrase)
        if whole is not None or len(words) == 1:
            return whole[0] if whole is not None else None
        hits = [self._best(name, word) for word in words]
        known = [hit[0] for hit in hits if hit is not None]
        if not known:
            return None
        return max(known) if len(known) == len(words) else max(Fit.INSIDE, *known)

    def _best(self, name: Name, wanted: str) -> tuple[int, str] | None:
        """Tell how badly a name fits a word, and by which of its names."""
        best: tuple[int, str] | None = None
        for number, text in enumerate((name.title, *name.others)):
            fit = fit_of(wanted, self._spelling(text))
            if fit is not None:
                badness = int(fit) + _OTHER_NAME * bool(number)
                if best is None or badness < best[0]:
                    best = badness, text
        return best

    def _marked(self, name: Name, badness: int, words: list[str], phrase: str) -> Found:
        """Find the letters to mark in a name that is shown."""
        places: set[int] = set()
        beside, beside_places = "", set[int]()
        for word in [phrase] if self._best(name, phrase) is not None else words:
            best = self._best(name, word)
            hit = fitted(word, self._spelling(best[1])) if best is not None else None
            if best is None or hit is None:
                continue
            if best[1] == name.title:
                places.update(hit.places)
            elif beside in ("", best[1]):
                beside = best[1]
                beside_places.update(hit.places)
        return Found(name, badness, tuple(sorted(places)), beside, tuple(sorted(beside_places)))

    def _spelling(self, text: str) -> Spelled:
        spelled = self._spelled.get(text)
        if spelled is None:
            if len(self._spelled) > 20 * LOOKED_AT:
                self._spelled.clear()
            spelled = self._spelled[text] = Spelled.of(text, self._fold)
        return spelled

    def _written(self, name: Name) -> tuple[str, str]:
        """Write the names folded, and how those in kana sound; others are found as they are."""
        texts = (name.title, *name.others) if name.others else (name.title,)
        line = "\t".join(" ".join(self._fold(text).split()) for text in texts)
        spoken = (sounds(text) for text in texts if has_kana(text)) if self._of_names else ()
        return line, "\t".join(spoken)

    def _written_texts(self) -> tuple[_Text, _Text, _Text]:
        """Return the long texts: names, sounds, initials."""
        if self._texts is None:
            self._write()
        assert self._texts is not None
        return self._texts

    def _write(self) -> None:
        """Write the long text anew, with all that changed."""
        names = sorted(self._names.values(), key=attrgetter("rank"))
        ids = [name.id for name in names]
        known = self._lines
        self._lines = {name.id: known.get(name.id) or self._written(name) for name in names}
        lines = self._lines.values()
        self._texts = (
            _Text(ids, [line for line, _sound in lines]),
            _Text(ids, [sound for _line, sound in lines]),
            _Text(ids, [_initials(line) for line, _sound in lines]),
        )
        self._beside.clear()


def _initials(line: str) -> str:
    """Return the first letters of the words of the first name; empty for a name of one word."""
    words = _WORDS.findall(line.partition("\t")[0])
    return "".join(word[0] for word in words) if len(words) >= _LEAST_INITIALS else ""


class _Text:
    """Many lines in one text, each belonging to an id."""

    def __init__(self, ids: list[str], lines: list[str]) -> None:
        self._ids = ids
        # The break before a line belongs to it, so that "\n" asks for the beginning of one.
        self._text = "\n".join(("", *lines, ""))
        lengths = (len(line) + 1 for line in lines)
        self._starts = array("L", itertools.accumulate(lengths, initial=0))

    def find(self, part: str) -> Iterator[str]:
        """Yield the ids of lines with a part: first where it begins a line, or a name in it."""
        places = list(itertools.islice(self._places(part), LOOKED_THROUGH))
        if len(places) == LOOKED_THROUGH:  # so common that the better ones may come much later
            yield from (self._ids[number] for number, _at in self._places(f"\n{part}"))
            yield from (self._ids[number] for number, _at in self._places(f" {part}"))
        text = self._text
        ranks: tuple[list[str], ...] = ([], [], [], [])
        for number, at in places:
            ranks["\n\t ".find(text[at - 1])].append(self._ids[number])
        for found in ranks:
            yield from found

    def _places(self, part: str) -> Iterator[tuple[int, int]]:
        """Yield the numbers of lines with a part, and where it stands in the text."""
        at = self._text.find(part)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            if number >= len(self._ids):
                return
            yield number, at
            at = self._text.find(part, self._starts[number + 1])

    def find_scattered(self, word: str) -> Iterator[str]:
        """Yield the ids of lines with the letters of a word in order, the first beginning one."""
        first, *rest = map(re.escape, word)
        # The first place of each letter will do, so that nothing is ever tried twice.
        steps = (rf"[^\n\t{letter}]*+{letter}" for letter in rest)
        before = "(?<![a-z])" if word[0].isalpha() and word[0].isascii() else ""
        pattern = re.compile(f"{before}{first}{''.join(steps)}")
        at = 0
        while (hit := pattern.search(self._text, at)) is not None:
            number = bisect_right(self._starts, hit.start()) - 1
            yield self._ids[number]
            at = self._starts[number + 1]
