"""How much memory a process holds, as the system tells it."""

from __future__ import annotations

import sys
from pathlib import Path


def resident_bytes() -> int:
    """Tell how much memory this process holds; 0 where the system does not say."""
    return _told("VmRSS:")


def most_resident_bytes() -> int:
    """Tell how much memory this process ever held; 0 where the system does not say.

    Not what `resource` tells: that remembers the process which started this one.
    """
    return _told("VmHWM:")


def _told(what: str) -> int:
    if not sys.platform.startswith("linux"):
        return 0
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(what):
            return int(line.split()[1]) * 1024
    return 0
