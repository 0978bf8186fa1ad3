"""Locking the open program: when, what is hidden meanwhile, and the way back in."""
