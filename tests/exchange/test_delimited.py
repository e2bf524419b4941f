"""Text tables with any delimiter, quoted line breaks, titles above, and what is wrong with some."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.errors import CancelledError, UserError
from csdesk.exchange.delimited import read_delimited
from csdesk.exchange.reading import read_table
from csdesk.exchange.tables import Table, TableOptions, column_letter, header_key

NAMES = TableOptions(wanted=frozenset({"name", "industry", "region"}))


def read(text: str, options: TableOptions = NAMES) -> Table:
    return read_delimited(text.encode(), "table.csv", options)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end_is_found_out(delimiter: str, end: str) -> None:
    lines = [["name", "industry"], ["Acme", "Retail"], ["Beta", "Food"]]

    table = read(end.join(delimiter.join(line) for line in lines))

    assert table.header == ("name", "industry")
    assert [list(cells) for _line, cells in table.rows] == lines[1:]
    assert table.delimiter == delimiter


def test_a_decimal_comma_does_not_make_a_comma_table() -> None:
    table = read("name;industry;region\nAcme;1,5;2,5\nBeta;1,6;2,6\n")
    assert table.delimiter == ";"


def test_two_possible_delimiters_are_not_guessed() -> None:
    with pytest.raises(UserError, match="delimiter"):
        read("a,b;c\n1,2;3\n4,5;6\n", TableOptions(wanted=frozenset({"zzz"})))


def test_a_quoted_cell_keeps_its_line_breaks_and_the_lines_below_their_numbers() -> None:
    table = read('name,industry\n"Ac\nme","Re""tail"\n\nBeta,Food\n')

    assert table.rows[0] == (2, ["Ac\nme", 'Re"tail'])
    assert table.rows[1] == (5, ["Beta", "Food"])


def test_titles_and_blank_rows_above_the_header_are_passed_over() -> None:
    table = read("Accounts of the west,\n\n,\nname,industry\nAcme,Retail\n")

    assert table.header == ("name", "industry")
    assert table.header_line == 4
    assert table.rows[0][0] == 5


def test_one_column_is_a_table_too() -> None:
    table = read("name\nAcme\nBeta\n")
    assert [cells[0] for _line, cells in table.rows] == ["Acme", "Beta"]


def test_a_table_without_a_header_says_how_it_begins() -> None:
    with pytest.raises(UserError) as caught:
        read("Acme,Retail\nBeta,Food\n")

    assert "Acme, Retail" in caught.value.message
    assert "header_row" in caught.value.advice


def test_a_table_without_a_header_can_be_read_by_letters() -> None:
    table = read("Acme,Retail\nBeta,Food,West\n", TableOptions(header_row=0, delimiter=","))

    assert table.header == ("A", "B", "C")
    assert len(table.rows) == 2
    assert table.column_name(1) == "B"


def test_a_named_header_row_that_is_blank_is_a_plain_message() -> None:
    with pytest.raises(UserError, match="header_row"):
        read("name\n\nAcme\n", TableOptions(header_row=2, delimiter=","))


def test_quotation_marks_that_do_not_pair_break_only_their_row() -> None:
    table = read('name,industry\n"Ac"me,Retail\nBeta,Food\n"Gamma,Steel\nDelta,Tea\n')

    assert [cells[0] for _line, cells in table.rows] == ["Beta"]
    assert [broken.line for broken in table.broken] == [2, 4]
    assert "line 5" in table.broken[1].reason


def test_a_hundred_thousand_columns_are_refused_in_one_sentence() -> None:
    header = ",".join(f"name {n}" for n in range(100_000))
    with pytest.raises(UserError, match="100,000 columns"):
        read(f"name,{header[7:]}\n", TableOptions(wanted=frozenset({"name"}), delimiter=","))


@pytest.mark.parametrize("data", [b"", b"\n\n\n", b"  \r\n \t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(data)

    with pytest.raises(UserError, match="empty"):
        read_table(path, NAMES)


def test_a_missing_file_and_a_folder_are_plain_messages(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no file"):
        read_table(tmp_path / "nowhere.csv", NAMES)
    with pytest.raises(UserError, match="folder"):
        read_table(tmp_path, NAMES)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(301_000_000)

    with pytest.raises(UserError, match="larger than"):
        read_table(path, NAMES)


def test_reading_can_be_cancelled() -> None:
    class Cancel:
        def report(self, done: int, total: int | None, note: str = "") -> None:
            raise CancelledError

    text = "name,industry\n" + "Acme,Retail\n" * 30_000
    with pytest.raises(CancelledError):
        read_delimited(text.encode(), "table.csv", NAMES, Cancel())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("E-Mail ", "e_mail", True),
        ("Ｅｍａｉｌ", "email", True),
        ("Account\nname", "account name", True),
        ("売上(円)", "売上（円）", True),
        ("売上", "売上高", False),
        ("#", "№", False),
    ],
)
def test_headers_are_the_same_without_case_width_and_punctuation(
    one: str, other: str, same: bool
) -> None:
    assert (header_key(one) == header_key(other)) is same


@pytest.mark.parametrize(
    ("index", "letter"),
    [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")],
)
def test_columns_are_lettered_as_in_a_spreadsheet(index: int, letter: str) -> None:
    assert column_letter(index) == letter


cells = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=12)


@given(
    st.lists(st.lists(cells, min_size=3, max_size=3), max_size=8),
    st.sampled_from([",", "\t", ";", "|"]),
)
def test_what_the_csv_module_writes_reads_back_cell_by_cell(
    rows: list[list[str]], delimiter: str
) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([["name", "industry", "region"], *rows])

    data = stream.getvalue().encode("utf-8-sig")
    table = read_delimited(data, "table.csv", NAMES)

    full = [row for row in rows if any(cell.strip() for cell in row)]
    if all(row != ["name", "industry", "region"] for row in full):
        assert [list(cells) for _line, cells in table.rows] == full
    assert table.delimiter == delimiter
