"""Scores, coverage and intervals; Decimal in, Decimal out, no rounding before the display."""
