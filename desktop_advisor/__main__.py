"""`python -m desktop_advisor`: the same as the console script."""

from __future__ import annotations

import sys

from desktop_advisor.cli import main

if __name__ == "__main__":
    sys.exit(main())
