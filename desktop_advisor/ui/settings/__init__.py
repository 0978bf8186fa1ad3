"""Einstellungen: how this workplace looks and whose it is."""
