"""How a customer's comment is written into an internal note, so that it is known again."""

from __future__ import annotations

from csdesk.exchange.workbook.sent import Sent
from csdesk.i18n import LANGUAGES, Translator


def entries(sent: Sent | None, text: str, about: str = "") -> dict[str, str]:
    """Return the paragraph of an internal note that keeps a comment, in each language.

    `about` names what was commented where the note is another item's.
    """
    said = f"{about}: {text}" if about else text
    found = {}
    for language in LANGUAGES:
        t = Translator(language)
        if sent is None:
            begin = t("From the customer's workbook:")
        else:
            begin = t("From the customer's workbook, version {n} of {date}:").format(
                n=sent.version, date=sent.today.isoformat()
            )
        found[language] = f"{begin}\n{said}"
    return found
