"""The two kinds of trouble a caller may expect: what the user can mend, and what she cancelled."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can mend, told in her language.

    `message` says what happened, `advice` what to do about it; both are whole sentences.
    Everything that is not a UserError is a bug of ours and belongs in the crash report.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message, advice)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        # A Japanese sentence brings the blank after it in its full stop.
        blank = "" if self.message.endswith(("。", "？", "）", "：")) else " "
        return f"{self.message}{blank}{self.advice}".strip()


class CancelledError(Exception):
    """The user cancelled a long task; nothing of it was kept."""
