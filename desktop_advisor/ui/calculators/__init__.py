"""Förderrechner: a form at the left, what comes into consideration at the right, live."""
