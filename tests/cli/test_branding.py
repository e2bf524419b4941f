"""brand: the colour and the logos of documents."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Run


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    """Draw a small logo."""
    path = tmp_path / "logo.png"
    data = io.BytesIO()
    Image.new("RGB", (240, 80), "#0A7").save(data, "PNG")
    path.write_bytes(data.getvalue())
    return path


def test_colour_and_logo_are_set_as_one_step(run: Run, sample: Path, logo: Path) -> None:
    assert "CSDesk's own" in run("brand", sample).out
    run("brand", sample, "--accent", "#0A7", "--logo", logo)
    told = run("brand", sample).out
    assert "#00AA77" in told
    assert "kB" in told
    assert "already" in run("brand", sample, "--accent", "00aa77").out
    run("undo", sample)
    assert "CSDesk's own" in run("brand", sample).out
    assert "kB" not in run("brand", sample).out


def test_a_customers_logo_is_its_own(run: Run, sample: Path, logo: Path) -> None:
    run("brand", sample, "--account", "C-1001", "--logo", logo)
    assert "kB" in run("brand", sample, "--account", "C-1001").out
    assert "kB" not in run("brand", sample, "--account", "C-1002").out
    run("brand", sample, "--account", "C-1001", "--logo", "none")
    assert "kB" not in run("brand", sample, "--account", "C-1001").out


def test_what_is_no_colour_and_no_image_is_refused(
    run: Run, sample: Path, logo: Path, tmp_path: Path
) -> None:
    text = tmp_path / "logo.txt"
    text.write_text("no image")
    for arguments, words in (
        (("--accent", "teal"), "not a colour"),
        (("--accent", "red"), "“red” is not a colour"),
        (("--accent", "#12"), "not a colour"),
        (("--logo", text), "csdesk:"),
        (("--logo", tmp_path / "missing.png"), "cannot be read"),
        (("--account", "C-1001", "--accent", "#0A7"), "all documents"),
        (("--account", "Nobody", "--logo", logo), "There is no"),
    ):
        assert words in run("brand", sample, *arguments, status=1).err, arguments
    assert "CSDesk's own" in run("brand", sample).out
