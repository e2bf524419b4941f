"""Gets this computer ready to run, test or check CSDesk; `make` calls it before everything else.

It makes the virtual environment `.venv`, installs CSDesk and the wanted extras into it, and on
Debian and Ubuntu sees to the system libraries that Qt needs. What is there already is left alone,
so a second run takes a tenth of a second. Only the standard library is used: this runs before
anything is installed, with whatever Python the computer has.

    python3 tools/setup_environment.py [--extras test,lint]
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
PIP_ON_PYPI = "https://pypi.org/pypi/pip/json"

# The libraries Qt loads from the system, and the Debian package each comes in. Without those of
# the first table Qt does not start at all; those of the second are for a window on X11.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
ASK_QT = "from PySide6.QtWidgets import QApplication; QApplication([])"


class SetupError(Exception):
    """What the person at the computer has to do first, in one sentence."""


def main() -> int:
    """Set everything up; print one sentence and return 1 where a person has to help."""
    parser = argparse.ArgumentParser(description="Get this computer ready for CSDesk.")
    parser.add_argument("--extras", default="", help="what else to install: test,lint,installer")
    extras = {name for name in parser.parse_args().extras.split(",") if name}
    try:
        make_virtual_environment()
        install_packages(extras)
        provide_qt_libraries()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def venv_python() -> Path:
    """Tell where the interpreter of the virtual environment lies."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


# ── Virtual environment ───────────────────────────────────────────────────────────────────────


def make_virtual_environment() -> None:
    """Make `.venv` with pip in it, unless a sound one is there. Raises SetupError."""
    if works([str(venv_python()), "-m", "pip", "--version"]):
        return
    python = find_python()
    if (VENV / "pyvenv.cfg").exists():  # a broken one: made by a Python that has gone, or moved
        shutil.rmtree(VENV)
    say(f"Making the virtual environment {VENV.name} with {python}")
    # Debian and Ubuntu ship Python without ensurepip, which venv takes pip from.
    if not works([python, "-c", "import ensurepip, venv"]):
        version = output([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
        install_with_apt([f"python{version}-venv"])
    if works([python, "-m", "venv", str(VENV)]):
        return
    if not works([python, "-m", "venv", "--without-pip", str(VENV)]):
        raise SetupError(
            "Python cannot make virtual environments here: "
            "install its venv module (sudo apt-get install python3-venv) and try again."
        )
    bring_pip()


def find_python() -> str:
    """Find an interpreter that is new enough: this one, else one on the PATH."""
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return sys.executable
    for minor in range(14, OLDEST_PYTHON[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    raise SetupError(
        f"CSDesk needs Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer, and this computer's "
        f"python3 is {sys.version.split()[0]}: install a newer one and try again."
    )


def bring_pip() -> None:
    """Install pip from PyPI into `.venv`: its wheel can be run as it is. Raises SetupError."""
    say("Fetching pip from PyPI")
    try:
        with urllib.request.urlopen(PIP_ON_PYPI, timeout=60) as answer:
            files = json.load(answer)["urls"]
        wheel = next(file for file in files if file["packagetype"] == "bdist_wheel")
        address = urllib.parse.urljoin(PIP_ON_PYPI, wheel["url"])  # mirrors give relative ones
        with urllib.request.urlopen(address, timeout=60) as answer:
            content = answer.read()
    except (OSError, urllib.error.URLError, ValueError) as error:
        raise SetupError(
            "Python has no pip here and PyPI cannot be reached "
            f"({error}): run 'sudo apt-get install python3-venv' and try again."
        ) from error
    if hashlib.sha256(content).hexdigest() != wheel["digests"]["sha256"]:
        raise SetupError("What PyPI sent as pip is damaged: try again later.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / wheel["filename"]
        path.write_bytes(content)
        run([str(venv_python()), f"{path}/pip", "install", "--quiet", "--no-index", str(path)])


# ── Packages ──────────────────────────────────────────────────────────────────────────────────


def install_packages(extras: set[str]) -> None:
    """Install CSDesk and its `extras` into `.venv`, once for each state of pyproject.toml."""
    stamp = VENV / "csdesk-setup.json"
    state = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    try:
        known = json.loads(stamp.read_text(encoding="utf-8"))
        there = set(known["extras"]) if known["state"] == state else None
    except (OSError, ValueError, KeyError):
        there = None
    if there is not None and extras <= there:
        return
    extras = extras | (there or set())
    wanted = f"{ROOT}[{','.join(sorted(extras))}]" if extras else str(ROOT)
    say("Installing packages (a few minutes the first time)")
    pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check"]
    run([*pip, "install", "--quiet", "--editable", wanted])
    stamp.write_text(json.dumps({"state": state, "extras": sorted(extras)}), encoding="utf-8")


# ── Qt's system libraries ─────────────────────────────────────────────────────────────────────


def provide_qt_libraries() -> None:
    """Install what Qt lacks of the system's libraries where apt may; raises SetupError else.

    The libraries for a window on X11 are only asked for, not insisted on: without them the tests
    and the command line work, and a Wayland desktop needs none of them.
    """
    if not sys.platform.startswith("linux"):
        return
    needed, wished = missing_packages(QT_LIBRARIES), missing_packages(WINDOW_LIBRARIES)
    if needed or wished:
        install_with_apt(needed + wished)
        needed, wished = missing_packages(QT_LIBRARIES), missing_packages(WINDOW_LIBRARIES)
    if needed:
        raise SetupError(f"Qt needs system libraries first: {by_hand(needed + wished)}.")
    if wished and os.environ.get("DISPLAY"):
        say(f"A window on X11 may need more libraries: {by_hand(wished)}")
    attempt = subprocess.run(
        [str(venv_python()), "-c", ASK_QT],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    if attempt.returncode:
        last = (attempt.stderr.strip() or "no reason given").splitlines()[-1]
        raise SetupError(f"Qt does not start on this computer: {last}")


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """Name the packages of those `libraries` that the system cannot load."""
    missing = []
    for name, package in libraries.items():
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(package)
    return missing


def install_with_apt(packages: list[str]) -> None:
    """Install Debian `packages` where that is possible without asking for a password.

    Says nothing when it is not: the caller finds out what is still missing and tells.
    """
    administrator = apt_prefix()
    if administrator is None:
        return
    say(f"Installing with apt: {' '.join(packages)}")
    install = [*administrator, "apt-get", "install", "--yes", "--no-install-recommends", "-qq"]
    if not works([*install, *packages]):  # the lists of a fresh machine are empty or old
        works([*administrator, "apt-get", "update", "-qq"])
        if not works([*install, *packages]):  # one unknown name stops all: take what there is
            for package in packages:
                works([*install, package])


def apt_prefix() -> list[str] | None:
    """Tell what to put before apt-get here: nothing for root, sudo, or None: not allowed."""
    if not shutil.which("apt-get"):
        return None
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive"]
    if shutil.which("sudo") and works(["sudo", "--non-interactive", "true"]):
        return ["sudo", "--non-interactive", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def by_hand(packages: list[str]) -> str:
    """Tell how a person installs `packages`."""
    return f"sudo apt-get install {' '.join(packages)}"


# ── Running other programs ────────────────────────────────────────────────────────────────────


def say(text: str) -> None:
    """Tell what is being done; on stderr, so that it never mixes with results."""
    print(f"{text} …", file=sys.stderr, flush=True)


def works(command: list[str]) -> bool:
    """Run `command` quietly and tell whether it succeeded."""
    try:
        ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        return False
    return ended.returncode == 0


def output(command: list[str]) -> str:
    """Run `command` and return what it printed. Raises CalledProcessError."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def run(command: list[str]) -> None:
    """Run `command` in the open. Raises SetupError when it fails, which has told why by then."""
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
        raise SetupError(f"This did not work: {' '.join(command)}")


if __name__ == "__main__":
    sys.exit(main())
