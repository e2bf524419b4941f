"""Reads yes and no, and the terms of the vocabulary by code, English or Japanese label."""

from __future__ import annotations

from functools import cache

from csdesk.errors import UserError
from csdesk.exchange.tables import Cell, Unreadable, cell_text, header_key, shorten
from csdesk.i18n import LANGUAGES, Translator, _
from csdesk.model.vocabulary import Term

_YES = frozenset(
    {"true", "yes", "y", "1", "on", "はい", "有", "あり", "有り", "する", "○", "◯", "✓"}
)
_NO = frozenset(
    {"false", "no", "n", "0", "off", "いいえ", "無", "なし", "無し", "しない", "×", "✕", "-"}
)


def read_term(cell: Cell, vocabulary: type[Term]) -> Term | None:
    """Read a term of a vocabulary; None for a blank cell.

    Codes and labels count in either language, without regard to case, width and spaces. Raises
    UserError naming all terms where the text is none of them.
    """
    if isinstance(cell, Unreadable):
        raise UserError(cell.reason)
    text = cell_text(cell)
    if not text:
        return None
    term = _spellings(vocabulary).get(header_key(text))
    if term is None:
        raise UserError(
            _("“{text}” is none of the terms for this column.").format(text=shorten(text)),
            _("They are: {terms}.").format(terms=", ".join(one.label() for one in vocabulary)),
        )
    return term


def read_flag(cell: Cell) -> bool | None:
    """Read yes or no in English or Japanese; None for a blank cell. Raises UserError."""
    if isinstance(cell, Unreadable):
        raise UserError(cell.reason)
    if isinstance(cell, bool):
        return cell
    text = cell_text(cell).casefold()
    if not text:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    raise UserError(
        _("“{text}” is neither yes nor no.").format(text=shorten(text)),
        _("Write yes or no."),
    )


@cache
def _spellings(vocabulary: type[Term]) -> dict[str, Term]:
    """Collect the ways to write each term; a label two terms share counts for neither."""
    spellings: dict[str, Term] = {}
    shared: set[str] = set()
    for language in LANGUAGES:
        translator = Translator(language)
        for term in vocabulary:
            key = header_key(term.label(translator))
            if spellings.setdefault(key, term) is not term:
                shared.add(key)
    for key in shared:
        del spellings[key]
    spellings.update({header_key(term.value): term for term in vocabulary})
    return spellings
