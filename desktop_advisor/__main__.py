"""`python -m desktop_advisor`: the same as the console script, and the check of a sealed file."""

from __future__ import annotations

import sys

from desktop_advisor.signing.isolated import SWITCH, answer_request

if __name__ == "__main__":
    if sys.argv[1:] == [SWITCH]:
        sys.exit(answer_request())
    from desktop_advisor.cli import main

    sys.exit(main())
