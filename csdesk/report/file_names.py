"""Names for files that every computer accepts, and a second one where the first is taken."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from csdesk.i18n import Translator
from csdesk.model.vocabulary import DocumentKind, label_of

LONGEST_NAME = 200
"""Bytes of UTF-8: disks take 255, and a copy or a mail program may put something more behind."""

_FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])", re.IGNORECASE)
"""Names of devices on Windows, whatever stands behind their first dot."""
_NUMBERED = re.compile(r"(.*) \(([1-9][0-9]{0,4})\)", re.DOTALL)
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_SPACES = frozenset({"Zl", "Zp", "Zs"})


def file_name_for(
    account: str, kind: str, language: str, version: int | None = None, *, suffix: str = ".pdf"
) -> str:
    """Suggest a file's name: the account, which document it is, its version.

    Every system accepts it, whatever the account is called. `account` may be empty, as for a
    report about all accounts; the document's own `language` ("en", "ja") names its kind.
    """
    title = label_of(DocumentKind(kind), Translator(language))
    if version is not None and kind in {DocumentKind.CUSTOMER, DocumentKind.EXECUTIVE}:
        title += f" v{version}"
    room = LONGEST_NAME - len(f" - {title}{suffix}".encode())
    name = _cut(_plain(account), room)
    return possible_name(f"{name} - {title}{suffix}" if name else f"{title}{suffix}")


def possible_name(name: str) -> str:
    """Return `name` with what some system forbids in a file's name replaced, and not too long.

    Forbidden are path separators and wildcards, unseen characters, the names of Windows' devices,
    dots and spaces at either end. An existing suffix of a few letters stays.
    """
    path = Path(_plain(name) or "CSDesk")
    suffix = path.suffix if re.fullmatch(r"\.\w{1,8}", path.suffix) else ""
    stem = _plain(path.name.removesuffix(suffix)) or "CSDesk"
    if _RESERVED.fullmatch(stem.split(".", 1)[0].rstrip()):
        stem = f"_{stem}"
    return _cut(stem, LONGEST_NAME - len(suffix.encode())) + suffix


def free_name(target: Path) -> Path:
    """Return a possible name like `target`'s in the same folder that nothing has yet.

    "plan.pdf" leads to "plan (2).pdf", that one to "plan (3).pdf".
    """
    first = Path(possible_name(target.name))
    stem, number = first.stem, 2
    counted = _NUMBERED.fullmatch(stem)
    if counted:
        stem, number = counted[1], int(counted[2]) + 1
    while True:
        behind = f" ({number}){first.suffix}"
        free = target.with_name(_cut(stem, LONGEST_NAME - len(behind.encode())) + behind)
        if not _is_taken(free):
            return free
        number += 1


def _is_taken(path: Path) -> bool:
    """Tell whether a name stands for something; a broken link counts, too."""
    return path.is_symlink() or path.exists()


def _plain(text: str) -> str:
    """Return the text on one line, without what no name has in it or at its ends."""
    kinds = [(letter, unicodedata.category(letter)) for letter in text]
    seen = "".join(
        " " if kind in _SPACES or letter in "\t\n\r" else letter
        for letter, kind in kinds
        if kind not in _UNSEEN or letter in "\t\n\r"
    )
    return " ".join(_FORBIDDEN.sub(" ", seen).split()).strip(" .").lstrip("-~ .")


def _cut(text: str, room: int) -> str:
    """Shorten a text to `room` bytes of UTF-8, between letters and not before a mark of one."""
    kept = text.encode()[: max(room, 0)].decode(errors="ignore")
    if kept != text:
        while kept and unicodedata.combining(text[len(kept)]):
            kept = kept[:-1]
    return kept.rstrip(" .")
