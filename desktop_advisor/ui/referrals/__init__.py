"""Verweise of a case: to whom, with whose consent, what became of it."""
