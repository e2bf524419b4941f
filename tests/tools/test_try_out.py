"""Trying CSDesk out: the sample speaks the language of the desktop, and a PDF stands in for it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tools import try_out


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
