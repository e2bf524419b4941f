"""What became of a file in the folder, in a word or two with a tone."""

from __future__ import annotations

from csdesk.i18n import _
from csdesk.team.standing import Fate, FileKind


def fate_word(fate: Fate) -> str:
    """Return the word for what became of a file."""
    return {
        Fate.MINE: _("this computer’s"),
        Fate.MERGED: _("merged"),
        Fate.NOTHING_NEW: _("nothing new"),
        Fate.GAPS: _("merged in part"),
        Fate.WAITING: _("not here yet"),
        Fate.REFUSED: _("refused"),
        Fate.ASKS: _("asks you"),
        Fate.DISMISSED: _("left alone"),
        Fate.ARCHIVED: _("merged, moved to the archive"),
        Fate.IGNORED: _("ignored"),
    }[fate]


def fate_tone(fate: Fate) -> str:
    """Return the tone in which that is said."""
    return {
        Fate.MERGED: "good",
        Fate.ARCHIVED: "good",
        Fate.GAPS: "warning",
        Fate.WAITING: "warning",
        Fate.REFUSED: "bad",
        Fate.ASKS: "accent",
    }.get(fate, "neutral")


def kind_word(kind: FileKind) -> str:
    """Return the word for what a file is."""
    return {
        FileKind.DOCUMENT: _("Team file"),
        FileKind.OUTBOX: _("One computer’s changes"),
        FileKind.CERTAIN_COPY: _("Sync service’s copy"),
        FileKind.AMBIGUOUS_COPY: _("Other copy"),
        FileKind.PLACEHOLDER: _("Still at the service"),
        FileKind.IGNORED: _("Not ours"),
    }[kind]
