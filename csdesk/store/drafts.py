"""What is typed and not stored yet, kept beside the replica: a program that ends takes none of it.

A draft belongs to this computer alone. It lies where the replica lies, as secret as that, and is
never published. What is there that cannot be read is passed over: it is no more than a draft.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from typing import Any

from csdesk.store.driver import told_plainly
from csdesk.store.replica import Replica

_FILE = "drafts.json"


def kept_drafts(replica: Replica) -> dict[str, dict[str, Any]]:
    """Return the drafts that are kept, by the id of what each is for; plain values only.

    Raises UserError where the disk does not let it.
    """
    with told_plainly():
        try:
            found = json.loads((replica.folder / _FILE).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError, RecursionError):
            return {}
    drafts = found if isinstance(found, dict) else {}
    return {key: draft for key, draft in drafts.items() if isinstance(draft, dict)}


def keep_drafts(replica: Replica, changed: Mapping[str, Mapping[str, Any] | None]) -> None:
    """Keep the drafts that changed, and forget those that are None; others stay as they are.

    Raises UserError where the disk does not let it.
    """
    with told_plainly():
        drafts: dict[str, Any] = {**kept_drafts(replica), **changed}
        left = {key: draft for key, draft in drafts.items() if draft is not None}
        target = replica.folder / _FILE
        if not left:
            target.unlink(missing_ok=True)
            return
        new = target.with_name(f"{_FILE}.{os.getpid()}{secrets.token_hex(3)}.tmp")
        try:
            new.write_text(json.dumps(left), encoding="utf-8")
            os.replace(new, target)
        finally:
            new.unlink(missing_ok=True)
