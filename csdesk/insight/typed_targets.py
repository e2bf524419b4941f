"""Reads a target as one says it: 96, 120%, 20%増, +20 %, 120 % of baseline, 1.5倍, 維持."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.vocabulary import Direction, TargetMode

MOST_DIGITS = 24
"""More digits than any target has."""

_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "△": "-", "▲": "-"})
_N = r"(?P<n>\d[\d,]*(?:\.\d+)?|\.\d+)"
_BASE = r"(?:基準値?|ベースライン|現状値?|現在値?|開始時|導入前|今)"
_OF = r"(?:of\s+)?(?:the\s+)?(?:baseline|base|start(?:ing\s+value)?|current(?:\s+value)?)"
_MORE = r"(?:増加?し?|アップ|up|more|higher|increase|向上|上昇)(?:\s+than\s.*)?(?:する|させる)?"
_LESS = (
    r"(?:減少?|ダウン|down|less|lower|fewer|decrease|削減|低減|短縮)"
    r"(?:\s+than\s.*)?(?:する|させる)?"
)
_BY = r"(?:by\s+)?"


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SIGNED = _whole(rf"(?P<sign>[+-])\s*{_N}\s*%")
_RISING = _whole(rf"{_BY}{_N}\s*%\s*{_MORE}|(?:up|increase)\s+{_BY}{_N.replace('<n>', '<m>')}\s*%")
_FALLING = _whole(
    rf"{_BY}{_N}\s*%\s*{_LESS}|(?:down|decrease|reduce)\s+{_BY}{_N.replace('<n>', '<m>')}\s*%"
)
_OF_BASELINE = _whole(
    rf"{_N}\s*%\s*(?:に|へ|まで|{_OF})|{_BASE}\s*(?:の|比)?\s*{_N.replace('<n>', '<m>')}\s*%"
    r"\s*(?:に|へ|まで)?"
)
_TIMES = _whole(rf"{_N}\s*(?:倍(?:に|へ)?|x|×|times(?:\s+{_OF})?)|x\s*{_N.replace('<n>', '<m>')}")
_PERCENT = _whole(rf"{_N}\s*%")
_KEEP = frozenset(
    {"keep", "hold", "maintain", "維持", "現状維持", "維持する", "キープ", "据え置き"}
)
_WORDS = {"double": 200, "twice": 200, "half": 50, "倍増": 200, "半減": 50, "半分": 50, "倍": 200}


@dataclass(frozen=True, slots=True)
class TypedTarget:
    """What was typed: the number with the way it is meant.

    `mode` None leaves the way as it is; `direction` is given where the words say it.
    """

    value: Decimal
    mode: TargetMode | None = None
    direction: Direction | None = None


def typed_target(text: str, *, mode: str | None = None, is_percent: bool = False) -> TypedTarget:
    """Read a target that is more than a plain number.

    A number with % alone is a share of the baseline. Of a KPI that is a percentage itself
    (`is_percent`) it is the value itself, unless the `mode` of now is a share of the baseline
    already. Raises UserError for anything that is no such target; plain numbers are not read
    here.
    """
    said = unicodedata.normalize("NFKC", text).translate(_SIGNS).strip().rstrip("。.")
    folded = said.casefold()
    if folded in _KEEP:
        return TypedTarget(Decimal(100), TargetMode.PERCENT_OF_BASELINE, Direction.KEEP)
    if folded in _WORDS:
        return TypedTarget(Decimal(_WORDS[folded]), TargetMode.PERCENT_OF_BASELINE)
    if found := _SIGNED.fullmatch(said):
        number = _number(found)
        return TypedTarget(-number if found["sign"] == "-" else number, TargetMode.PERCENT_INCREASE)
    if found := _RISING.fullmatch(said):
        return TypedTarget(_number(found), TargetMode.PERCENT_INCREASE)
    if found := _FALLING.fullmatch(said):
        return TypedTarget(-_number(found), TargetMode.PERCENT_INCREASE)
    if found := _OF_BASELINE.fullmatch(said):
        return TypedTarget(_number(found), TargetMode.PERCENT_OF_BASELINE)
    if found := _TIMES.fullmatch(said):
        return TypedTarget(_number(found) * 100, TargetMode.PERCENT_OF_BASELINE)
    if found := _PERCENT.fullmatch(said):
        share = not is_percent or mode == TargetMode.PERCENT_OF_BASELINE
        meant = TargetMode.PERCENT_OF_BASELINE if share else TargetMode.ABSOLUTE
        return TypedTarget(_number(found), meant)
    raise UserError(
        _("“{text}” is no target.").format(text=text.strip()[:60]),
        _("Type a number such as 96, 120%, +20% or “keep”."),
    )


def _number(found: re.Match[str]) -> Decimal:
    groups = found.groupdict()
    digits = (groups.get("n") or groups.get("m") or "").replace(",", "")
    if len(digits) > MOST_DIGITS:
        raise UserError(_("“{text}” is too long for a number.").format(text=digits[:60]))
    return Decimal(digits)
