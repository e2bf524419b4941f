"""Two edits of one text are joined where they do not meet, and never silently garbled."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csdesk.insight.text_join import Clash, Origin, Span, join_texts

BEFORE = "CIO wants a recovery plan before the board meets."


def test_two_sentences_added_at_one_place_stand_one_after_the_other() -> None:
    join = join_texts(
        BEFORE, BEFORE + " Usage fell after the release.", BEFORE + " Pricing is not the issue."
    )
    assert join.spans == (
        Span(BEFORE, Origin.BEFORE),
        Span(" Usage fell after the release.", Origin.NOW),
        Span(" Pricing is not the issue.", Origin.OTHER),
    )
    assert join.is_clean


@pytest.mark.parametrize(
    ("before", "now", "other", "joined"),
    [
        ("The quick brown fox", "The slow brown fox", "The quick brown dog", "The slow brown dog"),
        (
            "期限は来月です。担当は鈴木さんです。",
            "期限は再来月です。担当は鈴木さんです。",
            "期限は来月です。担当は田中さんです。",
            "期限は再来月です。担当は田中さんです。",
        ),
        ("会議を行う。", "会議を行う。資料を送る。", "会議を行う。次回は金曜。", None),
        ("One.\nTwo.\nThree.", "One.\nTwo.", "Zero.\nOne.\nTwo.\nThree.", "Zero.\nOne.\nTwo."),
        ("Call\n", "Call\nfirst\n", "Call\nsecond\n", "Call\nfirst\nsecond\n"),
        ("", "Aiko was there.", "Ben was there.", "Aiko was there. Ben was there."),
        ("Done.", "Done. Yes.", "Done. Yes.", "Done. Yes."),
        (
            "絵文字👩‍💻です。次の行。",
            "絵文字👩‍💻だ。次の行。",
            "絵文字👩‍💻です。次の頁。",
            "絵文字👩‍💻だ。次の頁。",
        ),
    ],
)
def test_what_does_not_meet_is_joined(
    before: str, now: str, other: str, joined: str | None
) -> None:
    join = join_texts(before, now, other)
    wanted = joined or before + now.removeprefix(before) + other.removeprefix(before)
    assert join.text == wanted
    assert join.is_clean


@pytest.mark.parametrize(
    ("before", "now", "other", "clash"),
    [
        ("due Jan 15", "due Feb 15", "due Jan 20", Clash("Jan 15", "Feb 15", "Jan 20")),
        ("期限は1月15日", "期限は2月15日", "期限は1月20日", Clash("1月15", "2月15", "1月20")),
        ("Call him.", "Call her.", "Call them.", Clash("him", "her", "them")),
        ("see you on", "see you on Monday", "see you on Friday", None),
        ("One whole sentence.", "", "One whole long sentence.", None),
        ("about the plan", "about the old plan", "about the new plan", None),
    ],
)
def test_what_both_changed_at_one_place_is_said_and_not_joined(
    before: str, now: str, other: str, clash: Clash | None
) -> None:
    join = join_texts(before, now, other)
    assert not join.is_clean
    assert join.text == ""
    assert join.spans == ()
    if clash is not None:
        assert join.clashes == (clash,)


def test_what_was_removed_is_told_but_no_more_in_the_text() -> None:
    join = join_texts(
        "Keep this part. Drop that part. And some more words here.",
        "Keep this part. And some more words here.",
        "Keep this part. Drop that part. And some more words there.",
    )
    assert join.text == "Keep this part. And some more words there."
    assert Span("here", Origin.OTHER, is_removed=True) in join.spans
    assert any(span.is_removed and span.origin is Origin.NOW for span in join.spans)


def test_a_very_long_text_is_joined_by_sentences() -> None:
    lines = [f"Line {number} has words in it.\n" for number in range(4000)]
    now, other = list(lines), list(lines)
    now[10], other[3000] = "Changed here.\n", "And changed there.\n"
    both = list(now)
    both[3000] = other[3000]
    assert join_texts("".join(lines), "".join(now), "".join(other)).text == "".join(both)


def test_a_long_text_that_repeats_itself_is_joined_before_one_loses_patience() -> None:
    before = ("長い文章です。" * 20 + "\n") * 500
    join = join_texts(before, before.replace("長い", "短い", 1), before + "終わり。")
    assert join.text == before.replace("長い", "短い", 1) + "終わり。"
    other = "".join(reversed(before))
    assert not join_texts(before, other, f"{before.replace('です', 'だ')}。").is_clean


WORDS = st.lists(
    st.sampled_from(["plan", "call", "Monday", "15", " ", ". ", "\n", "会議", "。", "鈴木", "a"]),
    max_size=14,
).map("".join)
TEXTS = WORDS | st.text(max_size=30)


@given(before=TEXTS, other=TEXTS)
def test_who_changed_nothing_gets_the_others_text(before: str, other: str) -> None:
    assert join_texts(before, before, other).text == other
    assert join_texts(before, other, before).text == other


@given(before=TEXTS, after=TEXTS)
def test_who_wrote_the_same_gets_that(before: str, after: str) -> None:
    assert join_texts(before, after, after).text == after


@given(before=TEXTS, now=TEXTS, other=TEXTS)
@example("a.", "a. b.", "a. c.")
@example("", "One.", "Two.")
def test_without_what_the_other_did_each_ones_text_is_left(
    before: str, now: str, other: str
) -> None:
    join = join_texts(before, now, other)
    if not join.is_clean:
        assert join.clashes
        return
    for text, mine in ((now, Origin.NOW), (other, Origin.OTHER)):
        shown = "".join(span.text for span in join.spans if is_of(span, mine))
        # A blank may have been put between two sentences.
        assert shown.split() == text.split() or "".join(shown.split()) == "".join(text.split())


def is_of(span: Span, mine: Origin) -> bool:
    """Tell whether a part is in one side's text: it wrote it, or did not remove it."""
    if span.origin is Origin.BEFORE:
        return True
    return span.is_removed is not (span.origin in (mine, Origin.BOTH))


@given(parts=st.lists(WORDS, min_size=1, max_size=4), now=WORDS, other=WORDS)
def test_changes_of_different_lines_are_joined_the_same_from_either_side(
    parts: list[str], now: str, other: str
) -> None:
    kept = "a line of words that nobody touches\n"
    lines = [f"{part.replace(chr(10), ' ')}\n" for part in parts]
    before = "".join([*lines, kept, *lines])
    mine = "".join([f"{now} first words\n", kept, *lines])
    theirs = "".join([*lines, kept, f"{other} last words\n"])
    one, two = join_texts(before, mine, theirs), join_texts(before, theirs, mine)
    assert one.is_clean == two.is_clean
    assert one.text == two.text
    if one.is_clean:
        assert one.text.startswith(f"{now} first words")
        assert one.text.endswith(f"{other} last words\n")
