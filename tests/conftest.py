"""What every test stands on: a home, a workspace, English, no screen, translations compiled."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from csdesk import i18n
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.moulds import Mould, empty_mould
from tests.rounds import SOAKING
from tools.translations import compile_catalogues

# Before the first QApplication: tests never need a screen, and never take over a person's.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A shared machine may be slow; that alone is no failure. Tests marked so stay reproducible.
settings.register_profile(
    "csdesk",
    max_examples=40,  # of each law; `make soak` tries thousands
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=bool(os.environ.get("CI")),
)
settings.register_profile("soak", settings.get_profile("csdesk"), max_examples=20_000)
settings.load_profile("soak" if SOAKING else "csdesk")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the translations once, before any worker reads them."""
    if not hasattr(session.config, "workerinput"):
        compile_catalogues(Path(__file__).resolve().parents[1])


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Read all tests without a search for garbage; what is there then stays to the end.

    Each search would look at half a million objects of modules and tests again. Later ones come
    more seldom than where somebody works: each test makes much anew and lets go of it.
    """
    gc.disable()
    result = yield
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)
    gc.enable()
    return result


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what takes long to `make soak`."""
    if not SOAKING:
        long = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in set(long)]


_FAILED = pytest.StashKey[bool]()
"""Whether a test failed: what it leaves is kept for who wants to know why."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note which tests failed."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report


@pytest.fixture(scope="session")
def soaking() -> bool:
    """Tell whether this run may take hours (`make soak`)."""
    return SOAKING


@pytest.fixture(autouse=True)
def home(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[Home]:
    """Give each test folders of its own; nothing a test does reaches the person's files."""
    # Not mktemp, which looks through all folders of the tests before to find a number.
    homes = tmp_path_factory.getbasetemp() / "homes"
    homes.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="home-", dir=homes))
    monkeypatch.setenv("CSDESK_HOME", str(folder))
    yield Home.at(folder)
    if not request.node.stash.get(_FAILED, False):  # at once, while the disk still knows them
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def mould(tmp_path_factory: pytest.TempPathFactory) -> Mould[None]:
    """Make one empty workspace, for copies of it."""
    return empty_mould(tmp_path_factory.mktemp("mould"))


@pytest.fixture
def workspace(mould: Mould[None], tmp_path: Path, home: Home) -> Iterator[Workspace]:
    """Open an empty workspace in a file of its own."""
    with mould.open(tmp_path / "team.csdesk", home, "Yui") as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(mould: Mould[None], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open one workspace for all tests of a module: each has an account of its own in it.

    Or the module fills it once and then only reads.
    """
    folder = tmp_path_factory.mktemp("shared")
    with mould.open(folder / "team.csdesk", Home.at(folder / "home"), "Yui") as opened:
        yield opened


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Start and leave each test in English, whatever the computer or the test before chose."""
    i18n.use_language("en")
    yield
    i18n.use_language("en")
