"""Reads a target as one says it: 120%, 20%増, +20 %, 3割減, 95%以上, +5 pp, 5ポイント改善, 維持."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.vocabulary import Direction, TargetMode

MOST_DIGITS = 24
"""More digits than any target has."""

_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "△": "-", "▲": "-"})
_N = r"(?P<n>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)"
_M = _N.replace("<n>", "<m>")
_BASE = r"(?:基準値?|ベースライン|現状値?|現在値?|開始時|導入前|今)"
_LATIN_BASE = r"(?:baseline(?:\s+value)?|base|start(?:ing\s+value)?|current(?:\s+value)?)"
_OF = rf"(?:(?:of|vs\.?|versus|compared\s+(?:to|with))\s+)?(?:the\s+)?{_LATIN_BASE}"
_OVER = r"(?:\s+(?:than|over|on|vs\.?|compared)\s.*)?(?:する|させる)?"
_MORE = (
    r"(?:増加?し?|増やす|上げる|アップ|up|more|higher|increase|rise|growth|improvement|better"
    rf"|向上|上昇|改善){_OVER}"
)
_LESS = (
    r"(?:減少?|減らす|下げる|ダウン|カット|down|less|lower|fewer|decrease|reduction|drop|cut|削減|低減|短縮|低下)"
    rf"{_OVER}"
)
_UP = r"(?:up|increased?|improved?|raised?|grow|growth|rise)"
_DOWN = r"(?:down|decreased?|reduced?|reduction|cut|lower|drop)"
_BY = r"(?:(?:by|of)\s+)?"


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SIGNED = _whole(rf"(?P<sign>[+-])\s*{_N}\s*%")
_RISING = _whole(
    rf"(?:{_BASE}(?:から|より|比で?|の)?\s*)?{_BY}{_N}\s*%\s*{_MORE}|{_UP}\s+{_BY}{_M}\s*%"
)
_FALLING = _whole(
    rf"(?:{_BASE}(?:から|より|比で?|の)?\s*)?{_BY}{_N}\s*%\s*{_LESS}|{_DOWN}\s+{_BY}{_M}\s*%"
)
_OF_BASELINE = _whole(
    rf"{_N}\s*%\s*(?:に|へ|まで|{_OF}|{_BASE}(?:対?比)?)"
    rf"|(?:{_BASE}\s*(?:の|対?比で?)?|(?:the\s+)?{_LATIN_BASE}:?)\s*{_M}\s*%\s*(?:に|へ|まで)?"
)
_TIMES = _whole(
    rf"(?:{_BASE}の?\s*)?{_N}\s*(?:倍(?:に|へ)?|(?:x|×|times)(?:\s+{_OF})?)"
    rf"|(?:{_LATIN_BASE}\s*)?[x×*]\s*{_M}"
)
_PERCENT = _whole(rf"{_N}\s*%")
_PLAIN = _whole(_N)
_AT_LEAST = _whole(
    r"(?:≥|>=|>|at\s+least|minimum|min\.?)\s*(.+)|(.+?)\s*(?:以上|or\s+(?:more|higher))"
)
_AT_MOST = _whole(
    r"(?:≤|<=|<|at\s+most|maximum|max\.?|under|below)\s*(.+)"
    r"|(.+?)\s*(?:以下|以内|未満|or\s+(?:less|lower|fewer))"
)
_IN_WORDS = re.compile(r"\s*(?:パーセント|per\s?cent|pct\b\.?)", re.IGNORECASE)
_TENTHS = re.compile(r"(\d+(?:\.\d+)?)\s*割(?:\s*(\d)\s*分)?")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)$")
_KEEP = frozenset(
    {"keep", "hold", "maintain", "維持", "現状維持", "維持する", "キープ", "据え置き"}
)
_DOUBLE, _HALF = ("double", "twice", "倍増", "倍"), ("half", "halve", "半減", "半分")
_POINTS = re.compile(
    r"\s*(?:(?:%|パーセント|per\s?cent(?:age)?|pct\.?)[\s-]*)?"
    r"(?:ポイント|点|points?|pts?|ppts?|pps?|p\.p\.)(?![a-z])\.?|\s*%p(?![a-z])",
    re.IGNORECASE,
)
_BETTER = re.compile(r"改善|improve|better", re.IGNORECASE)
_WORDS = dict.fromkeys(_DOUBLE, 200) | {"triple": 300} | dict.fromkeys(_HALF, 50)


@dataclass(frozen=True, slots=True)
class TypedTarget:
    """What was typed: the number with the way it is meant.

    `mode` None leaves the way as it is; `direction` is given where the words say it.
    """

    value: Decimal
    mode: TargetMode | None = None
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What a target is said of: a KPI from its baseline, and which way is better.

    `is_percent` tells that the KPI is a percentage itself, `has_points` that a change of it may be
    told in points, as of percentages and scores.
    """

    baseline: Decimal | None = None
    direction: str | None = None
    is_percent: bool = False
    has_points: bool = False


UNKNOWN = Measured()
"""Nothing is known of what a target is said of."""


def typed_target(text: str, *, mode: str | None = None, of: Measured = UNKNOWN) -> TypedTarget:
    """Read a target that is more than a plain number.

    A number with % alone is a share of the baseline. Of a KPI that is a percentage itself it is
    the value itself, unless the `mode` of now is a share of the baseline already. "95%以上" and
    "at most 5%" say the direction too. "+5 pp" and "5ポイント改善" come to the value itself, so
    many points from the baseline. Raises UserError for anything that is no such target; plain
    numbers are read only behind such words.
    """
    if _POINTS.search(unicodedata.normalize("NFKC", text)):
        return _in_points(text, of)
    return _typed(text, text, mode, of)


def _in_points(text: str, of: Measured) -> TypedTarget:
    """Read a change told in points: as one in per cent, but added and not multiplied."""
    if not of.has_points:
        raise UserError(
            _("“{text}” is in points, but the KPI is no percentage or score.").format(
                text=_short(text)
            ),
            _("Type +20% for a share of the baseline, or the target itself, such as 96."),
        )
    in_percent = _POINTS.sub("%", unicodedata.normalize("NFKC", text))
    read = _typed(text, in_percent, TargetMode.ABSOLUTE, of)
    is_told = of.direction in (Direction.HIGHER, Direction.LOWER)
    if read.mode is not TargetMode.PERCENT_INCREASE or (_BETTER.search(text) and not is_told):
        raise UserError(
            _("It is not clear which way “{text}” goes.").format(text=_short(text)),
            _("Type +5 pp or −5 pp, or the target itself, such as 80."),
        )
    if of.baseline is None:
        raise UserError(
            _("“{text}” counts from the baseline, which is not known yet.").format(
                text=_short(text)
            ),
            _("Enter the baseline first, or type the target itself, such as 80."),
        )
    return TypedTarget(of.baseline + read.value, TargetMode.ABSOLUTE, read.direction)


def _typed(text: str, spelt: str, mode: str | None, of: Measured) -> TypedTarget:
    """Read what is spelt out; `text` is what was typed, for messages."""
    said = unicodedata.normalize("NFKC", spelt).translate(_SIGNS).strip().rstrip("。.")
    said = _BRACKETS.sub(r" \1", _TENTHS.sub(_in_percent, _IN_WORDS.sub("%", said)))
    for bound, direction in ((_AT_LEAST, Direction.HIGHER), (_AT_MOST, Direction.LOWER)):
        if found := bound.fullmatch(said):
            inner = (found[1] or found[2]).strip()
            if plain := _PLAIN.fullmatch(inner):
                return TypedTarget(_number(plain), _known_mode(mode), direction)
            read = _read(text, inner, mode, of)
            return replace(read, direction=direction)
    return _read(text, said, mode, of)


def _read(text: str, said: str, mode: str | None, of: Measured) -> TypedTarget:
    """Read what was said of `text` without the words around it."""
    folded = said.casefold().removesuffix("する").removesuffix("させる")
    if folded in _KEEP:
        return TypedTarget(Decimal(100), TargetMode.PERCENT_OF_BASELINE, Direction.KEEP)
    folded = re.sub(rf"に?$|\s+{_OF}$", "", folded)
    if folded in _WORDS:
        return TypedTarget(Decimal(_WORDS[folded]), TargetMode.PERCENT_OF_BASELINE)
    if found := _SIGNED.fullmatch(said):
        number = _number(found)
        return TypedTarget(-number if found["sign"] == "-" else number, TargetMode.PERCENT_INCREASE)
    if found := _RISING.fullmatch(said):
        number = _number(found)
        if of.direction == Direction.LOWER and _BETTER.search(said):
            number = -number  # a better response time is a shorter one
        return TypedTarget(number, TargetMode.PERCENT_INCREASE)
    if found := _FALLING.fullmatch(said):
        return TypedTarget(-_number(found), TargetMode.PERCENT_INCREASE)
    if found := _OF_BASELINE.fullmatch(said):
        return TypedTarget(_number(found), TargetMode.PERCENT_OF_BASELINE)
    if found := _TIMES.fullmatch(said):
        return TypedTarget(_number(found) * 100, TargetMode.PERCENT_OF_BASELINE)
    if found := _PERCENT.fullmatch(said):
        share = not of.is_percent or mode == TargetMode.PERCENT_OF_BASELINE
        meant = TargetMode.PERCENT_OF_BASELINE if share else TargetMode.ABSOLUTE
        return TypedTarget(_number(found), meant)
    raise UserError(
        _("“{text}” is no target.").format(text=_short(text)),
        _("Type a number such as 80, +5 pp, +20% or “keep”.")
        if of.has_points
        else _("Type a number such as 96, 120%, +20% or “keep”."),
    )


def _short(text: str) -> str:
    return text.strip()[:60]


def _known_mode(mode: str | None) -> TargetMode | None:
    return TargetMode(mode) if mode in set(TargetMode) else None


def _in_percent(found: re.Match[str]) -> str:
    """Write 3割 as 30% and 2割5分 as 25%."""
    return f"{Decimal(found[1]) * 10 + int(found[2] or 0):f}%"


def _number(found: re.Match[str]) -> Decimal:
    groups = found.groupdict()
    digits = (groups.get("n") or groups.get("m") or "").replace(",", "")
    if len(digits) > MOST_DIGITS:
        raise UserError(_("“{text}” is too long for a number.").format(text=digits[:60]))
    return Decimal(digits)
