"""Firmenakte: everything about one company on one page."""
