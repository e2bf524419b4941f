"""Units that everybody knows are written in the document's language, all others as they are."""

from __future__ import annotations

import pytest

from csdesk.insight.unit_words import unit_in

BOTH_WAYS = {
    "時間": "h",
    "分": "min",
    "日": "days",
    "週間": "weeks",
    "か月": "months",
    "人": "people",
    "回": "times",
    "点": "points",
    "席": "seats",
    "店舗": "stores",
    "倍": "×",
}
ENGLISH = {
    "円": "¥",
    "名": "people",
    "ヶ月": "months",
    "％": "%",
    "パーセント": "%",
    # A counter has no word in English; what is counted, the KPI's name says.
    "件": "",
    "個": "",
}
JAPANESE = {"Hours": "時間", "users": "人", "Tickets": "件", "business days": "営業日", "yen": "円"}
AS_THEY_ARE = ("", "%", "¥", "$", "万円", "件/月", "NPS", "pt", "/ 5", "GB", "views per week", "杯")


@pytest.mark.parametrize(("japanese", "english"), BOTH_WAYS.items())
def test_a_common_unit_is_written_in_either_language(japanese: str, english: str) -> None:
    assert unit_in(japanese, "en") == english
    assert unit_in(english, "ja") == japanese
    assert unit_in(japanese, "ja") == japanese
    assert unit_in(english, "en") == english


def test_other_ways_to_write_a_common_unit_are_known_too() -> None:
    assert {unit: unit_in(unit, "en") for unit in ENGLISH} == ENGLISH
    assert {unit: unit_in(unit, "ja") for unit in JAPANESE} == JAPANESE


@pytest.mark.parametrize("unit", AS_THEY_ARE)
def test_what_a_team_thought_up_itself_stays_as_it_is(unit: str) -> None:
    assert [unit_in(unit, language) for language in ("en", "ja")] == [unit, unit]
