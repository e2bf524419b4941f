"""What the installed program starts with; PyInstaller follows the imports from here."""

import sys

from ui.launch import main

if __name__ == "__main__":
    sys.exit(main())
