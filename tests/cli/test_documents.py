"""plan and report: documents from the command line, read back from their PDFs."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from tests.cli.conftest import Run

FILES = Path(__file__).resolve().parents[1] / "files" / "import"


def text_of(path: Path) -> str:
    with pdfium.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join("\n".join(pages).split())


def test_the_plan_of_an_account_is_written_in_its_language(
    run: Run, japanese: Path, tmp_path: Path
) -> None:
    out = tmp_path / "plan.pdf"
    run("plan", japanese, "千鳥浦ストアーズ株式会社", "--pdf", out)
    text = text_of(out)
    for words in (
        "店舗と本部のデータ活用プラン",
        "営業3拠点の利用定着",
        "株式会社ひなた台クラウド",
    ):
        assert words in text
    assert "値引き方針の社内確認" not in text
    assert "佐藤部長の評価指標" not in text


def test_the_language_and_the_plan_can_be_chosen(run: Run, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"
    run("plan", sample, "Blue Larch Insurance", "--pdf", out, "--lang", "ja")
    assert "Blue Larch Insurance 御中" in text_of(out)
    title = "Back to daily use in the branches"
    run("plan", sample, "C-1003", "--plan", title, "--pdf", out)
    assert title in text_of(out)
    said = run("plan", sample, "C-1001", "--plan", title, "--pdf", out, status=1).err
    assert title in said


def test_stores_imported_from_a_table_get_their_months_as_a_chart(
    run: Run, file: Path, tmp_path: Path
) -> None:
    run(
        *("import", file, FILES / "jp_stores.csv", FILES / "jp_sales.csv"),
        *("--map", FILES / "jp_stores.toml", "--map", FILES / "jp_sales.toml"),
    )
    out = tmp_path / "新宿店.pdf"
    run("plan", file, "新宿店", "--pdf", out, "--lang", "ja")
    text = text_of(out)
    assert "新宿店 御中" in text
    assert "売上" in text


def test_what_changed_since_a_revision_is_refused_plainly(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "plan.pdf"
    said = run("plan", sample, "C-1001", "--pdf", out, "--since", "2", status=1).err
    assert "cannot say yet" in said
    assert not out.exists()


INTERNAL = (
    "Settle our discount for a longer term",
    "IT's approval before the renewal comes first",
    "Renee is measured on this one herself",
    "Win over two store managers",
    "Priscilla brought up building it in-house",
    "Asking Renee to push is the last resort",
)


def test_the_executive_summary_is_one_page_without_anything_internal(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "summary.pdf"
    said = run("plan", sample, "C-1001", "--pdf", out, "--kind", "executive").out
    assert "1 page." in said
    text = text_of(out)
    assert "20 % more new deals per month" in text
    assert not any(words in text for words in INTERNAL)


def test_the_internal_brief_has_everything_and_says_so_on_each_page(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "brief.pdf"
    run("plan", sample, "C-1001", "--pdf", out, "--kind", "internal")
    text = text_of(out)
    for words in (*INTERNAL, "$11,800.00", "High influence", "Store Reports for all stores"):
        assert words in text, words
    with pdfium.PdfDocument(out) as document:
        assert len(document) > 2
        assert all("Internal" in page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_portfolio_report_has_every_account_and_says_internal_on_each_page(
    run: Run, sample: Path, tmp_path: Path, language: str
) -> None:
    out = tmp_path / "portfolio.pdf"
    run("report", sample, "--pdf", out, "--lang", language)
    text = text_of(out)
    rows = run("show", sample, "--json").json()["accounts"]
    for row in rows:
        assert (row["name"] in text) is (row["status"] != "churned"), row["name"]
    assert "Find out whether more training is needed" in text
    with pdfium.PdfDocument(out) as document:
        mark = "Internal" if language == "en" else "社内"
        assert all(mark in page.get_textpage().get_text_range() for page in document)


def test_a_document_for_an_unknown_account_is_not_written(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "plan.pdf"
    assert "There is no" in run("plan", sample, "Nobody", "--pdf", out, status=1).err
    missing = tmp_path / "no" / "plan.pdf"
    assert "does not exist" in run("plan", sample, "C-1001", "--pdf", missing, status=1).err
    assert list(tmp_path.glob("*.pdf")) == []
