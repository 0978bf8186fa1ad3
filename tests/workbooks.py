"""A small own questionnaire as an advisor would write it."""

from __future__ import annotations

from pathlib import Path

HOUSE_CHECK = """\
| survey |
| | type                | name    | label                                | relevant        |
| | select_one level    | h_order | Wie ordentlich ist die Werkstatt?    |                 |
| | text                | h_why   | Woran liegt es?                      | ${h_order} &lt; 2 |

| choices |
| | list_name | name | label     |
| | level     | 0    | gar nicht |
| | level     | 1    | kaum      |
| | level     | 2    | meistens  |
| | level     | 3    | immer     |

| settings |
| | form_title | form_id   | version |
| | Hauscheck  | hauscheck | 1       |
"""


def house_check(folder: Path, text: str = HOUSE_CHECK) -> Path:
    """The workbook as a file."""
    path = folder / "mappe.md"
    path.write_text(text.replace("&lt;", "<"), encoding="utf-8")
    return path
