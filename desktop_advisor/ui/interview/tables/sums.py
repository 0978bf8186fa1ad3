"""Sums under a table and the sentence about shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_advisor.assessment.plausibility import TOLERANCE, WHOLE
from desktop_advisor.domain.cell_values import plain
from desktop_advisor.domain.column_matching import Target, is_count, is_share, total
from desktop_advisor.domain.german import THIN_SPACE, one_digit

translate = QCoreApplication.translate


def column_sum(target: Target, values: Sequence[str]) -> Decimal | None:
    """The sum of a column where it says something, else None."""
    if is_share(target.name, target.label) or is_count(target):
        return total(values)
    return None


def sum_text(target: Target, value: Decimal) -> tuple[str, bool]:
    """The sum in German, and whether it is as it should be."""
    if is_share(target.name, target.label):
        return f"{one_digit(value)}{THIN_SPACE}%", abs(value - WHOLE) <= TOLERANCE
    return plain(value).replace(".", ","), True


def share_sentence(target: Target, values: Sequence[str]) -> str:
    """What is missing to 100 % or too much; "" where the column is no share or all is well."""
    value = column_sum(target, values)
    if value is None or not is_share(target.name, target.label):
        return ""
    text, is_right = sum_text(target, value)
    if is_right:
        return ""
    rest = f"{one_digit(abs(WHOLE - value))}{THIN_SPACE}%"
    if value < WHOLE:
        sentence = translate("tables", "Summe {0} {1}: {2} bleiben nicht zugeordnet.")
    else:
        sentence = translate("tables", "Summe {0} {1}: {2} sind zu viel.")
    name = re.sub(r"\s*(in\s+)?%$", "", target.label)
    return sentence.format(name, text, rest)
