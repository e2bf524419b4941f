"""What a file name means: the shared file itself, a copy that a service made, or something else.

A name only decides between "merge silently" and "ask"; whether a file is of this workspace is told
by its content. Sync services add words to the name of a file when two people changed it: `STYLES`
lists these additions, one a line, as the services write them. Only what follows the name of the
shared file is looked at, so that its own brackets, dots and numbers never count as an addition.
Names are compared after NFC and casefold: macOS stores some letters in two parts, and services
differ in case.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache


class Naming(StrEnum):
    """What a name says of a file."""

    SELF = "self"
    CERTAIN = "certain"
    """Only a sync service names a copy so."""
    AMBIGUOUS = "ambiguous"
    """A service may have named it so, or a person."""
    IGNORED = "ignored"
    """Drafts, locks and placeholders: nothing to read."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means, and which service or program names files so."""

    naming: Naming
    service: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How a service marks a copy: what it adds between the name and its ending.

    Words in braces stand for what varies, as `_PARTS` says; the rest is literal.
    """

    service: str
    certain: bool
    addition: str


_PARTS = {
    "any": r".{0,120}?",
    "who": r".{1,80}?",
    "word": r"[^ _()]{1,60}?",
    "host": r"[^()/]{2,63}?",
    "conflicted copy": "PHRASES",
    "copy": "COPIES",
    "day": r"\d{4}-\d\d-\d\d",
    "days": r"\d{8}",
    "time": r"\d{6}",
    "moment": r"\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d",
    "n": r"\d{1,3}",
    "small n": r"\d{1,2}",
    "four": r"\d{4}",
    "month day": r"[a-z]{3}-\d\d",
    "device": r"[a-z0-9]{0,7}",
}

CONFLICTED_COPY = (
    *("conflicted copy", "conflict copy", "conflicted version", "conflicting copy"),
    *("in konflikt stehende kopie", "konfliktkopie", "konfliktbehaftete kopie"),
    *("copie en conflit", "copie conflictuelle", "copie conflictuée"),
    *("copia conflictiva", "copia en conflicto", "copia en conflict"),
    *("copia in conflitto", "copia con conflitto"),
    *("cópia em conflito", "cópia conflitante", "cópia com conflito"),
    *("conflicterende kopie", "conflicterend exemplaar", "conflictkopie"),
    *("konflikten kopia", "konfliktkopia", "kopia i konflikt", "motstridig kopi", "konfliktkopi"),
    *("modstridende kopi", "kopia w konflikcie", "kopia powodująca konflikt", "konfliktní kopie"),
    *("конфликтующая копия", "конфликтная копия", "конфліктна копія"),
    *("競合コピー", "競合するコピー", "問題のあるコピー", "競合しているコピー"),
    *("冲突副本", "冲突的副本", "衝突副本", "衝突的複本", "衝突複本", "충돌 사본", "충돌된 사본"),
    *("salinan yang konflik", "salinan berkonflik", "สำเนาที่ขัดแย้ง", "bản sao xung đột"),
)
"""How services say it in the languages they speak."""

COPY = (
    *("copy", "kopie", "copie", "copia", "cópia", "kopia", "kopi", "копия", "копія", "kopya"),
    *("コピー", "のコピー", "副本", "複製", "複本", "的副本", "사본", "복사본", "salinan"),
)
"""How file managers say it."""

STYLES = (
    Style("Dropbox", True, " ({who} {conflicted copy} {day})"),
    Style("Dropbox", True, " ({who}{conflicted copy} {day} {n})"),
    Style("Dropbox", True, " ({conflicted copy}{any})"),
    Style("Dropbox", True, " ({who}{conflicted copy}{any})"),
    Style("Dropbox", True, " (case conflict)"),
    Style("Dropbox", True, " (case conflict {n})"),
    Style("Dropbox", True, " (selective sync conflict)"),
    Style("Dropbox", True, " (selective sync conflict {n})"),
    Style("Dropbox", True, " (unicode encoding conflict)"),
    Style("Dropbox", True, " (unicode encoding conflict {n})"),
    Style("Dropbox", True, " (whitespace conflict)"),
    Style("Dropbox", True, " (whitespace conflict {n})"),
    Style("Dropbox", True, " (view-only conflict)"),
    Style("Dropbox", True, " (選択型同期の競合)"),
    Style("Dropbox", True, " (大文字と小文字の競合)"),
    Style("Dropbox", True, " (読み取り専用の競合)"),
    Style("Nextcloud", True, "_conflict-{days}-{time}"),
    Style("Nextcloud", True, "({conflicted copy}{any})"),
    Style("Syncthing", True, ".sync-conflict-{days}-{time}"),
    Style("Syncthing", True, ".sync-conflict-{days}-{time}-{device}"),
    Style("Seafile", True, " (sfconflict {moment})"),
    Style("Seafile", True, " (sfconflict {moment})-{n}"),
    Style("Seafile", True, " (sfconflict {who} {moment})"),
    Style("Seafile", True, " (sfconflict {who} {moment})-{n}"),
    Style("Synology Drive", True, "_{who}_{month day}-{four}-{four}_conflict"),
    Style("Synology Drive", True, "_{who}_{month day}-{four}-{four}_conflict_{n}"),
    Style("Synology Drive", True, "_{who}_{month day}-{four}-{four}_caseconflict"),
    Style("Synology Drive", True, "_{who}_{month day}-{four}-{four}_caseconflict_{n}"),
    Style("Resilio Sync", True, ".conflict"),
    Style("rclone", True, ".conflict{n}"),
    Style("pCloud", True, " [conflicted]"),
    Style("pCloud", True, " [conflicted {n}]"),
    Style("pCloud", True, " (conflicted)"),
    Style("pCloud", True, " (conflicted {n})"),
    Style("FileCloud", True, "(conflict_{who}_{moment})"),
    Style("FileCloud", True, " (conflict_{who}_{moment})"),
    Style("OneDrive on Linux", True, "-{who}-safebackup-{four}"),
    Style("EncFS", True, " ({who} conflict {day})"),
    Style("Unison", True, " (conflict on {who})"),
    Style("Unison", True, " (conflict #{n} on {who})"),
    Style("Tresorit", True, " ({who}'s conflict)"),
    Style("", True, " (conflict)"),
    Style("", True, " (conflict {n})"),
    Style("", True, " [conflict]"),
    Style("", True, " [conflict {n}]"),
    Style("", True, "-conflict"),
    Style("", True, "-conflict-{n}"),
    Style("OneDrive", False, "-{host}"),
    Style("OneDrive", False, "-{host}-{n}"),
    Style("Google Drive", False, " ({n})"),
    Style("Google Drive", False, "({n})"),
    Style("iCloud", False, " {small n}"),
    Style("", False, " {copy}"),
    Style("", False, "{copy}"),
    Style("", False, " ({copy})"),
    Style("", False, " ({copy} {n})"),
    Style("", False, " {copy} {n}"),
    Style("", False, "{copy} {n}"),
    Style("", False, " {copy} ({n})"),
    Style("", False, " - {copy}"),
    Style("", False, " – {copy}"),
    Style("", False, " - {copy} ({n})"),
    Style("", False, " - {copy} {n}"),
    Style("", False, " – {copy} ({n})"),
)
"""Every known addition, the certain ones first; the first that fits names the service."""

_IGNORED_STARTS = ("~$", ".~", "~", "._", ".#", "#")
_IGNORED_ENDS = (
    *(".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".icloud", ".lock"),
    *(".!sync", ".bts", ".swp", ".filepart", "~", "-journal", "-wal", "-shm", ".ds_store"),
)
_IGNORED_NAMES = ("desktop.ini", "thumbs.db", ".ds_store", "icon\r", ".stfolder", ".stignore")
_MOST_PLACES = 24
"""How many places in a name may begin an addition: a hostile name costs no time."""
_BEGINNING = re.compile(r"[ (._-]|の?コピー|的?副本")


def folded(name: str) -> str:
    """Write a name so that those that mean one file are equal."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def same_name(one: str, other: str) -> bool:
    """Tell whether two names may stand for one file."""
    return folded(one) == folded(other)


def is_ignored(name: str) -> bool:
    """Tell whether a name is that of a draft, a lock or a placeholder, in any folder."""
    plain = folded(name)
    return (
        plain in _IGNORED_NAMES
        or plain.startswith(_IGNORED_STARTS)
        or plain.endswith(_IGNORED_ENDS)
    )


def placeholder_of(name: str) -> str | None:
    """Tell for which file iCloud left a placeholder (`.North.csdesk.icloud`); None for others."""
    if name.startswith(".") and name.casefold().endswith(".icloud") and len(name) > 8:
        return name[1:-7]
    return None


@lru_cache(maxsize=4096)
def meaning(name: str, shared: str) -> Meaning:
    """Tell what a file name means beside a shared file's name; both with their ending."""
    plain, base = folded(name), folded(shared)
    if plain == base:
        return Meaning(Naming.SELF)
    if is_ignored(name):
        return Meaning(Naming.IGNORED)
    base_stem, _dot, ending = base.rpartition(".")
    if not plain.endswith(f".{ending}"):
        # Some put their words behind the ending: North.csdesk.conflict1, North.csdesk (1).
        added = plain.removeprefix(base) if plain.startswith(base) else ""
        behind = _addition(added) if added else None
        return behind if behind is not None else Meaning(Naming.OTHER)
    stem = plain[: -len(ending) - 1]
    added = stem.removeprefix(base_stem) if stem.startswith(base_stem) else ""
    found = _addition(added) if added else None
    return found if found is not None else Meaning(Naming.OTHER)


def _addition(added: str) -> Meaning | None:
    """Tell what was added to a name, in one piece or several: certain if one of them is.

    `best[place]` is what the text up to a place means, where known additions make it up without
    a rest. A certain piece counts more than few pieces, and these more than the order of `STYLES`.
    """
    places = [match.start() for match in _BEGINNING.finditer(added)][:_MOST_PLACES]
    best: dict[int, _Reading] = {0: _Reading(certain=False, pieces=0, service="")}
    for end in sorted({*places, len(added)} - {0}):
        readings = [
            reading
            for start, before in best.items()
            if (reading := before.followed_by(_styled(added, start, end))) is not None
        ]
        if readings:
            best[end] = max(readings, key=lambda one: (one.certain, -one.pieces))
    found = best.get(len(added))
    if found is None or not added:
        return None
    return Meaning(Naming.CERTAIN if found.certain else Naming.AMBIGUOUS, found.service)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the beginning of what was added."""

    certain: bool
    pieces: int
    service: str

    def followed_by(self, style: Style | None) -> _Reading | None:
        """Read one addition more; None where there is none."""
        if style is None:
            return None
        service = self.service if self.certain and not style.certain else style.service
        return _Reading(self.certain or style.certain, self.pieces + 1, service)


def _styled(added: str, start: int, end: int) -> Style | None:
    """Find the style of the text between two places; one that is certain rather."""
    for style, pattern in _compiled():
        if pattern.fullmatch(added, start, end):
            return style
    return None


@cache
def _compiled() -> tuple[tuple[Style, re.Pattern[str]], ...]:
    """Make a pattern of each style, once."""
    phrases = {"PHRASES": _either(CONFLICTED_COPY), "COPIES": _either(COPY)}
    made = []
    for style in STYLES:
        pattern = ""
        for literal, part in re.findall(r"([^{]*)(?:\{([^}]+)\})?", style.addition):
            pattern += re.escape(folded(literal))
            if part:
                pattern += phrases.get(_PARTS[part], _PARTS[part])
        made.append((style, re.compile(pattern)))
    return tuple(made)


def _either(phrases: tuple[str, ...]) -> str:
    longest_first = sorted((folded(phrase) for phrase in phrases), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})"
