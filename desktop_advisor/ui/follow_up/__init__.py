"""Wiedervorlage: talks after the report, and what became of the measures."""
