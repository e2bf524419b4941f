"""Trying CSDesk out: the sample speaks the language of the desktop, and a PDF stands in for it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tools import try_out


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
    ],
)
def test_the_sample_speaks_the_language_of_the_computer(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert try_out.system_language() == language


def test_without_a_display_the_plan_is_written_as_pdf_and_its_path_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(try_out, "SAMPLE", tmp_path / "sample")
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert try_out.main() == 0
    said = capfd.readouterr().out.splitlines()
    assert "no display" in said[-2]
    document = pypdfium2.PdfDocument(said[-1])
    first = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "御中" in first
    assert list((tmp_path / "sample").glob("*.csdesk"))
