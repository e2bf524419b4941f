"""What can be done about warnings of the leak guard: acknowledging them, changing its words."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from csdesk.actions.desk import set_setting
from csdesk.actions.editing import delete
from csdesk.actions.settling import settle
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.identity import natural_id
from csdesk.queries.leak_guard import LEAK
from csdesk.queries.leak_guard_words import (
    INTERNAL_WORDS,
    LONGEST_WORD,
    MOST_WORDS,
    changed_setting,
)


def acknowledge(session: Session, keys: Iterable[str]) -> None:
    """Keep that somebody looked at findings and means what they show; twice does no harm."""
    for key in sorted(set(keys)):
        settle(session, LEAK, key)


def take_back(session: Session, keys: Iterable[str]) -> None:
    """Ask about findings again; what was never acknowledged stays as it is."""
    delete(
        session, "settlement", [natural_id("settlement", LEAK, key) for key in sorted(set(keys))]
    )


def set_internal_words(session: Session, words: Iterable[str]) -> None:
    """Make the list of internal words exactly this; blanks around and doubles do not count.

    A word a later CSDesk ships is added to it all the same. Raises UserError for a word that is
    too long or for too many of them.
    """
    wanted = list(words)
    if len(wanted) > MOST_WORDS:
        raise UserError(
            _("The list may have {n} words at most.").format(n=MOST_WORDS),
            _("Take out words that nobody would write by mistake."),
        )
    for word in wanted:
        if len(word.strip()) > LONGEST_WORD:
            raise UserError(
                _("“{word}…” is too long for a word of the list.").format(word=word.strip()[:30]),
                _("Enter words or short phrases."),
            )
    set_setting(session, INTERNAL_WORDS, changed_setting(session, wanted))
