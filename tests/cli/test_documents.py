"""plan and report: documents from the command line, read back from their PDFs."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from csdesk.cli.document_choices import plan_meant
from csdesk.queries.revisions import plan_versions
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
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


SHORT = ("--only", "goals", "--no-cover")
WHY = "why=To churn out ARR like Blue Larch Insurance"
GOAL = "20 % more new deals per month"


def page_sizes(path: Path) -> set[tuple[int, int]]:
    with pdfium.PdfDocument(path) as document:
        return {(round(page.get_width()), round(page.get_height())) for page in document}


def test_every_choice_reaches_the_document_and_is_remembered(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    out, again = tmp_path / "plan.pdf", tmp_path / "again.pdf"
    run(
        *("plan", sample, "C-1001", "--pdf", out, "--lang", "ja", "--page", "letter"),
        *("--no-cover", "--without", "actions,ロードマップ", "--without", "people"),
        *("--archival", "--mark-unagreed", "--to", "Ms Whitlock", "--on", "2027-03-01"),
    )
    assert page_sizes(out) == {(612, 792)}
    text = text_of(out)
    assert "目標" in text
    assert text.count("超過") >= 3, "as of that day much is late"
    assert "Agree on one meaning for each sales figure" not in text
    with pikepdf.open(out) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "2B"
    run("plan", sample, "C-1001", "--pdf", again, "--on", "2027-03-01")
    assert again.read_bytes() == out.read_bytes()
    known = run("versions", sample, "C-1001", "--json").json()
    (version,) = known["versions"]
    assert known["customer_has"] == version["id"]
    assert [one["recipient"] for one in version["receipts"]] == ["", "Ms Whitlock"]
    for receipt in version["receipts"]:
        assert receipt["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
        assert (receipt["page_size"], receipt["has_cover"]) == ("letter", False)
        assert receipt["left_out"] == ["actions", "people", "roadmap"]
        assert (receipt["is_archival"], receipt["marks_unagreed"]) == (True, True)
    run("plan", sample, "C-1001", "--pdf", out, "--all-sections", "--lang", "en", "--no-archival")
    assert "People" in text_of(out)


def test_sections_are_chosen_by_code_or_label_and_others_refused(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "plan.pdf"
    run("plan", sample, "C-1001", "--pdf", out, "--only", "Goals", "--no-cover")
    text = text_of(out)
    assert GOAL in text
    assert "Action items" not in text
    said = run("plan", sample, "C-1001", "--pdf", out, "--without", "gaols", status=1).err
    assert "gaols" in said
    for nothing in ("", " ,、"):
        refused = ("plan", sample, "C-1001", "--pdf", out, "--only", nothing)
        assert "No section" in run(*refused, status=1).err
    assert "goals, measures" in said


def test_a_serious_warning_stops_until_it_is_acknowledged_or_passed_over(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    run("set", sample, "goal", GOAL, "--account", "C-1001", WHY)
    out = tmp_path / "plan.pdf"
    said = run("plan", sample, "C-1001", "--pdf", out, status=1).err
    for words in ("“churn”", "[ARR]", "“Blue Larch Insurance” is another customer", "--yes"):
        assert words in said
    assert not out.exists()
    assert run("versions", sample, "C-1001", "--json").json()["versions"] == []
    made = run("plan", sample, "C-1001", "--pdf", out, "--yes", "--json", *SHORT)
    assert {one["severity"] for one in made.json()["findings"]} == {"serious", "notice"}
    assert "[churn]" in made.err
    codes = [one["code"] for one in run("leaks", sample, "C-1001", "--json").json()]
    run("leaks", sample, "C-1001", "--acknowledge", *codes)
    assert run("plan", sample, "C-1001", "--pdf", out).err == ""


def test_an_internal_brief_is_not_looked_through_and_has_no_version(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    run("set", sample, "goal", GOAL, "--account", "C-1001", WHY)
    out = tmp_path / "brief.pdf"
    run("plan", sample, "C-1001", "--pdf", out, "--kind", "internal", "--page", "wide")
    assert page_sizes(out) == {(842, 474)}
    assert run("versions", sample, "C-1001", "--json").json()["versions"] == []
    refused = ("plan", sample, "C-1001", "--pdf", out, "--kind", "internal", "--to", "Renee")
    assert "Leave out --to" in run(*refused, status=1).err


def test_an_older_version_comes_out_again_byte_for_byte(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    first, second, again = (tmp_path / f"{name}.pdf" for name in ("first", "second", "again"))
    run("plan", sample, "C-1001", "--pdf", first, "--lang", "en", *SHORT)
    run("set", sample, "goal", GOAL, "--account", "C-1001", "due_on=2027-04-30")
    run("plan", sample, "C-1001", "--pdf", second, "--lang", "ja")
    assert first.read_bytes() != second.read_bytes()
    run("plan", sample, "C-1001", "--pdf", again, "--revision", "1")
    assert again.read_bytes() == first.read_bytes()
    code = hashlib.sha256(second.read_bytes()).hexdigest()[:8]
    said = run("plan", sample, "C-1001", "--pdf", again, "--receipt", code, "--json").json()
    assert again.read_bytes() == second.read_bytes()
    assert (said["version"], said["language"]) == (2, "ja")
    for wrong, words in (
        (("--revision", "7"), "There are: 1, 2"),
        (("--revision", "1", "--lang", "ja"), "not written as that"),
        (("--revision", "1", "--page", "letter"), "Leave out --page"),
        (("--receipt", "0000"), "not one file"),
    ):
        again.unlink(missing_ok=True)
        assert words in run("plan", sample, "C-1001", "--pdf", again, *wrong, status=1).err
        assert not again.exists()


def test_what_changed_since_any_version_can_be_told(run: Run, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"
    assert (
        "no versions" in run("plan", sample, "C-1001", "--pdf", out, "--since", "1", status=1).err
    )
    for why in ("So that more stores decide", "So that all stores decide"):
        run("plan", sample, "C-1001", "--pdf", out, *SHORT)
        run("set", sample, "goal", GOAL, "--account", "C-1001", f"why={why}")
    run("plan", sample, "C-1001", "--pdf", out)
    assert "Purpose reworded" not in text_of(out)
    run("plan", sample, "C-1001", "--pdf", out, "--since", "1", "--only", "changes")
    versions = run("versions", sample, "C-1001", "--json").json()["versions"]
    assert [one["number"] for one in versions] == [3, 2, 1]
    assert "Purpose reworded" in text_of(out)


def test_a_password_comes_from_a_file_or_a_person_never_from_the_command(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    out, secret = tmp_path / "plan.pdf", tmp_path / "secret.txt"
    secret.write_bytes("\ufeffひみつ 7\r\nnot this\r\n".encode())
    run("plan", sample, "C-1001", "--pdf", out, "--password-file", secret)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(out)
    with pikepdf.open(out, password="ひみつ 7") as pdf:
        assert len(pdf.pages) > 2
    refused = ("plan", sample, "C-1001", "--pdf", tmp_path / "other.pdf")
    assert "Nobody can be asked" in run(*refused, "--password", status=1).err
    secret.write_text("\nsecond line")
    assert "no password" in run(*refused, "--password-file", secret, status=1).err
    assert "cannot be read" in run(*refused, "--password-file", tmp_path, status=1).err
    assert not (tmp_path / "other.pdf").exists()


def test_the_portfolio_report_has_the_page_that_is_asked_for(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "portfolio.pdf"
    run("report", sample, "--pdf", out, "--page", "wide")
    assert page_sizes(out) == {(842, 474)}


def test_a_target_that_is_a_workspace_or_a_folder_is_refused(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    before = sample.read_bytes()
    assert "CSDesk file" in run("plan", sample, "C-1001", "--pdf", sample, status=1).err
    assert sample.read_bytes() == before
    assert "is a folder" in run("plan", sample, "C-1001", "--pdf", tmp_path, status=1).err
    assert run("versions", sample, "C-1001", "--json").json()["versions"] == []


def test_while_another_csdesk_has_the_file_a_document_is_written_and_not_recorded(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "plan.pdf"
    with Workspace.open(sample, home=Home.of_this_computer(), author="Window") as window:
        said = run("plan", sample, "C-1001", "--pdf", out, *SHORT)
        assert "No version was recorded" in said.err
        assert out.exists()
        meant = window.read(plan_meant, "C-1001", None)
        assert window.read(plan_versions, meant.plan_id) == ()
