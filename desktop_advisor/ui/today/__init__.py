"""Heute: the first screen of the day."""
