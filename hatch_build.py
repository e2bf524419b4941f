"""Compiles the translations into every wheel and editable install, so that none ships stale."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before hatchling gathers the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile each catalogue that has changed since it was last compiled."""
        sys.path.insert(0, self.root)
        from tools.translations import compile_catalogues

        compile_catalogues(Path(self.root))
