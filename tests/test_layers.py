"""The rooms of the house keep apart: who may import whom, what waits, how large things grow.

The order of the layers itself is written in pyproject.toml, as contracts of import-linter; one
test here runs them, the others hold what import-linter cannot see.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[1]
CORE = sorted((ROOT / "csdesk").rglob("*.py"))
WINDOW = sorted((ROOT / "ui").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

FOREIGN_TO_THE_WINDOW = {"sqlalchemy", "sqlcipher3", "sqlite3"}
READABLE_BY_THE_WINDOW = {"csdesk.model.vocabulary", "csdesk.model.document_setup"}
HEAVY = {"matplotlib", "numpy", "openpyxl", "reportlab", "pikepdf", "pypdfium2", "PIL", "holidays"}
VAGUE = {"util", "utils", "helper", "helpers", "common", "misc", "shared", "lib"}
LONGEST_FILE, LONGEST_FUNCTION, MOST_METHODS = 500, 60, 25

type_of_function = ast.FunctionDef | ast.AsyncFunctionDef
Trees = dict[Path, ast.Module]


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@pytest.fixture(scope="module")
def core() -> Trees:
    """Return what the files of the core say; let go again, for it is large."""
    return {path: parse(path) for path in CORE}


@pytest.fixture(scope="module")
def window() -> Trees:
    """Return what the files of the window say."""
    return {path: parse(path) for path in WINDOW}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported_modules(tree: ast.AST) -> Iterator[str]:
    """Yield each module a file imports, with "from package import name" also as package.name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def public_functions(tree: ast.Module | ast.ClassDef) -> Iterator[type_of_function]:
    """Yield functions and methods that may be called from elsewhere."""
    for node in tree.body:
        if isinstance(node, type_of_function) and not node.name.startswith("_"):
            yield node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public_functions(node)


def is_overload(node: type_of_function) -> bool:
    return any(ast.unparse(mark).endswith("overload") for mark in node.decorator_list)


def modules_after(statement: str, tmp_path: Path) -> set[str]:
    """Run `statement` in a fresh interpreter and return the top names of what is loaded then."""
    program = f"{statement}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        timeout=60,
    )
    return {name.partition(".")[0] for name in json.loads(ended.stdout.splitlines()[-1])}


def test_imports_look_down_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


def test_the_core_never_names_the_window(core: Trees) -> None:
    wrong = [
        (name_of(path), module)
        for path, tree in core.items()
        for module in imported_modules(tree)
        if module.partition(".")[0] in {"PySide6", "shiboken6", "ui"}
    ]
    assert wrong == []


def test_the_window_knows_neither_sql_nor_records(window: Trees) -> None:
    wrong = []
    for path, tree in window.items():
        for module in imported_modules(tree):
            of_the_model = module == "csdesk.model" or module.startswith("csdesk.model.")
            allowed = any(f"{module}.".startswith(f"{name}.") for name in READABLE_BY_THE_WINDOW)
            # "from csdesk.model import vocabulary" names the package and then the module.
            if module == "csdesk.model":
                continue
            if module.partition(".")[0] in FOREIGN_TO_THE_WINDOW or (of_the_model and not allowed):
                wrong.append((name_of(path), module))
    assert wrong == []


@pytest.mark.parametrize("start", ["import ui.launch", "import csdesk.cli", "import ui.app"])
def test_heavy_libraries_wait_until_they_are_needed(start: str, tmp_path: Path) -> None:
    assert modules_after(start, tmp_path) & HEAVY == set()


@pytest.mark.parametrize("start", ["import ui.launch", "import csdesk.cli"])
def test_the_command_line_works_without_qt(start: str, tmp_path: Path) -> None:
    assert "PySide6" not in modules_after(start, tmp_path)


def test_one_sqlite_library_serves_the_whole_core(core: Trees) -> None:
    wrong = [name_of(path) for path, tree in core.items() if "sqlite3" in imported_modules(tree)]
    assert wrong == []


def test_each_module_says_what_it_is_for(core: Trees, window: Trees) -> None:
    every = {**core, **window}
    silent = [name_of(path) for path, tree in every.items() if not ast.get_docstring(tree)]
    assert silent == []


def test_each_public_function_of_the_core_states_its_contract(core: Trees) -> None:
    silent = [
        (name_of(path), node.name)
        for path, tree in core.items()
        for node in public_functions(tree)
        if not ast.get_docstring(node) and not is_overload(node)
    ]
    assert silent == []


def test_files_fit_in_a_head() -> None:
    lines = {name_of(path): path.read_bytes().count(b"\n") for path in [*CORE, *WINDOW, *TESTS]}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_classes_and_functions_fit_in_a_head(core: Trees, window: Trees) -> None:
    large = {
        name_of(path): names
        for path, tree in {**core, **window}.items()
        if (names := list(too_large(tree)))
    }
    assert large == {}


def too_large(tree: ast.Module) -> Iterator[str]:
    """Yield what is larger than the house allows, with its size."""
    for node in ast.walk(tree):
        if isinstance(node, type_of_function):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name}: {lines} lines"
        elif isinstance(node, ast.ClassDef):
            methods = sum(isinstance(part, type_of_function) for part in node.body)
            if methods > MOST_METHODS:
                yield f"{node.name}: {methods} methods"


def test_no_file_has_a_name_that_says_nothing() -> None:
    vague = [
        name_of(path)
        for path in [*CORE, *WINDOW, *TESTS]
        if VAGUE & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
    ]
    assert vague == []


def test_exceptions_are_caught_broadly_only_at_the_edge(core: Trees, window: Trees) -> None:
    """Only the task boundary and the excepthook may catch everything; all else is named."""
    edges = {"ui/tasks.py", "ui/crash.py"}
    broad = [
        (name_of(path), node.lineno)
        for path, tree in {**core, **window}.items()
        if name_of(path) not in edges
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and not reraises(node)
    ]
    assert broad == []


def reraises(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler only tidies up: its last statement raises what was caught again."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_what_the_user_is_told_goes_through_the_catalogue(core: Trees, window: Trees) -> None:
    plain = [
        (name_of(path), node.lineno)
        for path, tree in {**core, **window}.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] == "UserError"
        and any(says_something(argument) for argument in node.args)
    ]
    assert plain == []


def says_something(argument: ast.expr) -> bool:
    """Tell whether an argument holds words of its own, beyond signs between translated parts."""
    texts = (node.value for node in ast.walk(argument) if isinstance(node, ast.Constant))
    literal = isinstance(argument, ast.Constant | ast.JoinedStr)
    return literal and any(str(text).strip(" .,:;()[]–…") for text in texts if text is not None)
