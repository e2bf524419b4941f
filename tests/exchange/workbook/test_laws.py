"""Whatever texts a plan has and however its rows come back, an answer finds its item."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.errors import UserError
from csdesk.exchange.workbook.reading import read_workbook
from csdesk.exchange.workbook.rows import same
from csdesk.exchange.workbook.sent import sent_in
from csdesk.exchange.workbook.style import text_of
from csdesk.exchange.workbook.writing import workbook_bytes
from csdesk.model.vocabulary import ActionStatus, DocumentKind
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import ActionRow, CustomerPlan
from csdesk.workspace.workspace import Workspace
from tests.exchange.workbook.desk import TODAY, Desk, Paper

# Titles as they can be stored: without control characters, and not blank (editing.clean).
TITLES = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40
).filter(lambda text: any(one.isalnum() for one in text))
LANGUAGES = st.sampled_from(["en", "ja"])


def document(titles: list[str], language: str) -> CustomerDocument:
    rows = tuple(
        ActionRow(title, "customer", goal=title, id=f"id-{number}")
        for number, title in enumerate(titles)
    )
    view = CustomerPlan("Acme", TODAY, plan_id="p", account_id="a", actions=rows)
    return CustomerDocument(DocumentKind.CUSTOMER, language, view)


@settings(max_examples=15)
@given(st.lists(TITLES, min_size=1, max_size=6), LANGUAGES)
def test_an_untouched_workbook_says_just_what_was_sent(
    tmp_path_factory: pytest.TempPathFactory, titles: list[str], language: str
) -> None:
    one = document(titles, language)
    path = tmp_path_factory.mktemp("law") / "w.xlsx"
    path.write_bytes(workbook_bytes(one))
    returned = read_workbook(path)
    assert returned.notices == ()
    sent = sent_in(one)
    assert [action.id for action in returned.actions] == [action.id for action in sent.actions]
    for action, was in zip(returned.actions, sent.actions, strict=True):
        assert same(action.title) == same(was.title)
        assert (action.status, action.due_on, action.comment) == (was.status, was.due_on, "")


@settings(max_examples=15)
@given(st.lists(TITLES, min_size=1, max_size=6), LANGUAGES, st.randoms(), st.data())
def test_an_answer_finds_its_item_in_any_order_of_rows_and_columns(
    tmp_path_factory: pytest.TempPathFactory,
    titles: list[str],
    language: str,
    chance: Random,
    data: st.DataObject,
) -> None:
    target = data.draw(st.integers(0, len(titles) - 1))
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(document(titles, language))))
    paper = Paper(book)
    sheet = paper.sheet("action")
    number = next(
        row
        for row in range(4, sheet.max_row + 1)
        if sheet.cell(row, paper.column("id")).value == f"id-{target}"
    )
    sheet.cell(number, paper.column("status")).value = "完了"
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top, rows = cells[:3], cells[3:]
    order = list(range(sheet.max_column))
    chance.shuffle(rows)
    chance.shuffle(order)
    for row, values in enumerate([*top, *rows], 1):
        for column, index in enumerate(order, 1):
            cell = sheet.cell(row, column)
            cell.value = values[index]
            if isinstance(values[index], str):
                cell.data_type = "s"
    path = tmp_path_factory.mktemp("law") / "w.xlsx"
    book.save(path)
    returned = read_workbook(path)
    done = [action.id for action in returned.actions if action.status == ActionStatus.DONE]
    assert done == [f"id-{target}"]
    assert {action.id for action in returned.actions} == {
        f"id-{number}" for number in range(len(titles))
    }


@given(st.text())
def test_a_text_that_was_made_writable_stays_so(text: str) -> None:
    assert text_of(text_of(text).replace("_x005F_", "_")) == text_of(text)


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31)),
    st.times(),
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=30),
    st.sampled_from(
        ["完了", "12/5", "=1/0", "#REF!", "+", "csdesk", "csdesk:action:id", "x" * 600]
    ),
)
PLACES = st.tuples(st.integers(4, 20), st.integers(1, 12))


@settings(max_examples=20)
@given(st.dictionaries(PLACES, JUNK, max_size=12), st.sampled_from(["action", "measure"]))
def test_whatever_stands_in_the_cells_is_understood_or_refused_in_a_sentence(
    workspace: Workspace,
    tmp_path_factory: pytest.TempPathFactory,
    cells: dict[tuple[int, int], object],
    kind: str,
) -> None:
    folder = tmp_path_factory.mktemp("junk")
    desk = Desk(workspace, folder)

    def scribble(paper: Paper) -> None:
        for (row, column), value in cells.items():
            paper.sheet(kind).cell(row, column).value = value

    path = desk.filled(scribble)
    try:
        review = desk.review(path)
    except UserError:
        return
    desk.accept(
        tuple(one for one in review.differences if one.field in ("status", "comment", "value"))
    )


@pytest.mark.parametrize("seed", range(12))
def test_no_word_of_the_customer_is_ever_lost(
    workspace: Workspace, tmp_path: Path, seed: int
) -> None:
    """Wherever a text stands on our sheets, it is a difference or a notice."""
    chance = Random(seed)
    desk = Desk(workspace, tmp_path)
    written: dict[tuple[str, int, int], str] = {}

    def scribble(paper: Paper) -> None:
        for number in range(6):
            kind = chance.choice(["action", "measure"])
            sheet = paper.sheet(kind)
            place = kind, chance.randint(4, sheet.max_row), chance.randint(2, sheet.max_column + 2)
            written[place] = f"QX{number}{chance.choice(['', ' 様', '！', '㈱', '=1'])}"
        for (kind, row, column), text in written.items():
            cell = paper.sheet(kind).cell(row, column)
            cell.value, cell.data_type = text, "s"

    review = desk.review(desk.filled(scribble))
    told = " ".join([*(one.theirs for one in review.differences), *review.notices])
    lost = {place: text for place, text in written.items() if text[:3] not in told}
    assert not lost, review
