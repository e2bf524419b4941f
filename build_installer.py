"""Builds one installer for the platform it runs on, into `dist`: `make installer`.

Windows gets a setup program (or, without NSIS on the computer, a zip), macOS a disk image, Linux
a tar.gz with an install script. What is inside is the same everywhere: the program frozen by
PyInstaller with its resources and the licences of all it ships. The result is tried out before
it is packed: a frozen program that cannot make a workspace is no installer.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib import metadata
from pathlib import Path, PurePath

from csdesk import __version__
from tools.translations import compile_catalogues

ROOT = Path(__file__).resolve().parent
DIST = ROOT / "dist"
BUILD = ROOT / "build"
FROZEN = DIST / "CSDesk"


def main() -> int:
    """Freeze, try out, pack; print where the installer lies."""
    compile_catalogues(ROOT)
    gather_licences(BUILD / "licences")
    freeze()
    try_out()
    print(pack())
    return 0


def gather_licences(folder: Path) -> None:
    """Copy the licence texts of every distribution that CSDesk needs into `folder`.

    Qt's, which its packages leave out, lie in `installer/licences`.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "installer" / "licences", folder)
    for name in sorted(needed_distributions("csdesk")):
        distribution = metadata.distribution(name)
        for entry in distribution.files or []:
            source = Path(str(distribution.locate_file(entry)))
            if is_licence(entry) and source.is_file():
                target = folder / name / "-".join(entry.parts[1:])
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)


def is_licence(entry: PurePath) -> bool:
    """Tell whether a file of a distribution is a licence text, by its name or its folder."""
    names = ("LICEN", "COPYING", "NOTICE", "AUTHORS")
    texts = entry.suffix in {"", ".txt", ".md", ".rst", ".ijg"}
    return texts and any(part.upper().startswith(names) for part in entry.parts[1:])


def needed_distributions(name: str) -> set[str]:
    """Name what `name` needs on this platform, directly or not, itself left out."""
    from packaging.requirements import Requirement  # PyInstaller brings it

    found: set[str] = set()
    waiting = [Requirement(name)]
    while waiting:
        wanted = waiting.pop()
        extras = wanted.extras or {""}
        for text in metadata.requires(wanted.name) or []:
            needed = Requirement(text)
            marker = needed.marker
            applies = marker is None or any(marker.evaluate({"extra": extra}) for extra in extras)
            if applies and needed.name.lower() not in found:
                found.add(needed.name.lower())
                waiting.append(needed)
    return found


def freeze() -> None:
    """Run PyInstaller. Raises CalledProcessError when it fails."""
    spec = ROOT / "installer" / "csdesk.spec"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"]
    command += ["--distpath", str(DIST), "--workpath", str(BUILD), str(spec)]
    subprocess.run(command, check=True)


def frozen_program() -> Path:
    """Tell where the frozen program lies that can be called from a terminal."""
    if sys.platform == "win32":
        return FROZEN / "csdesk-cli.exe"
    if sys.platform == "darwin":
        return DIST / "CSDesk.app" / "Contents" / "MacOS" / "csdesk"
    return FROZEN / "csdesk"


def try_out() -> None:
    """Make a workspace and a PDF with the frozen program.

    Raises CalledProcessError or RuntimeError where that does not work.
    """
    with tempfile.TemporaryDirectory() as folder:
        workspace, document = Path(folder) / "sample.csdesk", Path(folder) / "plan.pdf"
        environment = {**os.environ, "CSDESK_HOME": folder}

        def call(*arguments: str) -> str:
            command = [str(frozen_program()), *arguments]
            return subprocess.run(
                command, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8"
            ).stdout

        if __version__ not in call("--version"):
            raise RuntimeError("the frozen program is another version")
        call("new", str(workspace), "--sample", "ja")
        plan = json.loads(call("show", str(workspace), "plan", "--json"))[0]
        call("plan", str(workspace), plan["account_id"], "--pdf", str(document))
        if not document.read_bytes().startswith(b"%PDF-"):
            raise RuntimeError("the frozen program wrote something else than a PDF")


def pack() -> Path:
    """Make the one file that people download; return its path."""
    name = f"CSDesk-{__version__}"
    if sys.platform == "win32":
        return pack_for_windows(name)
    if sys.platform == "darwin":
        target = DIST / f"{name}-macos-{platform.machine()}.dmg"
        command = ["hdiutil", "create", "-volname", "CSDesk", "-ov", "-format", "UDZO"]
        subprocess.run([*command, "-srcfolder", str(DIST / "CSDesk.app"), str(target)], check=True)
        return target
    shutil.copy2(ROOT / "installer" / "install.sh", FROZEN / "install.sh")
    target = DIST / f"{name}-linux-{platform.machine()}.tar.gz"
    with tarfile.open(target, "w:gz", compresslevel=6) as archive:
        archive.add(FROZEN, arcname=name)
    return target


def pack_for_windows(name: str) -> Path:
    """Make the setup program, or a zip where NSIS is not installed."""
    makensis = shutil.which("makensis")
    if makensis is None:
        return Path(shutil.make_archive(str(DIST / f"{name}-windows"), "zip", DIST, "CSDesk"))
    target = DIST / f"{name}-windows-setup.exe"
    settings = [f"/DVERSION={__version__}", f"/DSOURCE={FROZEN}", f"/DTARGET={target}"]
    subprocess.run([makensis, *settings, str(ROOT / "installer" / "csdesk.nsi")], check=True)
    return target


if __name__ == "__main__":
    sys.exit(main())
