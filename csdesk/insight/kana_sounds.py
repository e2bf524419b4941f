"""How Japanese is written in Latin letters, so that a name is found without an input method.

Hepburn writes フジ “fuji”, Kunrei “huzi”, and people write long vowels, the doubled consonant and
ん in more than one way. All are brought to one spelling, in which they can be compared; it is
close to Kunrei and made for comparing, not for reading. It is the same for what is half typed, so
that “fuj” begins like “fuji”.
"""

from __future__ import annotations

import re
import unicodedata

_VOWELS = "aiueo"
_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だぢづでど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
_SYLLABLES = {
    kana: f"{consonant}{vowel}"
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, _VOWELS, strict=True)
} | {
    **dict(zip("やゆよわをんゔ", ("ya", "yu", "yo", "wa", "o", "n", "bu"), strict=True)),
    "ぢ": "zi",
    "づ": "zu",
    "ゐ": "i",
    "ゑ": "e",
    "ゎ": "wa",
    "ゕ": "ka",
    "ゖ": "ke",
    "っ": "",
    "ー": "",
}
_SMALL_Y = dict(zip("ゃゅょ", "auo", strict=True))
_SMALL = dict(zip("ぁぃぅぇぉ", _VOWELS, strict=True))
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_LEAST = 2
_ANY_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9f]")
_LETTERS = re.compile("[a-z'’-]+")

# One after the other; what stands at the end may be half of a syllable.
_SPELLINGS = tuple(
    (re.compile(pattern), same)
    for pattern, same in (
        (r"['’-]", ""),
        (r"v", "b"),
        (r"l", "r"),
        (r"[ct](?=ch)", ""),
        (r"[ct]h(?=i)|ch(?=$)|ts", "t"),
        (r"ch(?=[aueo])", "ty"),
        (r"sh(?=i|$)", "s"),
        (r"sh(?=[aueo])", "sy"),
        (r"j(?=[aueo])", "zy"),
        (r"j", "z"),
        (r"f", "h"),
        (r"dh", "d"),
        (r"dz|d(?=u)", "z"),
        (r"c(?=[aouk])|q", "k"),
        (r"c+$", "t"),
        (r"wo", "o"),
        (r"m(?=[bmp])", "n"),
        (r"([b-df-hj-np-tv-z])\1+", r"\1"),
        (r"([aiue])\1+", r"\1"),
        (r"o[ou]+", "o"),
    )
)


def has_kana(text: str) -> bool:
    """Tell whether any of a text is written in kana."""
    return _ANY_KANA.search(text) is not None


def sounds(text: str) -> str:
    """Write a text in the one spelling: kana and Latin letters alike, everything else as it is.

    Case, width and accents do not matter: “Tōkyō”, “toukyou” and トウキョウ give “tokyo”.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_KATAKANA)
    if not plain.isascii():
        plain = _without_accents(plain)
    return _LETTERS.sub(lambda found: _one_spelling(found[0]), _in_letters(plain))


def asked_sounds(text: str) -> tuple[str, ...]:
    """Write what somebody began to type in the spellings that may come of it, the likelier first.

    “nam” may become “namba” (なんば), which is spelled with an n. Nothing where too little is left
    to go by, as of “zzz”.
    """
    written = sounds(text)
    if len(written) < min(_LEAST, len(text) - 1):
        return ()
    return (written, f"{written[:-1]}n") if written.endswith("m") else (written,)


def _in_letters(text: str) -> str:
    """Write hiragana in letters."""
    written: list[str] = []
    for char in text:
        before = written[-1] if written else ""
        if char in _SMALL_Y and before.endswith("i") and len(before) > 1:
            written[-1] = f"{before[:-1]}y{_SMALL_Y[char]}"
        elif char in _SMALL_Y and len(before) > 1 and before[-1] in _VOWELS:
            written[-1] = f"{before[:-1]}y{_SMALL_Y[char]}"  # デュ
        elif char in _SMALL:
            _add_small(written, before, _SMALL[char])
        else:
            written.append(_SYLLABLES.get(char, _SMALL_Y.get(char, char)))
    return "".join(written)


def _add_small(written: list[str], before: str, vowel: str) -> None:
    """Let a small vowel take the place of the one before it, as in ファ, ティ and チェ."""
    if before == "u":
        written[-1] = f"w{vowel}"
    elif before in ("si", "ti", "zi") and vowel != "i":
        written[-1] = f"{before[0]}y{vowel}"
    elif len(before) > 1 and before[-1] in _VOWELS:
        written[-1] = f"{before[:-1]}{vowel}"
    else:
        written.append(vowel)


def _one_spelling(word: str) -> str:
    for pattern, same in _SPELLINGS:
        word = pattern.sub(same, word)
    return word


def _without_accents(text: str) -> str:
    """Take the accents off Latin letters; the marks of kana stay."""
    if not any("\u00c0" <= char <= "\u024f" for char in text):
        return text
    return "".join(
        unicodedata.normalize("NFD", char)[0] if "\u00c0" <= char <= "\u024f" else char
        for char in text
    )
