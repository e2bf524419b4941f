"""How a document is to be made, named without its records: paper, cover, sections, marks."""

from __future__ import annotations

from dataclasses import dataclass

from csdesk.model.vocabulary import DocumentSection, PageSize


@dataclass(frozen=True, slots=True)
class Setup:
    """The choices that decide, together with its content, what every byte of a document is."""

    page_size: PageSize = PageSize.A4
    has_cover: bool = True
    left_out: frozenset[DocumentSection] = frozenset()
    marks_unagreed: bool = False
    """Whether what changed since the last sign-off is marked as not agreed yet."""
    is_archival: bool = False
    """Whether the file claims PDF/A-2b instead of PDF/UA-1; never both."""

    def has(self, section: DocumentSection) -> bool:
        """Tell whether a section may stand in the document; an empty one still does not."""
        return section not in self.left_out


PLAIN_SETUP = Setup()
