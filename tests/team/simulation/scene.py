"""Two people who share a file, each with something that the other has not got yet."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

from benchmarks.simulation.person import Rows, abandon, all_rows, rows_of_step
from csdesk.exchange.json_export import export_json
from csdesk.settings import Home
from csdesk.store.document import whole_seal
from csdesk.workspace.workspace import Workspace
from tests.store.desk import SetClock, add_account, rename
from tests.store.laws import broken_laws

NAMES = ("Aiko", "Ben")


class Scene:
    """Both on one shared folder, as on a network drive; put back to the same state at will.

    The document knows one account. Ben's outbox has another; a conflict copy has a third. Aiko
    did two steps that lie nowhere but in her own replica.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "live"
        self.shared = self.folder / "shared"
        self.document = self.shared / "North.csdesk"
        self.copy = self.shared / "North (Ben's conflicted copy 2026-11-22).csdesk"
        self.clocks = {name: SetClock() for name in NAMES}
        self.acknowledged: Rows = {}
        self._template = folder / "template"
        self._unshared = folder / "unshared"
        self._make()

    def open(self, name: str = "Aiko") -> Workspace:
        """Start the program of one of the two."""
        return Workspace.open(
            self.document, home=self.home(name), author=name, clock=self.clocks[name]
        )

    def home(self, name: str) -> Home:
        """Give the folders of one of the two."""
        return Home.at(self.folder / f"{name} home")

    def put_back(self, *, shared: bool = True) -> None:
        """Make everything what it was at the beginning, or before it was shared."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._template if shared else self._unshared, self.folder)
        self.acknowledged = dict(self._done if shared else self._done_unshared)

    def sealed_files(self) -> dict[str, bytes]:
        """Read the document, its copies and the outboxes."""
        found = sorted(self.shared.rglob("*.csd*"))
        return {path.name: path.read_bytes() for path in found if path.is_file()}

    def broken(self, before: dict[str, bytes]) -> list[str]:
        """Name the files that are neither whole nor what they were before."""
        return [
            path.name
            for path in sorted(self.shared.rglob("*.csd*"))
            if path.is_file()
            and not path.name.startswith("~$")
            and path.read_bytes() != before.get(path.name)
            and whole_seal(path) is None
        ]

    def drafts(self) -> list[str]:
        """Name what should not be left in the folder."""
        return [path.name for path in self.shared.rglob("*") if path.name.startswith("~$")]

    def wrong_after_another_round(self) -> list[str]:
        """Let both do a round without trouble, twice, and say what is not as it should be."""
        wrong: list[str] = []
        exports = set()
        for turn, name in enumerate((*NAMES, *NAMES)):
            self.clocks[name].pass_by(minutes=5)
            with self.open(name) as workspace:
                workspace.team.share()
                workspace.team.sync()
                if turn >= len(NAMES):
                    wrong += self._wrong_with(workspace, name)
                    out = io.BytesIO()
                    workspace.read(export_json, out)
                    exports.add(out.getvalue())
        return wrong + ([] if len(exports) == 1 else ["the exports differ"])

    def _wrong_with(self, workspace: Workspace, name: str) -> list[str]:
        known = workspace.read(all_rows)
        lost = [key for key, row in self.acknowledged.items() if known.get(key) != row]
        wrong = [f"{name} lacks {len(lost)} rows"] if lost else []
        return wrong + broken_laws(workspace.replica.database)

    def _make(self) -> None:
        self.shared.mkdir(parents=True)
        with Workspace.create(
            self.document, home=self.home("Aiko"), author="Aiko", clock=self.clocks["Aiko"]
        ) as workspace:
            north = self._do(workspace, add_account, "North")
        with self.open("Ben") as workspace:
            self._do(workspace, add_account, "By Ben before")
        self._leave_unshared_steps(north)
        self._done_unshared = dict(self.acknowledged)
        shutil.copytree(self.folder, self._unshared)
        for name in (*NAMES, "Aiko"):
            with self.open(name) as workspace:
                workspace.team.share()
                workspace.team.sync()
        self._make_copy()
        with self.open("Ben") as workspace:
            self._do(workspace, add_account, "By Ben")
            workspace.team.sync()
        self._leave_unshared_steps(north)
        self._done = dict(self.acknowledged)
        shutil.copytree(self.folder, self._template)

    def _make_copy(self) -> None:
        """A third person changed the document elsewhere; the service gave hers another name."""
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        document = elsewhere / self.document.name
        shutil.copyfile(self.document, document)
        home = Home.at(elsewhere / "home")
        with Workspace.open(document, home=home, author="Chie", clock=SetClock()) as workspace:
            self._do(workspace, add_account, "By Chie")
        shutil.copyfile(document, self.copy)
        shutil.rmtree(elsewhere)

    def _leave_unshared_steps(self, north: str) -> None:
        """Aiko works, and her program is killed before it shares that."""
        workspace = self.open()
        number = len(self.acknowledged)
        self._do(workspace, rename, north, f"North {number}")
        self._do(workspace, add_account, f"By Aiko {number}")
        abandon(workspace)

    def _do(self, workspace: Workspace, action: Callable[..., str], *arguments: str) -> str:
        step = workspace.write("Work", action, *arguments)
        assert step.change is not None
        assert step.change.step is not None
        self.acknowledged |= workspace.read(rows_of_step, step.change.step)
        return step.result
