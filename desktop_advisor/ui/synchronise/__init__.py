"""Synchronisieren: where every company file stands, one run, conflicts."""
