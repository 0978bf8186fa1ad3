"""Produkte: exposure to the combustion engine, what ends when, and the scenarios."""
