"""What somebody asks the palette: words, and perhaps a sign in front that says of which kind."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

COMMANDS = "commands"
PEOPLE = "people"
TAGS = "tags"

SIGNS = {">": COMMANDS, "/": COMMANDS, "@": PEOPLE, "#": TAGS}
"""Signs that leave one kind of finds; full-width ones, as typed in Japanese, do as well."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The words asked for; `only` names the one kind wanted, empty for all."""

    words: str
    only: str = ""

    @classmethod
    def read(cls, text: str) -> Asked:
        """Read what stands in the field."""
        text = text.strip()
        sign = unicodedata.normalize("NFKC", text[:1])
        if sign in SIGNS:
            return cls(text[1:].strip(), SIGNS[sign])
        return cls(text)
