"""Auswertung: what the answers amount to, with coverage, interval and arithmetic."""
