"""`python -m csdesk` is the command line."""

from __future__ import annotations

import sys

from csdesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
