"""What the user can mend is told in whole sentences of her language."""

from __future__ import annotations

import pytest

from csdesk.errors import UserError


@pytest.mark.parametrize(
    ("message", "advice", "said"),
    [
        ("The disk is full.", "Make room.", "The disk is full. Make room."),
        ("The disk is full.", "", "The disk is full."),
        ("空き容量がありません。", "空けてください。", "空き容量がありません。空けてください。"),
        ("“あ” is not a date.", "Write 2026.", "“あ” is not a date. Write 2026."),
    ],
)
def test_message_and_advice_read_as_one_text(message: str, advice: str, said: str) -> None:
    assert str(UserError(message, advice)) == said
