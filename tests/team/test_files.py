"""The few file operations: whole or not at all, 48 bytes a look, and errors that pass."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from csdesk.errors import UserError
from csdesk.store import document
from csdesk.store.document import SEAL_BYTES, read_seal, seal_file, whole_seal
from csdesk.team.files import DiskFiles, Entry, entry_of, is_away, is_forbidden, is_passing


@pytest.fixture
def files() -> DiskFiles:
    """Return the real disk."""
    return DiskFiles()


def sealed(path: Path, content: bytes = b"rows" * 500) -> Path:
    path.write_bytes(content)
    seal_file(path)
    return path


def test_a_listing_tells_names_sizes_and_times_in_order(files: DiskFiles, tmp_path: Path) -> None:
    (tmp_path / "b.csdx").write_bytes(b"12345")
    (tmp_path / "a.csdx").write_bytes(b"1")
    (tmp_path / "folder").mkdir()
    os.utime(tmp_path / "b.csdx", ns=(5, 7_000_000_000))
    listed = files.entries(tmp_path)
    assert [(entry.name, entry.folder) for entry in listed] == [
        ("a.csdx", False),
        ("b.csdx", False),
        ("folder", True),
    ]
    assert listed[1] == Entry("b.csdx", 5, 7_000_000_000)


def test_links_and_pipes_are_no_files_of_ours(files: DiskFiles, tmp_path: Path) -> None:
    os.symlink(tmp_path / "nowhere", tmp_path / "link.csdx")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csdx")
    assert all(entry.folder for entry in files.entries(tmp_path))


@pytest.mark.parametrize(
    ("attributes", "flags", "placeholder"),
    [
        (0, 0, False),
        (0x20, 0, False),
        (0x400000, 0, True),
        (0x1000, 0, True),
        (0x401620, 0, True),
        (0, 0x40000000, True),
        (0, 0x20, False),
    ],
    ids=["plain", "archive", "recall on data access", "offline", "OneDrive", "dataless", "hidden"],
)
def test_placeholders_of_windows_and_macos_are_told_by_their_attributes(
    attributes: int, flags: int, placeholder: bool
) -> None:
    status = SimpleNamespace(
        st_size=1, st_mtime_ns=2, st_mode=0o100644, st_file_attributes=attributes, st_flags=flags
    )
    assert entry_of("North.csdesk", status).placeholder is placeholder


@pytest.mark.parametrize("size", [0, 1, 47, 48, 49, 100_000])
def test_the_last_bytes_are_read_whatever_the_size(
    files: DiskFiles, tmp_path: Path, size: int
) -> None:
    content = os.urandom(size)
    (tmp_path / "file").write_bytes(content)
    assert files.tail(tmp_path / "file") == content[-SEAL_BYTES:]


def test_a_file_is_written_whole_and_leaves_no_draft(files: DiskFiles, tmp_path: Path) -> None:
    staged = sealed(tmp_path / "staged")
    target = tmp_path / "shared" / "target.csdx"
    target.parent.mkdir()
    target.write_bytes(b"what stood there")
    files.write(staged, target)
    assert target.read_bytes() == staged.read_bytes()
    assert [path.name for path in target.parent.iterdir()] == ["target.csdx"]


def test_what_is_not_read_back_as_it_was_written_is_told(files: DiskFiles, tmp_path: Path) -> None:
    staged = tmp_path / "staged"
    staged.write_bytes(b"no seal")
    with pytest.raises(UserError, match="damaged or not completely copied"):
        files.write(staged, tmp_path / "target.csdx")


class Windows:
    """Stands for os.replace while another program holds the target for some tries."""

    def __init__(self, tries: int, winerror: int) -> None:
        self.left = tries
        self.winerror = winerror
        self.replace = os.replace

    def __call__(self, source: Path, target: Path) -> None:
        if self.left > 0:
            self.left -= 1
            error = PermissionError(errno.EACCES, "held", str(target))
            error.winerror = self.winerror  # type: ignore[attr-defined]
            raise error
        self.replace(source, target)


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_target_that_windows_holds_for_a_moment_is_waited_for(
    files: DiskFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, winerror: int
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(document.os, "replace", Windows(3, winerror))
    monkeypatch.setattr(document.time, "sleep", waited.append)
    files.write(sealed(tmp_path / "staged"), tmp_path / "target.csdx")
    assert waited == [0.05, 0.1, 0.2]
    assert read_seal(tmp_path / "target.csdx") is not None


@pytest.mark.parametrize(("winerror", "longest"), [(32, 2.5), (87, 0.0)])
def test_nothing_is_waited_for_longer_than_two_and_a_half_seconds(
    files: DiskFiles,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    winerror: int,
    longest: float,
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(document.os, "replace", Windows(99, winerror))
    monkeypatch.setattr(document.time, "sleep", waited.append)
    with pytest.raises(OSError, match="held") as raised:
        files.write(sealed(tmp_path / "staged"), tmp_path / "target.csdx")
    assert sum(waited) == pytest.approx(longest)
    assert is_passing(raised.value)
    assert [path.name for path in tmp_path.iterdir()] == ["staged"]


def test_what_goes_to_the_archive_is_there_before_it_is_gone(
    files: DiskFiles, tmp_path: Path
) -> None:
    path = sealed(tmp_path / "copy.csdesk")
    content = path.read_bytes()
    target = tmp_path / "archive" / "deep" / "copy.csdesk"
    files.archive(path, target)
    assert not path.exists()
    assert target.read_bytes() == content
    assert whole_seal(target) is not None


def test_what_is_not_whole_stays_where_it_is(files: DiskFiles, tmp_path: Path) -> None:
    path = sealed(tmp_path / "copy.csdesk")
    content = path.read_bytes()
    spoiled = content[:10] + b"x" + content[11:]
    path.write_bytes(spoiled)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        files.archive(path, tmp_path / "archive" / "copy.csdesk")
    assert path.read_bytes() == spoiled
    assert list((tmp_path / "archive").iterdir()) == []


def test_folders_are_made_once(files: DiskFiles, tmp_path: Path) -> None:
    for _turn in range(2):
        files.make_folder(tmp_path / "North.csdesk-sync")
    assert files.exists(tmp_path / "North.csdesk-sync")
    assert not files.exists(tmp_path / "South.csdesk-sync")


@pytest.mark.parametrize(
    "number",
    [errno.EACCES, errno.EBUSY, errno.ESTALE, errno.EAGAIN, errno.ETIMEDOUT, errno.ENOLCK],
)
def test_what_network_drives_complain_of_passes(number: int) -> None:
    assert is_passing(OSError(number, os.strerror(number)))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.ENAMETOOLONG, errno.EINVAL])
def test_what_somebody_has_to_mend_does_not_pass(number: int) -> None:
    assert not is_passing(OSError(number, os.strerror(number)))


def test_a_service_that_cannot_fetch_passes() -> None:
    error = OSError(errno.EINVAL, "the cloud operation was unsuccessful")
    error.winerror = 389  # type: ignore[attr-defined]
    assert is_passing(error)


def test_away_and_forbidden_are_told_apart() -> None:
    away, forbidden = OSError(errno.ENOENT, ""), OSError(errno.EROFS, "")
    assert (is_away(away), is_forbidden(away)) == (True, False)
    assert (is_away(forbidden), is_forbidden(forbidden)) == (False, True)


@pytest.mark.skipif(sys.platform != "linux", reason="counts bytes as Linux does")
def test_a_tail_reads_48_bytes_and_no_more(files: DiskFiles, tmp_path: Path) -> None:
    path = sealed(tmp_path / "large.csdx", os.urandom(3_000_000))
    before = bytes_read()
    files.tail(path)
    spent = bytes_read() - before - read_by_counting()
    assert spent <= SEAL_BYTES


def bytes_read() -> int:
    """Tell how many bytes this process has read so far, by the kernel's own count."""
    text = Path("/proc/self/io").read_text(encoding="ascii")
    return int(text.split()[1])


def read_by_counting() -> int:
    """Tell how many bytes the counting itself reads."""
    first = bytes_read()
    return bytes_read() - first
