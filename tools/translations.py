"""Keeps the translations: gathers texts from the code, updates each catalogue, compiles, checks.

`python -m tools.translations` does all of it, `compile` and `check` only that; `merge ja FILE…`
takes over what a translator sent. The catalogues are gettext files; neither locations nor dates
are written into them, so that moving code changes no catalogue.
"""

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

DOMAIN = "csdesk"
COMMANDS = ("all", "compile", "check", "merge")
HEADER = """\
# {name} texts of CSDesk.
msgid ""
msgstr ""
"Project-Id-Version: CSDesk\\n"
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
SOURCES = ("csdesk", "ui")
# What each marking function's arguments are: (1, 2) is singular and plural, (1, "c") a context.
KEYWORDS = {
    "_": None,
    "N_": None,
    "t": None,
    "gettext": None,
    "ngettext": (1, 2),
    "plural": (1, 2),
    "P_": ((1, "c"), 2),
    "context": ((1, "c"), 2),
    "plural_in": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def catalogue_paths(root: Path) -> list[Path]:
    """List the catalogue of every language below `root`, sorted."""
    folder = root / "resources" / "translations"
    return sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def compile_catalogues(root: Path) -> list[Path]:
    """Compile each catalogue that is newer than its compiled file; return those written."""
    written = []
    for source in catalogue_paths(root):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        content = BytesIO()
        write_mo(content, read_catalogue(source))
        # Another process may be reading the old one: replace it in one move.
        partial = target.with_suffix(".mo-partial")
        partial.write_bytes(content.getvalue())
        partial.replace(target)
        written.append(target)
    return written


def read_catalogue(path: Path) -> Catalog:
    """Read the catalogue at `path`; the language is the folder's name. Raises PoFileError."""
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parents[1].name, domain=DOMAIN, abort_invalid=True)


def extract(root: Path) -> Catalog:
    """Gather every marked text of the program below `root`."""
    template = Catalog(project="CSDesk", domain=DOMAIN, charset="utf-8")
    for package in SOURCES:
        found = extract_from_dir(
            root / package,
            method_map=[("**.py", "python")],
            keywords=KEYWORDS,
            comment_tags=("translators:",),
            strip_comment_tags=True,
        )
        for _path, _line, message, comments, context in found:
            if message and message != ("", ""):
                template.add(message, None, auto_comments=comments, context=context)
    return template


def update(path: Path, template: Catalog) -> None:
    """Bring the catalogue at `path` to the texts of `template`; obsolete texts are dropped.

    Nothing is guessed: a changed text comes out untranslated, never with a similar translation.
    """
    catalogue = read_catalogue(path)
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    write_catalogue(path, catalogue)


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Write `catalogue` sorted, with a header that only ever changes with the language."""
    header = HEADER.format(
        name=catalogue.locale.english_name if catalogue.locale else "",
        language=catalogue.locale_identifier,
        plurals=catalogue.plural_forms,
    )
    content = BytesIO()
    write_po(content, catalogue, no_location=True, omit_header=True, sort_output=True, width=98)
    path.write_bytes(header.encode() + content.getvalue())


def merge(path: Path, sent: list[Path]) -> int:
    """Take the translations in the files `sent` over into the catalogue at `path`.

    A text whose translations contradict each other keeps the first and is named; returns how many
    such there are.
    """
    catalogue = read_catalogue(path)
    seen: dict[tuple[str | None, str], object] = {}
    contradictions = 0
    for source in sent:
        with source.open("rb") as stream:
            fragment = read_po(stream, locale=catalogue.locale, domain=DOMAIN, abort_invalid=True)
        for message in fragment:
            if not message.id or not translated(message, catalogue.num_plurals):
                continue
            singular = message.id if isinstance(message.id, str) else message.id[0]
            earlier = seen.setdefault((message.context, singular), message.string)
            if earlier != message.string:
                print(f"{source}: {singular!r}: {message.string!r} contradicts {earlier!r}")
                contradictions += 1
                continue
            catalogue.delete(message.id, message.context)
            catalogue.add(
                message.id,
                message.string,
                auto_comments=message.auto_comments,
                user_comments=message.user_comments,
                context=message.context,
            )
    write_catalogue(path, catalogue)
    return contradictions


def missing(path: Path, template: Catalog) -> Iterator[str]:
    """Yield each text of `template` without a complete translation in the catalogue at `path`."""
    catalogue = read_catalogue(path)
    for message in template:
        if not message.id:
            continue
        known = catalogue.get(message.id, message.context)
        if known is None or not translated(known, catalogue.num_plurals):
            singular = message.id if isinstance(message.id, str) else message.id[0]
            yield f"{message.context}: {singular}" if message.context else singular


def translated(message: Message, forms: int) -> bool:
    """Tell whether `message` has a text in each of the language's `forms` and is not a guess."""
    texts = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    expected = forms if isinstance(message.id, tuple | list) else 1
    return len(texts) == expected and all(texts) and not message.fuzzy


def main(arguments: list[str] | None = None) -> int:
    """Run one of the commands; the status is 1 where `check` finds a text untranslated."""
    parser = argparse.ArgumentParser(prog="python -m tools.translations", description=__doc__)
    parser.add_argument("command", nargs="?", default="all", choices=COMMANDS)
    parser.add_argument("language", nargs="?")
    parser.add_argument("file", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    command = options.command
    root = Path(__file__).resolve().parents[1]
    if command == "compile":
        compile_catalogues(root)
        return 0
    if command == "merge":
        folder = root / "resources" / "translations" / (options.language or "ja")
        return min(1, merge(folder / "LC_MESSAGES" / f"{DOMAIN}.po", options.file))
    template = extract(root)
    status = 0
    for path in catalogue_paths(root):
        if command == "all":
            update(path, template)
        for text in missing(path, template):
            print(f"{path.parents[1].name}: not translated: {text!r}")
            status = 1
    if command == "all":
        compile_catalogues(root)
        return 0
    return status


if __name__ == "__main__":
    sys.exit(main())
