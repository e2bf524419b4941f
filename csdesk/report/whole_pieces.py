"""What stays on one line: numbers with their counters, dates, times, addresses, versions, flags.

The rules for two neighbouring characters (line_breaking.py) cannot know that the 3 of 3月31日
belongs to 月; these patterns can. A piece that is longer than a line is cut all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST_RANGE = 14
"""A range that takes more than this many half-width places may break after its 〜."""

_DIGIT = "[0-9０-９]"
_NUMBER = (
    f"{_DIGIT}+(?:[.,:/．，：／-]{_DIGIT}+)*(?:[十百千万億兆](?:{_DIGIT}+(?:[.,．，]{_DIGIT}+)*)?)*"
)
_KANJI_NUMBER = "[〇一二三四五六七八九十百千]+[万億兆]?"
_OFTEN = (
    "(?<![0-9０-９今来昨翌])[年月週日]"
    "(?=[0-9０-９][0-9０-９,.]*(?:回|件|社|名|本|人|時間|万円|円|％|%))"
)
_SIGN = f"(?:第 ?|[約全各]|{_OFTEN}|[¥$€£￥＄№#＃±+＋−－-]|[▲△▼][ ]?)"
_ERA = "(?:令和|平成|昭和)"
_WEEKDAY = "(?:\\([月火水木金土日祝・]{1,4}\\)|（[月火水木金土日祝・]{1,4}）)"
_COUNTER = (
    "(?:四半期|半期|営業日|週間|[かヶカヵケ箇][月年所国]|年度|[時分秒日年月]間|世代|丁目|番地|番目"
    "|拠点|店舗|部門|部署|種類|文字|ページ|ポイント|パーセント|ドル|ユーロ|メートル|キロ|グラム"
    "|リットル|トン|ユーザー|アカウント|ライセンス|セット|チーム"
    "|[年月日時分秒週期円銭元件社名人回台本個倍位点歳才者店箇割つ冊枚階次号章節条項行列桁語字通席]"
    "|[機基杯足組区市県国泊段級番軒棟戸坪畳頁票品校班室問版話便曲匹羽頭膳株口代])"
)
_PART = "[上中下初]旬|[上下]半?期"
_BOUND = (
    "(?:以内|以上|以下|以降|以前|未満|前後|限り|あたり|当たり|ごと"
    f"|{_PART}|[間様目前後末期度半台弱強超])?"
)
_PER = "(?:[/／](?:四半期|時間|店舗|拠点|[年月週日時人名社件回店台席口]))?"
_SIGN_AFTER = "(?:%|％|‰|℃|°C|[㎡㎥㎜㎝㎞㎎㎏㏄㍑㌔㌢㌘㌧㌫㌦]|pt|bps)"
_LATIN_UNIT = "(?:kg|g|mg|km|m|cm|mm|GB|MB|KB|TB|h|min|ms|sec|s|pt|hrs?|days?|x)(?![A-Za-z0-9])"

_DATE = (
    f"{_ERA}?{_DIGIT}+ ?年 ?{_DIGIT}+ ?月"
    f"(?: ?{_DIGIT}+ ?日(?:時点|付)?|{_PART}|[期末])?{_WEEKDAY}?"
    f"|{_DIGIT}+ ?月 ?{_DIGIT}+ ?日(?:時点|付)?{_WEEKDAY}?"
    f"|{_ERA}(?:{_DIGIT}+|元)年(?:度)?"
    f"|{_DIGIT}+[/-]{_DIGIT}+(?:[/-]{_DIGIT}+)?{_WEEKDAY}"
)
_TIME = f"(?:午前|午後)?{_DIGIT}+時(?:{_DIGIT}+分(?:{_DIGIT}+秒)?|半|(?!間))"
_AMOUNT = (
    f"{_SIGN}?{_NUMBER}"
    f"(?: ?{_SIGN_AFTER}{_BOUND}| ?{_COUNTER}(?:目)?{_BOUND}{_PER}| {_LATIN_UNIT})?"
)
_RATIO = f"{_DIGIT}+(?:分の|対){_DIGIT}+"
_KANJI_AMOUNT = (
    f"[数何][十百千万億]*{_COUNTER}|第{_KANJI_NUMBER}{_COUNTER}?|{_KANJI_NUMBER}{_COUNTER}{_BOUND}"
)
_VERSION = "[vV]?[0-9]+(?:\\.[0-9]+)+[-+][0-9A-Za-z.+-]+"
_ONE = f"(?:{_DATE}|{_TIME}|{_RATIO}|{_VERSION}|{_AMOUNT})"

_ADDRESS = (
    "(?:https?://|ftp://|mailto:|www\\.)[!-~]+"
    "|[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63})+"
    "|(?<![A-Za-z0-9.-])(?:[A-Za-z0-9-]{1,63}\\.){1,8}[a-z]{2,24}/[!-~]*"
)
_LETTERED = "(?<![A-Za-z0-9])[A-Z][0-9]?(?:判|版|社|案|型|級|棟|店|群|部|班|氏|様)"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"

_WHOLE = re.compile("|".join((_ADDRESS, _FLAG, _LETTERED, _ONE, _KANJI_AMOUNT)))
_RANGE = re.compile(f"{_ONE} ?[〜～~–] ?{_ONE}")
_SHORT_PART = re.compile(
    "(?<![A-Za-z0-9])[A-Za-z0-9][-/–—](?=[^\\W\\d_])|[-/–—](?=[A-Za-z0-9]{1,2}(?![A-Za-z0-9]))"
)


def whole_pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each piece of `text` that no line should end in."""
    for found in _WHOLE.finditer(text):
        if found.end() - found.start() > 1:
            yield found.span()
    if any(mark in text for mark in "〜～~–"):
        for found in _RANGE.finditer(text):
            if sum(1 + (one > "\u2e7f") for one in found[0]) <= _LONGEST_RANGE:
                yield found.span()
    for found in _SHORT_PART.finditer(text):  # e-mail, follow-up: no part of a letter or two
        yield found.end() - 1, found.end() + 1
