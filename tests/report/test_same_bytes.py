"""The same document is the same file: in another process, on another day, in another place.

And nothing in it tells whose computer it was made on.
"""

from __future__ import annotations

import ast
import getpass
import hashlib
import io
import os
import pickle
import socket
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from PIL import Image

from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import CUSTOMER_KINDS, DocumentKind, DocumentSection, PageSize
from csdesk.progress import SILENT
from csdesk.queries.customer_document import Agreement, Branding, CustomerDocument
from csdesk.report.customer_document import customer_document_bytes
from csdesk.report.internal_brief import internal_brief_bytes
from csdesk.report.portfolio import portfolio_report_bytes
from tests.report.every_document import document, our_views
from tests.report.reading import page_texts, pieces
from tests.report.sample_plans import TODAY, rich_plan
from tests.rounds import some

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = """
import hashlib, pickle, random, sys, time
started = time.time()
time.time = lambda: started + 400 * 86400
random.seed(5)
from tests.report.test_same_bytes import files
for name, data in files(pickle.loads(open(sys.argv[1], "rb").read())):
    print(name, hashlib.sha256(data).hexdigest())
"""

Sources = dict[str, object]


def logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (64, 24), (200, 30, 90, 128)).save(out, "PNG")
    return out.getvalue()


def sources() -> Sources:
    """Return what some files with every option between them are made of."""
    plan = replace(rich_plan("ja", actions=12, milestones=8), version=4)
    earlier = replace(plan, version=3, actions=plan.actions[2:], background="以前の文")
    whole = CustomerDocument(
        DocumentKind.CUSTOMER,
        "ja",
        plan,
        Setup(PageSize.LETTER, marks_unagreed=True),
        Branding("#7A1FA2", logo(), logo()),
        earlier,
        Agreement(earlier, TODAY, "山田 太郎"),
    )
    some = frozenset(list(DocumentSection)[::2])
    archival = replace(whole, language="en", setup=Setup(PageSize.WIDE, False, some, True, True))
    short = CustomerDocument(DocumentKind.EXECUTIVE, "en", rich_plan("en", actions=5, milestones=4))
    brief, report = our_views()
    return {"whole": whole, "archival": archival, "short": short, "brief": brief, "report": report}


def _unchangeable(values: dict[str, object]) -> MappingProxyType[str, object]:
    return MappingProxyType(values)


class _Packer(pickle.Pickler):
    """Packs rows, too, whose values nobody can change."""

    def reducer_override(self, thing: object) -> object:
        if isinstance(thing, MappingProxyType):
            return _unchangeable, (dict(thing),)
        return NotImplemented


def files(made_from: Sources) -> list[tuple[str, bytes]]:
    """Make the files."""
    made = [
        (name, customer_document_bytes(one, SILENT).data)
        for name, one in made_from.items()
        if isinstance(one, CustomerDocument)
    ]
    if "brief" in made_from:
        brief = internal_brief_bytes(made_from["brief"], language="ja", progress=SILENT)
        made.append(("brief", brief.data))
    report = portfolio_report_bytes(made_from["report"], language="en", progress=SILENT)
    return [*made, ("report", report.data)]


ELSEWHERES = (
    {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1", "LANG": "ja_JP.UTF-8"},
    {"PYTHONHASHSEED": "99", "LC_ALL": "C", "LANGUAGE": "ja"},
)


@pytest.mark.parametrize("surroundings", some(ELSEWHERES, every=2))
def test_another_process_elsewhere_makes_the_same_files(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Only the internal brief follows the time zone: it tells at what hour we met them."""
    made_from = sources()
    if "TZ" in surroundings:
        del made_from["brief"]
    with (tmp_path / "sources").open("wb") as packed:
        _Packer(packed).dump(made_from)
    seen = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(tmp_path / "sources")],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), **surroundings},
    )
    here = [f"{name} {hashlib.sha256(data).hexdigest()}" for name, data in files(made_from)]
    assert seen.stdout.splitlines() == here


def test_each_option_makes_another_file() -> None:
    """Were an option forgotten on the way to the page, equal bytes would mean nothing."""
    made_from = sources()
    archival = made_from["archival"]
    assert isinstance(archival, CustomerDocument)
    plain = replace(archival, setup=replace(archival.setup, is_archival=False))
    branded = replace(archival, branding=Branding())
    sizes = replace(archival, setup=replace(archival.setup, page_size=PageSize.A4))
    seen = {
        hashlib.sha256(customer_document_bytes(one, SILENT).data).hexdigest()
        for one in (archival, plain, branded, sizes)
    }
    assert len(seen) == 4


def test_no_path_user_or_computer_is_named_in_any_file() -> None:
    names = {
        getpass.getuser(),
        socket.gethostname(),
        Path.home().name,
        str(Path.home()),
        str(ROOT),
        tempfile.gettempdir(),
        sys.prefix,
        "site-packages",
        "resources/fonts",
        ".ttf",
    }
    # "root" and other short names are also parts of a PDF's own words.
    told = {name.encode() for name in names if len(name) > 4}
    for kind in DocumentKind:
        data = document(kind, "en", PageSize.A4)
        parts = [data, *pieces(data), "\n".join(page_texts(data)).encode()]
        assert [name for name in told if any(name in part for part in parts)] == []
    archival = document(DocumentKind.CUSTOMER, "en", PageSize.A4, is_archival=True)
    assert [name for name in told if any(name in part for part in pieces(archival))] == []


def test_nothing_that_lays_out_documents_asks_clock_computer_or_chance() -> None:
    asks = {"today", "now", "utcnow", "getuser", "gethostname", "node", "uuid1", "uuid4", "getcwd"}
    asks |= {"environ", "getenv", "random", "expanduser", "home"}
    # These write files, and lock them: they need chance, and leave nothing of it in a document.
    others = {"output.py", "protection.py", "exporting.py"}
    found = [
        f"{path.name}:{node.lineno} {node.attr}"
        for path in sorted((ROOT / "csdesk" / "report").rglob("*.py"))
        if path.name not in others
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in asks and not _is_of_the_plan(node)
    ]
    assert found == []


def _is_of_the_plan(node: ast.Attribute) -> bool:
    """Tell whether it is a plan's own day, as in `view.today`, and no call to a clock."""
    owner = node.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return node.attr == "today" and name not in {"date", "datetime", "dt"}


def test_every_customer_kind_is_among_the_files() -> None:
    made_from = sources()
    kinds = {one.kind for one in made_from.values() if isinstance(one, CustomerDocument)}
    assert kinds == CUSTOMER_KINDS
