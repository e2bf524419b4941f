"""What is said when a document was brought out, held back, or could not be written."""

from __future__ import annotations

from csdesk.i18n import _, ngettext
from ui.pages.document.document_export import Delivered, Held


def delivered_words(done: Delivered) -> str:
    """Say which file was written: its name, pages, version, and what could not be shown."""
    if not done.pages:
        text = _("Saved as “{name}”.").format(name=done.path.name)
    elif done.version is None:
        text = ngettext(
            "Saved as “{name}”: {n} page.", "Saved as “{name}”: {n} pages.", done.pages
        ).format(name=done.path.name, n=done.pages)
    else:
        text = ngettext(
            "Saved as “{name}”: version {version}, {n} page.",
            "Saved as “{name}”: version {version}, {n} pages.",
            done.pages,
        ).format(name=done.path.name, version=done.version, n=done.pages)
    return " ".join((text, *unshown_words(done.unshown), *done.notices))


def unshown_words(count: int) -> tuple[str, ...]:
    """Say how many characters no font has; nothing where all are shown."""
    if not count:
        return ()
    words = ngettext(
        "{n} character that no font has is shown as 〓.",
        "{n} characters that no font has are shown as 〓.",
        count,
    )
    return (words.format(n=count),)


def held_words(held: Held) -> str:
    """Say that something in the document may not be meant for the customer."""
    count = len(held.findings)
    return ngettext(
        "Nothing has gone out yet: {n} place may not be for the customer, “{title}”.",
        "Nothing has gone out yet: {n} places may not be for the customer, the first “{title}”.",
        count,
    ).format(n=count, title=held.findings[0].title)
